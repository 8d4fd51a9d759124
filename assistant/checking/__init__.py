"""Checks claims that a reader pastes: what in the library supports each, what speaks against it, or nothing."""

from __future__ import annotations

from assistant.checking.checking import Checker

__all__ = ["Checker"]
