"""The report: one file that holds every question, and whose words do nothing but read."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from assistant.evaluation.report import pieces, report_of
from assistant.evaluation.run import Conditions, Run, summarised
from tests.assistant.evaluation.building import TEXTS, answer, judged, posed, quote, said, statement

CONDITIONS = Conditions(question_set="<bees>.yaml", loccit="1", embedding_model="m", documents=3)
SLEEP = "Bees sleep at night."


def report(run: Run) -> html.HtmlElement:
    return html.document_fromstring(report_of(run))


def test_each_question_shows_what_was_found_and_what_was_missed() -> None:
    question = posed(id="q7", facts=["at night", "at noon"], also=["[Bb]ees"], history=["What are bees?"])
    given = answer(
        said("s1", 1, "bees", SLEEP), said("s2", 2, "ants", TEXTS["ants"]), cited={1: "bees", 2: "ants"}
    )
    page = report(summarised(CONDITIONS, [judged(question, given)]))
    (shown,) = page.xpath("//details")
    assert (shown.get("id"), shown.get("data-kind"), shown.get("class")) == ("q7", "yes-no", "wrong")
    words = " ".join(shown.text_content().split())
    for told in (
        "50% found",
        "What are bees?",
        "✓ found at night",
        "✗ missed at noon",
        "beside the point",
        "On bees",
    ):
        assert told in words
    assert shown.xpath(".//q//mark[@class='fact']/text()") == ["at night"]
    assert shown.xpath(".//q//mark[@class='also']/text()") == ["Bees"]


def test_a_declined_question_shows_why_and_whether_that_is_right() -> None:
    question = posed(unanswerable="near-miss", missing=["Japan"])
    page = report(
        summarised(CONDITIONS, [judged(question, answer(reason="No bees.", missing_terms=["Japan"]))])
    )
    (shown,) = page.xpath("//details")
    assert shown.get("class") is None
    words = " ".join(shown.text_content().split())
    for told in ("rightly declined", "near-miss", "Declined: No bees. Named as missing: Japan."):
        assert told in words


def test_a_comparison_shows_columns_cells_and_what_is_wrong_in_them() -> None:
    cells = [
        {"subject": "bees", "facts": ["night"]},
        {"subject": "ants", "facts": ["shifts"], "wrong": ["^Bees"]},
    ]
    given = answer(
        said("s1", 1, "bees", SLEEP), cited={1: "bees"}, table=(("honey bees", "ants"), [[["s1"], ["s1"]]])
    )
    page = report(summarised(CONDITIONS, [judged(posed(kind="comparison", cells=cells), given)]))
    words = " ".join(page.xpath("//details")[0].text_content().split())
    for told in (
        "bees, in the column “honey bees”",
        "✓ found night",
        "✗ missed shifts",
        "another subject: s1",
    ):
        assert told in words


def test_markup_in_words_is_shown_as_words() -> None:
    hostile = "<script>alert(1)</script><img src=x onerror=alert(1)>\"'</q>"
    question = posed(id="a", question=hostile, facts=["<script>"], documents=[hostile])
    given = answer(statement("s1", hostile, quote(1, "bees", SLEEP)), cited={1: "bees"})
    page = report(summarised(CONDITIONS, [judged(question, given)]))
    assert len(page.xpath("//script")) == 1
    assert not page.xpath("//img | //*[@onerror]")
    assert hostile in page.xpath("//details/summary")[0].text_content()


def test_the_report_needs_nothing_but_itself() -> None:
    written = report_of(summarised(CONDITIONS, [judged(posed(facts=["night"]), answer(reason="No."))]))
    assert not re.search(r"https?:|@import|url\(|<link|src=", written)
    assert "prefers-color-scheme: dark" in written


@given(
    st.text(alphabet="ab<& \u0301é", max_size=30),
    st.lists(st.sampled_from(["a", "b+", "a.", "<", "x*", "(?=b)"]), max_size=3),
    st.lists(st.sampled_from(["ab", ".", "&"]), max_size=2),
)
def test_marking_changes_no_word(text: str, facts: list[str], also: list[str]) -> None:
    cut = list(pieces(text, posed(facts=[*facts, "never"], also=also)))
    assert "".join(piece.text for piece in cut) == " ".join(text.split())
    assert all(piece.text for piece in cut)
