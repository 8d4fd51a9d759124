"""How a language model wrote an answer, in words for the page and the terminal."""

from __future__ import annotations

from assistant.answer import Answer, Verdict, Written

PARTIAL = "partly supported"
REWRITTEN = "rewritten"
UNCHECKED = "not checked yet"
_MEANINGS = {
    PARTIAL: "its sources bear out only a part of the sentence.",
    REWRITTEN: "its sources did not bear out the sentence that was written first; this one was written from them.",
}
_INSTEAD = "So this answer is composed of the sources' own sentences."
_STOPPED = "Stopped by you."
_STAYS = "What had been checked by then stays."
_SECOND = 1000  # milliseconds
# Below this, a cost is nothing that anybody counts.
_LEAST_COST = 0.0001
_DECIMALS_OF_SMALL_COST, _DECIMALS_OF_COST = 4, 2


def marks_of(verdict: Verdict | None, *, is_rewritten: bool) -> list[str]:
    """Say what a reader must know of one sentence."""
    return [*([PARTIAL] if verdict is Verdict.PARTIAL else []), *([REWRITTEN] if is_rewritten else [])]


def meanings(answer: Answer) -> list[str]:
    """Explain the marks that an answer bears, each once."""
    rewritten = answer.written.repaired if answer.written else ()
    borne = {
        mark
        for statement in answer.statements
        for mark in marks_of(statement.verdict, is_rewritten=statement.id in rewritten)
    }
    return [f"“{mark.capitalize()}”: {meaning}" for mark, meaning in _MEANINGS.items() if mark in borne]


def notice(answer: Answer) -> str | None:
    """Say before all else why this is not the whole answer of a model, if it is not."""
    written = answer.written
    if written is None:
        return None
    if written.fell_back:
        return f"{written.fell_back} {_INSTEAD}"
    broken = _STOPPED if written.stopped else written.broke_off
    return f"{broken} {_STAYS}" if broken and answer.statements else None


def origin(answer: Answer) -> str:
    """Say whose words an answer is made of."""
    if answer.composer == "extractive" or answer.written is None:
        return "Composed from the sources' own sentences."
    if answer.comparison:
        return (
            f"Cells written by {answer.written.model} over these sources, every sentence checked; "
            "where none of its sentences stands, the sources' own do."
        )
    return f"Written by {answer.written.model} over these sources, every sentence checked."


def spent(written: Written) -> list[str]:
    """Say how long the model took and what it used."""
    return [part for part in (_speed(written), _tokens(written)) if part]


def left_out_heading(written: Written) -> str:
    """Say how many sentences are not in the answer, and what for: each has its own reason below."""
    number = len(written.left_out)
    were = "1 sentence was" if number == 1 else f"{number} sentences were"
    return f"{were} left out as unsupported or unfinished"


def lasted(milliseconds: float) -> str:
    """Say how long something took."""
    return f"{milliseconds:.0f}\u00a0ms" if milliseconds < _SECOND else f"{milliseconds / _SECOND:.1f}\u00a0s"


def _speed(written: Written) -> str:
    if written.first_word_ms is None:
        return ""
    then = f", then {written.tokens_per_second:,.0f}\u00a0tokens/s" if written.tokens_per_second else ""
    return f"First word after {lasted(written.first_word_ms)}{then}."


def _tokens(written: Written) -> str:
    read, wrote = written.prompt_tokens, written.completion_tokens
    if not read + wrote:
        return ""
    about = "About " if written.tokens_estimated else ""
    cost = "" if written.cost is None else f", cost\u00a0{_cost(written.cost)}"
    return f"{about}{read:,} tokens read, {wrote:,} written{cost}."


def _cost(cost: float) -> str:
    if 0 < cost < _LEAST_COST:
        return f"less than {_LEAST_COST}"
    return f"{cost:.{_DECIMALS_OF_SMALL_COST if cost < 1 else _DECIMALS_OF_COST}f}"
