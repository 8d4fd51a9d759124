"""The frame of the Library view: what stands on the page before anything of the library is shown in it."""

from __future__ import annotations

from collections.abc import Mapping

from assistant.interface.kinds import KINDS
from assistant.interface.library.findings import MOST_FINDINGS, USUAL_FINDINGS
from assistant.interface.library.overview.panel import overview_part
from assistant.interface.markup import attributes
from corpus.document import Fidelity, SourceType
from ingest.bibliographies import SUFFIXES as LISTS
from ingest.origins.europepmc import LICENCES
from ingest.parsers import SUFFIXES

_FIDELITIES = {
    Fidelity.FULL_TEXT: "Full texts",
    Fidelity.ABSTRACT: "Abstracts",
    Fidelity.DIGEST: "Digests",
}

_DOCUMENTS = """
<section class="documents" aria-label="Documents of the library">
  <form class="filters" role="search">
    <input type="search" name="q" aria-label="Search the documents" placeholder="Title, author, journal or identifier"
      autocomplete="off" spellcheck="false">
    <select name="source_type" aria-label="Kind of source"><option value="">All kinds</option>{kinds}</select>
    <select name="fidelity" aria-label="What the library holds"><option value="">All texts</option>{fidelities}</select>
    <span class="years">
      <input type="number" name="year_from" aria-label="From year" placeholder="From" min="1500" max="2999">
      <span aria-hidden="true">–</span>
      <input type="number" name="year_to" aria-label="To year" placeholder="To" min="1500" max="2999">
    </span>
    <label class="check"><input type="checkbox" name="retracted" value="true"> <span>Retracted</span></label>
    <button type="reset" class="clear" hidden>Clear filters</button>
  </form>
  <h2 class="sr">Documents</h2>
  <p class="count" role="status" tabindex="-1"></p>
  <ol class="papers"></ol>
</section>
"""

_ADD = """
<section class="add" aria-label="Add papers">
  <p class="announced sr" role="status"></p>
  <h2>Add papers</h2>
  <div class="adding"></div>
  <form class="by-name">
    <label for="paper-names">Identifiers or addresses</label>
    <textarea id="paper-names" name="names" rows="2" spellcheck="false"
      placeholder="PMC…  doi:…  pmid:…  https://…"></textarea>
    <p class="line"><button type="submit" class="main">Add</button>
      <span class="hint">Several at once, with spaces between them</span></p>
    <p class="form-error" role="alert"></p>
  </form>
  <form class="by-file">
    <label class="drop"><input type="file" name="files" class="sr" multiple accept="{suffixes}">
      <strong>Choose files</strong><span> or drop them here</span>
      <small>PDF, HTML, DOCX, JATS XML, Markdown, text, JSON Lines, BibTeX, RIS</small></label>
    <p class="form-error" role="alert"></p>
  </form>
  <form class="starter">
    <button type="submit" class="plain">Fetch the full texts of the starter’s open-access papers</button>
    <p class="form-error" role="alert"></p>
  </form>
  <h2>Search Europe PMC</h2>
  <form class="by-query">
    <label for="paper-query">What to look for</label>
    <input id="paper-query" type="search" name="query" autocomplete="off"
      placeholder="Plain words, or TITLE:… AND AUTH:…">
    <p class="line"><label class="check"><input type="checkbox" name="open_access_only" value="true" checked>
      <span>Open access only</span></label>
      <label class="check limit"><span>At most</span>
      <input type="number" name="limit" value="{usual}" min="1" max="{most}"></label></p>
    <details><summary>Licences</summary>
      <fieldset><legend class="sr">Only under these licences; none chosen means any</legend>{licences}</fieldset>
    </details>
    <p class="line"><button type="submit" class="main">Preview</button>
      <span class="hint">Nothing is added before you choose</span></p>
    <p class="form-error" role="alert"></p>
  </form>
  <div class="preview"></div>
</section>
"""

_REMOVAL = """
<dialog id="removal" aria-labelledby="removal-title">
  <form method="dialog">
    <h2 id="removal-title">Remove this document?</h2>
    <p class="named"></p>
    <p>It is gone from answers at once. Adding it again brings it back.</p>
    <p class="form-error" role="alert"></p>
    <p class="line"><button value="remove" class="danger">Remove</button><button value="keep">Keep it</button></p>
  </form>
</dialog>
"""


def library_view() -> str:
    """Give the view, which `library.js` fills."""
    documents = _DOCUMENTS.format(
        kinds=_options({kind: words.many.capitalize() for kind, words in KINDS.items()}),
        fidelities=_options(_FIDELITIES),
    )
    add = _ADD.format(
        suffixes=",".join((*SUFFIXES, *LISTS)),
        usual=USUAL_FINDINGS,
        most=MOST_FINDINGS,
        licences="".join(map(_licence, LICENCES)),
    )
    parts = (
        '<div class="parts" role="group" aria-label="Parts of the library">'
        '<button type="button" data-part="documents" aria-pressed="true">Documents</button>'
        '<button type="button" data-part="overview" aria-pressed="false">Overview</button>'
        '<button type="button" data-part="add" aria-pressed="false">Add papers</button></div>'
    )
    return (
        f'<div class="library" data-part="documents">{parts}{documents}{overview_part()}{add}</div>{_REMOVAL}'
    )


def _options(named: Mapping[SourceType, str] | Mapping[Fidelity, str]) -> str:
    return "".join(f"<option{attributes(value=value)}>{words}</option>" for value, words in named.items())


def _licence(name: str) -> str:
    box = attributes(type="checkbox", name="licences", value=name)
    return f'<label class="pill"><input{box} class="sr"><span>{name}</span></label>'
