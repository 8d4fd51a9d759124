"""What the library knows little about: the respects in which readers ask, the thinnest first."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.interface.library.overview.topics import opening
from assistant.interface.markup import attributes, shown
from assistant.overview.coverage import FEW_PASSAGES, FEW_SOURCES, Coverage
from corpus.library import Library

# Of a library that knows much about everything, so many of its thinnest are shown all the same.
LEAST_SHOWN = 3


def aspects_shown(library: Library, covered: Sequence[Coverage]) -> str:
    """Show the aspects with thin evidence, and all of them as a table.

    Args:
        library: Holds their passages.
        covered: The aspects, the least known first.
    """
    thin = [one for one in covered if one.is_thin]
    chosen = thin or covered[:LEAST_SHOWN]
    bound = f"{FEW_SOURCES} papers or fewer, or {FEW_PASSAGES} passages or fewer"
    said = (
        f"Of what readers ask about, this rests on {bound}."
        if thin
        else f"Nothing rests on {bound}. The least is said of:"
    )
    items = "".join(_aspect(library, one) for one in chosen)
    return (
        f'<p class="hint">{said}</p><ul class="aspects">{items}</ul>'
        f'<details class="tabled"><summary>All aspects as a table</summary><div class="scroller" tabindex="0" '
        f'role="group" aria-label="All aspects">{_table(covered)}</div></details>'
    )


def _aspect(library: Library, one: Coverage) -> str:
    name, about = shown(one.aspect), one.description[:1].upper() + one.description[1:]
    asked = attributes(class_="ask-aspect", data_aspect=one.aspect)
    wanted = attributes(class_="find-aspect", data_aspect=one.aspect)
    best = [opening(library, passage.document_id, passage.span) for passage in one.best]
    listed = "".join(f"<li>{item}</li>" for item in best if item)
    which = f"<details><summary>Which</summary><ul>{listed}</ul></details>" if listed else ""
    ask = f'<button type="button"{asked}>Ask<span class="sr"> about {name}</span></button>' if listed else ""
    return (
        f'<li><h4>{name}</h4><p class="amount">{_amount(one)}</p><p class="about">{shown(about)}</p>'
        f'<p class="actions">{ask}<button type="button"{wanted}>Look for papers'
        f'<span class="sr"> about {name}</span></button></p>{which}</li>'
    )


def _amount(one: Coverage) -> str:
    if not one.passages:
        return "Nothing in the library"
    passages = f"{one.passages:,} passage{'' if one.passages == 1 else 's'}"
    papers = f"{one.sources:,} paper{'' if one.sources == 1 else 's'}"
    return f"{passages} in {papers}{f', the newest of {one.newest}' if one.newest else ''}"


def _table(covered: Sequence[Coverage]) -> str:
    rows = "".join(
        f'<tr{attributes(class_="thin") if one.is_thin else ""}><th scope="row">{shown(one.aspect)}</th>'
        f"<td>{one.passages:,}</td><td>{one.sources:,}</td><td>{one.newest or '–'}</td></tr>"
        for one in covered
    )
    return (
        '<table><caption class="sr">How much the library says of each aspect</caption><thead><tr>'
        '<th scope="col">Aspect</th><th scope="col">Passages</th><th scope="col">Papers</th>'
        f'<th scope="col">Newest</th></tr></thead><tbody>{rows}</tbody></table>'
    )
