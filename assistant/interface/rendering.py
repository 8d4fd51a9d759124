"""Shows an answer in the terminal, from its data: the same words, numbers and sources as in the browser."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

from rich import box
from rich.console import Console
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from assistant.answer import Abstention, Answer, Citation, Comparison, Figure, Kind, SearchResult, Statement
from assistant.comparing.export import NOTHING_FOUND
from assistant.interface.answering.understanding import is_reply, read_as
from assistant.interface.console import one_line, plain
from assistant.interface.kinds import KINDS
from assistant.interface.markup import web_address
from assistant.interface.sources import record_line
from assistant.interface.telling import marks, show_how, show_left_out, show_notice
from corpus.document import Fidelity

# A column narrower than this makes a ladder of words out of a statement.
NARROWEST_COLUMN = 34
ASPECT_COLUMN = 16
# Room for a number and a space.
INDENT = 5


def show_answer(console: Console, answer: Answer) -> None:
    """Show an answer with its sources, or why there is none and what comes nearest."""
    if understood := read_as(answer.question, answer.standalone_question):
        console.print(plain(f"Read as “{understood}”", "dim"))
        console.print()
    if answer.abstention:
        _abstained(console, answer, answer.abstention)
        return
    if answer.composer == "extractive":
        show_notice(console, answer)
    if answer.comparison:
        _comparison(console, answer.comparison, answer)
    else:
        _statements(console, answer)
    _figures(console, answer.figures)
    _disagreements(console, answer)
    if answer.composer == "generative":
        show_notice(console, answer)
    show_left_out(console, answer)
    show_heading(console, "Sources")
    show_sources(console, answer.citations, numbered=True)
    _notes(console, answer.notes)
    show_how(console, answer)


def show_passages(console: Console, result: SearchResult) -> None:
    """Show ranked passages, each with where it stands."""
    if not result.passages:
        console.print("No passage was found.")
    for rank, passage in enumerate(result.passages, start=1):
        paragraphs = [
            marked_title(passage.title or passage.document_id, retracted=passage.retracted),
            plain(" › ".join((passage.document_id, *passage.section)), "dim"),
            plain(passage.text),
        ]
        hang(console, f"{rank}.", paragraphs)
        console.print()


def marked_title(title: str, *, retracted: bool) -> Text:
    """Give a title, in bold, with what must be known before it is read."""
    return plain(f"RETRACTED: {title}" if retracted else title, "bold")


def _abstained(console: Console, answer: Answer, abstention: Abstention) -> None:
    """Print why there is no answer, what the sources say of it instead, and what comes nearest."""
    declined = "" if is_reply(answer) else "The library cannot answer this. "
    console.print(plain(f"{declined}{abstention.reason}"))
    if answer.statements:
        console.print()
        _statements(console, answer)
        show_heading(console, "Sources")
        show_sources(console, answer.citations, numbered=True)
    if abstention.nearest:
        show_heading(console, "Nearest in the library, as reading")
        show_sources(console, abstention.nearest, numbered=False)
    _notes(console, answer.notes)
    show_how(console, answer)


def _statements(console: Console, answer: Answer) -> None:
    """Print statements in their groups, or the first as a paragraph and the others as a list."""
    by_id = {statement.id: statement for statement in answer.statements}
    if answer.groups:
        for group in answer.groups:
            console.print(plain(group.lead_in, "bold"))
            _listed(console, [by_id[name] for name in group.statements], answer)
            console.print()
    elif answer.composer == "generative":
        _running(console, answer)
    else:
        for lead in answer.statements[:1]:
            console.print(_statement(lead, answer))
            console.print()
        _listed(console, answer.statements[1:], answer)
    for remark in answer.remarks:
        console.print(plain(remark))


def _listed(console: Console, statements: Iterable[Statement], answer: Answer) -> None:
    for statement in statements:
        hang(console, "•", [_statement(statement, answer)], indent=2)


def _running(console: Console, answer: Answer) -> None:
    """Print the statements of a model one after the other or, where a list was asked for, below one another."""
    if answer.kind is Kind.LIST:
        _listed(console, answer.statements, answer)
    else:
        console.print(Text(" ").join(_statement(statement, answer) for statement in answer.statements))


def _statement(statement: Statement, answer: Answer) -> Text:
    """Write a statement with its numbers, which stand before the items of a listed one."""
    first, *items = statement.text.split("\n")
    text = plain(first)
    text.append(" ")
    text.append(_numbers(statement.citations), style="cyan")
    is_rewritten = answer.written is not None and statement.id in answer.written.repaired
    text.append_text(marks(statement.verdict, is_rewritten=is_rewritten))
    for item in items:
        text.append("\n- ")
        text.append_text(plain(item))
    return text


def _comparison(console: Console, comparison: Comparison, answer: Answer) -> None:
    """Print a comparison side by side where it is wide enough, else one subject after the other."""
    by_id = {statement.id: statement for statement in answer.statements}
    rows = [
        (row.name, [_cell([by_id[name] for name in cell], answer) for cell in row.cells])
        for row in comparison.aspects
    ]
    if console.width >= ASPECT_COLUMN + NARROWEST_COLUMN * len(comparison.subjects):
        console.print(_side_by_side(comparison.subjects, rows, boxed=console.is_terminal))
        return
    for name, cells in rows:
        console.print(plain(name.capitalize(), "bold"))
        for subject, cell in zip(comparison.subjects, cells, strict=True):
            hang(console, "", [plain(subject, "bold cyan"), cell], indent=2)
            console.print()


def _side_by_side(subjects: Sequence[str], rows: Sequence[tuple[str, list[Text]]], *, boxed: bool) -> Table:
    table = Table(
        box=box.ROUNDED if boxed else None,
        show_lines=boxed,
        expand=True,
        padding=(0, 1) if boxed else (0, 2, 1, 0),
    )
    table.add_column("", width=ASPECT_COLUMN - 4)
    for subject in subjects:
        table.add_column(plain(subject), ratio=1)
    for name, cells in rows:
        table.add_row(plain(name, "bold"), *cells)
    return table


def _cell(statements: Sequence[Statement], answer: Answer) -> Text:
    return (
        Text("\n\n").join(_statement(statement, answer) for statement in statements)
        if statements
        else Text(NOTHING_FOUND, style="dim italic")
    )


def _figures(console: Console, figures: Sequence[Figure]) -> None:
    """Print figures side by side, each in the words of its source."""
    if not figures:
        return
    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, header_style="dim")
    for name in ("Figure", "Of what, in whom", "Source"):
        table.add_column(name)
    for figure in figures:
        about = [one_line(part.text) for part in (figure.measured, figure.population) if part]
        source = plain(figure.source).append(f" [{figure.citation}]", style="cyan")
        table.add_row(plain(one_line(figure.number.text), "bold"), plain("\n".join(about)), source)
    console.print()
    console.print(table)


def _disagreements(console: Console, answer: Answer) -> None:
    """Print where sources differ, and in what else these differ."""
    numbers = {statement.id: statement.citations for statement in answer.statements}
    for disagreement in answer.disagreements:
        sides = " against ".join(_numbers(numbers[name]) for name in disagreement.statements)
        console.print()
        console.print(
            Text.assemble(
                plain(disagreement.lead_in, "bold"),
                plain(f" {disagreement.about} "),
                plain(sides, "cyan"),
                plain(f". {disagreement.remark}".rstrip()),
            )
        )


def _notes(console: Console, notes: Iterable[str]) -> None:
    for note in notes:
        console.print(plain(note, "dim"))


def _numbers(citations: Iterable[int]) -> str:
    return "".join(f"[{number}]" for number in citations)


def show_heading(console: Console, title: str) -> None:
    """Set a part off by its title."""
    console.print()
    if console.is_terminal:
        console.print(Rule(title, align="left", style="dim"))
    else:
        console.print(title)
    console.print()


def show_sources(console: Console, citations: Iterable[Citation], *, numbered: bool) -> None:
    """Print cited passages under the documents that they are from."""
    for _, group in groupby(citations, key=lambda citation: citation.document_id):
        cited = list(group)
        for citation in cited:
            head = _source(citation) if citation is cited[0] else []
            hang(console, f"[{citation.number}]" if numbered else "•", [*head, *_place(citation)])
        if address := web_address(cited[0].doi, cited[0].url):
            # Never broken into lines: a terminal opens an address only whole.
            console.print(plain(" " * INDENT + address, "blue"), soft_wrap=True)
        console.print()


def _source(citation: Citation) -> list[Text]:
    """Say what a document is and what a reader should know of it."""
    lines: list[Text] = [plain(citation.title or citation.document_id, "bold")]
    if record := record_line(citation.authors, citation.container_title, citation.year):
        lines.append(plain(record))
    lines.append(plain(" · ".join(kind_tags(citation)), "yellow" if _needs_care(citation) else "green"))
    if citation.note:
        lines.append(plain(citation.note, "dim"))
    return lines


def kind_tags(citation: Citation) -> list[str]:
    """Say in a few words what kind of source speaks."""
    tags = ["RETRACTED"] if citation.retracted else []
    tags.append(KINDS[citation.source_type].one)
    if citation.fidelity is Fidelity.DIGEST:
        tags.append(f"digest, read at {', '.join(citation.read_at)}" if citation.read_at else "digest")
    elif citation.fidelity is Fidelity.ABSTRACT:
        tags.append("abstract")
    if citation.commercial:
        tags.append("commercial interest")
    return tags


def _needs_care(citation: Citation) -> bool:
    return citation.retracted or citation.commercial


def _place(citation: Citation) -> list[Text]:
    place = [" › ".join(citation.section), f"page {citation.page}" if citation.page else ""]
    lines: list[Text] = [plain(" · ".join(filter(None, place)), "dim")] if any(place) else []
    lines += [plain(f"“{' '.join(quote.text.split())}”", "italic") for quote in citation.quotes]
    return lines


def hang(console: Console, mark: str, paragraphs: Iterable[Text], indent: int = INDENT) -> None:
    """Print paragraphs beside a mark, their lines clear of it."""
    lead = Text().append(mark.ljust(indent), style="cyan")
    for paragraph in paragraphs:
        for line in paragraph.wrap(console, console.width - indent):
            console.print(lead + line if line else "", no_wrap=True)
            lead = Text(" " * indent)
