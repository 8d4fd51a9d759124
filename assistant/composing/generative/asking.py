"""Short questions to a model: a sentence written anew, a follow-up made complete."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.composing.generative.conversation import Conversation
from assistant.composing.generative.nonsense import is_chatter, says_it_lacks
from assistant.composing.generative.prompting import following, repairing
from assistant.composing.generative.reading import Reader, Sentence
from assistant.evidence import Evidence
from assistant.words import content_words
from corpus.fulltext import stems

LONGEST_SENTENCE = 160
LONGEST_QUESTION = 80
_MOST_CHARACTERS = 300


@dataclass(frozen=True, slots=True, eq=False)
class Repaired:
    """A sentence written anew, and the evidence that it names: all that it was written from, if it names none."""

    text: str
    named: tuple[Evidence, ...]


def repaired(text: str, named: Sequence[Evidence], conversation: Conversation) -> Repaired | None:
    """Let a sentence be written anew from the evidence that it names; None if the model gives no such sentence."""
    prompt = repairing(text, named)
    said = conversation.ask(prompt.turns, LONGEST_SENTENCE)
    if said is None:
        return None
    reader = Reader(prompt.keys.__contains__)
    sentences = [read for read in (*reader.read(said), *reader.end()) if isinstance(read, Sentence)]
    first = next((read for read in sentences if not is_chatter(read.text)), None)
    if first is None or not first.is_whole or (not first.keys and says_it_lacks(first.text)):
        return None
    return Repaired(first.text, prompt.keys.named(first.keys) or tuple(named))


def standalone(question: str, history: Sequence[str], conversation: Conversation) -> str | None:
    """Let a follow-up be made a question of its own.

    Args:
        question: As the reader wrote it.
        history: Earlier questions, the oldest first.
        conversation: Where the model is asked.

    Returns:
        The question; None if the model failed, put in a word that no question of the conversation has, left one out
        that the last has, or only said that again.
    """
    said = conversation.ask(following(question, history), LONGEST_QUESTION)
    line = " ".join((said or "").strip('"“”* \n').split())
    meant, own = (set(stems(" ".join(content_words(text)))) for text in (line, question))
    is_joined = own < meant <= set(stems(" ".join((question, *history))))
    return line if is_joined and len(line) <= _MOST_CHARACTERS else None
