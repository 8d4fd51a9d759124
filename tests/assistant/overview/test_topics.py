"""Groups of passages, and what they are called."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.overview.naming import names, subject
from assistant.overview.topics import MOST, group_count, grouped

EVERYDAY = frozenset({"cells", "therapy", "the", "sea", "water"})
TERNS = "Arctic terns breed on the gravel banks of the estuary."
FREEZING = (
    "Cryopreservation kills some of the cells.",
    "After cryopreservation they swim slower.",
    "Nobody is fond of cryopreservation here.",
    "With cryopreservation, stock lasts.",
)


def named(texts: Sequence[str], groups: Sequence[int]) -> list[tuple[str, ...]]:
    vectors = np.tile(np.array([1.0, 1.0], dtype=np.float32), (len(texts), 1))
    documents = [f"paper-{number}" for number in range(len(texts))]
    return names(
        texts,
        documents,
        np.array(groups),
        lambda terms: np.ones((len(terms), 2), dtype=np.float32),
        vectors,
        EVERYDAY,
    )


def test_a_group_is_called_by_what_it_says_and_the_others_do_not() -> None:
    birds, freezing = named([TERNS] * 4 + [*FREEZING], [0] * 4 + [1] * 4)
    assert set(" ".join(birds).lower().split()) <= set(TERNS.lower().strip(".").split())
    assert freezing == ("cryopreservation",)
    assert not {"cells", "the", "after", "their"} & {*birds, *freezing}


def test_a_phrase_is_named_whole() -> None:
    syndrome = "Cytokine release syndrome was mild."
    (first, _) = named([syndrome] * 3 + [TERNS] * 3, [0] * 3 + [1] * 3)
    assert first[0].lower() == "cytokine release syndrome"


def test_a_capital_that_only_a_sentences_start_gives_is_dropped() -> None:
    texts = [
        "Trogocytosis matters.",
        "We saw trogocytosis again.",
        "Here trogocytosis was rare.",
        *[TERNS] * 3,
    ]
    (first, _) = named(texts, [0] * 3 + [1] * 3)
    assert first[0] == "trogocytosis"


def test_names_hold_words_alone_whatever_the_passages_hold() -> None:
    hostile = (
        '<img src=x onerror="hack()"> &lt;b&gt; <a href="http://192.0.2.1">zebrafish</a> ${reporter} [x](y)'
    )
    for terms in named([hostile] * 3 + [TERNS] * 3, [0] * 3 + [1] * 3):
        assert terms and not set("<>&\"'$(){}[]:/=") & set("".join(terms))


def test_a_group_without_words_has_no_name() -> None:
    assert named(["12 34", "56 78"], [0, 0]) == [()]
    assert named([], []) == []


def test_what_most_documents_speak_of_is_their_subject() -> None:
    texts = [f"CAR-NK cells were given to {number} people with lymphoma." for number in ("six", "ten", "two")]
    assert subject([*texts, TERNS], ["a", "b", "c", "d"], EVERYDAY) == "CAR-NK cells"
    assert subject([TERNS, FREEZING[0], "Violins are varnished."], ["a", "b", "c"], EVERYDAY) is None


@given(st.integers(0, 60_000))
def test_there_are_never_more_groups_than_passages_or_than_a_map_has_room_for(passages: int) -> None:
    assert 0 <= group_count(passages) <= min(passages, MOST)


@pytest.mark.parametrize("count", [1, 2, 5])
def test_every_vector_has_a_group_and_the_largest_comes_first(count: int) -> None:
    vectors = np.eye(4, dtype=np.float32)[[0, 1, 1, 1, 2, 2]]
    groups = grouped(vectors, count)
    sizes = np.bincount(groups)
    assert len(groups) == 6 and (np.diff(sizes) <= 0).all() and sizes.min() > 0
    assert groups[1] == groups[2] == groups[3] and groups[4] == groups[5]
