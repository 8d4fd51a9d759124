"""The cards of sources: what each is, and what it does for the answer, in words and shapes."""

from __future__ import annotations

import re

from assistant.answer import Verdict
from assistant.interface.reading.support import support_tags


def test_support_is_a_shape_and_a_word() -> None:
    shown = support_tags({Verdict.PARTIAL, Verdict.SUPPORTED})
    words = re.findall(r'<span aria-hidden="true">(.)</span> ([^<]+)</span>', shown)
    assert words == [("✓", "Supports"), ("◐", "Supports in part")]


def test_no_two_verdicts_share_a_shape_or_a_word() -> None:
    shown = [support_tags({verdict}) for verdict in Verdict]
    shapes = {re.findall(r'"true">(.)<', one)[0] for one in shown}
    words = {re.findall(r"</span> ([^<]+)</span>", one)[0] for one in shown}
    assert len(shapes) == len(words) == len(Verdict)
