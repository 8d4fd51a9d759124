"""Exports references and answers for the command line."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from pydantic import ValidationError

from assistant.answer import Answer
from assistant.bibliography import Format, Work, references, work_of, works_cited
from assistant.bibliography.plain import listed
from assistant.interface.answering.exporting import Export, as_markdown
from assistant.question.background import Background
from corpus.errors import LoccitError, UnknownDocumentError
from corpus.folding import folded

if TYPE_CHECKING:
    from corpus.library import Library


# As identifiers are written: "doi:10.…", "https://doi.org/10.…", "pmid:…".
_PREFIX = re.compile(r"(?:https?://(?:dx\.)?doi\.org/|(?:doi|pmid|pmcid):)\s*", re.IGNORECASE)


class _BadAnswerError(LoccitError):
    """A line on standard input is not an answer."""


def export_documents(library: Library, ids: Sequence[str], wanted: Export) -> None:
    """Write references to documents on standard output, in the order given.

    Args:
        library: Holds them.
        ids: Of documents, or their DOIs, PMIDs and PMCIDs.
        wanted: As what.

    Raises:
        UnknownDocumentError: If the library does not hold one of them; nothing is written then.
    """
    found = dict.fromkeys(_identified(library, given) for given in ids)
    works = [work_of(library.document(document_id)) for document_id in found]
    _write(_references(works, wanted))


def export_answers(library: Library, lines: Iterable[str], wanted: Export) -> None:
    """Write answers on standard output: each whole as Markdown, or the works that all of them cite, each once.

    Args:
        library: Knows the records of the cited documents; one that it no longer holds is described by the citation.
        lines: Answers as `loccit ask --json` prints them.
        wanted: As what.

    Raises:
        LoccitError: If a line is not an answer; nothing is written then.
    """
    answers = [_answer(line, number) for number, line in enumerate(lines, start=1) if line.strip()]
    if wanted is Export.MARKDOWN:
        _write("\n".join(map(as_markdown, answers)))
        return
    cited = [citation for answer in answers for citation in answer.citations]
    _write(_references(works_cited(library, cited), wanted))


def _identified(library: Library, given: str) -> str:
    """Give the id of a document that is named by its id or by what the world calls it."""
    if library.catalogue.version(given) is not None:
        return given
    wanted = folded(_PREFIX.sub("", given.strip()))
    for source in Background(library).sources:
        if wanted in source.identifiers:
            return source.document_id
    raise UnknownDocumentError(
        f"The library holds no document {given!r}. `loccit documents` lists the ids; "
        "a DOI, a PMID or a PMCID will do too."
    )


def _references(works: Sequence[Work], wanted: Export) -> str:
    if wanted is Export.MARKDOWN:
        return "".join(f"- {line}\n" for line in map(listed, works))
    return references(works, Format(wanted.value))


def _answer(line: str, number: int) -> Answer:
    try:
        return Answer.model_validate_json(line)
    except ValidationError as error:
        raise _BadAnswerError(
            f"Line {number} of the input is not an answer. Pipe in what `loccit ask --json` prints."
        ) from error


def _write(text: str) -> None:
    # As it is: Rich would break lines that other programs read.
    sys.stdout.write(text)
