"""Learns from the evidence in what respects subjects can be compared, where the known aspects do not fit a library."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Sequence

import numpy as np

from assistant.comparing.pool import Aspect, Pool
from assistant.words import content_words
from corpus.aspects import KnownAspect
from corpus.library import Library

MOST = 7
# A word in fewer sentences than this, or of fewer letters, is no aspect.
LEAST_SENTENCES = 3
LEAST_LETTERS = 4
# Two aspects whose sentences are the same to this share are one.
SAME = 0.5
_NOUN = re.compile(
    r"(?:tion|sion|ment|ness|ity|ance|ence|ism|ure|age|cy|ship|ing|sis|gy|th|al|rate|cost|size|risk)s?$"
)


def learned_aspects(pool: Pool, subjects: Sequence[str], library: Library) -> list[Aspect]:
    """Find words in which the sentences of two subjects or more speak of something, and mark them off from the library.

    Words are ranked by how much more often they stand in these sentences than in the library (log-odds, Monroe,
    Colaresi and Quinn 2008, without their prior) times how many sentences have them.

    Args:
        pool: The sentences.
        subjects: As the reader wrote them: their own words are no aspects.
        library: Tells how common a word is.

    Returns:
        Aspects named in the text's own words, at most seven.
    """
    stems = library.fulltext.terms
    own = {stem for subject in subjects for stem in stems(subject)}
    holders: defaultdict[str, set[int]] = defaultdict(set)
    written: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for place, found in enumerate(pool.sentences):
        for word in content_words(found.text):
            if len(word) < LEAST_LETTERS or not word.isalpha() or word.endswith(("ed", "ly")):
                continue
            for stem in stems(word):
                if stem not in own:
                    holders[stem].add(place)
                    written[stem][word] += 1
    ranked = sorted(
        holders, key=lambda stem: (-_worth(stem, holders[stem], pool, library, written[stem]), stem)
    )
    chosen: list[str] = []
    for stem in ranked:
        if len(chosen) == MOST or _worth(stem, holders[stem], pool, library, written[stem]) <= 0:
            break
        if all(len(holders[stem] & holders[other]) < SAME * len(holders[stem]) for other in chosen):
            chosen.append(stem)
    return [_aspect(written[stem], holders[stem], pool) for stem in chosen]


def _worth(stem: str, places: set[int], pool: Pool, library: Library, written: Counter[str]) -> float:
    subjects = {subject for place in places for subject in pool.sentences[place].about.subjects}
    if len(subjects) < 2 or len(places) < LEAST_SENTENCES:  # noqa: PLR2004
        return 0.0
    passages = max(1, library.catalogue.counts()[1])
    here = (len(places) + 0.5) / (len(pool.sentences) + 1)
    there = (library.fulltext.document_frequency(stem) + 0.5) / (passages + 1)
    noun = 1.5 if any(_NOUN.search(word) for word in written) else 1.0
    return max(0.0, math.log(here / there) + 2.0) * math.sqrt(len(places)) * noun


def _aspect(written: Counter[str], places: set[int], pool: Pool) -> Aspect:
    name = written.most_common(1)[0][0]
    middle = pool.vectors[sorted(places)].mean(axis=0)
    vector = np.asarray(middle / max(float(np.linalg.norm(middle)), 1e-12), dtype=np.float32)
    return Aspect(KnownAspect(name[:1].upper() + name[1:], name, (name,)), vector)
