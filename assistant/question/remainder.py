"""What a question says beside the things that it compares: in what respect, where it names none in so many words."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.thesaurus import plain_words
from assistant.words import STOP_WORDS, words
from corpus.fulltext import stems

# They say that something is compared, or ask for whatever there is to say.
_SAYING_NOTHING = frozenset(
    """compared comparing comparison comparisons versus differ differs differing different difference
    differences better best worse worst less least most fewer fewest higher highest lower lowest
    greater same similar similarly equal equally alike instead rather prefer preferred preferable
    side sides respect regard terms comes way ways respectively relative contrast head outdo outdoes
    outperform outperforms beat beats match matches surpass surpasses exceed exceeds trial trials
    study studies paper papers work works article articles review reviews abstract report reports
    reported group groups arm arms product products patient patients people person persons recipient
    recipients cell cells therapy therapies treatment treatments one ones option options choice
    choices approach approaches method methods kind kinds type types version versions two three four
    five six pair really actually just simply overall generally please thanks know tell think
    thought thoughts view views true right answer question difference good bad great come comes came
    get gets getting got go goes going went put puts took take takes taken make makes made do does
    doing done see sees seen saw show shows shown showed find finds found look looks looked looking
    fare fares fared stand stands stack measure measured line lines shape set sets apart buy buys
    bring brings offer offers win wins need needs happen happens happened needed required want wants
    wanted tried try given used pros cons whose next""".split()
)
_SENTENCE = re.compile(r"(?<=[.?!])\s+")
_PIECE = re.compile(r"[^\W_][\w’'-]*|[^\w\s]")
# Between two words that say something they belong to what is said: "length of stay".
_JOINING = frozenset("of the in to for from at on".split())


_WHICHEVER = re.compile(r"\b(?:better|best|worse|worst|overall|prefer\w*|pros|cons)\b", re.IGNORECASE)


def wants_all(query: str) -> bool:
    """Tell whether a question wants whatever there is to say: which is better, and not only in one respect."""
    return _WHICHEVER.search(query) is not None


def says_something(text: str) -> bool:
    """Tell words that say in what respect things are compared from those that only say that they are."""
    # "How much gets in" is plain English for something.
    if any(len(phrase) > 1 for _, phrase in plain_words().phrases_in(stems(text))):
        return True
    return _says_something(text)


def _says_something(text: str) -> bool:
    return any(
        word not in STOP_WORDS and word not in _SAYING_NOTHING and (len(word) > 1 or text.isupper())
        for word in words(text)
    )


def left_over(query: str, subjects: Sequence[str], aspects: Sequence[str] = ()) -> str:
    """Give the words of a question that say more than that its subjects are compared, as a heading; may be empty.

    Args:
        query: The question.
        subjects: What it compares, as it stands there.
        aspects: In what respects, as it says itself.
    """
    # "I always mix them up" asks nothing.
    said = [one for one in _SENTENCE.split(query) if "?" in one or any(name in one for name in subjects)]
    query = " ".join(said) or query
    for known in (*subjects, *aspects):
        query = re.sub(rf"(?<!\w){re.escape(known)}(?!\w)", ";", query, flags=re.IGNORECASE)
    runs: list[list[str]] = [[]]
    for piece in _PIECE.findall(query):
        if says_something(piece) or (piece.lower() in _JOINING and runs[-1]):
            runs[-1].append(piece)
        else:
            runs.append([])
    said = list(dict.fromkeys(filter(None, map(_trimmed, runs))))
    return ", ".join(one for one in said if not any(one != other and one in other for other in said))


def _trimmed(run: list[str]) -> str:
    while run and run[-1].lower() in _JOINING:
        run = run[:-1]
    return " ".join(run)
