"""Names are found however they are written."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.folding import name_key, plain_words, searchable
from corpus.fulltext import FullText, FullTextEntry


@pytest.mark.parametrize(
    "written",
    [
        ("IFN-γ", "IFN gamma", "IFNγ", "IFN-gamma", "ifn gamma"),
        ("TGFβ", "TGF-beta", "TGF beta", "TGF‐β", "TGFbeta"),
        ("TGF-β1", "TGFβ1", "TGF-beta1", "TGF beta 1"),
        ("CAR-NK", "CAR NK", "CAR‑NK", "CAR–NK", "CAR\u00a0NK", "car nk"),
        ("CAR-NK", "CARNK", "CAR NK", "CAR\u00adNK"),
        ("IL-15", "IL15", "IL 15", "IL‑15", "il-15"),
        ("CD3ζ", "CD3 zeta", "CD3zeta", "CD3-ζ"),
        ("efficacy", "eﬃcacy", "ef\u00adficacy", "effi\u200bcacy"),
        ("CO₂", "CO2"),
        ("µg", "μg"),
        ("10⁶ cells", "10 6 cells", "10^6 cells"),
        ("naïve", "naive"),
    ],
)
def test_a_question_finds_a_passage_whichever_way_either_writes_a_name(
    written: tuple[str, ...], tmp_path_factory: pytest.TempPathFactory
) -> None:
    index = FullText(tmp_path_factory.mktemp("index"))
    index.write([FullTextEntry(form, "d", "", "", f"Given {form} once.") for form in written], ())
    for asked, passage in itertools.product(written, written):
        assert passage in {hit.index_id for hit in index.search(asked, 20)}, (asked, passage)


@pytest.mark.parametrize(
    ("asked", "other"), [("NKX101", "NKX019"), ("IL2", "IL-12"), ("CD19", "CD 7"), ("10⁶", "106")]
)
def test_another_code_is_not_found(asked: str, other: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    index = FullText(tmp_path_factory.mktemp("index"))
    index.write([FullTextEntry("other", "d", "", "", other)], ())
    assert not index.search(asked, 5)


@given(st.text(max_size=200))
def test_any_text_can_be_folded(text: str) -> None:
    assert searchable(text) == searchable(text).lower() or not text.isascii()
    assert all(word.isalpha() for word in plain_words(text))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("CARs", "CAR"),
        ("T-cell Receptors", "T cell receptor"),
        ("IFN-γ", "ifn gamma"),
        ("A vs B", "A versus B"),
    ],
)
def test_names_are_compared_without_hyphens_plurals_and_capitals(one: str, other: str) -> None:
    assert name_key(one) == name_key(other)


@pytest.mark.parametrize(("one", "other"), [("virus", "viru"), ("IL-2", "IL-12"), ("analysis", "analysi")])
def test_different_names_stay_apart(one: str, other: str) -> None:
    assert name_key(one) != name_key(other)


def test_a_code_in_small_letters_with_a_space_is_found(tmp_path_factory: pytest.TempPathFactory) -> None:
    index = FullText(tmp_path_factory.mktemp("index"))
    index.write([FullTextEntry("it", "d", "", "", "IL15 was given.")], ())
    assert index.search("il 15", 5)
