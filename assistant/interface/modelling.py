"""Tells the command line how the language model is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict

from rich.table import Table

from assistant.interface.console import one_line, plain, print_json, to_stdout
from assistant.models.looking import ModelState, look
from assistant.models.naming import FORMS
from assistant.models.spending import Spent
from assistant.models.usage import Price
from corpus.settings import Settings

_NONE = "No language model is set: answers are composed of the sources' own sentences; nothing leaves this machine."
_HOW = f"Set one by LOCCIT_LLM or --llm: {FORMS.removeprefix('none, ')}."


def tell_model(name: str | None, *, as_json: bool) -> bool:
    """Look at the language model, and print how it is.

    Args:
        name: The model; that of the settings otherwise.
        as_json: As JSON.

    Returns:
        Whether it answers, or none is set.

    Raises:
        SettingsError: If a limit is set without a price, or the price is none.
        SpendingError: If the record of spending cannot be read.
    """
    settings = Settings() if name is None else Settings(llm=name)
    state = look(settings)
    if as_json:
        print_json(_json(state, settings))
    else:
        _print(state, settings)
    return state is None or state.problem is None


def _print(state: ModelState | None, settings: Settings) -> None:
    console = to_stdout()
    if state is None:
        for line in (_NONE, _HOW):
            console.print(plain(line), soft_wrap=True)
        return
    table = Table(box=None, show_header=False, padding=(0, 2, 0, 0))
    for label, value in _lines(state, settings):
        table.add_row(plain(label), plain(one_line(value)))
    console.print(table)


def _lines(state: ModelState, settings: Settings) -> Iterator[tuple[str, str]]:
    yield "Model", state.label or state.name
    if state.label:
        yield "Runs", _place(state)
        yield "Requests", _departure(state)
    if state.problem:
        yield "Answers", f"no. {state.problem}"
    elif state.measured:
        yield "Answers", f"yes, the first word after {state.measured.first_word_ms / 1000:.2f} s"
        if state.measured.tokens_per_second:
            yield "Speed", f"{state.measured.tokens_per_second:.1f} tokens a second"
    if state.context:
        yield "Context", f"{state.context:,} tokens ({state.context_from})"
    if state.tokens_counted:
        yield "Tokens", state.tokens_counted
    yield "Prices", _prices(settings)
    yield from _limits(settings)
    if state.spent and (state.spent.requests or state.leaves_machine or settings.llm_price):
        yield "Used today", _spent(state.spent, settings)


def _place(state: ModelState) -> str:
    if state.address is None:
        return "in this process"
    by = f", by {state.address_from}" if state.address_from else ""
    return f"at {state.address}{by}"


def _departure(state: ModelState) -> str:
    if state.leaves_machine:
        is_open = (state.address or "").startswith("http:")
        unsafe = ", and are not encrypted on their way" if is_open else ""
        return f"leave this machine with the question and the evidence{unsafe}"
    if state.address is None:
        return "stay in this process"
    return "go to a server on this machine; what that passes on is not known here"


def _prices(settings: Settings) -> str:
    if settings.llm_price is None:
        return "not set; LOCCIT_LLM_PRICE=IN:OUT sets them"
    price = Price.parse(settings.llm_price)
    return f"{price.read:g} for a million tokens read, {price.written:g} written"


def _limits(settings: Settings) -> Iterator[tuple[str, str]]:
    limits = []
    if settings.max_tokens_per_answer is not None:
        limits.append(f"{settings.max_tokens_per_answer:,} tokens an answer")
    if settings.max_cost_per_day is not None:
        limits.append(f"{settings.max_cost_per_day:g} a day")
    if limits:
        yield "Limits", ", ".join(limits)


def _spent(spent: Spent, settings: Settings) -> str:
    if not spent.requests:
        return "nothing"
    requests = "1 request" if spent.requests == 1 else f"{spent.requests:,} requests"
    tokens = f"{spent.prompt_tokens:,} tokens read, {spent.completion_tokens:,} written"
    cost = f", {spent.cost:.4f} in all" if settings.llm_price else ""
    return f"{requests}, {tokens}{cost}"


def _json(state: ModelState | None, settings: Settings) -> dict[str, object]:
    """Give what `loccit models --json` prints; the names are a contract."""
    shown = ModelState("none", leaves_machine=False) if state is None else state
    price = Price.parse(settings.llm_price) if settings.llm_price else None
    return {
        "model": shown.name,
        "label": shown.label,
        "address": shown.address,
        "address_from": shown.address_from,
        "leaves_machine": shown.leaves_machine,
        "reachable": None if state is None else state.problem is None,
        "problem": shown.problem,
        "first_word_ms": shown.measured.first_word_ms if shown.measured else None,
        "tokens_per_second": shown.measured.tokens_per_second if shown.measured else None,
        "context": shown.context,
        "context_from": shown.context_from,
        "tokens_counted": shown.tokens_counted,
        "price": asdict(price) if price else None,
        "limits": {
            "tokens_per_answer": settings.max_tokens_per_answer,
            "cost_per_day": settings.max_cost_per_day,
        },
        "spent_today": asdict(shown.spent) if shown.spent else None,
    }
