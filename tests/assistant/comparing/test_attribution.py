"""Whom a sentence is about, against judgements made by reading."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from assistant.commonness import known_words
from assistant.comparing.aliases import names_of
from assistant.comparing.attribution import Attribution
from assistant.comparing.naming import Naming
from assistant.evidence import standing_sentences
from assistant.question.background import Backgrounds
from assistant.terms import KNOWN
from corpus.catalogue import StoredPassage
from corpus.document import Document
from corpus.library import Library
from corpus.settings import Settings

JUDGED = yaml.safe_load((Path(__file__).parent / "attribution.yaml").read_text(encoding="utf-8"))
ENGLISH = frozenset("design construct vector of the own low blood".split())


@dataclass(frozen=True)
class Tally:
    right: int
    missed: int
    wrong: int

    @property
    def wrong_rate(self) -> float:
        return self.wrong / (self.right + self.wrong)

    @property
    def recall(self) -> float:
        return self.right / (self.right + self.missed)


@pytest.fixture(scope="module")
def library(starter_library: Path, settings: Settings) -> Iterator[Library]:
    with Library(starter_library, settings) as opened:
        yield opened


@pytest.fixture(scope="module")
def places(library: Library) -> dict[tuple[str, str], tuple[Document, StoredPassage, int]]:
    """Where each sentence stands, by its document and words."""
    return {
        (document.id, sentence.of(document.text)): (document, stored, index)
        for summary in library.documents()
        for document in [library.document(summary.document_id)]
        for stored in library.passages_of(document.id)
        for index, sentence in enumerate(stored.passage.sentences)
    }


def tally(
    half: str, library: Library, places: dict[tuple[str, str], tuple[Document, StoredPassage, int]]
) -> Tally:
    glossary = Backgrounds(library).latest.glossary
    known = known_words(library.settings.model_cache, KNOWN)
    right = missed = wrong = 0
    for group in JUDGED[half]:
        subjects = group["subjects"]
        naming = Naming([names_of(subject, glossary) for subject in subjects], known)
        attribution = Attribution(naming, subjects, glossary)
        for judged in group["sentences"]:
            document, stored, index = places[judged["in"], judged["sentence"]]
            main = stored.passage.sentences[index]
            standing = standing_sentences(document, stored, index) or (main,)
            found = attribution.about(document, stored.passage.path, standing, main).subjects
            said = {subjects[place] for place in found}
            about, either = set(judged["about"]), set(judged.get("either", ()))
            right += len(said & about)
            missed += len(about - said)
            wrong += len(said - about - either)
    return Tally(right, missed, wrong)


@pytest.mark.parametrize("half", ["tuning", "held-out"])
def test_a_sentence_is_hardly_ever_given_to_the_wrong_subject(
    half: str, library: Library, places: dict[tuple[str, str], tuple[Document, StoredPassage, int]]
) -> None:
    counted = tally(half, library, places)
    assert counted.wrong_rate <= 0.02
    assert counted.recall >= 0.9


def test_the_judgements_are_many_and_speak_of_what_is_there(
    places: dict[tuple[str, str], tuple[Document, StoredPassage, int]],
) -> None:
    judged = [entry for half in JUDGED.values() for group in half for entry in group["sentences"]]
    assert 2 * len(judged) >= 150
    assert all((entry["in"], entry["sentence"]) in places for entry in judged)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("CAR T cells persist longer.", {1}),
        ("CAR-NK-92 cells were irradiated.", {0}),
        ("CAR-transduced NK cells were infused.", {0}),
        ("Chimeric antigen receptor (CAR) T cells were infused.", {1}),
        ("CAR+ T cells were infused.", {1}),
        ("NK cells engineered with a CD33 CAR killed the blasts.", {0}),
        ("Genes for CARs were brought into NK cells.", {0}),
        ("CAR macrophages eat tumours.", set()),
        ("NK cells and T cells are lymphocytes.", set()),
        ("Unlike CAR-T cells, CAR-NK cells need no matching.", {0, 1}),
        ("CAR-NK cells were given to people who had already received CAR-T cells.", {0}),
        ("Patients who had received CAR-T cells before responded.", {1}),
    ],
)
def test_a_name_is_found_in_whatever_way_it_is_written(text: str, named: set[int]) -> None:
    naming = Naming([["CAR-NK"], ["CAR-T", "chimeric antigen receptor T"]], ENGLISH)
    assert naming.named(text) == named


@pytest.mark.parametrize(
    ("subject", "text", "is_rival"),
    [
        ("CAR-NK", "CAR-M cells were made.", True),
        ("CAR-NK", "CAR macrophages were made.", True),
        ("CAR-NK", "The CAR construct was cloned.", False),
        ("NKX019", "NKX101 was given.", True),
        ("cord blood", "Peripheral blood was drawn.", True),
        ("cord blood", "Her own blood was drawn.", False),
    ],
)
def test_a_rival_is_told_from_a_general_word(subject: str, text: str, is_rival: bool) -> None:
    assert Naming([[subject]], ENGLISH).read(text) == (frozenset(), is_rival)


def test_a_longer_name_is_another_subject() -> None:
    naming = Naming([["NK cells"], ["CAR NK cells"]], ENGLISH)
    assert naming.named("CAR NK cells were infused.") == {1}
    assert naming.named("NK cells were infused.") == {0}


@hypothesis_settings(deadline=None)
@given(names=st.lists(st.text(min_size=1, max_size=30), min_size=1, max_size=3), text=st.text(max_size=400))
def test_whatever_the_names_mentions_lie_inside_the_text(names: list[str], text: str) -> None:
    naming = Naming([[name] for name in names], ENGLISH)
    for mention in naming.mentions(text):
        assert 0 <= mention.start < mention.end <= len(text)
        assert re.search(r"\w", text[mention.start : mention.end])
    naming.named(text)
    naming.read(text)
