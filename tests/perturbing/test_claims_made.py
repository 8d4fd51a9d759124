"""Claims made by rule say what their sentence says, or differ from it in one thing."""

from __future__ import annotations

import re
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.document import Span
from corpus.library import Library
from corpus.settings import Settings
from tests.perturbing.changing import Change, Changes
from tests.perturbing.claims import Pair, make_pairs
from tests.perturbing.negating import with_negation, without_negation
from tests.perturbing.numerals import LETTERS, in_letters, numerals
from tests.perturbing.paraphrasing import restructured, rewritten, stripped
from tests.perturbing.restructuring import OMISSIONS, REORDERINGS
from tests.perturbing.sentences import Sentence, Sentences, is_statement
from tests.perturbing.wording import forms, put, wording

SMALL_WORDS = frozenset(
    "in the after because treatment cells neutropenia donor cytokine one patients".split()
)


@pytest.fixture(scope="module")
def sentences(starter_library: Path, settings: Settings) -> Sentences:
    with Library(starter_library, settings) as library:
        return Sentences.of(library)


@pytest.fixture(scope="module")
def pairs(sentences: Sentences) -> list[Pair]:
    return make_pairs(sentences, [s.document_id for s in sentences.all], 60)


@pytest.mark.parametrize(
    ("rule", "sentence", "reordered"),
    [
        (
            "opening moved back",
            "In mice, NK cells slowed tumour growth.",
            "NK cells slowed tumour growth in mice.",
        ),
        ("closing moved forward", "The cells slowed growth in mice.", "In mice, the cells slowed growth."),
        ("clauses exchanged", "Donor cells fail because they die.", "Because they die, donor cells fail."),
        ("clauses exchanged", "Although it was safe, it failed.", None),
        (
            "active made passive",
            "IL-2 restored the lost functions.",
            "The lost functions were restored by IL-2.",
        ),
        ("passive made active", "The gene was regulated by c-MYC.", "c-MYC regulated the gene."),
        ("treatment named", "Nine people were treated with X.", "Treatment with X was given to Nine people."),
        ("bearers first", "Neutropenia occurred in 9% of adults.", "9% of adults had neutropenia."),
    ],
)
def test_a_sentence_is_put_in_another_order(rule: str, sentence: str, reordered: str | None) -> None:
    assert REORDERINGS[rule](sentence, SMALL_WORDS) == reordered


@pytest.mark.parametrize(
    ("rule", "sentence", "shorter"),
    [
        ("parenthesis dropped", "Of 9 people (73%) six (CRS) died.", "Of 9 people six (CRS) died."),
        ("who reported it dropped", "In the trial by Liu et al. (2020), nine died.", "Nine died."),
        (
            "clause dropped",
            "All the cells of the donors were alive after two days, which the authors had expected.",
            "All the cells of the donors were alive after two days.",
        ),
    ],
)
def test_a_sentence_loses_what_it_can_do_without(rule: str, sentence: str, shorter: str) -> None:
    assert OMISSIONS[rule](sentence, SMALL_WORDS) == shorter


@pytest.mark.parametrize(
    ("sentence", "negated"),
    [
        ("The response was complete.", "The response was not complete."),
        ("Donor NK cells killed the tumour.", "Donor NK cells did not kill the tumour."),
        ("NK cells kill tumours.", "NK cells do not kill tumours."),
        ("Cells kept cold are dead.", "Cells kept cold are not dead."),
        ("Some patients were treated.", None),
        ("Because it was cold, they died.", None),
    ],
)
def test_the_verb_of_the_main_clause_is_negated_where_only_one_can_be_true(
    sentence: str, negated: str | None
) -> None:
    made = with_negation(sentence)
    assert (made.text if made else None) == negated


@pytest.mark.parametrize(
    ("sentence", "without"),
    [
        ("No toxicity occurred.", "Toxicity occurred."),
        ("Cells did not persist.", "Cells did persist."),
        ("There was no relapse.", "There was relapse."),
        ("They held for no longer than 15 days.", None),
    ],
)
def test_a_negation_is_taken_away(sentence: str, without: str | None) -> None:
    made = without_negation(sentence)
    assert (made.text if made else None) == without


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("37 of 1,108 people (73%) for 2.5 days", ["37", "1,108", "73", "2.5"]),
        ("CD19, IL-15 and NK-92 in a phase 2 trial by Liu et al. (2020)", []),
        ("at least 12 months at grade 3 or 4, p<0.001", []),
        ("eight of nine, twenty-one days", ["nine", "twenty-one"]),
    ],
)
def test_numbers_are_found_and_names_and_bounds_are_none(text: str, found: list[str]) -> None:
    assert [text[n.start : n.end] for n in numerals(text)] == found


