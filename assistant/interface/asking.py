"""Asks, searches and checks for the command line: one question at a time, or a stream of lines."""

from __future__ import annotations

import json
import signal
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import TYPE_CHECKING, Any

from assistant.interface.console import decoded, one_line, print_json, to_stdout
from corpus.errors import LoccitError

if TYPE_CHECKING:
    from assistant.assistant import Assistant
    from corpus.catalogue import Filter


class _BadLineError(LoccitError):
    """A line on standard input is not what the command reads."""


def answer_question(assistant: Assistant, question: str, within: Filter, *, as_json: bool) -> bool:
    """Answer one question on standard output; a terminal shows the text of a language model as it comes.

    Returns:
        Whether Ctrl-C stopped the model; the answer is then what was checked before.
    """
    if as_json:
        print_json(assistant.ask(decoded(question), within=within).model_dump(mode="json"))
        return False
    from assistant.interface.rendering import show_answer

    console = to_stdout()
    if assistant.model is None or not console.is_terminal:
        show_answer(console, assistant.ask(decoded(question), within=within))
        return False
    from assistant.interface.telling import tell

    stop = threading.Event()
    with _interrupting(stop):
        answer = tell(
            console, assistant.stream(decoded(question), within=within, stop=stop), assistant.model.label
        )
    show_answer(console, answer)
    return stop.is_set()


def answer_lines(assistant: Assistant, lines: Iterable[str], within: Filter) -> bool:
    """Answer a question a line, one JSON object out for each line in.

    Args:
        assistant: Answers them.
        lines: JSON objects, `{"question": …, "history": […]}`.
        within: What narrows every question.

    Returns:
        Whether every line was answered; `{"error": …}` stands in the place of one that was not.
    """

    def answered(line: str) -> dict[str, Any]:
        question, history = _request(line)
        return assistant.ask(question, history=history, within=within).model_dump(mode="json")

    return _each(lines, answered)


def search_query(assistant: Assistant, query: str, k: int, *, as_json: bool) -> None:
    """Print what one query finds."""
    result = assistant.search(decoded(query), k)
    if as_json:
        print_json(result.model_dump(mode="json"))
        return
    from assistant.interface.rendering import show_passages

    show_passages(to_stdout(), result)


def search_lines(assistant: Assistant, lines: Iterable[str], k: int) -> bool:
    """Search for a plain query a line, one JSON object out for each line in.

    Returns:
        Whether every line was a query; `{"error": …}` stands in the place of one that was not.
    """

    def found(line: str) -> dict[str, Any]:
        if not line.strip():
            raise _BadLineError("the line is empty; a query was expected")
        return assistant.search(decoded(line.strip()), k).model_dump(mode="json")

    return _each(lines, found)


def check_claim(assistant: Assistant, claim: str, document_id: str | None, *, as_json: bool) -> None:
    """Print what a library, or one document of it, says of a claim."""
    checked = assistant.check(decoded(claim), document_id)
    if as_json:
        print_json(checked.model_dump(mode="json"))
        return
    from assistant.interface.checking import show_checked

    show_checked(to_stdout(), checked)


def check_lines(assistant: Assistant, lines: Iterable[str], document_id: str | None) -> bool:
    """Check a claim a line, one JSON object out for each line in.

    Returns:
        Whether every line was checked; `{"error": …}` stands in the place of one that was not.
    """

    def checked(line: str) -> dict[str, Any]:
        if not line.strip():
            raise _BadLineError("the line is empty; a claim was expected")
        return assistant.check(decoded(line.strip()), document_id).model_dump(mode="json")

    return _each(lines, checked)


@contextmanager
def _interrupting(stop: threading.Event) -> Iterator[None]:
    """Let Ctrl-C set `stop`; a second one ends the program as usual."""

    def interrupted(_signal: int, _frame: FrameType | None) -> None:
        stop.set()
        signal.signal(signal.SIGINT, usual)

    usual = signal.signal(signal.SIGINT, interrupted)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, usual)


def _each(lines: Iterable[str], respond: Callable[[str], dict[str, Any]]) -> bool:
    """Print one object a line; a bad line never stops the others, and a reader can count lines."""
    whole = True
    for number, line in enumerate(lines, start=1):
        try:
            print_json(respond(line))
        except LoccitError as error:
            print_json({"error": f"line {number}: {one_line(str(error))}"})
            whole = False
    return whole


def _request(line: str) -> tuple[str, list[str]]:
    """Read a question and its history out of a line of JSON.

    Raises:
        _BadLineError: If it is anything else.
    """
    try:
        request = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise _BadLineError('not JSON; expected {"question": "…"}') from error
    if not isinstance(request, dict):
        raise _BadLineError('not a JSON object; expected {"question": "…"}')
    question, history = request.get("question"), request.get("history", [])
    if not isinstance(question, str) or not question.strip():
        raise _BadLineError('"question" must be a string that is not empty')
    if not isinstance(history, list) or not all(isinstance(earlier, str) for earlier in history):
        raise _BadLineError('"history" must be a list of strings, the earlier questions')
    return decoded(question), [decoded(earlier) for earlier in history]
