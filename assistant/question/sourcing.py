"""What a question says of the years and the kinds of its sources."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.words import content_words
from corpus.document import SourceType

YEAR = r"(?:19|20)\d{2}"
_BETWEEN = rf"(?:from|between)\s+(?P<first>{YEAR})\s*(?:to|and|until|-|–)\s*(?P<last>{YEAR})"
_SINCE = (
    rf"(?:from\s+)?(?P<how>since|after|before|until|up\s+to|in|from|(?:newer|later|younger)\s+than|(?:older|earlier)\s+than)\s+"
    rf"(?:the\s+year\s+)?(?P<year>{YEAR})(?:\s+(?:onwards?|or\s+later|on(?=\s*(?:[?.!,;:]|\Z))))?"
)
_WHEN = rf"(?:{_BETWEEN}|{_SINCE})(?!\d)"
_TYPES = (
    (
        r"(?:clinical\s+)?trials?(?:\s+reports?)?|clinical\s+stud(?:y|ies)",
        frozenset({SourceType.CLINICAL_TRIAL}),
    ),
    (r"(?:systematic\s+|published\s+)?reviews?(?:\s+articles?|\s+papers?)?", frozenset({SourceType.REVIEW})),
    (
        r"(?:pre-?clinical|laboratory|experimental|original|primary)\s+(?:research|stud(?:y|ies)|work|papers?|articles?|data)|"
        r"research\s+(?:papers?|articles?)",
        frozenset({SourceType.RESEARCH}),
    ),
    (r"case\s+(?:reports?|series)", frozenset({SourceType.CASE_REPORT})),
    (r"(?:clinical\s+|practice\s+)?guidelines?", frozenset({SourceType.GUIDELINE})),
    (r"regulatory\s+(?:documents?|sources?|papers?|texts?)", frozenset({SourceType.REGULATORY})),
    (
        r"(?:health-?\s?)?economic\s+(?:models?|stud(?:y|ies)|evaluations?)|cost-effectiveness\s+(?:models?|stud(?:y|ies))",
        frozenset({SourceType.ECONOMIC_MODEL}),
    ),
    (r"preprints?", frozenset({SourceType.PREPRINT})),
    (r"editorials?|commentar(?:y|ies)", frozenset({SourceType.EDITORIAL})),
    (r"(?:web|news)\s*(?:pages?|sites?|articles?|sources?)", frozenset({SourceType.WEB})),
)
_SOURCE_TYPE = "|".join(pattern for pattern, _ in _TYPES)
_SOURCE = (
    r"(?:papers?|stud(?:y|ies)|trials?|publications?|articles?|reviews?|literature|evidence|data|reports?|sources?|"
    r"research|work)"
)
# Things happen in trials, as they do in years: only these words make sources of them.
_ONLY = re.compile(
    rf"\b(?:(?:only|just|solely|exclusively)\s+(?:in|from|by|using|use)?\s*|according\s+to\s+|based\s+(?:only\s+)?on\s+|"
    rf"restricted\s+to\s+|limited\s+to\s+)(?:the\s+|published\s+|any\s+)?(?P<type>{_SOURCE_TYPE})(?:\s+only)?(?![\w-])|"
    rf"\b(?:in|from|by|by\s+the)\s+(?P<type2>{_SOURCE_TYPE})\s+(?:only|alone)(?![\w-])",
    re.IGNORECASE,
)
# "Reviews only please: do …"
_ONLY_FIRST = re.compile(
    rf"\A(?:(?:please|only|just|from|in|use)\s+)*(?P<type>{_SOURCE_TYPE})(?:,?\s+(?:only|alone|please|pls))*\s*(?:[:,;]|\s-)\s*",
    re.IGNORECASE,
)
_SAYS_ONLY = re.compile(r"\b(?:only|just|alone)\b", re.IGNORECASE)
_IN_TYPE = re.compile(
    rf"\b(?:in|from)\s+(?:the\s+|published\s+)?(?P<type>{_SOURCE_TYPE})(?=\s*(?:[?.!,]|\Z))", re.IGNORECASE
)
_HAPPENING = _TYPES[0][1]
_YEARS_OF_SOURCES = re.compile(
    rf"(?:\b(?:in|from|by|according\s+to|based\s+on|only|using)\s+)?(?:the\s+)?\b{_SOURCE}\s+(?:that\s+(?:were|was)\s+|which\s+"
    rf"(?:were|was)\s+)?(?:published\s+|printed\s+|released\s+|dated\s+)?{_WHEN}|"
    rf"\bpublished\s+{_WHEN.replace('?P<', '?P<p_')}",
    re.IGNORECASE,
)
# "Reviews since 2023" are of a kind as well as of years.
_TYPE_OF_YEARS = re.compile(
    rf"\b(?P<type>{_SOURCE_TYPE})\s+(?:published\s+|printed\s+|released\s+|dated\s+)?(?={_WHEN})",
    re.IGNORECASE,
)
_KNOWN_SINCE = re.compile(
    rf"\b(?:known|reported|shown|new|learn(?:ed|t)|written)\s+(?P<when>{_WHEN})", re.IGNORECASE
)
# Set off at the end, as a follow-up is that only adds it.
_YEARS_APART = re.compile(rf",\s*(?:but\s+)?(?:only\s+)?{_WHEN}(?=\s*(?:,|[?.!]*\Z))", re.IGNORECASE)
_TYPE_APART = re.compile(
    rf",\s*(?:but\s+)?(?:only\s+)?(?:in\s+|from\s+)?(?:the\s+)?(?P<type>{_SOURCE_TYPE})(?=\s*(?:,|[?.!]*\Z))",
    re.IGNORECASE,
)
_SOURCES_ALONE = re.compile(
    rf", (?:only\s+)?(?:in\s+|from\s+)?(?:the\s+)?{_SOURCE}\s+(?:published\s+)?{_WHEN}\s*[?.!]*\Z",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Stated:
    """What one stretch of a question says, and where."""

    start: int
    end: int
    years: tuple[int | None, int | None] = (None, None)
    source_types: frozenset[SourceType] = frozenset()
    document_ids: frozenset[str] = frozenset()
    unmet: bool = False


def is_constraint(text: str) -> bool:
    """Tell words that only say which sources are wanted: "since 2022", "only clinical trials", "in reviews"."""
    apart = f", {text.strip()}"
    found = _YEARS_APART.match(apart) or _TYPE_APART.match(apart) or _SOURCES_ALONE.match(apart)
    return found is not None and not content_words(apart[found.end() :])


def of_years(text: str) -> Iterator[Stated]:
    """Find the years that a question wants its sources from, and the kind of sources said with them."""
    for pattern in (_YEARS_OF_SOURCES, _KNOWN_SINCE, _YEARS_APART):
        for match in pattern.finditer(text):
            start = match.start("when") if pattern is _KNOWN_SINCE else match.start()
            typed = next(
                (t for t in _TYPE_OF_YEARS.finditer(text) if match.start() <= t.end() <= match.end()), None
            )
            kind = _type_of(typed["type"]) if typed else frozenset[SourceType]()
            first = min(start, typed.start()) if typed else start
            yield Stated(first, match.end(), years=_years(match.groupdict()), source_types=kind)


def of_types(text: str) -> Iterator[Stated]:
    """Find the kinds of sources that a question wants."""
    first = _ONLY_FIRST.match(text)
    if first and _SAYS_ONLY.search(first[0]):
        yield Stated(*first.span(), source_types=_type_of(first["type"]))
    for pattern in (_ONLY, _TYPE_APART, _IN_TYPE):
        for match in pattern.finditer(text):
            types = _type_of(next(group for group in match.groups() if group))
            if pattern is not _IN_TYPE or types != _HAPPENING:
                yield Stated(*match.span(), source_types=types)


def _years(said: dict[str, str | None]) -> tuple[int | None, int | None]:
    given = {name.removeprefix("p_"): value for name, value in said.items() if value}
    if "first" in given:
        return int(given["first"]), int(given["last"])
    year, how = int(given["year"]), " ".join(given["how"].lower().split())
    if how.endswith(" than"):
        return (None, year - 1) if how.startswith(("older", "earlier")) else (year + 1, None)
    return {
        "since": (year, None),
        "from": (year, None),
        "after": (year + 1, None),
        "before": (None, year - 1),
        "until": (None, year),
        "up to": (None, year),
        "in": (year, year),
    }[how]


def _type_of(words: str) -> frozenset[SourceType]:
    return next(types for pattern, types in _TYPES if re.fullmatch(pattern, words, re.IGNORECASE))
