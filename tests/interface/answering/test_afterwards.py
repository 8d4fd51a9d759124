"""What a reader is offered under an answer, and its name, by which the page speaks of it."""

from __future__ import annotations

import re

from assistant.answer import Abstention, Aspect, Comparison, Timings
from assistant.interface.answering.afterwards import afterwards
from assistant.interface.answering.naming import name_of
from tests.interface.answers import TURN, answer, citation, on_page

EXPORTS = ["Markdown", "BibTeX", "RIS", "CSL-JSON"]


def words(html: str) -> list[str]:
    """Give what can be clicked, in order."""
    return re.findall(r"<(?:button|summary|a)[^>]*>([^<]+)</", html)


def test_an_answer_can_be_taken_along_asked_anew_and_judged() -> None:
    offered = words(afterwards(answer("Terns do.", "Gulls do."), TURN))
    assert offered == [
        "Copy", "Export", *EXPORTS, "Ask again", "Edit question",
        "Good", "Wrong citation", "1 · Title 1", "2 · Title 2", "Not answered",
    ]  # fmt: skip


def test_a_comparison_is_a_table_elsewhere_too() -> None:
    table = Comparison(subjects=("A", "B"), aspects=(Aspect(name="Food", cells=(("s1",), ())),))
    offered = words(afterwards(answer("Fish.", comparison=table), TURN))
    assert offered[:7] == ["Copy Markdown", "Export", *EXPORTS, "Table as CSV"]


def test_what_is_not_answered_has_nothing_to_take_along_and_no_citation_to_be_wrong() -> None:
    declined = answer(abstention=Abstention(reason="No.", missing_terms=(), nearest=(citation(1),)))
    assert words(afterwards(declined, TURN)) == ["Ask again", "Edit question", "Good", "Not answered"]


def test_a_greeting_is_no_answer_to_judge() -> None:
    said = "Hello. Ask a question."
    greeting = answer(answer=said, abstention=Abstention(reason=said, missing_terms=(), nearest=()))
    assert "after" not in on_page(greeting)


def test_words_of_readers_and_sources_are_words_on_the_page() -> None:
    title = '<img src="x" onerror="a()">'
    given = answer("Terns.", citations=(citation(1).model_copy(update={"title": title}),), question='"><b>')
    html = afterwards(given, TURN)
    assert "<img" not in html
    assert "<b>" not in html
    assert 'data-question="&quot;&gt;&lt;b&gt;"' in html


def test_an_answer_asked_again_has_another_name_and_a_restored_one_the_same() -> None:
    given = answer("Terns.")
    again = answer("Terns.", timings_ms=Timings(retrieve=1, compose=1, verify=1, total=3.5))
    assert name_of(given) != name_of(again)
    assert name_of(type(given).model_validate_json(given.model_dump_json())) == name_of(given)
