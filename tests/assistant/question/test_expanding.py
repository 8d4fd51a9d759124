"""Names that the library's papers also write otherwise."""

from __future__ import annotations

import pytest

from assistant.question import understand
from assistant.question.background import Background


@pytest.mark.parametrize(
    ("text", "term", "alternative"),
    [
        ("How often does CRS occur?", "CRS", "cytokine release syndrome"),
        ("how often does crs occur", "crs", "cytokine release syndrome"),
        ("Do CARs matter?", "CARs", "chimeric antigen receptor"),
        ("Is CAR-T dear?", "CAR", "chimeric antigen receptor"),
        ("How often is cytokine release syndrome seen?", "cytokine release syndrome", "CRS"),
        ("graft versus host disease", "graft versus host disease", "GVHD"),
        ("What is GvHD?", "GvHD", "graft-versus-host disease"),
        ("price of axi-cel", "axi-cel", "axicabtagene ciloleucel"),
        ("price of axicabtagene ciloleucel", "axicabtagene ciloleucel", "axi-cel"),
        ("What does IL15 do?", "IL15", "IL-15"),
        ("What does IL-15 do?", "IL-15", "IL15"),
    ],
)
def test_an_abbreviation_and_its_long_form_find_each_other(
    text: str, term: str, alternative: str, background: Background
) -> None:
    question = understand(text, (), background)
    found = {expansion.term: expansion.alternatives for expansion in question.expansions}
    assert alternative.lower() in [other.lower() for other in found[term]]
    assert all(expansion.term in question.standalone for expansion in question.expansions)


def test_a_longer_name_hides_the_shorter_ones_inside_it(background: Background) -> None:
    question = understand("How long do CAR-NK cells persist?", (), background)
    assert [expansion.term for expansion in question.expansions] == ["CAR-NK"]


@pytest.mark.parametrize("text", ["What happens to all cells in a car?", "PD-1 blockade", "how do they rem"])
def test_words_that_only_look_like_abbreviations_are_none(text: str, background: Background) -> None:
    terms = {expansion.term for expansion in understand(text, (), background).expansions}
    assert terms <= {"PD-1"}
