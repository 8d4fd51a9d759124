"""What a question speaks of: words and phrases with their other names, weighed by how rare they are."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from assistant.concepts import Concepts, Heard
from assistant.question import understand
from corpus.fulltext import FullText, FullTextEntry, indexed_stems, stems

TEXTS = (
    "The kidneys were examined after the infusion.",
    "Renal function was normal in all patients.",
    "Patients were treated at home.",
    "Patients wrote a diary.",
)


@pytest.fixture
def index(tmp_path: Path) -> FullText:
    made = FullText(tmp_path / "fulltext")
    made.write([FullTextEntry(str(n), "d", "", "", text) for n, text in enumerate(TEXTS)], ())
    return made


def concepts(index: FullText, question: str) -> Concepts:
    return Concepts(understand(question), index, len(TEXTS))


def heard(asked: Concepts, texts: Sequence[str]) -> Heard:
    return asked.heard_in([indexed_stems(text) for text in texts])


def test_a_sentence_is_found_by_another_name_of_what_was_asked(index: FullText) -> None:
    asked = concepts(index, "Is the kidney harmed?")
    found = heard(asked, TEXTS)
    assert min(found.scores[:2]) > max(found.scores[2:])


def test_a_rare_word_weighs_more_than_a_common_one(index: FullText) -> None:
    asked = concepts(index, "Did patients keep a diary?")
    found = heard(asked, TEXTS)
    assert found.scores.argmax() == 3
    assert found.coverage[3] > found.coverage[2] > 0


def test_what_the_library_never_says_by_any_name_is_known(index: FullText) -> None:
    said = {
        concept.phrase: concept.is_said for concept in concepts(index, "Does sunitinib harm the kidney?").all
    }
    assert said[tuple(stems("sunitinib"))] is False
    assert said[tuple(stems("kidney"))] is True


def test_a_plural_of_capitals_is_read_as_its_singular(index: FullText) -> None:
    phrases = [concept.phrase for concept in concepts(index, "What do CARs and CAR-Ts do?").all]
    assert ("car",) in phrases or ("car", "t") in phrases
    assert ("cars",) not in phrases


def test_a_question_of_empty_words_has_no_concepts(index: FullText) -> None:
    assert concepts(index, "What is it?").all == ()


def test_a_text_that_leaves_out_the_disease_is_told_from_one_that_names_it(tmp_path: Path) -> None:
    index = FullText(tmp_path / "other")
    texts = (
        "Lupus patients were treated.",
        "Patients with systemic lupus erythematosus rested.",
        "Patients sang.",
    )
    index.write([FullTextEntry(str(n), "d", "", "", text) for n, text in enumerate(texts)], ())
    asked = Concepts(understand("How were patients with lupus treated?"), index, len(texts))
    assert list(heard(asked, texts).lacks_a_name) == [False, False, True]


def test_the_abbreviations_that_a_text_leaves_out_are_counted(tmp_path: Path) -> None:
    index = FullText(tmp_path / "codes")
    texts = ("FT596 was given and GVHD looked for.", "GVHD is rare.", "Nobody fell ill.")
    index.write([FullTextEntry(str(n), "d", "", "", text) for n, text in enumerate(texts)], ())
    asked = Concepts(understand("How many people got GVHD on FT596 or ZZ123?"), index, len(texts))
    assert list(heard(asked, texts).abbreviations_lacking) == [0, 1, 2]


def test_what_stands_in_the_title_alone_counts_less(index: FullText) -> None:
    asked = concepts(index, "Is the kidney harmed?")
    texts = [indexed_stems("The kidneys hurt."), indexed_stems("The hands hurt.")]
    found = asked.heard_in(texts, [indexed_stems("On hands"), indexed_stems("On kidneys")])
    assert found.scores[0] > found.scores[1] > 0
    assert found.coverage[1] > 0
