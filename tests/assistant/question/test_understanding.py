"""Any text can be read."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.question import understand
from assistant.question.background import Background
from assistant.question.understanding import LONGEST_QUESTION

WORDS = st.sampled_from(
    "compare CAR-NK car-t and or versus is than safer which what how the of in since 2020 by Liu et al. study review "
    "“title” only it its they : , ? - differ between cells".split()
)


@pytest.mark.parametrize(
    "text", ["compare " + "a and " * 3300 + "?x?", "is " + "aer " * 5000, "what " * 4000, "a-" * 2000]
)
def test_a_text_that_is_no_question_is_read(text: str, background: Background) -> None:
    question = understand(text, [text], background)
    assert len(question.text) <= LONGEST_QUESTION
    assert not question.subjects


@given(st.text(max_size=300), st.lists(st.text(max_size=80), max_size=3))
def test_any_text_can_be_read(text: str, history: list[str]) -> None:
    question = understand(text, history)
    assert question.text == " ".join(text.split())
    assert all(term == term.lower() for term in question.terms)


@settings(deadline=None)
@given(st.lists(WORDS, max_size=40), st.lists(WORDS, max_size=20))
def test_any_words_in_any_order_can_be_read(words: list[str], before: list[str]) -> None:
    question = understand(" ".join(words), [" ".join(before)])
    assert len(question.subjects) != 1 or question.kind == "definition"
    assert all(subject.strip() == subject and subject for subject in question.subjects)
    assert all(said in question.standalone for said in question.constraints.stated)
