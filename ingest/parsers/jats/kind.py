"""What kind of source a JATS article is, by its declared type, its subjects, its keywords and its title."""

from __future__ import annotations

import re
from collections.abc import Sequence

from lxml import etree

from corpus.document import SourceType
from corpus.record import Record

_SOURCE_TYPES = {
    "research-article": SourceType.RESEARCH,
    "original-article": SourceType.RESEARCH,
    "brief-report": SourceType.RESEARCH,
    "rapid-communication": SourceType.RESEARCH,
    "data-paper": SourceType.RESEARCH,
    "methods-article": SourceType.RESEARCH,
    "protocol": SourceType.RESEARCH,
    "clinical-trial": SourceType.CLINICAL_TRIAL,
    "review-article": SourceType.REVIEW,
    "systematic-review": SourceType.REVIEW,
    "meta-analysis": SourceType.REVIEW,
    "case-report": SourceType.CASE_REPORT,
    "case-study": SourceType.CASE_REPORT,
    "guideline": SourceType.GUIDELINE,
    "preprint": SourceType.PREPRINT,
    "editorial": SourceType.EDITORIAL,
    "article-commentary": SourceType.EDITORIAL,
    "discussion": SourceType.EDITORIAL,
    "letter": SourceType.EDITORIAL,
    "reply": SourceType.EDITORIAL,
    "news": SourceType.EDITORIAL,
    "in-brief": SourceType.EDITORIAL,
    "introduction": SourceType.EDITORIAL,
    "book-review": SourceType.EDITORIAL,
    "product-review": SourceType.EDITORIAL,
    "obituary": SourceType.EDITORIAL,
    "correction": SourceType.CORRECTION,
    "addendum": SourceType.CORRECTION,
    "retraction": SourceType.CORRECTION,
    "partial-retraction": SourceType.CORRECTION,
    "expression-of-concern": SourceType.CORRECTION,
}
_REFINED = {None, SourceType.RESEARCH, SourceType.REVIEW}
_NOTICE = (
    r"(?:(?:author|publisher|editorial)(?:['’]?s)? )?(?:correction|erratum|corrigendum|addendum"
    r"|retraction(?: notice| note| statement)?|(?:notice|statement) of retraction|expression of concern)s?"
)
# What a subject says of an article of no telling type; the first pattern that fits holds.
_BY_SUBJECT = (
    (
        SourceType.CORRECTION,
        rf"^{_NOTICE}$|^(correction|erratum|corrigendum|retraction|expression of concern)\b",
    ),
    (SourceType.PREPRINT, r"^preprint\b"),
    (SourceType.GUIDELINE, r"^((clinical )?practice )?guidelines?$|^consensus (statement|guideline)"),
    (SourceType.CASE_REPORT, r"^(clinical )?case (reports?|stud(y|ies)|series)\b"),
    (
        SourceType.EDITORIAL,
        r"^((book|product) review|editorial|commentary|opinion|essay|letter|correspondence|news|interview"
        r"|community page|synopsis|policy forum)\b|^(perspective|viewpoint)s?$",
    ),
    (
        SourceType.REVIEW,
        r"^((systematic|mini|literature|scoping)[ -]?)?reviews?( articles?)?$|^meta-analys[ei]s$",
    ),
    (
        SourceType.CLINICAL_TRIAL,
        r"^(randomi[sz]ed )?((controlled|clinical) )+trials?( articles?| reports?)?$",
    ),
)
_BY_TITLE = (
    (
        SourceType.CORRECTION,
        rf"^{_NOTICE}(?: (?:to|for|of))?\s*[:“\"]|^(?:erratum|corrigendum|addendum|retraction notice) (?:to|for|of)\b",
    ),
    (
        SourceType.REVIEW,
        r"\b(systematic|scoping|umbrella|literature|narrative) review\b|\bmeta-?analys[ei]s\b",
    ),
    (SourceType.CASE_REPORT, r"\bcase (report|series)\b"),
    (
        SourceType.CLINICAL_TRIAL,
        r"\b(randomi[sz]ed|controlled|clinical|phase [I\d]\S*|pilot|open-label|crossover) trial\b"
        r"|\bphase (I{1,3}V?|[1-4])([ab]|[/-](I{1,3}|[1-4])[ab]?)* (study|clinical)\b",
    ),
)
# A keyword names a topic more often than a kind: only one that is nothing but a kind counts.
_BY_KEYWORD = (
    (SourceType.REVIEW, r"^(systematic|scoping) review$"),
    (SourceType.CASE_REPORT, r"^case (report|series)$"),
    (
        SourceType.CLINICAL_TRIAL,
        r"^(randomi[sz]ed (controlled |clinical )?|phase [I\d]\S* (clinical )?)trial$",
    ),
)
# A protocol announces a trial, an analysis of trials is none.
_NO_TRIAL = re.compile(
    r"\bprotocol\b|\btrials\b|\b(design|rationale) (of|for)\b|\bsimulat|\bsecondary analysis\b|\bpost[ -]hoc\b",
    re.IGNORECASE,
)
_PREPRINT_SERVER = re.compile(
    r"\b(?:bio|med|chem|ar|psyar|engr|soc)Rxiv\b|^Research Square$|^Preprints(?:\.org)?$|^SSRN"
)


def read_source_type(article: etree._Element, record: Record) -> SourceType:
    """Tell what kind of source an article is.

    Publishers call most things "research-article"; a trial, a review or an essay shows in subjects and title.
    """
    declared = _SOURCE_TYPES.get(article.get("article-type", ""))
    if _PREPRINT_SERVER.search(record.container_title or ""):
        return SourceType.PREPRINT
    if declared not in _REFINED:
        return declared or SourceType.OTHER
    found = _fitting(_BY_SUBJECT, record.subjects)
    if found is None and declared is not SourceType.REVIEW:
        keywords = (record.keyword or "").split(", ")
        found = _fitting(_BY_TITLE, [record.title]) or _fitting(_BY_KEYWORD, keywords)
        if found is SourceType.CLINICAL_TRIAL and _NO_TRIAL.search(record.title):
            found = None
    return found or declared or SourceType.OTHER


def _fitting(patterns: Sequence[tuple[SourceType, str]], texts: Sequence[str]) -> SourceType | None:
    return next(
        (
            source_type
            for source_type, pattern in patterns
            if any(re.search(pattern, text, re.IGNORECASE) for text in texts)
        ),
        None,
    )
