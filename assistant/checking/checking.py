"""Checks a text: its claims, the evidence for and against each, and a verdict with reasons."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Sequence
from functools import cache, cached_property

from assistant.answer import Checked, CheckTimings, Citation, SetAside, Verdict
from assistant.checking.claims import FoundClaim, NoClaim, claims_of
from assistant.checking.differing import diverging
from assistant.checking.showing import Candidate, candidate
from assistant.checking.telling import Found, citations_of, numbered, told
from assistant.retrieval import RankedPassage, Retrieval
from assistant.verification import Alignment, Evidence, Judgement, judge
from assistant.verification.entailment import Entailing, Entailment
from assistant.verification.text.language import sayings
from assistant.verification.text.parsing import parse
from assistant.words import leans
from corpus.catalogue import Filter
from corpus.library import Library

MOST_CLAIMS = 50
PASSAGES = 40
# Sentences that are judged: so many by meaning, so many by words.
NEAREST = 20
MOST_QUOTES = 3
# A quote speaks against a claim that another supports only if it is as near as this.
AGAINST_BESIDE = 0.7
# A further quote of one side is shown if it is nearly as near as the first.
NEARLY = 0.85
BY_RULE = "Words, numbers, negation and direction compared by rule; no entailment model is configured."
# A word as rare as can be counts this much more than one that is everywhere.
RAREST = 1.3
COMMONEST = 0.7
NEVER_SEEN = 1.5
_PREFIX = 5
# A stem shorter than this stands in too many words.
_SHORTEST_SIGN = 4


class Checker:
    """Checks claims against one library. Safe across threads."""

    def __init__(self, library: Library, retrieval: Retrieval) -> None:
        """Check against `library`."""
        self._library = library
        self._retrieval = retrieval

    @cached_property
    def _entailment(self) -> Entailment | None:
        name = self._library.settings.nli_model
        return Entailment.load(name) if name else None

    def check(self, text: str, document_id: str | None = None, reader: Entailing | None = None) -> Checked:
        """Check the claims of a text.

        Args:
            text: As a reader has pasted it.
            document_id: Ask this source alone; the whole library otherwise.
            reader: Tells whether a quote entails a claim; the entailment model, if one is set, otherwise.

        Raises:
            UnknownDocumentError: If the library has no such document.
            EntailmentError: If an entailment model is set that cannot be used.
        """
        reader = reader or self._entailment
        begun = time.perf_counter()
        within = Filter(document_ids=frozenset({document_id})) if document_id else None
        if document_id:
            self._library.document(document_id)
        parts = list(claims_of(text))
        claims = [part for part in parts if isinstance(part, FoundClaim)]
        spent, found, weight = 0.0, [], self._weights()
        for place, claim in enumerate(claims[:MOST_CLAIMS]):
            retrieving = time.perf_counter()
            candidates = self._candidates(_query(text, claims, place), claim.span.of(text), within)
            spent += time.perf_counter() - retrieving
            found.append(self._judged(claim, claim.span.of(text), candidates, weight, reader))
        numbers = numbered(found)
        total = time.perf_counter() - begun
        citations = tuple(citations_of(found, numbers))
        return Checked(
            text=text,
            document_id=document_id,
            claims=tuple(told(text, one, numbers) for one in found),
            set_aside=tuple(
                SetAside(text=part.span.of(text), reason=part.reason)
                for part in parts
                if isinstance(part, NoClaim)
            ),
            citations=citations,
            method=reader.method if reader else BY_RULE,
            notes=tuple(_notes(len(claims), citations)),
            timings_ms=CheckTimings(
                retrieve=round(spent * 1000, 1),
                judge=round((total - spent) * 1000, 1),
                total=round(total * 1000, 1),
            ),
        )

    def _candidates(self, query: str, claim: str, within: Filter | None) -> tuple[Candidate, ...]:
        """Find the sentences nearest to a claim, by meaning and by words."""
        sentences = [
            (float(ranked.similarities[index]), ranked, index)
            for ranked in self._retrieval.passages(query, PASSAGES, within)
            for index in range(len(ranked.stored.passage.sentences))
        ]
        signs = _signs(claim)

        def worded(entry: tuple[float, RankedPassage, int]) -> int:
            passage = entry[1].stored.passage
            words = passage.sentences[entry[2]].of(self._library.document(passage.document_id).text).lower()
            return sum(any(sign in words for sign in alike) for alike in signs)

        by_meaning = sorted(range(len(sentences)), key=lambda i: -sentences[i][0])[:NEAREST]
        by_words = sorted(range(len(sentences)), key=lambda i: (-worded(sentences[i]), -sentences[i][0]))[
            :NEAREST
        ]
        read = (
            candidate(self._library.document(ranked.stored.passage.document_id), ranked, index)
            for _, ranked, index in (sentences[i] for i in dict.fromkeys((*by_meaning, *by_words)))
        )
        return tuple(one for one in read if one is not None)

    def _judged(
        self,
        claim: FoundClaim,
        words: str,
        candidates: tuple[Candidate, ...],
        weight: Callable[[str], float],
        reader: Entailing | None,
    ) -> Found:
        evidence = [Evidence(one.text, one.context, one.similarity) for one in candidates]
        short_forms: dict[str, list[str]] = {}
        for document in {one.evidence.document.id: one.evidence.document for one in candidates}.values():
            for abbreviation in document.abbreviations:
                short_forms.setdefault(abbreviation.short, []).append(abbreviation.long)
        judgement = judge(words, evidence, weight=weight, synonyms=short_forms, entailment=reader)
        deciding = tuple(_chosen(judgement, candidates))
        against = {
            index: tuple(diverging(words, evidence[index], weight, short_forms))
            for index in deciding
            if judgement.alignments[index].verdict is Verdict.CONTRADICTED
        }
        return Found(claim, judgement, candidates, deciding, against)

    def _weights(self) -> Callable[[str], float]:
        """Weigh stems by how rare they are in the library; one that it does not have at all counts most."""
        passages = max(2, self._library.catalogue.counts()[1])
        fulltext = self._library.fulltext

        @cache
        def weight(word: str) -> float:
            frequency = fulltext.document_frequency(word)
            if not frequency:
                return NEVER_SEEN
            rarity = math.log(passages / min(frequency, passages)) / math.log(passages)
            return COMMONEST + (RAREST - COMMONEST) * rarity

        return weight


def _signs(claim: str) -> set[frozenset[str]]:
    """Give for each word and number of a claim by what a sentence in lower case shows that it may say the same."""
    parsed = parse(claim)
    tokens = [parsed.reading.tokens[index] for index in parsed.content]
    said = {
        frozenset({token.low[:_PREFIX], *(s for s in sayings(token.stem) if len(s) >= _SHORTEST_SIGN)})
        for token in tokens
    }
    return said | {frozenset({quantity.shown.lower()}) for quantity in parsed.quantities}


def _query(text: str, claims: Sequence[FoundClaim], place: int) -> str:
    """Give what to look for: the sentence of the claim, after the one that it leans on."""
    sentence = claims[place].sentence
    words = sentence.of(text)
    earlier = [claim.sentence for claim in claims[:place] if claim.sentence != sentence]
    return f"{earlier[-1].of(text)} {words}" if earlier and leans(words) else words


def _chosen(judgement: Judgement, candidates: Sequence[Candidate]) -> list[int]:
    """Choose the quotes to show: the strongest of each side, one a place; retracted sources last."""
    ranked = sorted(
        judgement.deciding,
        key=lambda i: (candidates[i].evidence.document.retracted, -judgement.alignments[i].score),
    )
    supporting = {
        candidates[i].evidence.document.id
        for i in ranked
        if judgement.alignments[i].verdict is Verdict.SUPPORTED
    }
    sides: dict[Verdict, list[int]] = {}
    for index in ranked:
        alignment = judgement.alignments[index]
        beside = alignment.verdict is Verdict.CONTRADICTED and judgement.verdict is Verdict.SUPPORTED
        if beside and (
            candidates[index].evidence.document.id in supporting or not _speaks_against(alignment)
        ):
            continue
        side = sides.setdefault(alignment.verdict, [])
        nearest = judgement.alignments[side[0]].score if side else 0.0
        if len(side) < MOST_QUOTES and alignment.score >= nearest * NEARLY:
            side.append(index)
    first = sides.pop(judgement.verdict, [])
    return [*first, *(index for side in sides.values() for index in side)]


def _speaks_against(alignment: Alignment) -> bool:
    """Tell whether a quote contradicts what another source says, and does not merely speak of another thing."""
    return alignment.score >= AGAINST_BESIDE and not alignment.renamed and len(alignment.reasons) == 1


def _notes(claims: int, citations: Sequence[Citation]) -> list[str]:
    notes = [f"Only the first {MOST_CLAIMS} of {claims} claims were checked."] if claims > MOST_CLAIMS else []
    if any(citation.retracted for citation in citations):
        notes.append("A cited paper was retracted.")
    return notes
