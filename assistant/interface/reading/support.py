"""Says beside a citation what its words do for what cites them: by a shape, by words, and last by colour."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from assistant.answer import Answer, Checked, Verdict
from assistant.interface.check.verdicts import VERDICTS

Support = Mapping[int, set[Verdict]]

_DOES = {
    Verdict.SUPPORTED: "Supports",
    Verdict.PARTIAL: "Supports in part",
    Verdict.CONTRADICTED: "Contradicts",
    Verdict.NOT_FOUND: "Nearest found",
}


def support_of_answer(answer: Answer) -> Support:
    """Give for each number of an answer what became of the statements that rest on it."""
    return _gathered(
        (number, statement.verdict) for statement in answer.statements for number in statement.citations
    )


def support_of_check(checked: Checked) -> Support:
    """Give for each number of a check what its words say of the claims."""
    return _gathered((quote.citation, quote.verdict) for claim in checked.claims for quote in claim.quotes)


def support_tags(verdicts: Iterable[Verdict]) -> str:
    """Show what a citation does."""
    held = set(verdicts)
    return "".join(
        f'<span class="support {said.colour}"><span aria-hidden="true">{said.mark}</span> {_DOES[verdict]}</span>'
        for verdict, said in VERDICTS.items()
        if verdict in held
    )


def _gathered(found: Iterable[tuple[int, Verdict]]) -> Support:
    support: defaultdict[int, set[Verdict]] = defaultdict(set)
    for number, verdict in found:
        support[number].add(verdict)
    return support
