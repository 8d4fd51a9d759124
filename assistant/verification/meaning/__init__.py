"""Judges what is said in other words than its source's, by the vectors of the embedding model."""

from __future__ import annotations

from assistant.verification.meaning.meaning import Meaning, Meanings

__all__ = ["Meaning", "Meanings"]
