"""How figures read, in the terminal and in a report."""

from __future__ import annotations

from assistant.evaluation.measures import Unit
from assistant.evaluation.run import Figure

NONE = "–"
MINUS = "\N{MINUS SIGN}"


def shown(value: float | None, unit: Unit) -> str:
    """Write a figure: a share in percent, a number with one decimal, milliseconds as they are."""
    if value is None:
        return NONE
    written = f"{100 * value:.1f} %" if unit is Unit.SHARE else f"{value:.1f}"
    return written + (" ms" if unit is Unit.MILLISECONDS else "")


def shown_interval(low: float | None, high: float | None, unit: Unit) -> str:
    """Write an interval without its unit, which stands at the value."""
    if low is None or high is None:
        return NONE
    factor = 100 if unit is Unit.SHARE else 1
    ends = (f"{factor * end:.1f}".replace("-", MINUS) for end in (low, high))
    return " to ".join(ends)


def shown_difference(difference: float | None, unit: Unit) -> str:
    """Write a difference with its sign."""
    if difference is None:
        return NONE
    # What would be written as nothing has no sign.
    rounded = round(difference, 3 if unit is Unit.SHARE else 1)
    sign = "+" if rounded > 0 else MINUS if rounded < 0 else ""
    return sign + shown(abs(rounded), unit).replace(" %", "")


def shown_count(figure: Figure) -> str:
    """Write how many there were to be gained."""
    return f"{figure.possible} {figure.of}"
