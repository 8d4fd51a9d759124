"""Finds numbers in a text, in digits or in words; a digit inside a name ("CD19", "NK-92") is none."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

_UNITS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen"
).split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_SMALL = {word: value for value, word in enumerate(_UNITS)} | {
    word: 10 * value for value, word in enumerate(_TENS, start=2)
}
_SCALES = {
    "hundred": 1e2, "thousand": 1e3, "million": 1e6, "millions": 1e6, "billion": 1e9, "billions": 1e9,
    "trillion": 1e12, "bn": 1e9, "dozen": 12.0,
}  # fmt: skip
_FRACTIONS = {
    "half": 50.0, "a third": 100 / 3, "one third": 100 / 3, "two thirds": 200 / 3, "a quarter": 25.0,
    "one quarter": 25.0, "three quarters": 75.0, "a fifth": 20.0, "one fifth": 20.0, "a tenth": 10.0,
    "two fifths": 40.0, "three fifths": 60.0, "four fifths": 80.0,
}  # fmt: skip
_MULTIPLES = {
    "twice": 2.0,
    "twofold": 2.0,
    "threefold": 3.0,
    "fourfold": 4.0,
    "fivefold": 5.0,
    "tenfold": 10.0,
}
_SUPERSCRIPT = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻−", "0123456789--")
_DIGITS = r"(?:\d{1,3}(?:,\d{3})+|\d{1,3}(?:[ \u00a0\u2009\u202f]\d{3})+(?!\d)|\d+)(?:[.·]\d+)?"
_WORD = "|".join([*_UNITS[1:], *_TENS, "zero"])
_SPELT = (
    rf"(?:(?:{'|'.join(_TENS)})[-\s](?:{'|'.join(_UNITS[1:10])})|(?:{_WORD}))"
    rf"(?:\shundred(?:\s(?:and\s)?(?:{_WORD})(?:[-\s](?:{_WORD}))?)?)?(?:\sand\sa\shalf)?"
)
_SHARE = "|".join(sorted((words.replace(" ", "[- ]") for words in _FRACTIONS), key=len, reverse=True))
_SCALE = "|".join(_SCALES)
_NUMERAL = re.compile(
    r"(?P<money>US\$|[$€£¥]|\b(?:USD|EUR|GBP)\s?)?\s?"
    rf"(?:(?P<power>10(?:\^[-−]?\d{{1,2}}|[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+))(?![\d.])"
    rf"|(?P<digits>{_DIGITS})(?P<times>\s?[x×*·]\s?10\s?(?:\^\s?)?(?:[-−]?\d{{1,2}}|[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+))?"
    rf"|(?P<fraction>\b(?:one[- ]half|(?:{_SHARE}))\b(?!-)(?:\s+of\b(?=\s))?)"
    r"|(?<=(?:over|than|east|thin|bout|fter|most|arly)\s)(?P<single>an?)"
    r"(?=\s(?:second|minute|hour|day|week|fortnight|month|year|decade)\b)"
    rf"|\b(?P<multiple>{'|'.join(_MULTIPLES)})\b"
    rf"|\b(?P<spelt>{_SPELT})\b)"
    rf"(?:\s?(?P<scale>{_SCALE})\b|(?P<letter>\s?[KkM])(?![\w-]))?",
    re.IGNORECASE,
)
# "one" is a pronoun as often as a number: it counts only before what it counts.
_ONE_COUNTS = re.compile(
    r"(?:\s(?!of\b|or\b|and\b|is\b|was\b|that\b|who\b|with\b|in\b|by\b|can\b|may\b|to\b|needs?\b|[a-z]+ly\b)|-)[a-z]|\sof\s(?:the\s)?\d"
    r"|\sin\s(?:every\s)?(?:two|three|four|five|six|seven|eight|nine|ten|twenty|\d)"
)
_NAME_BEFORE = re.compile(r"[A-Za-z0-9αβγδεζκ][-–/]$")
_UNIT_BEFORE = re.compile(
    r"\b(?:day|week|month|year|grade|phase|stage|age|type|level|to|and|or|[a-z]{4,})[-–]$"
)
_RANGE_BEFORE = re.compile(r"\d\s?%?[-–/]$")
_NAME_AFTER = re.compile(r"(?:[-–/.]?\d*[A-Z]|-\d+[A-Za-z]|[a-z]\d|[A-Za-z]+\d|\.[A-Za-z])")
_UNIT_AFTER = re.compile(
    r"(?:[a-zµμ%]{1,3}(?:/|\b(?!-))|[MGkm]?(?:Hz|Gy|Da|Pa|B|b|V|J|L|M|W)\b|µ|μ|°|IU\b|CI\b|×|x\s?10|[KM]\b|[Dd]\b|[-–]\d+(?:\.\d+)?\s?(?:%|\b(?![\w-])))"
)
_MINUS = re.compile(r"(?:(?:^|[\s(])[-−]|\bminus\s)$")
_ORDINAL = re.compile(r"(?:st|nd|rd|th)\b")


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number where it stands.

    Attributes:
        value: Its value, scale included.
        start: Where it begins, the sign of a currency included.
        end: Where it ends.
        decimals: How many it was written with.
        scale: What it was multiplied by: a million.
        money: The sign of its currency.
        percent: Whether it is a share in words: "two thirds".
        multiple: Whether it is a multiple in words: "twofold".
    """

    value: float
    start: int
    end: int
    decimals: int = 0
    scale: float = 1
    money: str = ""
    percent: bool = False
    multiple: bool = False
    is_plain: bool = False

    @property
    def is_whole(self) -> bool:
        """Whether it is a whole number in digits."""
        return self.decimals == 0 and not self.percent and not self.multiple and not self.money

    @property
    def approximate(self) -> bool:
        """Whether readers take it for a round number: "half", "a third"."""
        return self.percent

    def scaled(self, scale: float) -> Numeral:
        """Give the number in thousands or millions."""
        return replace(self, value=self.value * scale, scale=scale)


