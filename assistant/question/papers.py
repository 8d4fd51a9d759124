"""Which of the library's papers a question names: by author, title, identifier, or as "the article"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.question.background import Background, Source
from assistant.question.sourcing import YEAR, Stated
from corpus.document import Fidelity, SourceType
from corpus.folding import folded, name_key

_NAME = r"(?P<name>(?-i:[A-Z][\w'’-]+(?:\s[A-Z][\w'’-]+)?|[a-z][\w'’-]+))"
_AFTER_NAME = (
    rf"(?:\s+et\s+al\b\.?|\s+and\s+(?:colleagues|co-?workers|others))?(?:\s*,?\s*\(?(?P<year>{YEAR})\)?)?"
)
_PAPER = r"(?P<paper>paper|study|trial|article|review|work|report|publication|analysis|series)"
_BY = re.compile(
    rf"(?:\b(?:in|from|according\s+to)\s+)?(?:\b(?:the|a)\s+)?\b{_PAPER}\s+(?:by|from)\s+{_NAME}{_AFTER_NAME}",
    re.IGNORECASE,
)
_THE_NAMED = re.compile(
    rf"(?:\b(?:in|from|according\s+to|by)\s+)?\bthe\s+{_NAME}(?:\s+et\s+al\b\.?)?\s*(?:\(?(?P<year>{YEAR})\)?\s+)?"
    rf"(?:phase\s[\w/]+\s)?{_PAPER}\b",
    re.IGNORECASE,
)
_ET_AL = re.compile(
    rf"(?:\b(?:in|from|by|according\s+to)\s+)?\b{_NAME}(?:\s+et\s+al\b\.?|\s+and\s+(?:colleagues|co-?workers))"
    rf"(?:\s*,?\s*\(?(?P<year>{YEAR})\)?)?",
    re.IGNORECASE,
)
_BY_NAME = re.compile(
    rf"\b(?:by|according\s+to)\s+(?P<name>[A-Z][\w'’-]+)(?:\s*,?\s*\(?(?P<year>{YEAR})\)?)?(?=\s*(?:[?.!,]|\Z))"
)
_NAME_YEAR = re.compile(rf"(?:\b(?:in|from)\s+)?\b(?P<name>[A-Z][\w'’-]+)\s*,?\s*\(?(?P<year>{YEAR})\)?")
REPORTS = r"(?:say|report|find|show|state|claim|conclude|describe|discuss|tell\s+us|observe|see|write)"
_NAME_REPORTS = re.compile(
    rf"(?:(?<=\bdoes\s)|(?<=\bdid\s)|(?<=\bdo\s))(?P<name>[A-Z][\w'’-]+)(?:\s+\(?(?P<year>{YEAR})\)?)?(?=\s+{REPORTS}\b)"
)
_QUOTED = re.compile(
    r"(?:\b(?:in|from|according\s+to)\s+)?(?:the\s+\w+\s+)?[\"“„«](?P<title>[^\"”»]{12,200})[\"”»]",
    re.IGNORECASE,
)
_THE_ARTICLE = re.compile(
    r"\b(?:in|according\s+to|from|by)\s+(?:the|this|your)\s+(?:source\s+|web\s+|online\s+)?(?:article|web\s?page|blog\s+post)"
    r"(?=\s*(?:[?.!,]|\Z))|\b(?:the|this)\s+(?:source\s+|web\s+)?article(?=\s+(?:says?|claims?|states?|tells?|reports?|concludes?)\b)",
    re.IGNORECASE,
)
_IDENTIFIER = re.compile(
    r"(?:\b(?:in|from|according\s+to)\s+)?\b(?P<name>PMC\d{4,9}|10\.\d{4,9}/[^\s?,;]+|(?:pmid:?\s*)\d{5,9}|"
    r"[a-z0-9]+(?:-[a-z0-9]+)*)\b",
    re.IGNORECASE,
)
_TITLE_SHARE = 0.8
_LEAST_IDENTIFIER = 7


def of_papers(text: str, background: Background | None) -> Iterator[Stated]:
    """Find the papers that a question names; without a background, none."""
    if background is None:
        return
    yield from _of_titles(text, background)
    yield from _of_identifiers(text, background)
    for pattern in (_BY, _ET_AL, _THE_NAMED, _BY_NAME, _NAME_REPORTS, _NAME_YEAR):
        for match in pattern.finditer(text):
            found = _by_author(match, background, sure=pattern in {_BY, _ET_AL})
            if found:
                yield found
    for match in _THE_ARTICLE.finditer(text):
        articles = [
            s
            for s in background.sources
            if s.source_type is SourceType.WEB and s.fidelity is Fidelity.FULL_TEXT
        ]
        if len(articles) == 1:
            yield Stated(*match.span(), document_ids=frozenset({articles[0].document_id}))


def _by_author(match: re.Match[str], background: Background, *, sure: bool) -> Stated | None:
    """Find the papers of an author; first authors before others.

    Args:
        match: What names the author, and perhaps a year and a kind of paper.
        background: What is known.
        sure: Whether the words can only mean an author, so that one whom the library does not have is missed.
    """
    groups = match.groupdict()
    name = groups["name"]
    papers = _papers_of(name, background) or _papers_of(name.split()[0], background)
    if not papers:
        missed = sure and name[0].isupper() and not background.speaks_of(name)
        return Stated(*match.span(), unmet=True) if missed else None
    year = groups.get("year")
    of_year = [paper for paper in papers if year is None or paper.year == int(year)]
    if not of_year:
        return Stated(*match.span(), unmet=True)
    of_kind = [
        paper for paper in of_year if groups.get("paper") and paper.source_type in _kinds(groups["paper"])
    ]
    return Stated(*match.span(), document_ids=frozenset(paper.document_id for paper in of_kind or of_year))


def _papers_of(name: str, background: Background) -> list[Source]:
    key = name_key(name)
    papers = [source for source in background.sources if key in source.authors]
    return [source for source in papers if source.authors[0] == key] or papers


def _kinds(paper: str) -> frozenset[SourceType]:
    kinds = {"trial": frozenset({SourceType.CLINICAL_TRIAL}), "review": frozenset({SourceType.REVIEW})}
    return kinds.get(paper.lower(), frozenset())


def _of_titles(text: str, background: Background) -> Iterator[Stated]:
    for match in _QUOTED.finditer(text):
        words = set(name_key(match["title"]).split())
        named = [
            source.document_id
            for source in background.sources
            if len(words & set(source.title_key.split())) >= _TITLE_SHARE * len(words)
        ]
        if named:
            yield Stated(*match.span(), document_ids=frozenset(named))


def _of_identifiers(text: str, background: Background) -> Iterator[Stated]:
    if not any(character.isdigit() for character in text):
        return
    known: dict[str, str] | None = None
    for match in _IDENTIFIER.finditer(text):
        name = folded(match["name"]).removeprefix("pmid").strip(": ")
        if len(name) < _LEAST_IDENTIFIER or not any(map(str.isdigit, name)):
            continue
        if known is None:
            known = {
                identifier: s.document_id
                for s in background.sources
                for identifier in (*s.identifiers, s.document_id)
            }
        if name in known:
            yield Stated(*match.span(), document_ids=frozenset({known[name]}))
