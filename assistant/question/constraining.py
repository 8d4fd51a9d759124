"""What a question says of the sources it wants: their years, kinds, authors and titles."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from assistant.question.background import Background, Source
from assistant.question.shape import Constraints
from assistant.words import content_words
from corpus.document import Fidelity, SourceType
from corpus.folding import folded, name_key

_YEAR = r"(?:19|20)\d{2}"
_BETWEEN = rf"(?:from|between)\s+(?P<first>{_YEAR})\s*(?:to|and|until|-|–)\s*(?P<last>{_YEAR})"
_SINCE = (
    rf"(?:from\s+)?(?P<how>since|after|before|until|up\s+to|in|from|(?:newer|later|younger)\s+than|(?:older|earlier)\s+than)\s+"
    rf"(?:the\s+year\s+)?(?P<year>{_YEAR})(?:\s+(?:onwards?|or\s+later|on(?=\s*(?:[?.!,;:]|\Z))))?"
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
_NAME = r"(?P<name>(?-i:[A-Z][\w'’-]+(?:\s[A-Z][\w'’-]+)?|[a-z][\w'’-]+))"
_AFTER_NAME = (
    rf"(?:\s+et\s+al\b\.?|\s+and\s+(?:colleagues|co-?workers|others))?(?:\s*,?\s*\(?(?P<year>{_YEAR})\)?)?"
)
_PAPER = r"(?P<paper>paper|study|trial|article|review|work|report|publication|analysis|series)"
_BY = re.compile(
    rf"(?:\b(?:in|from|according\s+to)\s+)?(?:\b(?:the|a)\s+)?\b{_PAPER}\s+(?:by|from)\s+{_NAME}{_AFTER_NAME}",
    re.IGNORECASE,
)
_THE_NAMED = re.compile(
    rf"(?:\b(?:in|from|according\s+to|by)\s+)?\bthe\s+{_NAME}(?:\s+et\s+al\b\.?)?\s*(?:\(?(?P<year>{_YEAR})\)?\s+)?"
    rf"(?:phase\s[\w/]+\s)?{_PAPER}\b",
    re.IGNORECASE,
)
_ET_AL = re.compile(
    rf"(?:\b(?:in|from|by|according\s+to)\s+)?\b{_NAME}(?:\s+et\s+al\b\.?|\s+and\s+(?:colleagues|co-?workers))"
    rf"(?:\s*,?\s*\(?(?P<year>{_YEAR})\)?)?",
    re.IGNORECASE,
)
_BY_NAME = re.compile(
    rf"\b(?:by|according\s+to)\s+(?P<name>[A-Z][\w'’-]+)(?:\s*,?\s*\(?(?P<year>{_YEAR})\)?)?(?=\s*(?:[?.!,]|\Z))"
)
_NAME_YEAR = re.compile(rf"(?:\b(?:in|from)\s+)?\b(?P<name>[A-Z][\w'’-]+)\s*,?\s*\(?(?P<year>{_YEAR})\)?")
_REPORTS = r"(?:say|report|find|show|state|claim|conclude|describe|discuss|tell\s+us|observe|see|write)"
_NAME_REPORTS = re.compile(
    rf"(?:(?<=\bdoes\s)|(?<=\bdid\s)|(?<=\bdo\s))(?P<name>[A-Z][\w'’-]+)(?:\s+\(?(?P<year>{_YEAR})\)?)?(?=\s+{_REPORTS}\b)"
)
# What is left of "what did the trial by Liu find about …" says nothing about what is looked for.
_REPORTING = re.compile(
    rf"\A(?:what|how|which)\s+(?:do|does|did|has|have|was|were|is|are)\s+(?:\w+ly\s+)?{_REPORTS}n?\b\s*"
    r"(?:(?:about|on|of|regarding|concerning)\b\s*)?",
    re.IGNORECASE,
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
_DANGLING = re.compile(r"\s+(?:in|from|by|only|of|according\s+to|but|and)?\s*(?=[?.!,]*\Z)", re.IGNORECASE)
_TITLE_SHARE = 0.8
_LEAST_IDENTIFIER = 7
_FEW_PAPERS = 3


@dataclass(frozen=True, slots=True)
class _Found:
    """What one stretch of a question says, and where."""

    start: int
    end: int
    years: tuple[int | None, int | None] = (None, None)
    source_types: frozenset[SourceType] = frozenset()
    document_ids: frozenset[str] = frozenset()
    unmet: bool = False


def constrained(
    text: str, background: Background | None, subjects: Sequence[str] = ()
) -> tuple[Constraints, str]:
    """Read what a question says of its sources.

    A date says when something happened unless the words speak of papers, studies, data or the like.

    Args:
        text: The standalone question.
        background: What is known; without it, no paper can be named.
        subjects: What the question compares; a paper among them is compared, not answered from.

    Returns:
        The constraints, and the question without the words that state them.
    """
    compared = list(_places(text, subjects))
    papers = [one for one in _of_papers(text, background) if not _is_among(one, compared)]
    found = _disjoint([*papers, *_of_types(text), *_of_years(text)])
    if not found:
        return Constraints(), text
    documents = _documents(found)
    constraints = Constraints(
        year_from=max((f.years[0] for f in found if f.years[0]), default=None),
        year_to=min((f.years[1] for f in found if f.years[1]), default=None),
        source_types=frozenset().union(*(f.source_types for f in found)),
        document_ids=documents,
        stated=tuple(text[f.start : f.end].strip(" ,?.!") for f in found),
        unmet=tuple(text[f.start : f.end].strip(" ,?.!") for f in found if f.unmet),
    )
    rest = _REPORTING.sub("", _without(text, found))
    return constraints, rest if content_words(rest) else _titles(documents, background) or text


def _places(text: str, subjects: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Find the subjects of a comparison; a last one after a mere comma may be its source: "A vs B, Liu et al."."""
    end = 0
    for number, subject in enumerate(subjects):
        start = text.find(subject, end)
        if start < 0:
            continue
        added = text[end:start].strip().removesuffix(" the") == "," and number == len(subjects) - 1
        end = start + len(subject)
        if not added or number > 1:
            yield start, end


