"""What a question speaks of: words and phrases with their other names, weighed by how rare they are."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.concepts import Concepts
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


def test_a_sentence_is_found_by_another_name_of_what_was_asked(index: FullText) -> None:
    asked = concepts(index, "Is the kidney harmed?")
    heard = asked.heard_in([indexed_stems(text) for text in TEXTS])
    assert min(heard.scores[:2]) > max(heard.scores[2:])


def test_a_rare_word_weighs_more_than_a_common_one(index: FullText) -> None:
    asked = concepts(index, "Did patients keep a diary?")
    heard = asked.heard_in([indexed_stems(text) for text in TEXTS])
    assert heard.scores.argmax() == 3
    assert heard.coverage[3] > heard.coverage[2] > 0


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
    assert list(asked.heard_in([indexed_stems(text) for text in texts]).lacks_a_name) == [False, False, True]
