"""What Europe PMC knows of a work: its record, what kind of source it is, its licence, and works that speak of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from corpus.document import Licence, SourceType
from corpus.record import Funding, Name, Record
from corpus.works import RelatedWork, Relation
from ingest.canonical import fold
from ingest.parsers.europepmc.markup import in_one_line
from ingest.parsers.europepmc.result import Author, Comment, Grant, Result
from ingest.parsers.metadata import tidied

PREPRINTS = "PPR"
"""Europe PMC's name for its preprints, among the sources of its records."""

_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")
_INITIALS = re.compile(r"[^\W\d_]{1,4}")
_DOI = re.compile(r"\b10\.\d{4,9}/[^\s;,]+[^\s;,.)]")
_RETRACTED_TITLE = re.compile(r"\W*retracted( article)?\W*[:\]]", re.IGNORECASE)

# The kind that says most of a work stands first: a meta-analysis of trials is no trial.
_KINDS = (
    (
        SourceType.CORRECTION,
        "published erratum|correction|corrigendum|addendum|retraction|retraction of publication|partial-retraction"
        "|expression of concern|expression-of-concern",
    ),
    (SourceType.PREPRINT, "preprint"),
    (SourceType.GUIDELINE, r"(practice )?guideline|consensus development conference.*"),
    (
        SourceType.REVIEW,
        r"(systematic |scoping )?review|review-article|systematic-review|(network )?meta-analysis",
    ),
    (
        SourceType.CLINICAL_TRIAL,
        r"clinical[ -]trial(, phase .+)?|(randomized controlled|controlled clinical|pragmatic clinical"
        r"|adaptive clinical|equivalence) trial",
    ),
    (SourceType.CASE_REPORT, "case[ -]reports?"),
    (
        SourceType.EDITORIAL,
        "editorial|comment|letter|news|newspaper article|article-commentary|discussion|reply|interview|lecture"
        "|in-brief|introduction|book-review|product-review|biography|obituary|personal narrative",
    ),
    (
        SourceType.RESEARCH,
        "journal article|research-article|brief-report|rapid-communication|data-paper|dataset|methods-article"
        "|(observational|comparative|evaluation|validation|multicenter|twin|clinical) study|clinical trial protocol",
    ),
)

_RELATIONS: Mapping[str, Relation] = {
    "retraction in": Relation.RETRACTED_BY,
    "retracted and republished in": Relation.RETRACTED_BY,
    "retraction of": Relation.RETRACTS,
    "expression of concern in": Relation.CONCERN_RAISED_BY,
    "erratum in": Relation.CORRECTED_BY,
    "corrected and republished in": Relation.CORRECTED_BY,
    "partial retraction in": Relation.CORRECTED_BY,
    "erratum for": Relation.CORRECTS,
    "corrected and republished from": Relation.CORRECTS,
    "partial retraction of": Relation.CORRECTS,
    "comment in": Relation.COMMENTED_BY,
    "comment on": Relation.COMMENTS_ON,
    # Said by the preprint of the article, and by the article of its preprint.
    "preprint of": Relation.PUBLISHED_AS,
    "preprint in": Relation.PREPRINT_IS,
}


def record_of(result: Result) -> Record:
    """Give the bibliographic record, with the names of CSL-JSON."""
    preprint = result.source == PREPRINTS
    journal = result.journal_info.journal
    csl = {
        "type": "article" if preprint else "article-journal",
        "title": _title(result.title),
        "author": tuple(_authors(result)),
        "container-title": journal.title or result.journal_title,
        "issued": {"date-parts": _issued(result)},
        "volume": result.journal_info.volume or result.journal_volume,
        "issue": result.journal_info.issue or result.journal_issue,
        "page": result.pages,
        "publisher": result.book.publisher,
        "ISSN": journal.issn or journal.essn or (result.journal_issn or "").partition(";")[0] or None,
        "keyword": ", ".join(map(in_one_line, result.keywords)) or None,
        "funding": tuple(_funding(result.grants)),
        "DOI": result.doi,
        "PMID": result.pmid,
        "PMCID": result.pmcid,
    }
    record = tidied(Record.model_validate(csl))
    if record.doi or record.pmid or record.pmcid:
        return record
    return record.model_copy(update={"url": f"https://europepmc.org/article/{result.source}/{result.id}"})


