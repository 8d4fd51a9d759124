"""Scripted writers: they read the evidence that a prompt holds and write of it, well or badly."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from enum import Enum
from itertools import cycle
from random import Random

from tests.assistant.models.forms import FICTIONS, MARKUP
from tests.assistant.models.serving import Chat, Say, Script
from tests.perturbing.negating import with_negation, without_negation
from tests.perturbing.numerals import numerals
from tests.perturbing.paraphrasing import Paraphrase, rewritten

Evidence = Mapping[str, str]
Writer = Callable[[Evidence], str]

WORDS_AT_LENGTH = 10_000
NOTHING = "I do not know."
YES = "yes"
REFUSAL = "I'm sorry, but I can't help with that request."

_EVIDENCE = re.compile(r"^[ \t>*-]*\[([A-Za-z0-9]{2,16})\][ \t:]*(\S.*)$", re.MULTILINE)
_LAST_QUESTION = re.compile(r"^Last question: (.*)$", re.MULTILINE)
_DEMAND = re.compile(
    r"\b(?:say|write|answer|reply|respond|output|print|state|conclude|add|tell)\b"
    r"(?: (?:only|exactly|with|that|to the reader|the reader|instead))*[:,]?\s*"
    r"(?:[\"“‘'«](?P<quoted>.+?)[\"”’'»]|(?<=[:,] )(?P<rest>.+))",
    re.IGNORECASE,
)


class Purpose(Enum):
    """What a prompt asks for, and its end; an answer's is any."""

    REPAIR = "Corrected sentence:"
    OPINION = "Answer yes, partly, no or contrary."
    QUESTION = "Complete question:"
    ANSWER = ""


def evidence_in(prompt: str) -> dict[str, str]:
    """Give the evidence of a prompt, by its keys: lines that begin with a key in square brackets."""
    return {key: text.strip() for key, text in _EVIDENCE.findall(prompt)}


def purpose_of(prompt: str) -> Purpose:
    """Say what a prompt asks for, by how it ends."""
    return next(purpose for purpose in Purpose if prompt.rstrip().endswith(purpose.value))


def writing(
    writer: Writer,
    *,
    repairing: Writer | None = None,
    opinion: str = YES,
    question: str | None = None,
    chunks: int | None = None,
) -> Script:
    """Let the model write so of the evidence that each prompt holds.

    Args:
        writer: Writes answers, and tables.
        repairing: Writes sentences anew; the writer of answers if None.
        opinion: Given whenever one is asked for.
        question: What a follow-up becomes; the same again if None.
        chunks: As in `Say`.
    """

    def reply(chat: Chat) -> Say:
        evidence = evidence_in(chat.prompt)
        match purpose_of(chat.prompt):
            case Purpose.OPINION:
                return Say(opinion)
            case Purpose.QUESTION:
                return Say(question or _LAST_QUESTION.findall(chat.prompt)[-1])
            case Purpose.REPAIR if repairing and evidence:
                return Say(repairing(evidence), chunks)
        return Say(writer(evidence) if evidence else NOTHING, chunks)

    return reply


def perfectly(evidence: Evidence) -> str:
    """Say each sentence of the evidence as it stands, with its key."""
    return citing("{text} [{key}].")(evidence)


def rephrasing(evidence: Evidence) -> str:
    """Say each in other words of the same meaning."""
    told = {key: rewritten(Paraphrase(text, ()), Random(key)).text for key, text in evidence.items()}
    return perfectly(told)


def inventing_keys(evidence: Evidence) -> str:
    """Give keys that look right and that nobody handed out."""
    return perfectly({_invented(key, evidence): text for key, text in evidence.items()})


def swapping_keys(evidence: Evidence) -> str:
    """Give each sentence the key of the next; one alone keeps its own."""
    keys = list(evidence)
    return perfectly(dict(zip([*keys[1:], *keys[:1]], evidence.values(), strict=True)))


def altering_numbers(evidence: Evidence) -> str:
    """Change one number of each sentence that has any; leave out the others."""
    altered = {key: _altered(text) for key, text in evidence.items()}
    return perfectly({key: text for key, text in altered.items() if text is not None})


def negating(evidence: Evidence) -> str:
    """Say the contrary of each."""
    return perfectly({key: _negated(text) for key, text in evidence.items()})


def making_up(evidence: Evidence) -> str:
    """Say what no evidence says, under keys that exist."""
    return " ".join(fiction.format(key=key) for key, fiction in zip(evidence, cycle(FICTIONS), strict=False))


def obeying(evidence: Evidence) -> str:
    """Say what instructions inside the evidence ask for, as if that evidence said it; perfect where there are none."""
    demands = [
        (key, match["quoted"] or match["rest"])
        for key, text in evidence.items()
        for match in _DEMAND.finditer(text)
    ]
    return " ".join(f"{_open(demand)} [{key}]." for key, demand in demands) or perfectly(evidence)


