"""Make one change to a claim that makes it false: a number, a negation, a direction, or one thing for another."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from itertools import pairwise
from random import Random

from tests.perturbing.negating import with_negation, without_negation
from tests.perturbing.numerals import Numeral, numerals
from tests.perturbing.sentences import Sentence, Sentences
from tests.perturbing.wording import capitalised, put, with_article, wording

NEXT_YEAR = 2027
TRIES = 40


class Change(StrEnum):
    """What was changed."""

    NUMBER = "number"
    NEGATION = "negation"
    DIRECTION = "direction"
    ENTITY = "entity"


@dataclass(frozen=True, slots=True)
class Changed:
    """A claim that is false of the sentence it was made of.

    Attributes:
        text: What it says.
        change: What makes it false.
        was: The words before.
        now: The words instead.
    """

    text: str
    change: Change
    was: str
    now: str


class Changes:
    """All changes that can be made to claims of one library."""

    def __init__(self, sentences: Sentences, random: Random) -> None:
        """Learn what things the library speaks of."""
        self._sentences = sentences
        self._random = random
        everything = "\n".join(sentence.text for sentence in sentences.all)
        self._things = {
            kind: sorted(set(pattern.findall(everything))) for kind, pattern in wording().entities.items()
        }

    def of(self, claim: str, source: Sentence) -> tuple[Changed, ...]:
        """Make one change of every kind that the claim allows."""
        made = (
            self._number(claim, source),
            _negation(claim),
            self._direction(claim, source),
            self._entity(claim, source),
        )
        return tuple(changed for changed in made if changed is not None)

    def _number(self, claim: str, source: Sentence) -> Changed | None:
        found = numerals(claim)
        swapped = _swapped(claim, found)
        if swapped is not None and self._random.random() < 0.35:
            return swapped
        for numeral in self._random.sample(found, len(found)):
            for _ in range(TRIES):
                value = self._plausible(numeral, claim)
                new = numeral.written(value)
                taken = any(value == other.value for other in (*found, *numerals(source.text)))
                changed = put(claim, numeral.start, numeral.end, new)
                if not taken and not self._sentences.echoed(changed, source, f"{value:f}"):
                    return Changed(changed, Change.NUMBER, claim[numeral.start : numeral.end], new)
        return swapped

    def _plausible(self, numeral: Numeral, claim: str) -> Decimal:
        """Draw another value such as might have stood there."""
        value, after = numeral.value, claim[numeral.end :]
        unit = Decimal(1).scaleb(-numeral.decimals)
        if value == value.to_integral_value() and 1900 <= value < NEXT_YEAR:
            return Decimal(min(NEXT_YEAR - 1, int(value) + self._random.choice((-6, -4, -3, -2, 2, 3, 4))))
        factor = Decimal(str(self._random.choice((0.35, 0.5, 0.6, 0.7, 1.4, 1.7, 2.2))))
        drawn = (value * factor).quantize(unit)
        if value == value.to_integral_value() and value >= 100:
            drawn = Decimal(int(drawn) // 10 * 10 if value % 10 == 0 else int(drawn))
        whole = re.match(r" of (?:the )?(\d+)", after)
        most = Decimal(99) if re.match(r"%| per ?cent", after) else Decimal(whole[1]) if whole else None
        if most is not None and drawn > most:
            drawn = (value * Decimal("0.6")).quantize(unit)
        return drawn if drawn > 1 or numeral.decimals else Decimal(self._random.choice((3, 4, 5, 7)))

    def _direction(self, claim: str, source: Sentence) -> Changed | None:
        for opposite in self._random.sample(wording().opposites, len(wording().opposites)):
            match = opposite.pattern.search(claim)
            if match is None or re.search(r"\b(?:no|or|not|and|to|at|one) $", claim[: match.start()]):
                continue
            if match[0] == "before" and claim[match.end()] in ".,":
                continue
            text = put(claim, match.start(), match.end(), opposite.template)
            if opposite.template not in claim and not self._sentences.echoed(
                text, source, opposite.template, shared=0.5
            ):
                return Changed(text, Change.DIRECTION, match[0], opposite.template)
        return None

    def _entity(self, claim: str, source: Sentence) -> Changed | None:
        for kind, pattern in self._random.sample(list(wording().entities.items()), len(wording().entities)):
            names = sorted(set(pattern.findall(claim)))
            others = [thing for thing in self._things[kind] if not _holds(claim + source.text, thing)]
            if not names or not others:
                continue
            old = self._random.choice(names)
            for new in self._random.sample(others, min(TRIES, len(others))):
                text = _exchanged(claim, pattern, old, new)
                if not _holds(text, old) and not self._sentences.echoed(text, source, new):
                    return Changed(capitalised(text), Change.ENTITY, old, new)
        return None


def _negation(claim: str) -> Changed | None:
    made = without_negation(claim) or with_negation(claim)
    return Changed(made.text, Change.NEGATION, made.was, made.now) if made else None


def _swapped(claim: str, found: list[Numeral]) -> Changed | None:
    """Exchange the first two numbers of one kind that stand apart: neighbours may be a list or a range."""
    for first, second in pairwise(found):
        between = claim[first.end : second.start]
        alike = first.in_letters == second.in_letters and first.decimals == second.decimals
        units = [re.match(r"%| per ?cent| ?[\w$]+", claim[n.end :]) for n in (first, second)]
        same_unit = units[0] is not None and units[1] is not None and units[0][0] == units[1][0]
        if alike and same_unit and first.value != second.value and len(between.split()) >= 4:
            was, now = claim[first.start : first.end], claim[second.start : second.end]
            text = f"{claim[: first.start]}{now}{between}{was}{claim[second.end :]}"
            return Changed(capitalised(text), Change.NUMBER, f"{was} … {now}", f"{now} … {was}")
    return None


def _exchanged(claim: str, pattern: re.Pattern[str], old: str, new: str) -> str:
    """Put one thing in place of another wherever it stands, with the abbreviation that may follow."""
    abbreviation = re.compile(r"^ \([A-Za-z][\w-]{1,8}\)")
    parts, position = list[str](), 0
    for match in pattern.finditer(claim):
        if match[0] == old and match.start() >= position:
            parts += [with_article(claim[position : match.start()], new), new]
            following = abbreviation.match(claim[match.end() :])
            position = match.end() + (following.end() if following else 0)
    return "".join([*parts, claim[position:]])


def _holds(text: str, name: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text, re.IGNORECASE) is not None
