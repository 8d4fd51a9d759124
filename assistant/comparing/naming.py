"""Finds which of several subjects a text names: the longest name wins, a rival of the same family is none of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from assistant.words import STOP_WORDS, words

_HYPHEN = "[-\u2010-\u2015]"
# What is said of a name's bearers is said of it: "CAR-NK cells", "ZUMA-1 patients".
_GENERAL_HEADS = frozenset(
    "cell cells therapy therapies product products treatment treatments patient patients people recipients".split()
)
# "The NK-92 line" is NK-92, a cell line is no cell.
_LINES = frozenset({"line", "lines", "gene", "receptor", "protein", "molecule"})
# What people write about, by which a reader describes it: "the trial by Liu et al. (2020)" is "Liu 2020".
_DESCRIBING = frozenset(
    """trial trials study studies paper papers review reviews product products article articles report reports
    series by et al case clinical phase cell cells therapy therapies treatment treatments""".split()
)
_HEADS = r"(?:cells?|therap(?:y|ies)|products?|treatments?)"
_LEAST_LETTERS = 3
_SHORT = 4
# Between two words of a name: "CAR-NK", "CAR NK", "chimeric antigen receptor (CAR) natural killer", "CAR+ T",
# "CAR-transduced NK", "Liu et al. (2020)".
_BETWEEN = (
    rf"\+?(?:\s?\([^()]{{1,24}}\)|\))?(?:\s+et\s+al\.?,?)?(?:[\s/,(]|{_HYPHEN}){{0,3}}"
    rf"(?:(?:and\s)?(?:positive|[\w\u2010-\u2015-]{{2,30}}?(?:ed|ing))(?:\s|{_HYPHEN})){{0,2}}"
)
_CARRYING = (
    r"(?:carry\w*|carri\w+|express\w*|bear\w*|bore|with|given"
    r"|engineered|equipped|transduced|modified|armed|display\w*)"
)
_PLACED = r"(?:into|on|in)"
# A treatment that patients had before is not what a sentence is about.
_BEFORE = re.compile(
    r"\b(?:already|previous(?:ly)?|prior|earlier|failed|after failure of)\b[^.;,()]{0,40}$", re.IGNORECASE
)
_AFTER = re.compile(r"^[^.;,()]{0,30}?\b(?:before(?:hand)?|previously|earlier)\b(?!\s+\w)", re.IGNORECASE)
# Nor is the work that a sentence leans on.
_ACCORDING = re.compile(r"\baccording to\b[^.;,]{0,70}$", re.IGNORECASE)
_CODE = re.compile(r"([^\W\d_]{2,})(\d+)")
_ARTICLE = re.compile(r"^\s*(?:the|an?)\s+", re.IGNORECASE)
_PARTICIPLES = ("ed", "ing", "positive", "negative", "specific", "based", "like")
# How far before a name stands what says so.
_REACH = 100


@dataclass(frozen=True, slots=True)
class Description:
    """What a subject is told by where nothing names it: words in any ending, in any order.

    Attributes:
        stems: What the words begin with.
        apart: How many characters may stand between two of them.
    """

    stems: tuple[str, ...]
    apart: int = 3

    @property
    def pattern(self) -> re.Pattern[str]:
        """Finds the words."""
        # "Sle" is lupus, "sleeping" is not.
        written = [
            rf"(?<!\w){re.escape(stem)}" + (r"\w*" if len(stem) > _LEAST_LETTERS else r"s?(?!\w)")
            for stem in self.stems
        ]
        between = rf"[^.;]{{1,{self.apart}}}?"
        orders = (written, written[::-1]) if len(written) > 1 else (written,)
        return re.compile("|".join(between.join(order) for order in orders), re.IGNORECASE)


Name = str | Description


@dataclass(frozen=True, slots=True)
class Mention:
    """Where a text names a subject.

    Attributes:
        subject: Its place among the subjects.
        start: Offset of its first character.
        end: Offset after its last.
    """

    subject: int
    start: int
    end: int


class Naming:
    """Which of some subjects a text names."""

    def __init__(self, names: Sequence[Sequence[Name]], known_words: frozenset[str]) -> None:
        """Prepare to find subjects.

        Args:
            names: For each subject its names, the one that the reader wrote first, and what else tells of it.
            known_words: English that names nothing particular, in lower case.
        """
        self._known = known_words
        self._subjects = tuple(
            tuple(_Name(name) for name in written if isinstance(name, str)) for written in names
        )
        self._patterns = tuple(
            (
                *(name.pattern for name in own),
                *(one.pattern for one in written if isinstance(one, Description)),
            )
            for own, written in zip(self._subjects, names, strict=True)
        )

    @property
    def subjects(self) -> range:
        """The subjects' places."""
        return range(len(self._subjects))

    def named(self, text: str) -> frozenset[int]:
        """Give the subjects that a text is said to be about by its own words.

        One that stands only as a treatment had before, or in the name of the work that says so, does not count
        where another is named for itself.
        """
        return self._about(text, self.mentions(text))

    def read(self, text: str) -> tuple[frozenset[int], bool]:
        """Give the subjects that a text is about by its own words, and whether it names any, or a rival, at all."""
        mentions = self.mentions(text)
        named = self._about(text, mentions)
        return named, bool(named or mentions) or self._has_rival(text, mentions)

    def _about(self, text: str, mentions: Sequence[Mention]) -> frozenset[int]:
        present = frozenset(
            m.subject
            for m in mentions
            if not (
                _BEFORE.search(text[max(0, m.start - _REACH) : m.start])
                or _AFTER.match(text[m.end : m.end + _REACH])
                or _is_source(text, m)
            )
        )
        composed = frozenset(subject for subject in self.subjects if self.is_composed(subject, text))
        earlier = frozenset(m.subject for m in mentions if not _is_source(text, m))
        return present | composed or earlier

    def mentions(self, text: str) -> list[Mention]:
        """Find the names in a text; one that is part of another subject's longer name is not there."""
        found = [
            Mention(subject, *match.span())
            for subject, patterns in enumerate(self._patterns)
            for pattern in patterns
            for match in pattern.finditer(text)
        ]
        return [m for m in found if not any(_swallows(other, m) for other in found)]

    def is_composed(self, subject: int, text: str) -> bool:
        """Tell whether a text puts a subject's name together itself: "NK cells carrying a CD33 CAR"."""
        return any(name.is_composed_in(text) for name in self._subjects[subject])

    def implied(self, text: str) -> frozenset[int]:
        """Give the subjects whose bare member a text names: "NK cells" where "CAR-NK" is meant."""
        return frozenset(
            subject
            for subject, written in enumerate(self._subjects)
            if any(name.bare is not None and name.bare.search(text) for name in written)
        )

    def _has_rival(self, text: str, mentions: Sequence[Mention]) -> bool:
        """Tell whether a text names something of the same kind as a subject that is none of them.

        "CAR macrophages" beside "CAR-NK", "NKX101" beside "NKX019", "peripheral blood" beside "cord blood".
        """
        spans = [(m.start, m.end) for m in mentions]
        for written in self._subjects:
            for start, end, modifier in written[0].siblings(text) if written else ():
                inside = any(start < stop and begin < end for begin, stop in spans)
                if not inside and self._is_particular(modifier):
                    return True
        return False

    def _is_particular(self, word: str) -> bool:
        """Tell a name from a general word: a code, or a word that common English does not know."""
        if word.isupper() or any(c.isdigit() for c in word):
            return True
        lowered = word.lower()
        if lowered in STOP_WORDS or lowered.endswith(_PARTICIPLES):
            return False
        return not {lowered, lowered.removesuffix("s")} & self._known


