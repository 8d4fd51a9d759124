"""What a reader sees before the first question: what is in the library, and what can be asked."""

from __future__ import annotations

import threading

from assistant import Assistant
from assistant.interface.answering.model import promise
from assistant.interface.conversations.examples import Examples, own_examples, starter_examples
from assistant.interface.markup import attributes, shown
from corpus.library import Library

_TITLE = "<h2>Ask the literature</h2>"
_CITED = "Every statement of an answer shows the passage that it rests on."
_EMPTY = (
    '<p>This library is empty. <a href="#library">Add papers</a>: PDF, Word, HTML or text files from your computer, '
    "papers by their DOI or PubMed number, or what a search in Europe PMC finds. "
    "Then ask, compare and check here.</p>"
)


class WelcomeDesk:
    """Greets the readers of a library as it is now; what is costly is made once a generation."""

    def __init__(self, assistant: Assistant) -> None:
        """Greet the readers of an assistant's library."""
        self._assistant = assistant
        self._making = threading.Lock()
        self._made: tuple[int, Examples] | None = None

    def greeting(self) -> str:
        """Greet with examples, of whatever library."""
        library = self._assistant.library
        return _greeting(
            self._assistant, starter_examples(library) or self._own(library), library.catalogue.generation
        )

    def _own(self, library: Library) -> Examples:
        with self._making:
            generation = library.catalogue.generation
            if self._made is None or self._made[0] != generation:
                self._made = generation, own_examples(self._assistant)
            return self._made[1]


def welcome(assistant: Assistant) -> str:
    """Greet with what is known at once; `welcome.js` asks for the rest, and again when the library has changed."""
    library = assistant.library
    examples = starter_examples(library)
    is_whole = examples is not None or not library.documents()
    return _greeting(assistant, examples or Examples(), library.catalogue.generation if is_whole else None)


def _greeting(assistant: Assistant, examples: Examples, generation: int | None) -> str:
    held = _held(assistant.library)
    said = f"<p>{held} {_CITED} {shown(promise(assistant.model))}</p>" if held else _EMPTY
    known = attributes(data_generation=generation if generation is not None else "")
    return f'<div class="greeting"{known}>{_TITLE}{said}{_offered(examples) if held else ""}</div>'


def _held(library: Library) -> str:
    """Count what the library holds: "35 sources from 2003 to 2026, 612 passages."."""
    documents = library.documents()
    if not documents:
        return ""
    years = [document.year for document in documents if document.year is not None]
    first, last = min(years, default=None), max(years, default=None)
    span = f" from {first} to {last}" if first != last else f" from {first}" if first else ""
    passages = sum(document.passages for document in documents)
    return f"{_number(len(documents), 'source')}{span}, {_number(passages, 'passage')}."


def _offered(examples: Examples) -> str:
    kinds = (
        ("Ask", "".join(_example(question, question=question) for question in examples.questions)),
        ("Compare", "".join(_example(question, question=question) for question in examples.comparisons)),
        (
            "Go on asking",
            "".join(
                _example(one.question, then=one.then, question=one.question, data_then=one.then)
                for one in examples.follow_ups
            ),
        ),
        ("Check a claim", "".join(_example(claim, claim=claim) for claim in examples.claims)),
    )
    offered = "".join(
        f'<section class="of-kind"><h3>{name}</h3>{buttons}</section>' for name, buttons in kinds if buttons
    )
    return f'<div class="examples">{offered}</div>' if offered else ""


def _example(words: str, then: str = "", **asked: str) -> str:
    named = {name if name.startswith("data_") else f"data_{name}": value for name, value in asked.items()}
    after = f'<span class="then">then “{shown(then)}”</span>' if then else ""
    return f'<button type="button" class="example"{attributes(**named)}>{shown(words)}{after}</button>'


def _number(number: int, thing: str) -> str:
    return f"{number:,} {thing}{'' if number == 1 else 's'}"
