"""Lets a language model read quotes and claims as an entailment model does."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.composing.generative.conversation import Conversation
from assistant.composing.generative.prompting import judging
from assistant.verification import Evidence
from assistant.verification.entailment import Entailed

LONGEST_OPINION = 16
# Each costs a request.
MOST_QUOTES = 3
_OPINION = re.compile(r"\b(yes|partly|partially|no|contrary)\b", re.IGNORECASE)
_NEITHER = Entailed(0.0, 0.0)
_OPINIONS = {"yes": Entailed(1.0, 0.0), "contrary": Entailed(0.0, 1.0)}


class ModelEntailment:
    """The opinions of a language model; of the same claim and quote it is asked once. For one thread."""

    reader = "The language model"
    most: int | None = MOST_QUOTES

    def __init__(self, conversation: Conversation, label: str) -> None:
        """Ask in a conversation; `label` is what readers call the model."""
        self.method = f"Numbers and names compared by rule, the rest by the language model {label}."
        self._conversation = conversation
        self._known: dict[tuple[str, Evidence], Entailed | None] = {}

    def judge(self, claim: str, quotes: Sequence[Evidence]) -> list[Entailed | None]:
        """Tell for each quote how it stands to a claim; None where the model fails or gives no clear answer."""
        return [self._opinion(claim, quote) for quote in quotes]

    def _opinion(self, claim: str, quote: Evidence) -> Entailed | None:
        if (claim, quote) not in self._known:
            said = self._conversation.ask(judging(claim, quote), LONGEST_OPINION)
            answer = _OPINION.search(said) if said else None
            self._known[claim, quote] = _OPINIONS.get(answer[1].lower(), _NEITHER) if answer else None
        return self._known[claim, quote]
