"""Short questions to a model: a sentence written anew, an opinion on one, a follow-up made complete."""

from __future__ import annotations

import re
import threading
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answer import Verdict
from assistant.composing.generative.conversation import Conversation
from assistant.composing.generative.nonsense import is_chatter, says_it_lacks
from assistant.composing.generative.prompting import following, judging, repairing
from assistant.composing.generative.reading import Reader, Sentence
from assistant.composing.generative.speaker import Speaker
from assistant.evidence import Evidence
from assistant.models.budget import Budget
from assistant.words import content_words
from corpus.fulltext import stems

LONGEST_SENTENCE = 160
LONGEST_OPINION = 16
LONGEST_QUESTION = 80
_OPINION = re.compile(r"\b(yes|partly|partially|no)\b", re.IGNORECASE)
_OPINIONS = {
    "yes": Verdict.SUPPORTED,
    "partly": Verdict.PARTIAL,
    "partially": Verdict.PARTIAL,
    "no": Verdict.NOT_FOUND,
}
_MOST_CHARACTERS = 300


@dataclass(frozen=True, slots=True, eq=False)
class Repaired:
    """A sentence written anew, and the evidence that it names: all that it was written from, if it names none."""

    text: str
    named: tuple[Evidence, ...]


def repaired(text: str, named: Sequence[Evidence], conversation: Conversation) -> Repaired | None:
    """Let a sentence be written anew from the evidence that it names; None if the model gives no such sentence."""
    prompt = repairing(text, named)
    said = conversation.ask(prompt.turns, LONGEST_SENTENCE)
    if said is None:
        return None
    reader = Reader(prompt.keys.__contains__)
    sentences = [read for read in (*reader.read(said), *reader.end()) if isinstance(read, Sentence)]
    first = next((read for read in sentences if not is_chatter(read.text)), None)
    if first is None or not first.is_whole or (not first.keys and says_it_lacks(first.text)):
        return None
    return Repaired(first.text, prompt.keys.named(first.keys) or tuple(named))


def opinion(text: str, evidence: Sequence[Evidence], conversation: Conversation) -> Verdict | None:
    """Ask whether evidence says what a statement says; None if the model gives no clear answer."""
    said = conversation.ask(judging(text, evidence).turns, LONGEST_OPINION)
    answer = _OPINION.search(said) if said else None
    return _OPINIONS[answer[1].lower()] if answer else None


def standalone(
    question: str,
    history: Sequence[str],
    model: Speaker,
    *,
    stop: threading.Event | None = None,
    budget: Budget | None = None,
) -> str | None:
    """Let a follow-up be made a question of its own.

    Args:
        question: As the reader wrote it.
        history: Earlier questions, the oldest first.
        model: The model.
        stop: Ends it.
        budget: What it may use.

    Returns:
        The question; None if the model failed, or put in a word that no question of the conversation has.
    """
    conversation = Conversation(model, stop or threading.Event(), budget)
    said = conversation.ask(following(question, history), LONGEST_QUESTION)
    line = " ".join((said or "").strip('"“”* \n').split())
    known = stems(" ".join((question, *history)))
    added = set(stems(" ".join(content_words(line)))).difference(known)
    return line if line and len(line) <= _MOST_CHARACTERS and not added else None
