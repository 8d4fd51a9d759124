"""The aspects of comparisons, as a reader may write them."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.aspects import known_aspects
from corpus.errors import SettingsError


def test_the_shipped_aspects_are_complete_and_named_once() -> None:
    aspects = known_aspects(None)
    assert 10 <= len(aspects) <= 14
    called = [name.lower() for aspect in aspects for name in (aspect.name, *aspect.also)]
    assert len(called) == len(set(called))
    assert all(aspect.terms for aspect in aspects)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("aspects: []", "needs a list"),
        ("- Safety", "needs a list"),
        ("aspects: [Safety]", "entry 1"),
        ("aspects: [{name: A, description: b, terms: []}]", r"entry 1 \(A\): terms"),
        ("aspects: [{name: A, description: b, terms: [c], colour: d}]", r"entry 1 \(A\): colour"),
        (
            "aspects: [{name: A, description: b, terms: [c]}, {name: a, description: b, terms: [c]}]",
            "entry 2",
        ),
        ("aspects: {", "cannot be read"),
        ("aspects: [{name: 1, description: b, terms: [c]}]", "entry 1"),
    ],
)
def test_a_bad_entry_is_named_with_its_file_and_problem(text: str, problem: str, tmp_path: Path) -> None:
    path = tmp_path / "own.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(SettingsError, match=rf"own\.yaml.*{problem}"):
        known_aspects(path)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="No such file"):
        known_aspects(tmp_path / "none.yaml")
