"""Names groups of passages by the words that tell each from the others, as a scientist would say them."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np

from assistant.overview.topics import Groups
from assistant.words import STOP_WORDS
from corpus.runtimes.runtime import Vectors

# Gives the direction of each term, shape `(terms, dimension)`.
Meaning = Callable[[Sequence[str]], Vectors]

NAMED = 3
# So many passages of a group tell what it speaks of.
_READ = 150
_LONGEST = 3
# A term in fewer passages of its group than this share names no group, nor one in fewer passages.
_LEAST_SHARE, _LEAST_PASSAGES = 0.03, 2
# The terms that are weighed by meaning too.
_WEIGHED = 32
# A longer term takes a shorter one's place if it is most of it: "cytokine release syndrome" that of "release syndrome".
_MOSTLY = 0.6
# A subject is in the first passages of so many documents, and of so large a share.
_BEGINS, _FEWEST_DOCUMENTS, _COMMON_TO = 4, 3, 0.4
# A word that is written small so often needs no capital.
_OFTEN = 0.2
# A phrase stands by itself if so much of what is said with its first word is the phrase; one that goes from an everyday
# word to a rare one, if it is more: "sponsor Nkarta" is none.
_OPENS, _OPENS_PLAINLY = 0.12, 0.5
# A term that follows must be as good as this share of the first, and mean something else.
_WORTH, _THE_SAME = 0.3, 0.85
# A phrase says more than a word; one that everybody uses says less; one that ends in a verb is torn from a sentence.
_PHRASE, _EVERYDAY, _TORN = 1.5, 0.5, 0.3
_WORD = re.compile(r"[^\W\d_]\w*(?:[-\u2010\u2011]\w+)*")
_TORN_AT = re.compile(r"(?:ed|ly)$")
_LEAST_LETTERS = 3
_ROOT = 5
# Words of papers about papers: they say how a passage speaks, not of what.
_OF_PAPERS = frozenset(
    """figure figures table tables supplementary data dataset study studies results result analysis analyses using used
    based shown showed show compared associated respectively including included reported observed found however
    therefore thus moreover although number total group groups time times year years day days month months week weeks
    hour hours high higher low lower increased decreased significant significantly different similar first second third
    one two three four five six seven eight nine ten patient patients et al fig ref refs method methods review reviews
    paper papers article articles report reports published author authors information available via per potential
    important new well known several various major role effect effects level levels type types case cases specific non
    among within due given made make many use value values approach model models median mean average confidence interval
    dose doses described test tests tested section appendix file files panel note example examples""".split()
)


def names(
    texts: Sequence[str],
    documents: Sequence[str],
    groups: Groups,
    meaning: Meaning,
    vectors: Vectors,
    everyday: frozenset[str] = frozenset(),
) -> list[tuple[str, ...]]:
    """Name every group by up to three terms that many of its passages and documents say, and few of the others.

    Terms are weighed as in class-based TF-IDF (Grootendorst 2022), by passages in place of words, and by how near their
    meaning is to the group's midst.

    Args:
        texts: The passages.
        documents: The document of each.
        groups: The group of each, shape `(n,)`, numbered from 0.
        meaning: Gives terms their directions among the passages'.
        vectors: The direction of each passage, shape `(n, dimension)`.
        everyday: Words so common that they say little by themselves, in lower case.

    Returns:
        Terms of each group, the most telling first; none for a group that has no words.
    """
    count = int(groups.max()) + 1 if len(groups) else 0
    members = [np.flatnonzero(groups == group) for group in range(count)]
    said = [_said(texts, documents, _some(one), everyday) for one in members]
    everywhere: defaultdict[str, float] = defaultdict(float)
    for one, own in zip(members, said, strict=True):
        for term, number in own.passages.items():
            everywhere[term] += number / own.read * len(one)
    named = []
    for one, own in zip(members, said, strict=True):
        weighed = _weighed(own, len(one), everywhere, len(texts))
        named.append(_chosen(weighed, own, meaning, vectors[one].mean(axis=0)) if weighed else ())
    return named


def subject(
    texts: Sequence[str], documents: Sequence[str], everyday: frozenset[str] = frozenset()
) -> str | None:
    """Name what most documents speak of, by the term that most of them say; None if they have no subject in common.

    Args:
        texts: The passages, those of each document together.
        documents: The document of each.
        everyday: As for `names`.
    """
    first = [
        index
        for index, one in enumerate(documents)
        if documents[max(0, index - _BEGINS)] != one or index < _BEGINS
    ]
    said = _said(texts, documents, first, everyday)
    least = max(_FEWEST_DOCUMENTS, _COMMON_TO * said.documents)
    common = [
        term
        for term, sources in said.sources.items()
        if len(sources) >= least and not said.is_everyday(term) and not _TORN_AT.search(term)
    ]
    if not common:
        return None
    most = max(len(said.sources[term]) for term in common)
    # Of terms that nearly as many say, the longest says most.
    best = [term for term in common if len(said.sources[term]) >= _MOSTLY * most]
    return said.spelling(min(best, key=lambda term: (-len(term.split(" ")), -len(said.sources[term]), term)))


@dataclass(slots=True)
class _Said:
    """What a group says: each term's passages, documents and spellings."""

    read: int
    documents: int
    everyday: frozenset[str]
    passages: Counter[str] = field(default_factory=Counter)
    sources: defaultdict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    written: defaultdict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))

    def stands(self, term: str) -> bool:
        """Tell whether a term begins where a phrase does; words by themselves do."""
        words = term.split(" ")
        is_torn = self.is_everyday(words[0]) and not self.is_everyday(words[-1])
        return self.passages[term] >= (_OPENS_PLAINLY if is_torn else _OPENS) * self.passages[words[0]]

    def is_everyday(self, term: str) -> bool:
        """Tell whether a term is a word so common that it says little by itself."""
        return " " not in term and not self.everyday.isdisjoint((term, f"{term}s"))

    def spelling(self, term: str) -> str:
        """Give a term as it is written most often; a capital that a title or a sentence's start gives is dropped."""
        forms = self.written[term]
        usual = min(forms, key=lambda form: (-forms[form], form))
        return " ".join(map(self._uncapitalised, usual.split(" ")))

    def _uncapitalised(self, word: str) -> str:
        forms = self.written[_folded(word)]
        plain = sum(number for form, number in forms.items() if form.islower())
        return word.lower() if word.istitle() and plain >= _OFTEN * forms.total() else word


