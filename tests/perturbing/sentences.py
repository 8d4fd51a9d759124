"""Which sentences of a library make good claims: whole statements that are understood by themselves."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from corpus.document import BlockKind, Document, Passage, SectionRole, Span, without_marks
from corpus.library import Library

SHORTEST, LONGEST = 8, 40
_FINITE = re.compile(
    r"\b(?:is|are|was|were|has|have|had|can|could|may|might|must|should|does|do|did|will|would|be|[a-z]{3,}ed|"
    r"came|gave|led|fell|rose|took|made|grew|kept|became|began|kills?|shows?|carr(?:y|ies)|contains?|produces?|leads?|"
    r"provides?|requires?|depends?|represents?|remains?|enables?|allows?|includes?|consists?|suggests?|indicates?)\b"
)
_DEPENDENT = re.compile(
    r"^(?:It|This|These|Those|They|Their|Its|He|She|His|Her|Such|There|Here|Both|Another|Others?|One|Each|Or|And|But|"
    r"Then|To|As|For|By|If|So|Note|Similar|Additional|Subsequent|Two other|Other|All|None|Some|Most|Many|Several|Given|"
    r"While|Since|Because of|Let|That is|On the other hand|Among them|In brief|In this|In addition to|"
    r"The (?:latter|former|authors?|same|following|other|first|second|third|present|current))\b"
)
_POINTING = re.compile(
    r"\b(?:[Ww]e|[Oo]ur|us|I|my|[Tt]his|[Tt]hese|those|such|here|former|latter|above|below|previous|aforementioned|"
    r"respectively|Figs?|Figures?|Tables?|Supplement\w*|Eq|Equation|Appendix|section|Section|Text|Panel|www|http\S*|data|"
    r"funders?|grants?|consent|manuscript|copyright|GenBank|accession|i\.e|authors declare|"
    r"whether|how|also|again|too)\b|"
    r"[=<>≤≥|#∶∝∑?!:;“”–—\"→\[\]★]|\.\s+[A-Z]|\bS\d|\b[A-Z]\)"
)
_WORD = re.compile(r"[A-Za-zα-ωÀ-ÿ][\w'’-]*|\d+(?:[.,]\d+)*")
COMMON = 1500


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a library: its document, its place there, and its words without reference marks."""

    document_id: str
    span: Span
    text: str


class Sentences:
    """All sentences of a library's paragraphs, and which of them say nearly the same."""

    def __init__(self, sentences: Iterable[Sentence]) -> None:
        """Take up sentences."""
        self.all = tuple(sentences)
        self._holding: dict[str, list[int]] = {}
        for number, sentence in enumerate(self.all):
            for word in content(sentence.text):
                self._holding.setdefault(word, []).append(number)
        self.lowercase = frozenset(w for s in self.all for w in s.text.split() if w.isalpha() and w.islower())

    @classmethod
    def of(cls, library: Library) -> Sentences:
        """Read every paragraph's sentences."""
        return cls(s for summary in library.documents() for s in _sentences(library, summary.document_id))

    def echoed(self, claim: str, source: Sentence, word: str, shared: float = 0.6) -> bool:
        """Tell whether another sentence has `word` and most of the claim's words, so that it may say the same.

        Args:
            claim: What is said.
            source: The sentence that it was made of.
            word: What another sentence must hold, exactly.
            shared: Which part of the claim's content words it must hold.
        """
        words = content(claim)
        counted = Counter(n for w in words for n in self._rare(w))
        holding = re.compile(rf"(?<![\w.]){re.escape(word)}(?!\w)", re.IGNORECASE)
        return any(
            holding.search(self.all[number].text) is not None
            for number, count in counted.items()
            if count >= shared * len(words) and self.all[number] != source
        )

    def _rare(self, word: str) -> list[int]:
        found = self._holding.get(word, [])
        return found if len(found) <= COMMON else []


def content(text: str) -> frozenset[str]:
    """Give the words that carry meaning: those of five letters and more, names and numbers, in lower case."""
    return frozenset(w.lower() for w in _WORD.findall(text) if len(w) > 4 or not w.islower())


def is_statement(text: str) -> bool:
    """Tell whether a sentence states something, with a finite verb, and points nowhere outside itself."""
    return (
        SHORTEST <= len(text.split()) <= LONGEST
        and text[0].isalnum()
        and not text[0].islower()
        and text.endswith(".")
        and not set("()") & set(re.sub(r"\([^()]*\)", "", text))
        and _FINITE.search(text) is not None
        and _DEPENDENT.match(text) is None
        and _POINTING.search(text) is None
    )


def _sentences(library: Library, document_id: str) -> Iterator[Sentence]:
    document = library.document(document_id)
    for stored in library.passages_of(document_id):
        for span in _prose(document, stored.passage):
            yield Sentence(document_id, span, without_marks(document.text, span, document.reference_marks))


def _prose(document: Document, passage: Passage) -> Iterator[Span]:
    for span in passage.sentences:
        block = document.block_at(span.start)
        if block is None or block.kind is not BlockKind.PARAGRAPH:
            continue
        if block.section is None or document.sections[block.section].role in {
            SectionRole.BODY,
            SectionRole.ABSTRACT,
        }:
            yield span
