"""The papers of the library by year and kind: what the page draws, and the same as a table."""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import BaseModel, ConfigDict

from assistant.interface.kinds import KINDS
from assistant.interface.markup import attributes
from assistant.overview.holdings import Holdings
from corpus.document import SourceType


class Bar(BaseModel):
    """One kind of papers, year by year.

    Attributes:
        kind: As the list's filter names it.
        name: As readers do.
        total: How many there are, those without a year among them.
        numbers: How many there are of each year.
    """

    model_config = ConfigDict(frozen=True)

    kind: SourceType
    name: str
    total: int
    numbers: tuple[int, ...]


class Bars(BaseModel):
    """What is drawn: the years that have papers, and each kind's numbers in these."""

    model_config = ConfigDict(frozen=True)

    years: tuple[int, ...]
    kinds: tuple[Bar, ...]


def bars(holdings: Holdings) -> Bars:
    """Give the numbers to draw, the most frequent kind first."""
    years = holdings.years
    return Bars(
        years=years,
        kinds=tuple(
            Bar(
                kind=kind,
                name=KINDS[kind].many.capitalize(),
                total=holdings.number(kind=kind),
                numbers=tuple(holdings.documents[year, kind] for year in years),
            )
            for kind in holdings.kinds
        ),
    )


def totals_line(holdings: Holdings) -> str:
    """Say in one line how much there is."""
    number = holdings.number()
    if not number:
        return "The library is empty. Add papers, and what they are about shows here."
    parts = [_counted(number, "document"), _counted(holdings.passages, "passage")]
    if holdings.years:
        first, last = holdings.years[0], holdings.years[-1]
        parts.append(str(first) if first == last else f"{first} to {last}")
    if holdings.has_undated:
        parts.append(f"{holdings.number(undated=True):,} without a year")
    if holdings.retracted:
        parts.append(f"{holdings.retracted:,} retracted")
    return " · ".join(parts)


def holdings_table(holdings: Holdings) -> str:
    """Show the numbers as a table, the newest year first; each leads to the papers that it counts."""
    kinds = holdings.kinds
    if not kinds:
        return ""
    heads = "".join(f'<th scope="col">{KINDS[kind].many.capitalize()}</th>' for kind in kinds)
    rows = [_row(holdings, str(year), year) for year in reversed(holdings.years)]
    if holdings.has_undated:
        rows.append(_row(holdings, "No year", None))
    total = "".join(_cell(holdings.number(kind=kind), kind=kind) for kind in kinds)
    foot = f'<tr><th scope="row">All</th>{total}<td>{holdings.number():,}</td></tr>'
    return (
        '<table><caption class="sr">Papers by year and kind</caption>'
        f'<thead><tr><th scope="col">Year</th>{heads}<th scope="col">All</th></tr></thead>'
        f"<tbody>{''.join(rows)}</tbody><tfoot>{foot}</tfoot></table>"
    )


def _row(holdings: Holdings, name: str, year: int | None) -> str:
    cells = "".join(_cells(holdings, year))
    of_all = holdings.number(year) if year is not None else holdings.number(undated=True)
    return f'<tr><th scope="row">{name}</th>{cells}{_cell(of_all, year)}</tr>'


def _cells(holdings: Holdings, year: int | None) -> Iterator[str]:
    for kind in holdings.kinds:
        number = holdings.documents[year, kind]
        # The list cannot be asked for documents without a year.
        yield _cell(number, year, kind) if year is not None else _cell(number)


def _cell(number: int, year: int | None = None, kind: SourceType | None = None) -> str:
    if not number:
        return '<td class="nothing">0</td>'
    if year is None and kind is None:
        return f"<td>{number:,}</td>"
    to = attributes(class_="to-list", data_year=year or "", data_kind=kind or "")
    of = f"{KINDS[kind].many if kind else 'papers'}{f' of {year}' if year else ''}"
    return f'<td><button type="button"{to}>{number:,}<span class="sr"> {of}, show in the list</span></button></td>'


def _counted(number: int, thing: str) -> str:
    return f"{number:,} {thing}{'' if number == 1 else 's'}"