def _some(members: Groups) -> list[int]:
    """Take every so manieth passage of a large group: enough to tell of what it speaks."""
    step = max(1, math.ceil(len(members) / _READ))
    return [int(member) for member in members[::step]]


def _said(
    texts: Sequence[str], documents: Sequence[str], members: Sequence[int], everyday: frozenset[str]
) -> _Said:
    said = _Said(len(members), len({documents[member] for member in members}), everyday)
    for member in members:
        spoken = dict(_terms(texts[member]))
        said.passages.update(spoken.keys())
        for term, form in spoken.items():
            said.sources[term].add(documents[member])
            said.written[term][form] += 1
    return said


def _terms(text: str) -> Iterator[tuple[str, str]]:
    """Give the words of a text, and up to three that follow each other, each folded and as written."""
    run: list[tuple[str, str]] = []
    end = 0
    for match in _WORD.finditer(text):
        word = match.group()
        folded = _folded(word)
        if (
            len(word) < _LEAST_LETTERS
            or folded in STOP_WORDS
            or folded in _OF_PAPERS
            or word.lower() in _OF_PAPERS
        ):
            run = []
            continue
        if text[end : match.start()] != " ":
            run = []
        run = [*run[1 - _LONGEST :], (folded, word)] if run else [(folded, word)]
        end = match.end()
        for first in range(len(run)):
            yield " ".join(one for one, _ in run[first:]), " ".join(form for _, form in run[first:])


def _folded(word: str) -> str:
    low = word.lower()
    if len(low) > _LEAST_LETTERS + 1 and low.endswith("s") and not low.endswith(("ss", "is", "us")):
        return low[:-1]
    return low


def _weighed(said: _Said, size: int, everywhere: defaultdict[str, float], passages: int) -> dict[str, float]:
    """Weigh a group's terms by how many of its passages and documents say them and how few others."""
    least = max(_LEAST_PASSAGES if said.read > _LEAST_PASSAGES else 1, _LEAST_SHARE * said.read)
    weights = {}
    for term, number in said.passages.items():
        if number < least or not said.stands(term):
            continue
        share = number / said.read
        # What is only in one document of many tells of that document.
        spread = len(said.sources[term]) / said.documents
        own = share * size / everywhere[term]
        weight = math.sqrt(share * spread) * own * math.log(1 + passages / everywhere[term])
        if " " in term:
            weight *= _PHRASE
        elif said.is_everyday(term):
            weight *= _EVERYDAY
        if _TORN_AT.search(term):
            weight *= _TORN
        weights[term] = weight
    best = sorted(weights, key=lambda term: (-weights[term], term))[: 2 * _WEIGHED]
    return {term: weights[term] for term in _whole(best, said)[:_WEIGHED]}


def _whole(terms: Sequence[str], said: _Said) -> list[str]:
    """Leave out terms that are mostly a part of a longer one."""
    longer = [
        (f" {other} ", said.passages[other])
        for other in said.passages
        if " " in other and said.passages[other] >= _LEAST_PASSAGES and said.stands(other)
    ]
    return [
        term
        for term in terms
        if not any(
            f" {term} " in other and len(other) > len(term) + 2 and number >= _MOSTLY * said.passages[term]
            for other, number in longer
        )
    ]


def _chosen(weighed: dict[str, float], said: _Said, meaning: Meaning, midst: Vectors) -> tuple[str, ...]:
    terms = list(weighed)
    spelt = [said.spelling(term) for term in terms]
    directions = meaning(spelt)
    near = directions @ (midst / max(float(np.linalg.norm(midst)), 1e-12))
    worth = np.array([weighed[term] for term in terms]) * np.maximum(near, 0.02)
    order = sorted(range(len(terms)), key=lambda index: (-worth[index], terms[index]))
    chosen: list[int] = []
    for index in order:
        if worth[index] < _WORTH * worth[order[0]] or len(chosen) == NAMED:
            break
        alike = any(float(directions[index] @ directions[other]) > _THE_SAME for other in chosen)
        roots = _roots(terms[index], said)
        if not alike and all(roots.isdisjoint(_roots(terms[other], said)) for other in chosen):
            chosen.append(index)
    return tuple(spelt[index] for index in chosen)


def _roots(term: str, said: _Said) -> set[str]:
    """Give how a term's words begin; what everybody says is shared by terms that have nothing else in common."""
    words = term.split(" ")
    telling = [word for word in words if not said.is_everyday(word)]
    return {word[:_ROOT] for word in telling or words}
