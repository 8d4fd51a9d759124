"""Full text: stems in, ranked passages out, and nothing a reader types is syntax."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from corpus.fulltext import FullText, FullTextEntry, Wanted, stems


@pytest.fixture
def index(tmp_path: Path) -> FullText:
    made = FullText(tmp_path / "fulltext")
    made.write(
        [
            FullTextEntry(
                "a", "d1", "A trial of CAR-NK cells", "Results Safety", "No cytokine release was observed."
            ),
            FullTextEntry("b", "d2", "", "", "Patients were infused twice; the cells persisted."),
            FullTextEntry("c", "d2", "", "", "Naïve T cells, IL-15 and TNF-α."),
        ],
        (),
    )
    return made


def ids(index: FullText, question: str, k: int = 5, within: list[str] | None = None) -> list[str]:
    return [hit.index_id for hit in index.search(question, k, within)]


def test_words_are_found_by_their_stems_in_any_case(index: FullText) -> None:
    assert ids(index, "OBSERVING") == ["a"]
    assert ids(index, "infusion of a patient")[0] == "b"
    assert ids(index, "naive") == ["c"]
    assert index.terms("Infused patients") == index.terms("infusing patient")


def test_title_and_headings_count_too(index: FullText) -> None:
    assert ids(index, "safety") == ["a"]
    assert ids(index, "trial") == ["a"]
    assert index.document_frequency(index.terms("cells")[0]) == 2


def test_a_search_may_be_kept_to_some_documents(index: FullText) -> None:
    assert set(ids(index, "cells", within=["d2"])) == {"b", "c"}
    assert ids(index, "cells", within=[]) == []
    assert set(ids(index, "cells", within=["d1", *(f"x{n}" for n in range(10_000))])) == {"a"}


def test_adding_again_replaces_and_removing_what_is_not_there_does_nothing(index: FullText) -> None:
    index.write([FullTextEntry("a", "d1", "", "", "Other words.")], ["b", "never"])
    assert index.index_ids() == {"a", "c"}
    assert ids(index, "cytokine") == []
    assert ids(index, "other") == ["a"]


def test_a_second_opening_sees_what_was_committed_after_a_reload(index: FullText, tmp_path: Path) -> None:
    other = FullText(tmp_path / "fulltext")
    index.write([FullTextEntry("z", "d9", "", "", "zebra")], ())
    assert ids(other, "zebra") == []
    other.reload()
    assert ids(other, "zebra") == ["z"]


@hypothesis_settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    question=st.text(max_size=40)
    | st.sampled_from(['"', "a AND", "title:x", "(", "*", "cells^2", "-cells", "/x/", "[a TO b]"])
)
def test_nothing_in_a_question_is_syntax(index: FullText, question: str) -> None:
    assert set(ids(index, question)) <= {"a", "b", "c"}
    if not index.terms(question):
        assert ids(index, question) == []


def test_no_hits_are_asked_for_and_none_come(index: FullText) -> None:
    assert ids(index, "cells", k=0) == []


def test_another_name_of_what_is_wanted_counts_as_much_as_its_own(index: FullText) -> None:
    def found(*wanted: Wanted) -> list[str]:
        return [hit.index_id for hit in index.search(wanted, 5)]

    dripped = Wanted(tuple(stems("dripped in")), (tuple(stems("infused")),))
    assert found(dripped) == ["b"]
    assert found(Wanted(tuple(stems("dripped in")))) == []
    assert found(Wanted(("never",), (tuple(stems("cytokine release")),))) == ["a"]
    assert found(Wanted(("never",), (tuple(stems("cytokine persistence")),))) == []
