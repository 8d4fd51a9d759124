"""Shows in the terminal what a language model writes: while it writes, and afterwards how it wrote."""

from __future__ import annotations

from collections.abc import Iterable

from rich.console import Console, Group
from rich.live import Live
from rich.text import Text

from assistant.answer import Answer, Kind, Verdict
from assistant.interface.answering.making import MadeSentence, Making
from assistant.interface.answering.written import (
    PARTIAL,
    lasted,
    left_out_heading,
    marks_of,
    meanings,
    notice,
    origin,
    spent,
)
from assistant.interface.console import one_line, plain
from assistant.streaming import Event, Finished

REFRESHES = 12  # a second
# Lines of the terminal that the text does not take: what is said below it, and the cursor's.
_BELOW = 3


def tell(console: Console, events: Iterable[Event], model: str) -> Answer:
    """Show the text as it comes, and take it away when the answer is finished.

    Args:
        console: A terminal.
        events: Of an answer in the making.
        model: Who writes it, for readers.

    Returns:
        The finished answer, for its numbers and sources to be shown.
    """
    making = Making()
    with Live(console=console, transient=True, refresh_per_second=REFRESHES) as live:
        for event in events:
            if isinstance(event, Finished):
                return event.answer
            making.take(event)
            live.update(_draft(console, making, model))
    raise AssertionError("an answer in the making ends with the finished answer")


def show_notice(console: Console, answer: Answer) -> None:
    """Say why this is not the whole answer of a model, if it is not."""
    if said := notice(answer):
        if answer.composer == "generative":
            console.print()
        console.print(plain(said, "yellow"))
        if answer.composer == "extractive":
            console.print()


def show_left_out(console: Console, answer: Answer) -> None:
    """Tell of what a model said without support; it looks like no part of the answer."""
    if answer.written is None or not answer.written.left_out:
        return
    console.print()
    console.print(plain(f"{left_out_heading(answer.written)}:", "dim"))
    for left in answer.written.left_out:
        said = plain(one_line(left.text), "dim strike")
        console.print(Text.assemble(plain("– “", "dim"), said, plain(f"” {left.reason}", "dim")))


def show_how(console: Console, answer: Answer) -> None:
    """Say how a model wrote it, and what it used."""
    if answer.written is None:
        return
    if answer.statements:
        console.print(plain(" ".join([origin(answer), *meanings(answer)]), "dim"))
    whole = f"In all {lasted(answer.timings_ms.total)}."
    console.print(plain(" ".join([*spent(answer.written), whole]), "dim"))


def marks(verdict: Verdict | None, *, is_rewritten: bool) -> Text:
    """Write what a reader must know of one sentence, behind it."""
    text = Text()
    for mark in marks_of(verdict, is_rewritten=is_rewritten):
        text.append(f" ({mark})", style="yellow" if mark == PARTIAL else "dim")
    return text


def _draft(console: Console, making: Making, model: str) -> Group:
    """Show as much of the end as there is room for; what nobody has checked yet is dim."""
    is_list = making.found is not None and making.found.kind in (Kind.LIST, Kind.COMPARISON)
    text = Text("\n" if is_list else " ").join(map(_sentence, making.sentences))
    room = max(1, console.height - _BELOW)
    lines = text.wrap(console, console.width)[-room:] if text else []
    return Group(*lines, plain(_progress(making, model), "dim italic"))


def _sentence(sentence: MadeSentence) -> Text:
    if sentence.verdict is None:
        return plain(sentence.text, "dim")
    text = plain(sentence.text)
    numbers = "".join(f"[{number}]" for number in sentence.citations)
    return text.append(f" {numbers}", style="cyan").append_text(
        marks(sentence.verdict, is_rewritten=sentence.is_rewritten)
    )


def _progress(making: Making, model: str) -> str:
    if not making.sentences:
        return f"{model} reads what was found. Ctrl-C stops it."
    return f"{model} is writing; dim: not checked yet. Ctrl-C stops it."
