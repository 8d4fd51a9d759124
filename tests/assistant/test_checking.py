"""What a library says of claims that a reader pastes."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant import Assistant
from assistant.answer import Checked, ClaimQuote, Verdict
from assistant.checking.claims import FoundClaim, claims_of
from corpus.errors import UnknownDocumentError
from corpus.library import Library
from corpus.settings import Settings
from ingest.pipeline import Ingest

RATES = """<html><head><title>Trials of widgets</title></head><body><article><h1>Trials of widgets</h1><h2>Results</h2>
<p>Alphamab was tolerated without seizures in 37 patients. Alphamab shortened the stay in hospital by 3 days.</p>
<table><caption>Side effects</caption><thead><tr><th>Product</th><th>Fever</th><th>Headache</th></tr></thead>
<tbody><tr><td>Alphamab</td><td>42%</td><td>7%</td></tr><tr><td>Betamab</td><td>18%</td><td>61%</td></tr></tbody></table>
</article></body></html>"""
ANOTHER = (
    "# A second look\n\nAlphamab lengthened the stay in hospital by 3 days. Alphamab is a widget of glass."
)


@pytest.fixture(scope="module")
def assistant(starter_library: Path, settings: Settings) -> Iterator[Assistant]:
    with Assistant.open(starter_library, settings) as opened:
        yield opened


@pytest.fixture(scope="module")
def widgets(tmp_path_factory: pytest.TempPathFactory, settings: Settings) -> Iterator[Assistant]:
    """A library of two short papers that differ."""
    folder = tmp_path_factory.mktemp("widgets")
    for name, text in (("rates.html", RATES), ("another.md", ANOTHER)):
        (folder / name).write_text(text, "utf-8")
    with Library(folder / "library", settings, create=True) as library:
        assert Ingest(library).paths([folder / "rates.html", folder / "another.md"]).added == 2
    with Assistant.open(folder / "library", settings) as opened:
        yield opened


def words_of(quote: ClaimQuote) -> list[str]:
    return [mark.text for mark in quote.marked]


def test_a_wrong_number_is_contradicted_and_the_right_one_marked(assistant: Assistant) -> None:
    checked = assistant.check("In the trial by Marin et al. (2024) the response rate was 68.4% at day 30.")
    (claim,) = checked.claims
    assert claim.verdict is Verdict.CONTRADICTED
    assert claim.reasons[0] == "The source says 48.6%, the claim 68.4%."
    assert claim.quotes[0].verdict is Verdict.CONTRADICTED
    assert "48.6%" in words_of(claim.quotes[0])


def test_a_paraphrase_is_supported_by_the_sentence_that_says_so(assistant: Assistant) -> None:
    (claim,) = assistant.check("FT596 cells could be detected for at most 15 days.").claims
    assert claim.verdict is Verdict.SUPPORTED
    assert "detectable for no longer than 15 days" in claim.quotes[0].text


def test_a_claim_that_no_source_speaks_of_is_not_found(assistant: Assistant) -> None:
    (claim,) = assistant.check("Zebrafish regrow their fins within three weeks.").claims
    assert (claim.verdict, claim.quotes, claim.citations) == (Verdict.NOT_FOUND, (), ())


def test_quotes_and_marks_are_exact_spans_of_numbered_documents(assistant: Assistant) -> None:
    text = "CAR-NK cells rarely cause graft-versus-host disease. Axi-cel led to responses in 83% of ZUMA-1 patients."
    checked = assistant.check(text)
    numbered = {citation.number: citation for citation in checked.citations}
    assert list(numbered) == list(range(1, len(numbered) + 1))
    for claim in checked.claims:
        assert text[claim.start : claim.end] == claim.text
        assert claim.quotes
        assert set(claim.citations) == {quote.citation for quote in claim.quotes}
        for quote in claim.quotes:
            document = assistant.library.document(numbered[quote.citation].document_id)
            for extract in (quote, *quote.marked):
                assert document.text[extract.start : extract.end] == extract.text
            assert all(quote.start <= mark.start < mark.end <= quote.end for mark in quote.marked)
            assert any(extract.start == quote.start for extract in numbered[quote.citation].quotes)


def test_one_source_alone_may_be_asked(assistant: Assistant) -> None:
    text = "FT596 cells could be detected for at most 15 days."
    asked = assistant.check(text, "ghobadi2025lancet")
    assert asked.claims[0].verdict is Verdict.SUPPORTED
    assert {citation.document_id for citation in asked.citations} == {"ghobadi2025lancet"}
    other = assistant.check(text, "gao2025sle")
    assert other.claims[0].verdict is Verdict.NOT_FOUND
    with pytest.raises(UnknownDocumentError):
        assistant.check(text, "nowhere")


def test_questions_and_headings_are_set_aside_and_say_why(assistant: Assistant) -> None:
    checked = assistant.check("Safety\n\nNKG2A is an inhibitory receptor of NK cells. Does it persist?")
    assert [part.text for part in checked.set_aside] == ["Safety", "Does it persist?"]
    assert [claim.text for claim in checked.claims] == ["NKG2A is an inhibitory receptor of NK cells."]
    assert "question" in checked.set_aside[1].reason


def test_no_more_than_fifty_claims_are_checked_and_a_note_says_so(widgets: Assistant) -> None:
    checked = widgets.check("Alphamab is glass. " * 52)
    assert len(checked.claims) == 50
    assert checked.notes[0] == "Only the first 50 of 52 claims were checked."


def test_the_method_is_told(widgets: Assistant) -> None:
    assert "no entailment model is configured" in widgets.check("Alphamab is a widget of glass.").method


class TestTables:
    def test_a_row_is_evidence_under_its_header(self, widgets: Assistant) -> None:
        (claim,) = widgets.check("Fever occurred in 42% with Alphamab.").claims
        assert claim.verdict is Verdict.SUPPORTED
        row = claim.quotes[0]
        assert row.caption and row.caption.text == "Side effects"
        assert row.header and row.header.text.split("\t") == ["Product", "Fever", "Headache"]
        assert row.text.startswith("Alphamab\t42%")
        assert "42%" in words_of(row)

    def test_a_number_of_another_column_contradicts(self, widgets: Assistant) -> None:
        (claim,) = widgets.check("Fever occurred in 7% with Alphamab.").claims
        assert claim.verdict is Verdict.CONTRADICTED


def test_where_sources_differ_both_are_named_and_quoted(widgets: Assistant) -> None:
    (claim,) = widgets.check("Alphamab shortened the stay in hospital by 3 days.").claims
    assert claim.verdict is Verdict.SUPPORTED
    assert {quote.verdict for quote in claim.quotes} == {Verdict.SUPPORTED, Verdict.CONTRADICTED}
    assert "Trials of widgets" in claim.reasons[0] and "A second look" in claim.reasons[0]


def test_a_check_survives_its_json(widgets: Assistant) -> None:
    checked = widgets.check("Alphamab is a widget of glass.")
    assert Checked.model_validate_json(checked.model_dump_json()) == checked


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        ("Cells grew. They died, e.g. in acid.", ["Cells grew.", "They died, e.g. in acid."]),
        (
            "Fever was seen in 5 patients, and the drug was stopped early.",
            ["Fever was seen in 5 patients", "the drug was stopped early."],
        ),
        (
            "The cells grew well, and they were given to mice.",
            ["The cells grew well, and they were given to mice."],
        ),
        (
            "- Glass melts at 1,500 °C.\n- Iron rusts in water.",
            ["Glass melts at 1,500 °C.", "Iron rusts in water."],
        ),
        (
            "A sentence that was wrapped\nover two lines is one.",
            ["A sentence that was wrapped\nover two lines is one."],
        ),
        ("Liu et al. (2020) treated 11 people.", ["Liu et al. (2020) treated 11 people."]),
    ],
)
def test_a_text_is_cut_into_claims(text: str, claims: list[str]) -> None:
    assert [found.span.of(text) for found in claims_of(text) if isinstance(found, FoundClaim)] == claims


@given(st.text())
def test_cutting_loses_no_word_but_joints_and_marks_of_lists(text: str) -> None:
    spans = [part.span for part in claims_of(text)]
    assert all(len(span) for span in spans)
    assert all(one.end <= other.start for one, other in pairwise(spans))