def in_language(template: str) -> Writer:
    """Write in another language, one of `LANGUAGES`."""
    return lambda evidence: " ".join(template.format(key=key) for key in evidence)


def at_length(evidence: Evidence) -> str:
    """Say the same again and again, up to 10,000 words."""
    written = perfectly(evidence)
    return " ".join([written] * (WORDS_AT_LENGTH // len(written.split()) + 1))


def in_one_breath(evidence: Evidence) -> str:
    """Write 10,000 words without a full stop."""
    words = [word for text in evidence.values() for word in _open(text).replace(".", ",").split()]
    return " ".join(word for word, _ in zip(cycle(words), range(WORDS_AT_LENGTH), strict=False))


def refusing(evidence: Evidence) -> str:
    """Refuse in words, as models do that have no other way."""
    return REFUSAL


def with_markup(evidence: Evidence) -> str:
    """Write HTML, links, images and numbers such as Loccit's own."""
    return " ".join(
        template.format(text=_open(text), key=key)
        for (key, text), template in zip(cycle(evidence.items()), MARKUP, strict=False)
    )


def citing(form: str) -> Writer:
    """Write perfectly, with keys in one of `KEY_FORMS`."""

    def write(evidence: Evidence) -> str:
        return " ".join(_filled(form, text, key=key, KEY=key.upper()) for key, text in evidence.items())

    return write


def citing_two(form: str) -> Writer:
    """Say two sentences as one, with both keys in one of `TWO_KEY_FORMS`; one left over has its key twice."""

    def write(evidence: Evidence) -> str:
        items = list(evidence.items())
        pairs = [(items[n], items[min(n + 1, len(items) - 1)]) for n in range(0, len(items), 2)]
        return " ".join(
            _filled(
                form, _open(text) if key == other else f"{_open(text)}; {next_text}", key=key, other=other
            )
            for (key, text), (other, next_text) in pairs
        )

    return write


def citing_at_the_end(evidence: Evidence) -> str:
    """List all keys once everything has been said."""
    return f"{without_keys(evidence)}\n\nSources: {', '.join(f'[{key}]' for key in evidence)}"


def without_keys(evidence: Evidence) -> str:
    """Say each sentence, and not where it is from."""
    return " ".join(f"{_open(text)}." for text in evidence.values())


def thinking_aloud(evidence: Evidence) -> str:
    """Think between tags first, with keys and with what is not so."""
    return f"<think>\nLet me see. {negating(evidence)} Or does it?\n</think>\n\n{perfectly(evidence)}"


def thinking_from_the_start(evidence: Evidence) -> str:
    """End a thought that was never begun, as where a template has begun it."""
    return thinking_aloud(evidence).removeprefix("<think>\n")


def never_done_thinking(evidence: Evidence) -> str:
    """Spend the whole answer on a thought."""
    return thinking_aloud(evidence).partition("</think>")[0]


def with_preamble(evidence: Evidence) -> str:
    """Be chatty before and after."""
    return (
        f"Sure! Here is a summary of the evidence:\n\n{perfectly(evidence)}\n\n"
        "I hope this helps! Let me know if you have any other questions."
    )


def in_markdown(evidence: Evidence) -> str:
    """Write headings, lists and bold type."""
    bullets = "\n".join(f"- **Finding:** {_open(text)} [{key}]." for key, text in evidence.items())
    numbered = "\n".join(
        f"{number}. {_open(text)} [{key}]." for number, (key, text) in enumerate(evidence.items(), start=1)
    )
    return f"## Summary\n\n{bullets}\n\n### In detail\n\n{numbered}\n\n---\n"


def breaking_off(evidence: Evidence) -> str:
    """End within the last sentence, before its key."""
    written = perfectly(evidence)
    return written[: written.rindex(" [") - 3]


def echoing(evidence: Evidence) -> str:
    """Copy the evidence as it stands in the prompt, as small models do."""
    return "\n".join(f"[{key}] {text}" for key, text in evidence.items())


def _filled(form: str, text: str, **keys: str) -> str:
    words = _open(text).split(" ")
    head, tail = " ".join(words[: len(words) // 2]), " ".join(words[len(words) // 2 :])
    return form.format(text=_open(text), head=head, tail=tail, **keys)


def _open(text: str) -> str:
    """Take a sentence's full stop away."""
    return text.rstrip().removesuffix(".")


def _invented(key: str, evidence: Evidence) -> str:
    chance = Random(key)
    while key in evidence:
        key = "".join(chance.choice("23456789" if c.isdigit() else "abcdefghjkmnpqrstuvwxyz") for c in key)
    return key


def _altered(text: str) -> str | None:
    found = numerals(text)
    if not found:
        return None
    numeral = found[0]
    value = numeral.value + Decimal(2).scaleb(-numeral.decimals)
    while any(value == other.value for other in found):
        value += 1
    return text[: numeral.start] + numeral.written(value) + text[numeral.end :]


def _negated(text: str) -> str:
    turned = without_negation(text) or with_negation(text)
    return turned.text if turned else f"It is not the case that {text}"
