"""Filters, and what two of them let through together."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from corpus.catalogue import Filter
from corpus.document import SourceType

YEARS = st.none() | st.integers(2018, 2022)
TYPES = st.frozensets(st.sampled_from([SourceType.REVIEW, SourceType.RESEARCH, SourceType.WEB]))
IDS = st.frozensets(st.sampled_from("abc"))
FILTERS = st.builds(
    Filter, year_from=YEARS, source_types=TYPES, document_ids=IDS, year_to=YEARS, nothing=st.booleans()
)


def passes(within: Filter, year: int, source_type: SourceType, document_id: str) -> bool:
    return (
        not within.nothing
        and (within.year_from is None or year >= within.year_from)
        and (within.year_to is None or year <= within.year_to)
        and (not within.source_types or source_type in within.source_types)
        and (not within.document_ids or document_id in within.document_ids)
    )


@given(FILTERS, FILTERS, st.integers(2017, 2023), st.sampled_from(SourceType), st.sampled_from("abcd"))
def test_what_passes_both_filters_passes_the_one_they_make(
    one: Filter, other: Filter, year: int, source_type: SourceType, document_id: str
) -> None:
    document = (year, source_type, document_id)
    assert passes(one.also(other), *document) == (passes(one, *document) and passes(other, *document))


def test_a_filter_that_leaves_nothing_out_does_not_narrow() -> None:
    assert not Filter().narrows
    assert not Filter().also(Filter()).narrows
    assert Filter(nothing=True).narrows and Filter(year_to=2020).narrows
