"""Makes prompts: evidence within a model's context, the most useful first.

The form of evidence in a prompt: each on one line, `[key] words`, under a line that tells of its document, as in

    9f3c21aa
    Source: Safety of a vaccine in adults (2021, clinical trial)
    [k42] Fever occurred in 21% of adults.
    [m18] No death was reported.

    Source: Vaccines for the old (2023, review, commercial interest)
    [p77] Fever is rare after the second dose.
    9f3c21aa

between two lines with a word that was drawn for this prompt and occurs nowhere in it. Documents come in the order of
their most useful evidence; the evidence of one in the order of its text.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assistant.answer import Kind
from assistant.composing.generative import instructions
from assistant.composing.generative.demands import demands
from assistant.composing.generative.keys import Keys, fence, harmless
from assistant.composing.generative.speaker import Speaker
from assistant.evidence import Evidence
from assistant.models.providers.access import Turn
from assistant.question import Question
from assistant.verification import Evidence as Quoted
from corpus.document import Document

# More than a reader could take in, and than a small model keeps apart.
MOST_EVIDENCE = 16
_MOST_QUESTIONS = 4
_SOURCE = "Source: {title} ({about})"


@dataclass(frozen=True, slots=True, eq=False)
class Prompt:
    """What a model is told, and the keys that it may name."""

    turns: tuple[Turn, ...]
    keys: Keys


@dataclass(frozen=True, slots=True, eq=False)
class Group:
    """Evidence under a heading of its own."""

    heading: str
    evidence: tuple[Evidence, ...]


def answering(
    question: Question, evidence: Sequence[Evidence], model: Speaker, longest: int
) -> Prompt | None:
    """Ask for an answer.

    Args:
        question: The question.
        evidence: Best first.
        model: Counts tokens, and knows how many there may be.
        longest: How many tokens the answer may have.

    Returns:
        The prompt, or None if not even the best evidence fits into the model's context.

    Raises:
        ModelError: If the model cannot count.
    """
    best = evidence[:MOST_EVIDENCE]
    keys = Keys(best, question.standalone)
    asked = f"Question: {harmless(question.standalone)}\n{_form(question)}"
    room = model.context - longest - model.prompt_tokens(_turns(instructions.ANSWERING, [], asked, keys))
    chosen = _fitting(best, keys, model, room)
    if not chosen:
        return None
    return Prompt(_turns(instructions.ANSWERING, _by_document(chosen), asked, keys), keys)


def tabulating(question: Question, groups: Sequence[Group], model: Speaker, longest: int) -> Prompt | None:
    """Ask for a sentence on each of several groups of evidence; as for `answering`, but no group is left out."""
    keys = Keys(
        list(dict.fromkeys(found for group in groups for found in group.evidence)), question.standalone
    )
    asked = f"The table compares: {harmless(question.standalone)}\nWrite {len(groups)} sentences, one for each heading."
    turns = _turns(instructions.TABULATING, groups, asked, keys)
    return Prompt(turns, keys) if model.prompt_tokens(turns) + longest <= model.context else None


def repairing(text: str, evidence: Sequence[Evidence]) -> Prompt:
    """Ask for a sentence to be written anew from its evidence."""
    keys = Keys(evidence, text)
    asked = f"Sentence: {harmless(text)}\nCorrected sentence:"
    return Prompt(_turns(instructions.REPAIRING, _by_document(evidence), asked, keys), keys)


def judging(claim: str, quote: Quoted) -> tuple[Turn, ...]:
    """Ask whether a quote says what a claim says."""
    body = f"Source: {harmless(quote.context)}\n{harmless(quote.text)}"
    asked = f"Statement: {harmless(claim)}\nDoes the source say this? Answer yes, partly, no or contrary."
    mark = fence((body, asked))
    told = instructions.JUDGING.format(quoted=instructions.QUOTED.format(fence=mark))
    return Turn("system", told), Turn("user", f"{mark}\n{body}\n{mark}\n\n{asked}")


def following(question: str, history: Sequence[str]) -> tuple[Turn, ...]:
    """Ask for a follow-up to be made a question of its own; of the conversation, only questions are told."""
    earlier = "\n".join(f"Earlier question: {harmless(asked)}" for asked in history[-_MOST_QUESTIONS:])
    return (
        Turn("system", instructions.FOLLOWING),
        Turn("user", f"{earlier}\nLast question: {harmless(question)}\nComplete question:"),
    )


def _form(question: Question) -> str:
    form = instructions.FORMS[question.kind]
    if question.kind is not Kind.COMPARISON or not question.subjects:
        return form
    of = "; ".join(map(harmless, question.subjects))
    respects = f" In respect of: {'; '.join(map(harmless, question.aspects))}." if question.aspects else ""
    return f"{form} They are: {of}.{respects}"


def _fitting(evidence: Iterable[Evidence], keys: Keys, model: Speaker, room: int) -> list[Evidence]:
    """Take whole evidences as long as there is room; a shorter one may still fit where a longer does not."""
    chosen: list[Evidence] = []
    headed: set[str] = set()
    for found in evidence:
        heading = "" if found.document.id in headed else f"\n{_heading(found.document)}\n"
        needed = model.tokens_in(f"{heading}{_line(found, keys)}\n")
        if needed <= room:
            room -= needed
            headed.add(found.document.id)
            chosen.append(found)
    return chosen


def _by_document(evidence: Sequence[Evidence]) -> list[Group]:
    """Group evidence by document, in the order of the text within each."""
    documents: dict[str, list[Evidence]] = {}
    for found in evidence:
        documents.setdefault(found.document.id, []).append(found)
    return [
        Group(_heading(of_one[0].document), tuple(sorted(of_one, key=lambda found: found.sentences[0].start)))
        for of_one in documents.values()
    ]


def _turns(told: str, groups: Sequence[Group], asked: str, keys: Keys) -> tuple[Turn, ...]:
    """Write the instructions, then the evidence and what is asked for."""
    blocks = [
        "\n".join((group.heading, *(_line(found, keys) for found in group.evidence))) for group in groups
    ]
    body = "\n\n".join(blocks)
    mark = fence((body, asked))
    example = next((f"[{keys.of(group.evidence[0])}]" for group in groups), "[a10]")
    quoted = instructions.QUOTED.format(fence=mark)
    return (
        Turn("system", told.format(example=example, quoted=quoted)),
        Turn("user", f"{mark}\n{body}\n{mark}\n\n{asked}"),
    )


def _heading(document: Document) -> str:
    year = [str(document.record.year)] if document.record.year else []
    about = [*year, document.source_type.value.replace("-", " ")]
    about += ["commercial interest"] * document.commercial + ["retracted"] * document.retracted
    title = document.record.title
    title = "" if demands(title) else harmless(title)
    return _SOURCE.format(title=title or "untitled", about=", ".join(about))


def _line(found: Evidence, keys: Keys) -> str:
    return f"[{keys.of(found)}] {harmless(found.text.replace(chr(10), '; '))}"
