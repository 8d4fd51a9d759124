"""Identifiers as they are printed: DOIs, PubMed's numbers, and what tells a preprint server."""

from __future__ import annotations

import re

_DOI = re.compile(r"\b10\.\d{4,9}/[^\s\"<>{}|\\^`\[\]]+", re.IGNORECASE)
_ARXIV = re.compile(r"\barXiv:(\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?/\d{7})(?:v\d{1,2})?", re.IGNORECASE)
_PREPRINT_DOI = re.compile(
    r"10\.(?:1101/(?:\d{6,}|20\d\d\.)|64898/|48550/|21203/rs|20944/preprints|31234/|31219/|26434/chemrxiv|2139/ssrn)",
    re.IGNORECASE,
)
_PREPRINT_SERVER = re.compile(
    r"\b(?:bioRxiv|medRxiv)\b.{0,200}\bpreprint|\bpreprint.{0,200}\b(?:bioRxiv|medRxiv)\b|"
    r"not (?:been )?(?:certified by )?peer[ -]review(?:ed)?\b.{0,100}\b(?:preprint|author)",
    re.IGNORECASE | re.DOTALL,
)


def dois_in(text: str) -> list[str]:
    """Give the DOIs that a text holds, each once, without the punctuation behind them."""
    return list(dict.fromkeys(_bare(match[0]) for match in _DOI.finditer(text)))


def arxiv_number(text: str) -> str | None:
    """Give the number of arXiv's stamp: "2101.00001"."""
    match = _ARXIV.search(text)
    return match[1] if match else None


def is_preprint_doi(doi: str) -> bool:
    """Tell a DOI that a preprint server has given."""
    return _PREPRINT_DOI.match(doi) is not None


def names_preprint_server(text: str) -> bool:
    """Tell the notice of bioRxiv, medRxiv and the like on each of their pages."""
    return _PREPRINT_SERVER.search(text) is not None


def _bare(doi: str) -> str:
    doi = doi.rstrip(".,;:'’”*†")
    # A closing bracket is the DOI's own only if it opens there too: "10.1016/S0140(20)1", "(doi 10.1/x)".
    while doi.endswith(")") and doi.count("(") < doi.count(")"):
        doi = doi[:-1].rstrip(".,;:")
    return doi
