"""Texts are cut into pieces and tokens that make them up again, and gates open once."""

from __future__ import annotations

import asyncio

from hypothesis import given
from hypothesis import strategies as st

from tests.assistant.models.serving import Gate, Say, Think, tokens_of
from tests.assistant.models.serving.steps import steps_of


@given(st.text(), st.none() | st.integers(1, 50))
def test_pieces_make_up_the_text(text: str, chunks: int | None) -> None:
    pieces = Say(text, chunks).pieces

    assert "".join(pieces) == text and all(pieces)
    assert chunks is None or len(pieces) <= chunks


@given(st.text())
def test_thoughts_are_cut_likewise(text: str) -> None:
    assert Think(text).pieces == Say(text).pieces


@given(st.text())
def test_tokens_make_up_the_text(text: str) -> None:
    assert "".join(tokens_of(text)) == text


def test_a_text_is_said_and_a_step_is_all_there_is() -> None:
    assert steps_of("Herons.") == steps_of(Say("Herons.")) == steps_of([Say("Herons.")]) == (Say("Herons."),)


def test_who_waits_at_a_gate_goes_on_when_another_thread_opens_it() -> None:
    gate = Gate()

    async def wait() -> None:
        waiting = asyncio.create_task(gate.opened())
        await asyncio.to_thread(gate.set)
        await waiting
        await gate.opened()

    asyncio.run(wait())
    assert gate.is_set()


def test_a_gate_may_open_after_those_who_waited_have_gone() -> None:
    gate = Gate()

    async def leave() -> None:
        waiting = asyncio.create_task(gate.opened())
        await asyncio.sleep(0)
        waiting.cancel()
        await asyncio.wait([waiting])

    asyncio.run(leave())
    gate.set()
    assert gate.is_set()