def _is_among(paper: _Found, places: Iterable[tuple[int, int]]) -> bool:
    return any(paper.start < end and start < paper.end for start, end in places)


def is_constraint(text: str) -> bool:
    """Tell words that only say which sources are wanted: "since 2022", "only clinical trials", "in reviews"."""
    apart = f", {text.strip()}"
    found = _YEARS_APART.match(apart) or _TYPE_APART.match(apart) or _SOURCES_ALONE.match(apart)
    return found is not None and not content_words(apart[found.end() :])


def _titles(documents: frozenset[str], background: Background | None) -> str:
    """Give what a question is about that only asks what a paper says."""
    named = [s.title for s in background.sources if s.document_id in documents] if background else []
    return " ".join(named) if len(named) <= _FEW_PAPERS else ""


def _documents(found: Iterable[_Found]) -> frozenset[str]:
    """Join what names papers: who names two wants both."""
    return frozenset().union(*(f.document_ids for f in found))


def _disjoint(found: Iterable[_Found]) -> list[_Found]:
    """Keep of overlapping readings the one that was looked for first."""
    kept: list[_Found] = []
    for one in found:
        if all(one.end <= other.start or other.end <= one.start for other in kept):
            kept.append(one)
    return sorted(kept, key=lambda one: one.start)


def _without(text: str, found: Iterable[_Found]) -> str:
    pieces, end = [], 0
    for one in found:
        pieces.append(text[end : one.start])
        end = one.end
    rest = " ".join(" ".join([*pieces, text[end:]]).split())
    rest = re.sub(r"\s+(?=[?.!,;:])", "", rest)
    rest = re.sub(r"[,;:\s]+(?=[?.!]*\Z)", "", rest)
    return _DANGLING.sub("", rest).strip(" ,;:") if content_words(rest) else rest


def _of_years(text: str) -> Iterator[_Found]:
    for pattern in (_YEARS_OF_SOURCES, _KNOWN_SINCE, _YEARS_APART):
        for match in pattern.finditer(text):
            start = match.start("when") if pattern is _KNOWN_SINCE else match.start()
            typed = next(
                (t for t in _TYPE_OF_YEARS.finditer(text) if match.start() <= t.end() <= match.end()), None
            )
            kind = _type_of(typed["type"]) if typed else frozenset[SourceType]()
            first = min(start, typed.start()) if typed else start
            yield _Found(first, match.end(), years=_years(match.groupdict()), source_types=kind)


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


def _of_types(text: str) -> Iterator[_Found]:
    first = _ONLY_FIRST.match(text)
    if first and _SAYS_ONLY.search(first[0]):
        yield _Found(*first.span(), source_types=_type_of(first["type"]))
    for pattern in (_ONLY, _TYPE_APART, _IN_TYPE):
        for match in pattern.finditer(text):
            types = _type_of(next(group for group in match.groups() if group))
            if pattern is not _IN_TYPE or types != _HAPPENING:
                yield _Found(*match.span(), source_types=types)


def _type_of(words: str) -> frozenset[SourceType]:
    return next(types for pattern, types in _TYPES if re.fullmatch(pattern, words, re.IGNORECASE))


def _of_papers(text: str, background: Background | None) -> Iterator[_Found]:
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
            yield _Found(*match.span(), document_ids=frozenset({articles[0].document_id}))


def _by_author(match: re.Match[str], background: Background, *, sure: bool) -> _Found | None:
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
        return _Found(*match.span(), unmet=True) if missed else None
    year = groups.get("year")
    of_year = [paper for paper in papers if year is None or paper.year == int(year)]
    if not of_year:
        return _Found(*match.span(), unmet=True)
    of_kind = [
        paper for paper in of_year if groups.get("paper") and paper.source_type in _kinds(groups["paper"])
    ]
    return _Found(*match.span(), document_ids=frozenset(paper.document_id for paper in of_kind or of_year))


def _papers_of(name: str, background: Background) -> list[Source]:
    key = name_key(name)
    papers = [source for source in background.sources if key in source.authors]
    return [source for source in papers if source.authors[0] == key] or papers


def _kinds(paper: str) -> frozenset[SourceType]:
    kinds = {"trial": frozenset({SourceType.CLINICAL_TRIAL}), "review": frozenset({SourceType.REVIEW})}
    return kinds.get(paper.lower(), frozenset())


def _of_titles(text: str, background: Background) -> Iterator[_Found]:
    for match in _QUOTED.finditer(text):
        words = set(name_key(match["title"]).split())
        named = [
            source.document_id
            for source in background.sources
            if len(words & set(source.title_key.split())) >= _TITLE_SHARE * len(words)
        ]
        if named:
            yield _Found(*match.span(), document_ids=frozenset(named))


def _of_identifiers(text: str, background: Background) -> Iterator[_Found]:
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
            yield _Found(*match.span(), document_ids=frozenset({known[name]}))
