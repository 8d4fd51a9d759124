"""What a reader knows of an answer while a language model writes it: plain data, for the page and the terminal."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.answer import Verdict
from assistant.streaming import Event, Found, Held, Withdrawn, Wrote


@dataclass(frozen=True, slots=True)
class MadeSentence:
    """A sentence of an answer in the making.

    Attributes:
        text: As it stands now.
        verdict: None as long as nobody has checked it.
        citations: Numbers that the finished answer may give anew.
        is_rewritten: Whether it says something else than was written first.
    """

    text: str
    verdict: Verdict | None = None
    citations: tuple[int, ...] = ()
    is_rewritten: bool = False


class Making:
    """An answer in the making, event by event.

    Attributes:
        found: What retrieval found; None before it is done.
    """

    def __init__(self) -> None:
        """Begin with nothing known."""
        self.found: Found | None = None
        self._sentences: dict[int, MadeSentence] = {}

    @property
    def sentences(self) -> list[MadeSentence]:
        """What stands now, in the order of the answer."""
        return [self._sentences[number] for number in sorted(self._sentences)]

    def take(self, event: Event) -> None:
        """Take note of what has happened."""
        match event:
            case Found():
                self.found = event
            case Wrote(number, more):
                written = self._sentences.get(number, MadeSentence(""))
                self._sentences[number] = MadeSentence(written.text + more)
            case Held(number, text, verdict, citations):
                written = self._sentences.get(number, MadeSentence(text))
                is_rewritten = written.is_rewritten or written.text.split() != text.split()
                self._sentences[number] = MadeSentence(text, verdict, citations, is_rewritten)
            case Withdrawn(number):
                self._sentences.pop(number, None)
