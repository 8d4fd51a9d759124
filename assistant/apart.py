"""Whether what a question asks is ever said of the product, trial or molecule that it names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import product

from assistant.answer import Kind
from assistant.commonness import known_words
from assistant.concepts import Concepts
from assistant.evidence import Evidence
from assistant.question import Question
from assistant.thesaurus import Phrase, plain_words
from corpus.fulltext import indexed_stems, stems
from corpus.library import Library

# In no more than about an eighth of the passages, by inverse document frequency.
RARE = 2.0
TELLING_RARITY = 3.0
# On the Zipf scale of wordfreq: "known" and "results" are everyday words, "approved" is not.
EVERYDAY = 5.0
# A sentence this near may say all that is asked in quite other words.
NEAR_SIMILARITY = 0.5
# Concepts of a few words that make no question.
FEW = 2
_WORD = re.compile(r"[^\W_]+")
_HOW_MANY = re.compile(
    r"(?:and\s+)?(?:how\s+(?:many|much|often)|(?:what|which)\s+(?:share|percentage|proportion|fraction|part))\b",
    re.IGNORECASE,
)
_ORDINAL = re.compile(r"\d+(?:st|nd|rd|th)", re.IGNORECASE)
ACRONYM = re.compile(r"[A-Z]\w*[A-Z]")


def said_apart(
    question: Question,
    evidence: Sequence[Evidence],
    concepts: Concepts,
    library: Library,
    familiar: frozenset[str],
) -> str | None:
    """Tell the reader if the library speaks of what a question names and of what it asks, but never of both.

    Args:
        question: The question.
        evidence: Scored sentences, best first.
        concepts: What the question speaks of.
        library: Where it was searched.
        familiar: Stems that are common English.

    Returns:
        One sentence, or None.
    """
    return _product_apart(question, evidence, concepts, library) or _strangers(
        question, evidence, concepts, library, familiar
    )


def _product_apart(
    question: Question, evidence: Sequence[Evidence], concepts: Concepts, library: Library
) -> str | None:
    """Tell if what is said of a product, trial or molecule has nothing to do with what is asked about it."""
    said = [concept for concept in concepts.all if concept.is_said]
    codes = [c for c in said if c.rarity >= RARE and len(c.phrase) == 1 and is_code(c.phrase[0])]
    if not codes or question.kind is Kind.DEFINITION:
        return None
    texts = [f" {' '.join(indexed_stems(e.context))} " for e in evidence]
    speaking = [text for text in texts if all(code.is_in(text) for code in codes)]
    if not speaking:
        return None
    named = " and ".join(f"“{written_as(code.phrase, question.query)}”" for code in codes)
    everyday = {stem for word in known_words(library.settings.model_cache, EVERYDAY) for stem in stems(word)}
    asked = [c for c in said if c not in codes and not everyday.issuperset(c.phrase)]
    for concept in asked:
        if concept.phrase in plain_words().particular and not any(map(concept.is_in, speaking)):
            other = written_as(concept.phrase, question.query)
            return f"Nothing in the library speaks of {named} and “{other}” together."
    # "KLRC1 ko" asks for whatever is said of it.
    bare = question.kind is Kind.OTHER and len(concepts.all) <= FEW
    if bare or max(e.similarity for e in evidence) >= NEAR_SIMILARITY:
        return None
    if sum(c.rarity for c in asked) < TELLING_RARITY or any(
        c.is_in(text) for c in asked for text in speaking
    ):
        return None
    return f"The library mentions {named}, but says nothing of what is asked about it."


def _strangers(
    question: Question,
    evidence: Sequence[Evidence],
    concepts: Concepts,
    library: Library,
    familiar: frozenset[str],
) -> str | None:
    """Tell if how many, of those in a trial or given a product, is asked of what is never said beside its name.

    "How many KarMMa patients needed tocilizumab": one passage must have both, by whatever names.
    """
    if not _HOW_MANY.match(question.query):
        return None
    said = [concept for concept in concepts.all if concept.is_said]
    written = {concept.phrase: written_as(concept.phrase, question.query) for concept in said}
    named = [c for c in said if ACRONYM.search(written[c.phrase]) or is_code(c.phrase[0])]
    asked = [
        c for c in said if len(c.phrase) == 1 and written[c.phrase].islower() and c.phrase[0] not in familiar
    ]
    texts = [f" {' '.join(indexed_stems(e.context))} " for e in evidence] if named and asked else []
    for name in named:
        for other in asked:
            pairs = product(name.names, other.names)
            if other in named or any(name.is_in(text) and other.is_in(text) for text in texts):
                continue
            if not any(library.fulltext.passages_with((*one, *another)) for one, another in pairs):
                shown = f"“{written[name.phrase]}” and “{written[other.phrase]}”"
                return f"Nothing in the library speaks of {shown} together."
    return None


def is_code(word: str) -> bool:
    """Tell whether a word is written as a code is, with letters and digits; "4th" is none."""
    return (
        any(c.isdigit() for c in word) and any(c.isalpha() for c in word) and _ORDINAL.fullmatch(word) is None
    )


def written_as(phrase: Phrase, text: str) -> str:
    """Give the words of a text that a phrase of stems was read from."""
    found = list(_WORD.finditer(text))
    for start in range(len(found) - len(phrase) + 1):
        window = found[start : start + len(phrase)]
        if [stem for match in window for stem in stems(match.group())] == list(phrase):
            return text[window[0].start() : window[-1].end()]
    return " ".join(phrase)