def numerals(text: str) -> Iterator[Numeral]:
    """Give the numbers of a text, in order."""
    for match in _NUMERAL.finditer(text):
        numeral = _numeral(text, match)
        if numeral is not None:
            yield numeral


def _numeral(text: str, match: re.Match[str]) -> Numeral | None:
    start = match.start() + len(match.group()) - len(match.group().lstrip())
    if match["fraction"]:
        words = re.sub(r"\s+of$", "", match["fraction"].lower()).replace("-", " ")
        value = _FRACTIONS.get(words.removeprefix("one ") if words == "one half" else words)
        end = (
            match.start()
            + len(match["fraction"].rstrip())
            + (len(match.group()) - len(match.group().lstrip()))
        )
        return (
            Numeral(value, start, match.end("fraction"), 0, percent=True)
            if value is not None and end
            else None
        )
    if match["single"]:
        return Numeral(1.0, start, match.end("single"))
    if match["multiple"]:
        return Numeral(_MULTIPLES[match["multiple"].lower()], start, match.end("multiple"), multiple=True)
    if match["spelt"]:
        return _spelt(text, match, start)
    digits = match["power"] or match["digits"]
    if _is_name(text, match.start("power" if match["power"] else "digits"), match):
        return None
    plain = "" if match["power"] else re.sub(r"[, \u00a0\u2009\u202f]", "", digits).replace("·", ".")
    scale, end = _scale(match)
    if match["power"]:
        exponent = digits[2:].lstrip("^").translate(_SUPERSCRIPT)
        return Numeral(10.0 ** int(exponent), start, match.end("power"))
    value, begin = float(plain), match.start("digits")
    if not match["money"] and _MINUS.search(text[max(0, begin - 7) : begin]):
        value = -value
    return Numeral(
        value * scale,
        start,
        end,
        len(plain.partition(".")[2]) if scale == 1 else 0,
        scale,
        _currency(match["money"]),
        is_plain=digits.isdigit() and scale == 1 and not match["money"],
    )


def _scale(match: re.Match[str]) -> tuple[float, int]:
    scale, end = 1.0, match.end("digits") if match["digits"] else match.end()
    if match["times"]:
        exponent = re.sub(r"^\s?[x×*·]\s?10\s?(?:\^\s?)?", "", match["times"], flags=re.IGNORECASE)
        scale, end = 10.0 ** int(exponent.translate(_SUPERSCRIPT)), match.end("times")
    if match["scale"]:
        scale, end = scale * _SCALES[match["scale"].lower()], match.end("scale")
    elif match["letter"] and (match["money"] or match["letter"] in "KkM"):
        letter = match["letter"].strip()
        if match["money"]:
            scale, end = scale * {"k": 1e3, "m": 1e6}[letter.lower()], match.end("letter")
        elif letter in "Kk":
            scale, end = scale * 1e3, match.end("letter")
    return scale, end


def _is_name(text: str, start: int, match: re.Match[str]) -> bool:
    """Tell whether digits are part of a name."""
    before, after = (
        text[max(0, start - 12) : start],
        text[match.end("power" if match["power"] else "digits") :][:12],
    )
    digits = match["digits"] or ""
    if len(digits) > 1 and digits.startswith("0") and digits.isdigit():
        return True
    if before[-1:].isalpha() or (before[-1:] in {"_", "."} and before[-2:-1].isalnum()):
        return True
    if _NAME_BEFORE.search(before) and not (_UNIT_BEFORE.search(before) or _RANGE_BEFORE.search(before)):
        return True
    if _ORDINAL.match(after):
        return True
    if match["money"] or match["times"] or match["scale"] or match["letter"]:
        return False
    return bool(after[:1].isalpha() or _NAME_AFTER.match(after)) and not _UNIT_AFTER.match(after)


def _spelt(text: str, match: re.Match[str], start: int) -> Numeral | None:
    words = re.split(r"[-\s]+", match["spelt"].lower())
    end = match.end("spelt")
    if words == ["one"] and not match["scale"] and not _ONE_COUNTS.match(text, end):
        return None
    value = 0.0
    if words[-1] == "half":
        words, value = words[:-3], 0.5
    for word in words:
        value = value * 100 if word == "hundred" else value + _SMALL.get(word, 0)
    scale = _SCALES[match["scale"].lower()] if match["scale"] else 1.0
    return Numeral(value * scale, start, match.end("scale") if match["scale"] else end, scale=scale)


def _currency(money: str | None) -> str:
    signs = {"US$": "USD", "$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY"}
    sign = (money or "").strip().upper()
    return signs.get(sign, sign)