@given(st.integers(2, 99))
def test_a_number_in_letters_is_read_as_it_was_written(value: int) -> None:
    assert LETTERS[in_letters(value)] == value


@given(st.text(alphabet="ab 12.,%(", max_size=30))
def test_every_number_found_is_written_at_its_place(text: str) -> None:
    for numeral in numerals(text):
        assert numeral.value == int(numeral.value) or "." in text[numeral.start : numeral.end]
        assert re.search(r"\d", text[numeral.start : numeral.end])


def test_an_article_follows_the_word_that_is_put_after_it() -> None:
    assert put("Give a big dose.", 7, 10, "equal") == "Give an equal dose."
    assert put("an NK cell", 3, 5, "T") == "A T cell"


def test_there_are_many_synonyms_and_both_sides_match() -> None:
    assert len(wording().synonyms) > 200
    with pytest.raises(ValueError, match="2 forms on its left and 1 on its right"):
        list(forms(("more|most = less",)))


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("Natural killer cells are part of the innate immune system.", True),
        ("Optimizing CAR structures to improve recognition and activation in vivo", False),
        ("This is the reason why the cells were frozen at once.", False),
        ("As Figure 3 shows, the cells were frozen at once.", False),
    ],
)
def test_a_claim_is_made_only_of_a_whole_statement(text: str, whole: bool) -> None:
    assert is_statement(text) is whole


def test_what_a_sentence_is_told_with_is_taken_away() -> None:
    assert stripped("However, we found that cells died.") == "We found that cells died."
    assert stripped("We also found that cells died.") == "Cells died."


def test_the_same_seed_makes_the_same_claims(sentences: Sentences, pairs: list[Pair]) -> None:
    again = make_pairs(sentences, [s.document_id for s in sentences.all], 60)
    assert again == pairs
    assert make_pairs(sentences, [s.document_id for s in sentences.all], 60, seed=2) != pairs


def test_every_true_claim_names_two_rules_and_says_something_else(pairs: list[Pair]) -> None:
    assert len(pairs) == 60
    for pair in pairs:
        assert len(pair.true.rules) >= 2
        assert pair.true.text != pair.source.text


def test_every_changed_claim_differs_from_the_true_one_in_one_place(pairs: list[Pair]) -> None:
    for pair in pairs:
        for changed in pair.changed:
            assert changed.text != pair.true.text
            assert changed.was != changed.now
            if changed.change is not Change.ENTITY and "…" not in changed.was:
                assert _middles(pair.true.text, changed.text) <= 60


def test_a_number_that_another_sentence_gives_is_not_put_in() -> None:
    source = Sentence("a", Span(0, 1), "Responses occurred in 40 patients with lymphoma.")
    others = [
        Sentence("b", Span(0, n), f"Responses occurred in {n} patients with lymphoma.") for n in range(2, 90)
    ]
    changes = Changes(Sentences([source, *others]), Random(1))
    assert all(c.change is not Change.NUMBER for c in changes.of(source.text, source))


def test_a_paraphrase_keeps_its_numbers(sentences: Sentences) -> None:
    source = Sentence("a", Span(0, 1), "Nine of the 11 people (82%) were treated with 3 × 10^7 cells per kg.")
    told = [restructured(source, sentences.lowercase, Random(seed)) for seed in range(20)]
    said = {rewritten(paraphrase, Random(seed)).text for seed, paraphrase in enumerate(told)}
    assert all("11" in text or "eleven" in text for text in said)
    assert all("30 million" in text for text in said)


def _middles(one: str, other: str) -> int:
    """Count the characters between the first and the last that differ."""
    before = next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), 0)
    after = next((n for n, (a, b) in enumerate(zip(one[::-1], other[::-1], strict=False)) if a != b), 0)
    return max(len(one), len(other)) - before - after
