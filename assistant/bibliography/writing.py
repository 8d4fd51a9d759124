"""Writes references in the formats that reference managers read."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from assistant.bibliography.work import Work


class Format(StrEnum):
    """A format of reference lists."""

    BIBTEX = "bibtex"
    RIS = "ris"
    CSL_JSON = "csl-json"

    @property
    def suffix(self) -> str:
        """The ending of a file in it."""
        return {Format.BIBTEX: ".bib", Format.RIS: ".ris", Format.CSL_JSON: ".json"}[self]

    @property
    def media_type(self) -> str:
        """What a web server calls it."""
        return {
            Format.BIBTEX: "application/x-bibtex",
            Format.RIS: "application/x-research-info-systems",
            Format.CSL_JSON: "application/vnd.citationstyles.csl+json",
        }[self]


def references(works: Sequence[Work], wanted: Format) -> str:
    """Write works as a reference list, in their order."""
    if wanted is Format.BIBTEX:
        from assistant.bibliography.bibtex import as_bibtex

        return as_bibtex(works)
    if wanted is Format.RIS:
        from assistant.bibliography.ris import as_ris

        return as_ris(works)
    from assistant.bibliography.csl import as_csl_json

    return as_csl_json(works)
