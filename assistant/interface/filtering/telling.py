"""What an answer says of the filters that it was made under."""

from __future__ import annotations

from assistant.interface.filtering.filters import Filters, in_words
from assistant.interface.markup import attributes, shown
from corpus.library import Library


def narrowed_to(library: Library, filters: Filters) -> str:
    """Say above an answer what alone it was made from; nothing where no filter was on."""
    said = in_words(library, filters)
    return f'<p class="within">Only {shown(said)}</p>' if said else ""


def without_them(question: str) -> str:
    """Say below what is no answer that filters were on, and offer to ask without them.

    Args:
        question: Whole, without the conversation that it was asked in.
    """
    return (
        '<p class="without-filters">Filters are on: the rest of the library was not asked. '
        f'<button type="button"{attributes(class_="ask-all", data_question=question)}>Ask without filters</button></p>'
    )
