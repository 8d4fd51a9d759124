"""The filters below the question box: what stands on the page before anything was chosen."""

from __future__ import annotations

from assistant.interface.markup import attributes

_PILLS = (
    ("years", "All years", "Years"),
    ("kinds", "All kinds", "Kinds of sources"),
    ("documents", "All sources", "Sources"),
)
_YEARS = """
<div class="years">
  <label>From <input type="number" name="year_from" min="0" max="9999" inputmode="numeric" autocomplete="off"></label>
  <label>to <input type="number" name="year_to" min="0" max="9999" inputmode="numeric" autocomplete="off"></label>
</div>
"""
_DOCUMENTS = """
<input type="search" class="find-source" aria-label="Find a source" placeholder="Title, author or journal"
  autocomplete="off" spellcheck="false">
<div class="picked" role="group" aria-label="Chosen sources"></div>
<div class="offered" role="group" aria-label="Sources found"></div>
"""
_INSIDE = {"years": _YEARS, "kinds": '<div class="offered"></div>', "documents": _DOCUMENTS}


def filters_row() -> str:
    """Give the row of pills with the panel that each opens; `filtering.js` fills them."""
    pills = "".join(
        f'<span class="filter"><button type="button" class="pill" aria-expanded="false"'
        f"{attributes(data_filter=name, data_usual=usual, aria_controls=f'filter-{name}')}>"
        f"<span>{usual}</span></button>"
        f'<button type="button" class="remove"{attributes(data_filter=name)} hidden>'
        '<span aria-hidden="true">×</span></button></span>'
        for name, usual, _ in _PILLS
    )
    panels = "".join(
        f'<div class="filter-panel" role="group"{attributes(id=f"filter-{name}", aria_label=heading)} hidden>'
        f'<p class="heading"><strong>{heading}</strong>'
        f'<button type="button" class="any"{attributes(data_filter=name)}>{usual}</button></p>{_INSIDE[name]}</div>'
        for name, usual, heading in _PILLS
    )
    return (
        f'<div class="filters-row" role="group" aria-label="Filters">{panels}{pills}'
        '<span class="fitting" role="status"></span></div><p class="page-note" role="status"></p>'
    )
