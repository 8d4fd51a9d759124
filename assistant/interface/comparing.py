"""Compares for the command line: as a table, or in a form for other programs."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from enum import StrEnum
from typing import TYPE_CHECKING

from assistant.interface.console import decoded, plain, print_json, to_stdout

if TYPE_CHECKING:
    from assistant.assistant import Assistant


class Form(StrEnum):
    """In what form a comparison is printed."""

    TABLE = "table"
    JSON = "json"
    MARKDOWN = "markdown"
    CSV = "csv"


def compare_subjects(
    assistant: Assistant, subjects: Sequence[str], aspects: Sequence[str], form: Form
) -> None:
    """Compare on standard output.

    Raises:
        SettingsError: If the file of aspects cannot be used.
    """
    answer = assistant.compare(list(map(decoded, subjects)), list(map(decoded, aspects)))
    if form is Form.JSON:
        print_json(answer.model_dump(mode="json"))
    elif form is Form.TABLE:
        from assistant.interface.rendering import show_answer

        show_answer(to_stdout(), answer)
    else:
        from assistant.comparing.export import as_csv, as_markdown

        _print_lines(as_markdown(answer) if form is Form.MARKDOWN else as_csv(answer))


def _print_lines(text: str) -> None:
    """Print what a file may be made of, its line ends kept and nothing in it that steers a terminal."""
    for line in text.splitlines(keepends=True):
        words = line.rstrip("\r\n")
        sys.stdout.write(plain(words).plain + line[len(words) :])
