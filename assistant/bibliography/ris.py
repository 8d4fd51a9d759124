"""References as RIS: one field a line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assistant.bibliography.fields import RETRACTED, address, date, extra, in_one_line, issn, pages, verbatim
from assistant.bibliography.work import Work, named
from corpus.record import Name

# By CSL-JSON's types.
_TYPES = {
    "article": "UNPB",
    "article-journal": "JOUR",
    "article-magazine": "MGZN",
    "article-newspaper": "NEWS",
    "book": "BOOK",
    "chapter": "CHAP",
    "dataset": "DATA",
    "manuscript": "UNPB",
    "paper-conference": "CPAPER",
    "patent": "PAT",
    "post-weblog": "BLOG",
    "report": "RPRT",
    "review": "JOUR",
    "thesis": "THES",
    "webpage": "ELEC",
}


def as_ris(works: Sequence[Work]) -> str:
    """Write works as entries of a RIS file."""
    return "".join(map(_entry, *zip(*named(works), strict=True))) if works else ""


def _entry(key: str, work: Work) -> str:
    lines = [("TY", _TYPES.get(work.record.type, "GEN")), ("ID", key), *_fields(work)]
    written = (f"{tag}  - {in_one_line(value)}\r\n" for tag, value in lines if value.strip())
    return f"{''.join(written)}ER  - \r\n\r\n"


def _fields(work: Work) -> Iterator[tuple[str, str]]:
    record = work.record
    first, last = pages(record)
    yield "TI", record.title
    for name in record.author:
        yield "AU", _name(name)
    yield "T2", record.container_title or ""
    year, month, day = [*(f"{part:02}" for part in date(record)), "", "", ""][:3]
    yield "PY", year
    # Four parts, the last for words: "2024/03/01/".
    yield "DA", f"{year}/{month}/{day}/" if month else ""
    yield "VL", record.volume or ""
    yield "IS", record.issue or extra(record, "number")
    yield "SP", first
    yield "EP", last
    yield "PB", record.publisher or ""
    for number in issn(record):
        yield "SN", number
    yield "DO", verbatim(record.doi or "")
    yield "AN", verbatim(record.pmid or "")
    yield "DB", "PubMed" if record.pmid else ""
    yield "C2", verbatim(record.pmcid or "")
    yield "UR", address(work)
    for word in (record.keyword or "").split(","):
        yield "KW", word
    yield "N1", RETRACTED if work.retracted else ""


def _name(name: Name) -> str:
    """Write a name as "Family, Given, Suffix"."""
    family = " ".join(filter(None, (name.dropping_particle, name.particle, name.family)))
    if not family:
        return name.literal or name.given or ""
    given = f", {name.given}" if name.given else ""
    return f"{family}{given or (',' if name.suffix else '')}{f', {name.suffix}' if name.suffix else ''}"
