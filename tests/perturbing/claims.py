"""Claims with known answers: paraphrases of a library's sentences, and the same with one thing made wrong."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest
from random import Random

from tests.perturbing.changing import Changed, Changes
from tests.perturbing.paraphrasing import Paraphrase, restructured, rewritten, stripped
from tests.perturbing.sentences import Sentence, Sentences, is_statement

FEWEST_RULES = 2


@dataclass(frozen=True, slots=True)
class Pair:
    """A true claim and the false ones made of it.

    Attributes:
        source: The sentence that it was made of.
        true: What the sentence says, in other words.
        changed: The same with one change each.
    """

    source: Sentence
    true: Paraphrase
    changed: tuple[Changed, ...]

    def only(self, number: int) -> Pair:
        """Keep one of the changed claims, counted around."""
        return replace(self, changed=(self.changed[number % len(self.changed)],))


def make_pairs(sentences: Sentences, documents: Sequence[str], count: int, seed: int = 1) -> list[Pair]:
    """Make claims out of sentences drawn from some documents; the same library and seed give the same claims.

    Args:
        sentences: All sentences of the library.
        documents: Ids of the documents whose sentences may be drawn.
        count: How many true claims at the most.
        seed: Draws the sentences, the rules and the changes.
    """
    random = Random(seed)
    wanted = frozenset(documents)
    drawn = sorted(
        (s for s in sentences.all if s.document_id in wanted), key=lambda s: (s.document_id, s.span)
    )
    random.shuffle(drawn)
    changes = Changes(sentences, random)
    pairs: list[Pair] = []
    for source, true in _told_otherwise(drawn, sentences.lowercase, random):
        if len(pairs) == count:
            break
        if changed := changes.of(true.text, source):
            pairs.append(Pair(source, true, changed))
    return pairs


def _told_otherwise(
    drawn: Sequence[Sentence], lowercase: frozenset[str], random: Random
) -> Iterator[tuple[Sentence, Paraphrase]]:
    """Paraphrase what states something; every other one is put in another order, as long as there are any."""
    statements = {s.text: s for s in drawn if is_statement(stripped(s.text))}.values()
    told = [(source, restructured(source, lowercase, random)) for source in statements]
    reordered = [(source, true) for source, true in told if true.reordered]
    others = [(source, true) for source, true in told if not true.reordered]
    for either in zip_longest(_rewritten(reordered, random), _rewritten(others, random)):
        yield from (pair for pair in either if pair is not None)


def _rewritten(
    told: list[tuple[Sentence, Paraphrase]], random: Random
) -> Iterator[tuple[Sentence, Paraphrase]]:
    for source, paraphrase in told:
        true = rewritten(paraphrase, random)
        if len(true.rules) >= FEWEST_RULES:
            yield source, true
