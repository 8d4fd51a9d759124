"""Shows the figures of a run in the terminal, and how they differ from those of another."""

from __future__ import annotations

from collections.abc import Sequence

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from assistant.evaluation.differing import Difference, Differences, Moved
from assistant.evaluation.measures import MEASURES
from assistant.evaluation.run import Conditions, Group, Run
from assistant.evaluation.wording import NONE, shown, shown_count, shown_difference, shown_interval
from assistant.interface.console import plain

# More than this many questions that changed are a list that nobody reads.
MOST_MOVED = 20
# The widest title of a figure, and the widest figure.
TITLE_COLUMN = max(len(measure.title) for measure in MEASURES)
NUMBER_COLUMN = 6
# What a table draws between two columns.
COLUMN_GAP = 2
BOXED_COLUMN_GAP = 3


def show_run(console: Console, run: Run) -> None:
    """Show what a run found: every figure, the figures by kind, and which kinds were mistaken."""
    console.print(plain(f"{run.overall.questions} questions: {_conditions(run.conditions)}"))
    console.print()
    console.print(_overall(run.overall, boxed=console.is_terminal))
    _heading(console, "What they are")
    console.print(_meanings(run.overall))
    for title, groups in (("By kind", run.kinds), ("What cannot be answered", run.unanswerable)):
        if groups:
            _heading(console, title)
            _by_groups(console, groups)
    if run.confusions:
        _heading(console, "Kinds mistaken")
        mistaken = (f"{c.asked} for {c.understood} ({c.questions})" for c in run.confusions)
        console.print(plain(", ".join(mistaken)))
    wrong = sum(not outcome.right for outcome in run.outcomes)
    console.print()
    console.print(plain(f"{wrong} of {run.overall.questions} questions did not get all that was wanted."))


def show_differences(console: Console, differences: Differences) -> None:
    """Show how a run differs from an earlier one, and which questions moved."""
    left_out = f"; {differences.left_out} left out, not alike in both" if differences.left_out else ""
    console.print(plain(f"Compared over {differences.common} questions{left_out}"))
    if differences.before != differences.after:
        console.print(plain(f"Before: {_conditions(differences.before)}"))
        console.print(plain(f"After: {_conditions(differences.after)}"))
    console.print()
    console.print(_differences(differences.figures, boxed=console.is_terminal))
    for title, moved in (("Better", differences.better), ("Worse", differences.worse)):
        console.print()
        console.print(plain(f"{title}: {len(moved) or 'none'}", "bold"))
        for question in moved[:MOST_MOVED]:
            console.print(_moved(question))
        if len(moved) > MOST_MOVED:
            console.print(f"  and {len(moved) - MOST_MOVED} more")


def _overall(group: Group, *, boxed: bool) -> Table:
    table = _table("Figure", "Value", "95 % interval", "Of", boxed=boxed)
    for figure in group.figures:
        table.add_row(
            figure.title,
            shown(figure.value, figure.unit),
            shown_interval(figure.low, figure.high, figure.unit),
            shown_count(figure),
        )
    return table


def _meanings(group: Group) -> Table:
    table = Table.grid(padding=(0, 2))
    for figure in group.figures:
        table.add_row(figure.title, Text(figure.meaning, style="dim"))
    return table


def _by_groups(console: Console, groups: Sequence[Group]) -> None:
    boxed = console.is_terminal
    for place, some in enumerate(_abreast(groups, console.width, BOXED_COLUMN_GAP if boxed else COLUMN_GAP)):
        if place:
            console.print()
        console.print(_by_group(some, boxed=boxed))


def _abreast(groups: Sequence[Group], width: int, gap: int) -> list[list[Group]]:
    """Divide groups into tables that are no wider than the terminal: a figure cut short would be another figure."""
    tables: list[list[Group]] = []
    left = 0
    for group in groups:
        wanted = max(len(group.name), NUMBER_COLUMN) + gap
        if not tables or wanted > left:
            tables.append([])
            left = width - TITLE_COLUMN - gap
        tables[-1].append(group)
        left -= wanted
    return tables


def _by_group(groups: Sequence[Group], *, boxed: bool) -> Table:
    """Put groups side by side; a figure that none of them has is left out."""
    table = _table("Figure", *(f"{group.name}\n{group.questions}" for group in groups), boxed=boxed)
    for figures in zip(*(group.figures for group in groups), strict=True):
        if any(figure.value is not None for figure in figures):
            values = (
                shown(figure.value, figure.unit).removesuffix(" %").removesuffix(" ms") for figure in figures
            )
            table.add_row(figures[0].title, *values)
    return table


def _differences(figures: Sequence[Difference], *, boxed: bool) -> Table:
    table = _table("Figure", "Before", "After", "Difference", "95 % interval", "", boxed=boxed)
    for figure in figures:
        style = {True: "green", False: "red", None: ""}[figure.better]
        table.add_row(
            figure.title,
            shown(figure.before, figure.unit),
            shown(figure.after, figure.unit),
            Text(shown_difference(figure.difference, figure.unit), style=style),
            shown_interval(figure.low, figure.high, figure.unit) if figure.difference is not None else NONE,
            Text({True: "better", False: "worse", None: ""}[figure.better], style=style),
        )
    table.columns[-1].justify = "left"
    return table


def _conditions(conditions: Conditions) -> str:
    return (
        f"{conditions.question_set} over {conditions.documents} documents, embedding model "
        f"{conditions.embedding_model}, Loccit {conditions.loccit}"
    )


def _heading(console: Console, title: str) -> None:
    console.print()
    console.print(plain(title, "bold"))
    console.print()


def _moved(question: Moved) -> Text:
    return plain(f"  {question.id}  {question.before:.0%} → {question.after:.0%}  {question.question}")


def _table(*columns: str, boxed: bool) -> Table:
    """Make a table with its names on the left and its numbers on the right."""
    table = Table(box=box.SIMPLE_HEAD if boxed else None, padding=(0, 1), pad_edge=False)
    for place, column in enumerate(columns):
        table.add_column(column, justify="right" if place else "left", no_wrap=True)
    return table
