"""What a check says of a claim as a whole, and whether that is right."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from assistant import Assistant
from assistant.answer import Checked, Verdict
from tests.perturbing.changing import Change
from tests.perturbing.claims import Pair

Judge = Callable[[str], Verdict]


@dataclass(frozen=True, slots=True)
class Judged:
    """A pair, and the verdicts on its true claim and on what was changed."""

    pair: Pair
    true: Verdict
    changed: dict[Change, Verdict]


def judge(assistant: Assistant, pair: Pair, *, whole_library: bool) -> Judged:
    """Check a pair's claims against the document they were made of, or against the whole library."""
    document_id = None if whole_library else pair.source.document_id
    return Judged(
        pair,
        overall(assistant.check(pair.true.text, document_id=document_id)),
        {c.change: overall(assistant.check(c.text, document_id=document_id)) for c in pair.changed},
    )


def overall(checked: Checked) -> Verdict:
    """Give one verdict on all that was pasted: what is wrong in a part is wrong in the whole."""
    verdicts = {claim.verdict for claim in checked.claims} or {Verdict.NOT_FOUND}
    if Verdict.CONTRADICTED in verdicts:
        return Verdict.CONTRADICTED
    return verdicts.pop() if len(verdicts) == 1 else Verdict.PARTIAL
