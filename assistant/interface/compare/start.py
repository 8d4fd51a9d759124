"""What the Compare view begins with, which depends on the library: what it says, suggests and has examples of."""

from __future__ import annotations

import json
from collections.abc import Sequence
from importlib.resources import files

import yaml
from pydantic import BaseModel, ConfigDict

from assistant import Assistant
from assistant.interface.compare.aspects import offered
from assistant.interface.markup import attributes, shown
from corpus.library import Library

# Names that a subject's field offers while one types.
NAMES_OFFERED = 200
_STARTER = "source-article"
_LEAD = (
    "Put two or more things side by side. Every statement in the table shows the passage that it rests on."
)
_EMPTY = (
    'This library is empty. <a href="#library">Add papers</a>: PDF, Word, HTML or text files from your computer, '
    "papers by their DOI or PubMed number, or what a search in Europe PMC finds. Then compare here what they say."
)


class Start(BaseModel):
    """What the view begins with, as HTML.

    Attributes:
        generation: Of the library that it belongs to; None while there may be examples that are not made yet.
        empty: Whether there is nothing to compare.
        lead: What the view is for, or what an empty library lacks.
        names: Options for the subjects' fields.
        aspects: The aspects to choose from.
        examples: Buttons; none where the library offers no comparison.
    """

    model_config = ConfigDict(frozen=True)

    generation: int | None
    empty: bool
    lead: str
    names: str
    aspects: str
    examples: str


class Example(BaseModel):
    """A comparison that a library has something for."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    subjects: tuple[str, ...]
    aspects: tuple[str, ...] = ()


class _Examples(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    comparisons: tuple[Example, ...]


def start(assistant: Assistant, own: Sequence[Example] | None = None) -> Start:
    """Tell what the view begins with.

    Args:
        assistant: Over the library.
        own: Examples made of the library, for one without the starter corpus; None if they are not made yet.

    Raises:
        SettingsError: If the file of aspects cannot be used.
    """
    library = assistant.library
    generation, empty = library.catalogue.generation, not library.documents()
    examples = starter_examples(library) if own is None else own
    names = library.catalogue.names.commonest(NAMES_OFFERED)
    return Start(
        generation=None if examples is None and not empty else generation,
        empty=empty,
        lead=_EMPTY if empty else _LEAD,
        names="".join(f"<option{attributes(value=name)}></option>" for name in names),
        aspects=offered(assistant.suggest_aspects()),
        examples=f'<p class="of">For example</p>{"".join(map(_button, examples))}' if examples else "",
    )


def starter_examples(library: Library) -> tuple[Example, ...] | None:
    """Give the examples of the starter corpus; None where the library does not hold it."""
    if all(document.document_id != _STARTER for document in library.documents()):
        return None
    listed = yaml.safe_load((files("corpus") / "starter" / "comparisons.yaml").read_text("utf-8"))
    return _Examples.model_validate(listed).comparisons


def _button(example: Example) -> str:
    words = " · ".join(example.subjects)
    respects = f": {', '.join(example.aspects).lower()}" if example.aspects else ""
    asked = attributes(data_subjects=json.dumps(example.subjects), data_aspects=json.dumps(example.aspects))
    return f'<button type="button" class="example"{asked}>{shown(words + respects)}</button>'
