"""What the page shows of a check, without a browser."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.answer import (
    Checked,
    CheckTimings,
    Citation,
    Claim,
    ClaimQuote,
    Divergence,
    DivergenceKind,
    Extract,
    SetAside,
    Verdict,
)
from assistant.interface.check.claims import checked_claims, checked_sources
from corpus.document import Document, Fidelity, SourceType
from corpus.library import Library
from corpus.settings import Settings

QUOTE = "Axolotls sleep at noon."


@pytest.fixture
def library(two_papers: Path, settings: Settings) -> Iterator[Library]:
    with Library(two_papers, settings) as opened:
        yield opened


def extract(document: Document, words: str) -> Extract:
    start = document.text.index(words)
    return Extract(start=start, end=start + len(words), text=words)


def citation(document: Document, words: str, sha256: str | None = None) -> Citation:
    return Citation(
        number=1,
        document_id=document.id,
        passage_id=f"{document.id}@0-{len(document.text)}",
        text_sha256=sha256 or document.text_sha256,
        title="Sleep of <i>axolotls</i>",
        authors=("Abel A", "Brandt B"),
        container_title=None,
        year=1999,
        source_type=SourceType.REVIEW,
        fidelity=Fidelity.FULL_TEXT,
        commercial=False,
        retracted=False,
        section=(),
        doi=None,
        url=None,
        licence=None,
        read_at=(),
        note=None,
        quotes=(extract(document, words),),
    )


def checked(
    library: Library,
    verdict: Verdict | None = None,
    *,
    text: str = "Axolotls sleep.",
    deciding: str = "noon",
    sha256: str | None = None,
) -> Checked:
    """Make a check of one claim and one question; without a verdict, of the question alone."""
    document = library.document("10.5/a b")
    found = extract(document, QUOTE)
    quote = ClaimQuote(
        **found.model_dump(),
        citation=1,
        verdict=verdict or Verdict.SUPPORTED,
        marked=(extract(document, deciding),),
    )
    claim = Claim(
        text=text,
        start=0,
        end=len(text),
        verdict=verdict or Verdict.SUPPORTED,
        reasons=("The source says <noon>.",),
        citations=(1,),
        quotes=(quote,),
    )
    return Checked(
        text=text,
        document_id=None,
        claims=(claim,) if verdict else (),
        set_aside=(SetAside(text="Do they <b>wake</b>?", reason="This is a question, not a claim."),),
        citations=(citation(document, QUOTE, sha256),) if verdict else (),
        method="By rule.",
        notes=("Only one was read.",),
        timings_ms=CheckTimings(retrieve=1, judge=1, total=2),
    )


@pytest.mark.parametrize(
    ("verdict", "word", "side"),
    [
        (Verdict.SUPPORTED, "Supported", "For"),
        (Verdict.PARTIAL, "Partly supported", "In part"),
        (Verdict.CONTRADICTED, "Contradicted", "Against"),
    ],
)
def test_a_verdict_is_a_word_and_its_quote_stands_on_its_side(
    library: Library, verdict: Verdict, word: str, side: str
) -> None:
    shown = checked_claims(library, checked(library, verdict))
    assert re.search(rf'aria-hidden="true">.</span> {word}</p>', shown)
    assert f"<h4>{side}</h4><div" in shown
    assert f"1 claim: {word.lower()}" in shown


def test_the_deciding_words_are_marked_inside_the_whole_sentence(library: Library) -> None:
    shown = checked_claims(library, checked(library, Verdict.SUPPORTED))
    assert "<blockquote>Axolotls sleep at <mark>noon</mark>.</blockquote>" in shown
    assert '<a href="#cite-check-1" class="chip">' in shown
    assert "Abel A et al., 1999" in shown
    assert 'id="cite-check-1"' in checked_sources(library, checked(library, Verdict.SUPPORTED))


def test_nothing_pasted_or_said_of_it_is_markup(library: Library) -> None:
    shown = checked_claims(library, checked(library, Verdict.SUPPORTED, text="<img src=x> ${x} [a](b)"))
    assert "<h3>&lt;img src=x&gt; ${x} [a](b)</h3>" in shown
    assert "The source says &lt;noon&gt;." in shown
    assert "<q>Do they &lt;b&gt;wake&lt;/b&gt;?</q> This is a question, not a claim." in shown


def test_a_text_without_claims_says_so_and_what_was_set_aside(library: Library) -> None:
    shown = checked_claims(library, checked(library))
    assert "There is no claim in this text" in shown
    assert "This is a question, not a claim." in shown
    assert "No source says anything for or against this." in checked_sources(library, checked(library))


def test_how_the_verdict_was_reached_stands_below(library: Library) -> None:
    shown = checked_claims(library, checked(library, Verdict.PARTIAL), markup_left_out=True)
    how = shown.rpartition('<p class="how">')[2]
    assert how.startswith("Held against all sources of the library. By rule. The text held markup; ")
    assert "Only one was read. 2&nbsp;ms." in how


def test_words_of_a_source_that_has_changed_are_not_shown(library: Library) -> None:
    shown = checked_claims(library, checked(library, Verdict.SUPPORTED, sha256="of another text"))
    assert "This source has changed" in shown
    assert "noon</mark>" not in shown
    assert "in-context" not in shown


def test_a_claim_and_a_source_that_differ_are_pointed_at_word_by_word(library: Library) -> None:
    found = checked(library, Verdict.CONTRADICTED, text="Axolotls sleep at <dusk>.")
    (claim,) = found.claims
    (quote,) = claim.quotes
    document = library.document("10.5/a b")
    divergence = Divergence(
        kind=DivergenceKind.NAME,
        claim=(Extract(start=18, end=24, text="<dusk>"),),
        quote=(extract(document, "at noon"),),
    )
    quote = quote.model_copy(update={"divergences": (divergence,)})
    claim = claim.model_copy(update={"quotes": (quote,)})
    shown = checked_claims(library, found.model_copy(update={"claims": (claim,)}))
    assert '<h3>Axolotls sleep at <span class="differs">&lt;dusk&gt;</span>.</h3>' in shown
    assert '<section class="side contradicted">' in shown
    assert "<mark>at noon</mark>" in shown
    pair = shown[shown.index('<ul class="divergences"') : shown.index('<p class="foot"')]
    assert re.sub(r"<[^>]+>", "", pair).split() == [
        *("Name", "claim", "&lt;dusk&gt;", "source", "at", "noon")
    ]


def test_of_several_claims_each_is_underlined_by_its_verdict_where_it_stands(library: Library) -> None:
    found = checked(library, Verdict.SUPPORTED)
    (claim,) = found.claims
    text = "Axolotls sleep. <They> wake. Do they?"
    other = claim.model_copy(
        update={"text": "<They> wake.", "start": 16, "end": 28, "verdict": Verdict.NOT_FOUND, "quotes": ()}
    )
    shown = checked_claims(library, found.model_copy(update={"text": text, "claims": (claim, other)}))
    pasted = shown[shown.index('<p class="pasted">') : shown.index("<article")]
    links = re.findall(
        r'<a href="#(claim-\d)" class="underlined ([\w-]+)">(.*?)<span class="sr"> \((.*?)\)', pasted
    )
    assert links == [
        ("claim-1", "supported", "Axolotls sleep.", "Supported"),
        ("claim-2", "not-found", "&lt;They&gt; wake.", "Not found"),
    ]
    assert pasted.endswith(" Do they?</p>")
    assert all(f'id="{link[0]}"' in shown for link in links)
