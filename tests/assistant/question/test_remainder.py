"""What a question says beside the things that it compares."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.question.remainder import left_over, says_something


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("how much tocilizumab was needed with A1 and B2", "tocilizumab"),
        ("how do the doses in A1 and in B2 differ", "doses"),
        ("length of stay, A1 or B2?", "length of stay"),
        ("which of the two is the better choice, A1 or B2", ""),
        ("A1 vs B2", ""),
    ],
)
def test_what_is_left_is_in_what_respect(query: str, said: str) -> None:
    assert left_over(query, ["A1", "B2"]) == said


def test_what_the_question_names_itself_is_not_left_over() -> None:
    assert left_over("A1 vs B2, cost and taste", ["A1", "B2"], ["cost"]) == "taste"


@pytest.mark.parametrize("words", ["better", "is the best option", "gets it more"])
def test_a_word_that_only_compares_says_nothing(words: str) -> None:
    assert not says_something(words)


@given(st.text(max_size=80), st.lists(st.text(max_size=10), max_size=3))
def test_whatever_is_left_stands_in_the_question(query: str, subjects: list[str]) -> None:
    said = left_over(query, subjects)
    assert all(word in query for part in said.split(", ") for word in part.split())
