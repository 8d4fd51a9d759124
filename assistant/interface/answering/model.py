"""The language model that is set, as readers are told of it before it has written anything."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from assistant.models.speaking import LanguageModel

_HERE = "on this machine"
_ELSEWHERE = "hosted"


def status(model: LanguageModel | None) -> str:
    """Name it, and say where it runs."""
    if model is None:
        return "no language model"
    where = _HERE if model.is_local else _ELSEWHERE
    return model.label if where in model.label else f"{model.label}, {where}"


def promise(model: LanguageModel | None) -> str:
    """Say in sentences what it does, and what becomes of a reader's questions."""
    if model is None:
        return ""
    leaves = (
        "Nothing that you ask leaves this machine."
        if model.is_local
        else "It is hosted: your questions, and the sentences found for them, are sent to it."
    )
    return f"{model.label} writes the answers, and each of its sentences is checked against its sources. {leaves}"
