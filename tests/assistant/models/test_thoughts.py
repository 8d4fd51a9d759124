"""Thoughts that stand in a model's text are no part of its answer."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.models.thoughts import ThoughtFilter


def answer(*pieces: str) -> str:
    thoughts = ThoughtFilter()
    return "".join([*map(thoughts.answer, pieces), thoughts.rest()])


@pytest.mark.parametrize(
    ("said", "answered"),
    [
        ("An answer.", "An answer."),
        ("<think>No, wait.</think>\n\nAn answer.", "An answer."),
        ("\n <think></think>An answer.", "An answer."),
        ("<think>never ends", ""),
        ("<think>a</think>\n<think>b</think>\nAn answer.", "An answer."),
        ("<thin", "<thin"),
        ("<thinking> is what we do.", "<thinking> is what we do."),
        ("p < 0.05", "p < 0.05"),
        ("An <think>answer</think>.", "An <think>answer</think>."),
        ("<think>a</think>b<think>c</think>", "b<think>c</think>"),
        (" ", " "),
        ("", ""),
    ],
)
def test_a_thought_at_the_beginning_is_left_out(said: str, answered: str) -> None:
    assert answer(said) == answered


@given(
    said=st.lists(st.sampled_from(["<think>", "</think>", "<", "th", "ink>", "/", "NK cells", "\n", " "])),
    cuts=st.lists(st.integers(min_value=1, max_value=5)),
)
def test_how_it_is_cut_into_pieces_changes_nothing(said: list[str], cuts: list[int]) -> None:
    whole = "".join(said)
    pieces, at = [], 0
    for cut in cuts:
        pieces.append(whole[at : at + cut])
        at += cut
    assert answer(*pieces, whole[at:]) == answer(whole)


def test_an_answer_is_not_held_back() -> None:
    thoughts = ThoughtFilter()
    assert [thoughts.answer(piece) for piece in ("NK", " cells")] == ["NK", " cells"]
