"""The events that an answer in the making consists of: plain data for every interface."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.answer import Answer, Kind, Verdict


@dataclass(frozen=True, slots=True)
class Found:
    """Retrieval is done.

    Attributes:
        evidence_count: How many sentences were found that speak to the question.
        standalone_question: The question with what it refers to.
        kind: What it asks for.
    """

    evidence_count: int
    standalone_question: str
    kind: Kind


@dataclass(frozen=True, slots=True)
class Wrote:
    """More text of a sentence, which nobody has checked yet.

    Attributes:
        sentence: Its number in this answer, from 1.
        text: To be added to what was written of it before.
    """

    sentence: int
    text: str


@dataclass(frozen=True, slots=True)
class Held:
    """A sentence has been checked and stays.

    Attributes:
        sentence: Its number.
        text: What it says from now on, which may be other words than were written.
        verdict: Supported or partial.
        citations: Numbers of the evidence that bears it out, in the order in which it was first cited; the finished
            answer may number anew.
    """

    sentence: int
    text: str
    verdict: Verdict
    citations: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """A sentence is taken out.

    Attributes:
        sentence: Its number.
        reason: Why, in a short sentence.
    """

    sentence: int
    reason: str


@dataclass(frozen=True, slots=True)
class Finished:
    """The answer, whole: always the last event, and all that one needs who does not show the making."""

    answer: Answer


Event = Found | Wrote | Held | Withdrawn | Finished
