"""What filters let through, and how readers are told of it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.interface.filtering.desk import FilterDesk
from assistant.interface.filtering.filters import (
    Filters,
    NothingFitsError,
    UnreadableFiltersError,
    in_words,
    read_filters,
    searched,
)
from assistant.interface.filtering.telling import narrowed_to, without_them
from assistant.interface.library.listing import Listing, Wanted
from corpus.document import SourceType
from corpus.library import Library
from corpus.settings import Settings


@pytest.fixture(scope="module")
def library(starter_library: Path, settings: Settings) -> Iterator[Library]:
    with Library(starter_library, settings) as opened:
        yield opened


@pytest.fixture(scope="module")
def desk(library: Library) -> FilterDesk:
    return FilterDesk(library, Listing(library))


@pytest.mark.parametrize(
    ("filters", "words"),
    [
        (Filters(), ""),
        (Filters(year_from=2020), "sources from 2020 on"),
        (Filters(year_to=2020, source_types=(SourceType.REVIEW,)), "reviews up to 2020"),
        (Filters(year_from=2020, year_to=2020), "sources of 2020"),
        (Filters(source_types=(SourceType.REVIEW, SourceType.WEB)), "reviews and web articles"),
        (
            Filters(documents=("a", "b"), year_from=2019, year_to=2021),
            "sources from 2019 to 2021 among 2 chosen sources",
        ),
        (Filters(documents=("nobody",)), "“a source that is no longer in the library”"),
    ],
)
def test_filters_are_told_in_words(library: Library, filters: Filters, words: str) -> None:
    assert in_words(library, filters) == words


def test_what_is_searched_is_counted(library: Library) -> None:
    documents = [one for one in library.documents() if one.source_type is SourceType.REVIEW]
    counted = searched(library, Filters(source_types=(SourceType.REVIEW,)))
    assert counted == (len(documents), sum(one.passages for one in documents))
    with pytest.raises(
        NothingFitsError, match="No source in the library fits your filters: sources up to 1900"
    ):
        searched(library, Filters(year_to=1900))


def test_what_the_page_sends_is_read_or_refused() -> None:
    assert read_filters("") == Filters()
    assert read_filters('{"documents": ["a", "a"]}') == Filters(documents=("a",))
    for unreadable in ("{", '{"year_from": "soon"}', '{"colour": "red"}', '{"source_types": ["poem"]}'):
        with pytest.raises(UnreadableFiltersError, match="Clear them and ask again"):
            read_filters(unreadable)


def test_an_answer_says_its_filters_and_no_markup_of_a_title(library: Library) -> None:
    assert narrowed_to(library, Filters()) == ""
    assert narrowed_to(library, Filters(year_from=2020)) == '<p class="within">Only sources from 2020 on</p>'
    assert 'data-question="&quot;&lt;b&gt;"' in without_them('"<b>')


def test_the_desk_tells_what_is_left_and_what_there_is(library: Library, desk: FilterDesk) -> None:
    total = library.catalogue.counts()[0]
    reviews = len([one for one in library.documents() if one.source_type is SourceType.REVIEW])
    assert desk.fitting(Filters(source_types=(SourceType.REVIEW,))).said == f"{reviews} of {total} sources"
    assert desk.fitting(Filters(year_from=3000)).none
    choices = desk.choices()
    assert choices.first is not None and choices.last is not None and choices.first < choices.last
    assert 'value="clinical-trial"' in choices.kinds
    assert "lupus" in desk.sources(Wanted(q="lupus"))
    assert "No source has these words" in desk.sources(Wanted(q="xylophone"))
