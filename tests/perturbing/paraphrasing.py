"""Say what a sentence says in other words: rules that keep its meaning, each named, so that a reader can check."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from random import Random

from tests.perturbing.numerals import LETTERS, SMALL, WORD
from tests.perturbing.restructuring import OMISSIONS, REORDERINGS
from tests.perturbing.sentences import Sentence
from tests.perturbing.wording import Substitution, capitalised, with_article, wording

MOST_RESTRUCTURED = 3
MOST_SYNONYMS = 4
_POWER = re.compile(r"(?<![\w.,])(\d+(?:\.\d+)?) ?[×x] ?10\^(\d{1,2})(?!\d)")
_DIGIT = re.compile(r"(?<=[a-z,] )(\d{1,2})(?= (?!h\b|m\b|g\b|min\b|ml\b|kb\b|times\b|bp\b)[a-z]{3,}s\b)")
_UNREADABLE = re.compile(
    r"(?:\b(?:phase|grade|day|days|week|weeks|level|type|and|or|to|between|positions?|chromosomes?|of|than)|,) $"
)
_ABBREVIATED = re.compile(r" \(([A-Z][A-Za-z]{1,7})\)")


@dataclass(frozen=True, slots=True)
class Paraphrase:
    """A sentence in other words.

    Attributes:
        text: What it says now.
        rules: What was done to it, in order.
    """

    text: str
    rules: tuple[str, ...]

    @property
    def reordered(self) -> bool:
        """Whether its parts stand in another order."""
        return any(rule in REORDERINGS for rule in self.rules)


def stripped(text: str) -> str:
    """Take away what a sentence is told with: "We found that", "However,"."""
    for frame in wording().frames:
        text = capitalised(frame.sub("", text))
    return text


def restructured(sentence: Sentence, lowercase: frozenset[str], random: Random) -> Paraphrase:
    """Put a sentence's parts in another order and leave out what it can do without.

    Args:
        sentence: What is to be said.
        lowercase: Words that are written small inside sentences.
        random: Draws which rules are tried first.
    """
    text, applied = stripped(sentence.text), list[str]()
    if text != sentence.text:
        applied.append("frame dropped")
    rules = {**REORDERINGS, **OMISSIONS}
    said = {text}
    # Twice: what one rule leaves may be what another needs.
    for name in random.sample(list(rules), len(rules)) * 2:
        if name in applied or len(applied) == MOST_RESTRUCTURED:
            continue
        other = rules[name](text, lowercase)
        if other is not None and other not in said:
            text = other
            said.add(text)
            applied.append(name)
    return Paraphrase(text, tuple(applied))


def rewritten(paraphrase: Paraphrase, random: Random) -> Paraphrase:
    """Write words, names and numbers otherwise, as `random` draws them."""
    text, applied = paraphrase.text, list(paraphrase.rules)
    for name, rewrite in REWRITES.items():
        other = rewrite(text, random)
        if other != text:
            text = other
            applied.append(name)
    return Paraphrase(capitalised(text), tuple(applied))


def _with_synonyms(text: str, random: Random) -> str:
    return _substituted(text, wording().synonyms, random, MOST_SYNONYMS)


def _respelt(text: str, random: Random) -> str:
    return _substituted(text, wording().spelling, random, MOST_SYNONYMS)


def _with_durations(text: str, random: Random) -> str:
    return _substituted(text, wording().durations, random, 1)


def _with_units(text: str, random: Random) -> str:
    return _substituted(text, wording().units, random, MOST_SYNONYMS)


def _substituted(text: str, substitutions: tuple[Substitution, ...], random: Random, most: int) -> str:
    """Put other words in place of some, each place once: what was put is marked until all is done."""
    changed: list[str] = []
    for substitution in random.sample(substitutions, len(substitutions)):
        match = substitution.pattern.search(text)
        if match is not None and len(changed) < most:
            changed.append(match.expand(substitution.template))
            before = with_article(text[: match.start()], changed[-1])
            text = f"{before}{_mark(len(changed) - 1)}{text[match.end() :]}"
    for number, words in enumerate(changed):
        text = text.replace(_mark(number), words)
    return text


def _mark(number: int) -> str:
    """A character of the private use area, which no text of a library holds."""
    return chr(0xE000 + number)


def _abbreviated(text: str, random: Random) -> str:
    """Turn "long form (LF)" into one of the two."""
    for match in _ABBREVIATED.finditer(text):
        long_form = _long_form(text[: match.start()], match[1])
        if long_form is None:
            continue
        short = random.random() < 0.5
        kept = match[1] if short else long_form
        return text[: match.start() - len(long_form)] + kept + text[match.end() :]
    return text


def _long_form(before: str, short: str) -> str | None:
    """Give the words at the end of `before` whose initials the short form is."""
    letters = short.rstrip("s").lower()
    words = list(re.finditer(r"[^\s-]+", before))
    if len(words) < len(letters) or not letters.isalpha():
        return None
    initials = words[-len(letters) :]
    if all(word[0][0].lower() == letter for word, letter in zip(initials, letters, strict=True)):
        return before[initials[0].start() :]
    return None


def _with_numbers_otherwise(text: str, random: Random) -> str:
    """Write eight for 8, percent for %, 30 million for 3 × 10^7."""
    text = re.sub(r"(?<=\d)%(?! CI)", random.choice((" percent", " per cent", "%")), text)
    text = _POWER.sub(lambda match: _in_millions(match, text), text)
    if WORD.search(text):
        return WORD.sub(lambda match: _in_digits(match, text), text)
    return _DIGIT.sub(lambda match: _in_letters(match, text), text)


def _in_millions(match: re.Match[str], text: str) -> str:
    mantissa, exponent = Decimal(match[1]), int(match[2])
    # In "50 and 100 × 10^7" the power belongs to both.
    shared = re.search(r"\d (?:to|and|or) $", text[: match.start()]) is not None
    if not 6 <= exponent <= 11 or (shared and exponent not in {6, 9}):
        return match[0]
    name, unit = ("billion", 9) if exponent >= 9 else ("million", 6)
    return f"{(mantissa * 10 ** (exponent - unit)).normalize():f} {name}"


def _in_digits(match: re.Match[str], text: str) -> str:
    after = text[match.end() :]
    readable = re.match(r" (?!thirds|fifths|quarters|to|or|and|of|points)[a-z]", after)
    listed = WORD.match(after.lstrip()) or re.search(r"\b(?:to|or|and|one) $|\bone\b", text[: match.start()])
    return str(LETTERS[match[0].lower()]) if readable and not listed else match[0]


def _in_letters(match: re.Match[str], text: str) -> str:
    value = int(match[1])
    unreadable = value >= len(SMALL) or value < 2 or _UNREADABLE.search(text[: match.start()])
    return match[0] if unreadable else SMALL[value]


def _with_authors(text: str, random: Random) -> str:
    return text.replace(" et al. (", random.choice((" and colleagues (", " and co-workers (", " et al. (")))


REWRITES = {
    "abbreviation": _abbreviated,
    "authors": _with_authors,
    "duration": _with_durations,
    "units": _with_units,
    "numbers otherwise": _with_numbers_otherwise,
    "synonyms": _with_synonyms,
    "spelling": _respelt,
}