def source_type_of(result: Result) -> SourceType:
    """Tell what kind of source a work is, by PubMed's and the publisher's own types."""
    if result.source == PREPRINTS:
        return SourceType.PREPRINT
    given = [kind.lower() for kind in result.publication_types]
    for source_type, pattern in _KINDS:
        if any(re.fullmatch(pattern, kind) for kind in given):
            return source_type
    return SourceType.OTHER


def licence_of(result: Result) -> Licence:
    """Give the licence: "CC BY-NC" and its like; the service knows no versions."""
    return Licence(licence_name(result.licence)) if result.licence else Licence()


def licence_name(given: str) -> str:
    """Give one name to the spellings of a licence: "cc by-nc", "CC-BY-NC-4.0" and "cc_by_nc" are "CC BY-NC"."""
    words = re.sub(r"[\s_-]+", " ", given.strip().upper())
    words = re.sub(r" \d(\.\d)?$", "", re.sub(r"^CC (?:0|ZERO)\b", "CC0", words))
    if words == "CC0":
        return words
    if match := re.fullmatch(r"CC BY((?: (?:NC|ND|SA))*)", words):
        return f"CC BY{match[1].replace(' ', '-')}"
    return fold(given)


def related_of(result: Result) -> tuple[RelatedWork, ...]:
    """Give the works that retract, correct, precede, follow or comment on it, or the other way round."""
    return tuple(dict.fromkeys(_related(comment) for comment in result.comments if comment.type))


def is_retracted(result: Result) -> bool:
    """Tell a retracted work from the notice of retraction, whose types and links sound much alike."""
    return (
        any(
            kind.lower() in ("retracted publication", "retracted-article")
            for kind in result.publication_types
        )
        or any(work.relation is Relation.RETRACTED_BY for work in related_of(result))
        or bool(_RETRACTED_TITLE.match(in_one_line(result.title)))
    )


def _title(marked: str) -> str:
    """Leave out the full stop that PubMed sets after every title."""
    title = in_one_line(marked)
    return title[:-1] if title.endswith(".") and not title.endswith("..") else title


def _authors(result: Result) -> Iterable[Name]:
    if not result.authors:
        names = result.author_string.rstrip(".").split(",")
        return [_name_in_short(name.strip()) for name in names if name.strip()]
    return [name for author in result.authors if (name := _name(author))]


def _name(author: Author) -> Name | None:
    if author.collective_name:
        return Name(literal=fold(author.collective_name))
    if author.last_name:
        number = author.author_id
        orcid = number.value.rpartition("/")[2] if number and number.type.upper() == "ORCID" else None
        return Name(family=author.last_name, given=author.first_name or author.initials, orcid=orcid)
    return _name_in_short(author.full_name) if author.full_name else None


def _name_in_short(name: str) -> Name:
    """Read "van der Berg AB"; what does not end in initials is a body's name."""
    family, _, initials = name.rpartition(" ")
    if family and initials.isupper() and _INITIALS.fullmatch(initials):
        return Name(family=family, given=initials)
    return Name(literal=name)


def _issued(result: Result) -> list[list[int]]:
    """Give the day on which it was first public, as the records of full texts do, else what is known of it."""
    if match := _DATE.match(result.first_publication_date or ""):
        return [[int(part) for part in match.groups() if part]]
    issue = result.journal_info
    if issue.year_of_publication:
        return [[part for part in (issue.year_of_publication, issue.month_of_publication) if part]]
    year = result.year or result.book.year_of_publication
    return [[year]] if year else []


def _funding(grants: Iterable[Grant]) -> Iterable[Funding]:
    awards: dict[str, list[str]] = {}
    for grant in grants:
        if grant.agency:
            awards.setdefault(fold(grant.agency), []).extend([grant.grant_id] if grant.grant_id else [])
    return [Funding(funder=funder, awards=tuple(given)) for funder, given in awards.items()]


def _related(comment: Comment) -> RelatedWork:
    reference = fold(comment.reference or "")
    doi = _DOI.search(reference)
    number = comment.id or ""
    pmcid = number if number.upper().startswith("PMC") else f"PMC{number}"
    by_number = {
        "MED": {"pmid": number},
        "PMC": {"pmcid": pmcid.upper()},
    }.get(comment.source or "", {"url": f"https://europepmc.org/article/{comment.source}/{number}"})
    return RelatedWork(
        relation=_RELATIONS.get(comment.type.lower().strip(), Relation.RELATED),
        title=reference or None,
        doi=doi[0] if doi else None,
        **(by_number if number and comment.source else {}),
    )
