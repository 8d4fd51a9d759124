"""Judges a statement or a claim by the words it rests on: the same rules for every composer and for every reader."""

from __future__ import annotations

from assistant.verification.denying import bearing
from assistant.verification.judgement import Alignment, Evidence, Judgement, Mark
from assistant.verification.judging import judge, verify

__all__ = ["Alignment", "Evidence", "Judgement", "Mark", "bearing", "judge", "verify"]