class _Name:
    """One way to write a subject."""

    def __init__(self, name: str) -> None:
        self.parts = _parts(name)
        compound = re.search(rf"\w{_HYPHEN}\w", name) is not None or any(c.isupper() for c in name)
        two = len(self.parts) == 2 and compound  # noqa: PLR2004
        # "CAR-NK": a family and its member. "NK-92" is one name.
        self.family, self.member = "", ""
        if (
            two
            and not self.parts[1].isdigit()
            and len(self.parts[0]) <= _SHORT
            and len(self.parts[1]) <= _SHORT
        ):
            self.family, self.member = self.parts

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """Finds the name, hyphens, plurals and general words aside."""
        if not self.parts:
            return re.compile(r"(?!)")
        *before, last = map(_written, self.parts)
        if last[-1] == "s" and len(last) > _LEAST_LETTERS:
            last = last[:-1]
        joined = _BETWEEN.join([*before, last])
        # "CAR-NK cells" does not name "NK cells", of which they are made; "CD19-CAR-NK" does name "CAR-NK".
        alone = "" if before and self.family else rf"(?<!\w{_HYPHEN})"
        return re.compile(rf"(?<!\w){alone}{joined}s?(?:(?:\s|{_HYPHEN}){_HEADS})?(?!\w)", re.IGNORECASE)

    @cached_property
    def bare(self) -> re.Pattern[str] | None:
        """Finds the member without its family."""
        if not self.family:
            return None
        cells = rf"(?:(?:\s|{_HYPHEN})cells?)" + ("?" if len(self.member) > 1 else "")
        return re.compile(rf"(?<!\w)(?<!{_HYPHEN}){re.escape(self.member)}{cells}(?!\w)", re.IGNORECASE)

    def is_composed_in(self, text: str) -> bool:
        """Tell whether a text puts the name together itself: "NK cells carrying a CD33 CAR", "CARs into NK cells"."""
        if self._composed is None or not all(part in text.lower() for part in self.parts):
            return False
        return self._composed.search(text) is not None

    @cached_property
    def _composed(self) -> re.Pattern[str] | None:
        if not self.family:
            return None
        family, member = re.escape(self.family), re.escape(self.member)
        cells = rf"(?<![\w]){member}(?:{_HYPHEN}\d+)?(?:\s|{_HYPHEN})(?:cells?|lines?)"
        alone = rf"(?<!\w){family}s?(?!\w|\+|{_HYPHEN}[A-Z]|\s[A-Z]{{1,2}}\b)"
        return re.compile(
            rf"{cells}\b[^.;:]{{0,80}}?\b{_CARRYING}\b[^.;:,]{{0,40}}?{alone}"
            rf"|{alone}[^.;:]{{0,90}}?\b{_PLACED}\s+(?:[\w-]+\s+){{0,2}}?{cells}",
            re.IGNORECASE,
        )

    def siblings(self, text: str) -> Iterator[tuple[int, int, str]]:
        """Find what is named like it, with the word that tells it from the subject."""
        if self._sibling is None:
            return
        for match in self._sibling.finditer(text):
            if match["other"].lower() not in self.parts:
                yield (*match.span(), match["other"])

    @cached_property
    def _sibling(self) -> re.Pattern[str] | None:
        """Matches a family with another member, a code with another number, a head with another modifier."""
        if self.family:
            return re.compile(
                rf"(?<!\w){re.escape(self.family)}(?:\s|{_HYPHEN})(?P<other>[\w-]+)", re.IGNORECASE
            )
        if len(self.parts) == 1 and (code := re.fullmatch(r"([a-z]{2,})(\d+)", self.parts[0])):
            return re.compile(rf"(?<!\w){code[1]}{_HYPHEN}?(?P<other>\d+)(?!\w)", re.IGNORECASE)
        if len(self.parts) > 1 and len(self.parts[-1]) >= _LEAST_LETTERS:
            head = re.escape(self.parts[-1].removesuffix("s"))
            return re.compile(rf"(?<![\w-])(?P<other>[\w-]+?)(?:\s|{_HYPHEN}){head}s?(?!\w)", re.IGNORECASE)
        return None


def _parts(name: str) -> list[str]:
    """Give the words of a name that name something."""
    parts = words(_ARTICLE.sub("", name))
    while len(parts) > 1 and parts[-1] in _GENERAL_HEADS and len("".join(parts[:-1])) >= _LEAST_LETTERS:
        parts.pop()
    if len(parts) > 1 and parts[-1] in _LINES and any(map(str.isdigit, parts[-2])):
        parts.pop()
    if any(word not in _DESCRIBING for word in parts) and "al" in parts:
        parts = [word for word in parts if word not in _DESCRIBING]
    return parts


def _written(part: str) -> str:
    """Give the pattern of a part; in a code the hyphen is free: "nk92" is "NK-92"."""
    code = _CODE.fullmatch(part)
    return rf"{code[1]}{_HYPHEN}?{code[2]}" if code else re.escape(part)


def _swallows(longer: Mention, mention: Mention) -> bool:
    if longer.subject == mention.subject:
        return False
    inside = longer.start <= mention.start and mention.end <= longer.end
    return inside and longer.end - longer.start > mention.end - mention.start


def _is_source(text: str, mention: Mention) -> bool:
    return _ACCORDING.search(text[max(0, mention.start - _REACH) : mention.start]) is not None
