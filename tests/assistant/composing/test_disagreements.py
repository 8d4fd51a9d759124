"""Statements that cannot all be right are found; those that only look so are not."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from assistant.answer import DifferenceKind
from assistant.composing.disagreements import disagreements_of
from assistant.composing.draft import DraftDisagreement
from corpus.document import SourceType, Span
from corpus.library import Library
from corpus.settings import Settings
from tests.assistant.composing.evidences import evidence, in_document, saying, statement

PAIRS: list[dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parent / "disagreements.yaml").read_text(encoding="utf-8")
)["pairs"]
LEAST_RECALL = 0.75


@pytest.fixture(scope="module")
def library(starter_library: Path, settings: Settings) -> Iterator[Library]:
    with Library(starter_library, settings) as opened:
        yield opened


def found_in(pair: dict[str, Any], library: Library) -> tuple[DraftDisagreement, ...]:
    statements = []
    for side in ("first", "second"):
        document = saying(library.document(pair[side]["source"]), pair[side]["text"])
        statements.append(statement(in_document(document, Span(0, len(document.text)))))
    return disagreements_of(statements)


def test_the_real_sentences_among_the_pairs_stand_in_their_sources(library: Library) -> None:
    for pair in PAIRS:
        for side in () if pair.get("made") else ("first", "second"):
            assert pair[side]["text"] in library.document(pair[side]["source"]).text


@pytest.mark.parametrize("pair", [p for p in PAIRS if not p["differ"]], ids=lambda p: p["first"]["source"])
def test_figures_of_different_things_are_no_disagreement(pair: dict[str, Any], library: Library) -> None:
    assert found_in(pair, library) == ()


def test_most_disagreements_are_found(library: Library) -> None:
    differing = [pair for pair in PAIRS if pair["differ"]]
    found = [pair for pair in differing if found_in(pair, library)]
    assert len(found) >= LEAST_RECALL * len(differing)


def test_a_disagreement_says_what_it_is_about_and_in_what_the_sources_differ() -> None:
    said = [
        statement(evidence("Fever occurred in 21% of 40 patients given AB12 for lupus.", "a", year=2020)),
        statement(
            evidence(
                "Fever occurred in 35% of 90 patients given AB12 for lupus.",
                "b",
                source_type=SourceType.REVIEW,
            )
        ),
    ]
    (found,) = disagreements_of(said)
    assert found.about == "Fever"
    assert found.statements == (0, 1)
    assert {d.kind: d.values for d in found.differences} == {
        DifferenceKind.YEAR: ("2020", "2024"),
        DifferenceKind.SOURCE_TYPE: ("clinical-trial", "review"),
        DifferenceKind.POPULATION: ("40 patients", "90 patients"),
    }


def test_one_document_does_not_disagree_with_itself() -> None:
    said = [
        statement(evidence("Fever occurred in 21% of patients given AB12.", "a")),
        statement(evidence("Fever occurred in 35% of patients given AB12.", "a")),
    ]
    assert disagreements_of(said) == ()
