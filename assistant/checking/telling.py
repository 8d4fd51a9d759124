"""Tells what came of the check of a claim: verdict, reasons, quotes and citations as plain data."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from assistant.answer import Citation, Claim, ClaimQuote, Divergence, Extract, Verdict
from assistant.checking.claims import FoundClaim
from assistant.checking.differing import Diverging
from assistant.checking.showing import Candidate
from assistant.citing import citation_of
from assistant.verification import Alignment, Judgement
from corpus.document import Span


@dataclass(frozen=True, slots=True)
class Found:
    """A claim with the sentences that were judged.

    Attributes:
        claim: The claim.
        judgement: Of it, by all candidates.
        candidates: The sentences.
        deciding: Indexes of those that are shown.
        diverging: Where those that speak against it differ from it, by their index.
    """

    claim: FoundClaim
    judgement: Judgement
    candidates: tuple[Candidate, ...]
    deciding: tuple[int, ...]
    diverging: Mapping[int, tuple[Diverging, ...]]


def numbered(found: Sequence[Found]) -> dict[str, int]:
    """Number the cited passages in order of appearance, those of one document together."""
    by_document: dict[str, dict[str, None]] = {}
    for one in found:
        for index in one.deciding:
            evidence = one.candidates[index].evidence
            by_document.setdefault(evidence.document.id, {})[evidence.passage.index_id] = None
    ordered = (passage for passages in by_document.values() for passage in passages)
    return {passage: number for number, passage in enumerate(ordered, start=1)}


def citations_of(found: Sequence[Found], numbers: dict[str, int]) -> list[Citation]:
    """Give the numbered passages, each with all that is quoted from it."""
    quoted: dict[str, list[Candidate]] = {name: [] for name in numbers}
    for one in found:
        for index in one.deciding:
            quoted[one.candidates[index].evidence.passage.index_id].append(one.candidates[index])
    return [
        citation_of(
            number,
            quoted[name][0].evidence.document,
            quoted[name][0].evidence.passage,
            [c.evidence for c in quoted[name]],
        )
        for name, number in numbers.items()
    ]


def told(text: str, found: Found, numbers: dict[str, int]) -> Claim:
    """Tell what came of one claim of a text."""
    quotes = tuple(
        _quote(
            found.candidates[index],
            found.judgement.alignments[index],
            numbers,
            tuple(_divergences(text, found, index)),
        )
        for index in found.deciding
    )
    span = found.claim.span
    return Claim(
        text=span.of(text),
        start=span.start,
        end=span.end,
        verdict=found.judgement.verdict,
        reasons=tuple(_reasons(found)),
        citations=tuple(sorted({quote.citation for quote in quotes})),
        quotes=quotes,
    )


def _divergences(text: str, found: Found, index: int) -> Iterator[Divergence]:
    """Give where a quote differs from the claim: in the words of the checked text, and in the document's own."""
    document = found.candidates[index].evidence.document
    for one in found.diverging.get(index, ()):
        claimed = (Span(mark.start, mark.end).shifted(found.claim.span.start) for mark in one.claim)
        quoted = found.candidates[index].places(one.quote)
        yield Divergence(
            kind=one.kind,
            claim=tuple(_extract(span, text) for span in claimed),
            quote=tuple(_extract(span, document.text) for span in quoted),
        )


def _quote(
    chosen: Candidate, alignment: Alignment, numbers: dict[str, int], divergences: tuple[Divergence, ...]
) -> ClaimQuote:
    evidence, text = chosen.evidence, chosen.evidence.document.text
    marked = chosen.places(alignment.marks) or [evidence.main]
    table = chosen.table
    return ClaimQuote(
        start=evidence.main.start,
        end=evidence.main.end,
        text=evidence.main.of(text),
        citation=numbers[evidence.passage.index_id],
        verdict=alignment.verdict,
        marked=tuple(_extract(span, text) for span in marked),
        header=_extract(table.header, text) if table and table.header else None,
        caption=_extract(table.caption, text) if table and table.caption else None,
        divergences=divergences,
    )


def _extract(span: Span, text: str) -> Extract:
    return Extract(start=span.start, end=span.end, text=span.of(text))


def _reasons(found: Found) -> list[str]:
    """Give the reasons; where sources differ, both are named first."""
    reasons = list(found.judgement.reasons)
    sides = {
        verdict: next((i for i in found.deciding if found.judgement.alignments[i].verdict is verdict), None)
        for verdict in (Verdict.SUPPORTED, Verdict.CONTRADICTED)
    }
    for_, against = sides[Verdict.SUPPORTED], sides[Verdict.CONTRADICTED]
    if for_ is None or against is None:
        return reasons
    differing = f"{_title(found.candidates[for_])} supports it, {_title(found.candidates[against])} speaks against it."
    contrary = found.judgement.alignments[against].reasons[:1]
    return list(dict.fromkeys([differing, *contrary, *reasons]))


def _title(chosen: Candidate) -> str:
    document = chosen.evidence.document
    return f"“{document.record.title or document.id}”"
