"""What may reach a terminal: words of documents without their power over it, and JSON that is one line."""

from __future__ import annotations

import io
import json
import os
import re
import sys

from rich.console import Console
from rich.text import Text

# Wide enough for a comparison side by side, narrow enough to read.
PIPED_WIDTH = 100
WIDEST = 120

# Control characters but the line feed, and what turns the direction of the words around it.
_CONTROL = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
# JSON leaves these as they are, though they steer terminals, end lines for some readers, or are no Unicode text.
_UNSAFE_IN_JSON = re.compile("[\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_SURROGATE = re.compile("[\ud800-\udfff]")


def utf8_streams() -> None:
    """Read and write UTF-8 whatever the locale says; a byte-order mark before the first line is none of its words."""
    for stream, encoding in ((sys.stdin, "utf-8-sig"), (sys.stdout, "utf-8"), (sys.stderr, "utf-8")):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding=encoding, errors="replace")


def to_stdout() -> Console:
    """Give a console on standard output: no colours and no boxes where that is no terminal."""
    console = Console(highlight=False, markup=False, emoji=False)
    if not console.is_terminal and "COLUMNS" not in os.environ:
        console.width = PIPED_WIDTH
    console.width = min(console.width, WIDEST)
    return console


def to_stderr() -> Console:
    """Give a console for progress and notes, which never mix with what a command prints."""
    return Console(stderr=True, highlight=False, markup=False, emoji=False)


def plain(text: str, style: str = "") -> Text:
    """Show words of a document or a reader: no markup, and control characters visibly replaced."""
    return Text(_CONTROL.sub("\N{REPLACEMENT CHARACTER}", text.replace("\t", " ")), style=style)


def one_line(text: str) -> str:
    """Fold text into one line that steers no terminal."""
    return _SURROGATE.sub("\N{REPLACEMENT CHARACTER}", plain(" ".join(text.split())).plain)


def decoded(argument: str) -> str:
    """Give an argument or a line as Unicode text, whatever bytes it came from."""
    return _SURROGATE.sub("\N{REPLACEMENT CHARACTER}", argument)


def print_json(value: object) -> None:
    """Print a value as one line of JSON, at once: a program that feeds questions waits for it."""
    line = json.dumps(value, ensure_ascii=False, allow_nan=False)
    sys.stdout.write(_UNSAFE_IN_JSON.sub(lambda match: f"\\u{ord(match[0]):04x}", line) + "\n")
    sys.stdout.flush()
