"""Shows a check in the terminal: each claim with its verdict, why, and the sentences that decided."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Console
from rich.text import Text

from assistant.answer import Checked, Claim, ClaimQuote, Verdict
from assistant.interface.check.verdicts import VERDICTS, tally
from assistant.interface.console import one_line, plain
from assistant.interface.rendering import hang, show_heading, show_sources

_STYLES = {
    Verdict.SUPPORTED: "bold green",
    Verdict.PARTIAL: "bold yellow",
    Verdict.CONTRADICTED: "bold red",
    Verdict.NOT_FOUND: "bold",
}
_SIDES = {Verdict.SUPPORTED: "for", Verdict.CONTRADICTED: "against", Verdict.PARTIAL: "in part"}


def show_checked(console: Console, checked: Checked) -> None:
    """Show the claims of a text, what was no claim, the sources and how the verdicts were reached."""
    if not checked.claims:
        console.print("There is no claim in this text.")
    elif len(checked.claims) > 1:
        console.print(plain(tally(claim.verdict for claim in checked.claims)))
        console.print()
    for claim in checked.claims:
        _claim(console, claim)
    for part in checked.set_aside:
        hang(console, "–", [plain(f"“{one_line(part.text)}” {part.reason}", "dim")], indent=2)
    if checked.citations:
        show_heading(console, "Sources")
        show_sources(console, checked.citations, numbered=True)
    for note in (*checked.notes, checked.method):
        console.print(plain(note, "dim"))


def _claim(console: Console, claim: Claim) -> None:
    said = VERDICTS[claim.verdict]
    verdict = Text().append(f"{said.mark} {said.word}", style=_STYLES[claim.verdict])
    hang(console, "", [plain(one_line(claim.text), "bold"), verdict, *map(plain, claim.reasons)], indent=0)
    for quote in claim.quotes:
        hang(console, f"[{quote.citation}]", list(_quote(quote)))
    console.print()


def _quote(quote: ClaimQuote) -> Iterator[Text]:
    """Give a deciding sentence with its deciding words set off; a row of a table under its header."""
    for above in (quote.caption, quote.header):
        if above:
            yield plain(" · ".join(above.text.split("\t")).replace("\n", " "), "dim")
    words = plain(quote.text.replace("\t", " · ") if quote.header else quote.text)
    if len(words.plain) == len(quote.text):
        for mark in quote.marked:
            words.stylize("bold underline", mark.start - quote.start, mark.end - quote.start)
    yield Text(f"{_SIDES.get(quote.verdict, 'nearest')}: ", style=_STYLES[quote.verdict]) + words
