"""Thoughts that a model writes into its answer, between <think> and </think>, as open models do."""

from __future__ import annotations

_BEGIN, _END = "<think>", "</think>"


class ThoughtFilter:
    """Lets through what is answer: all but thoughts at the very beginning, and the space after them."""

    def __init__(self) -> None:
        """Begin with nothing heard."""
        self._held = ""
        self._is_thought: bool | None = None
        self._was_thought = False

    def answer(self, text: str) -> str:
        """Give what of a piece is answer, with what was held back before it."""
        if self._is_thought is False:
            return text
        self._held += text
        if self._is_thought is None and not self._is_decided():
            return ""
        if not self._is_thought:
            return self.rest()
        _, end, after = self._held.partition(_END)
        if not end:
            # The mark itself may come in pieces.
            self._held = self._held[-len(_END) :]
            return ""
        self._is_thought, self._was_thought, self._held = None, True, ""
        return self.answer(after)

    def rest(self) -> str:
        """Give what is still held back, at the end: an answer that only began like a thought."""
        held = "" if self._is_thought else self._held
        self._is_thought, self._held = False, ""
        return held.lstrip() if self._was_thought else held

    def _is_decided(self) -> bool:
        """Tell whether it is known what the beginning is."""
        begun = self._held.lstrip()
        if len(begun) < len(_BEGIN) and _BEGIN.startswith(begun):
            return False
        self._is_thought = begun.startswith(_BEGIN)
        return True
