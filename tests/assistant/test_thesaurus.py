"""The plain words that ship: well formed, found as the longest phrase, and safe for any text."""

from __future__ import annotations

from collections import Counter
from importlib.resources import files

import yaml
from hypothesis import given
from hypothesis import strategies as st

from assistant.thesaurus import plain_words
from corpus.fulltext import stems

WRITTEN = yaml.safe_load(files("assistant").joinpath("plain_words.yaml").read_text(encoding="utf-8"))


def test_every_group_has_members_that_differ() -> None:
    for group in WRITTEN["synonyms"]:
        assert len({tuple(stems(member)) for member in group}) > 1, group
        assert len(set(group)) == len(group), group
    for broad, narrow in WRITTEN["narrower"].items():
        assert narrow, broad
        assert tuple(stems(broad)) not in {tuple(stems(member)) for member in narrow}, broad


def test_no_word_stands_in_so_many_groups_that_it_means_nothing() -> None:
    counted = Counter(tuple(stems(m)) for g in WRITTEN["synonyms"] + WRITTEN["names"] for m in g)
    assert max(counted.values()) <= 3, counted.most_common(3)


def test_plain_words_lead_to_technical_ones_and_back() -> None:
    alternatives = plain_words().alternatives
    assert ("renal",) in alternatives["kidney",]
    assert ("kidney",) in alternatives["renal",]


def test_a_broad_word_leads_to_narrow_ones_and_not_back() -> None:
    alternatives = plain_words().alternatives
    chemotherapy = tuple(stems("fludarabine"))
    assert chemotherapy in alternatives["chemo",]
    assert ("chemo",) not in alternatives.get(chemotherapy, ())


def test_the_longest_phrase_hides_those_inside_it() -> None:
    found = plain_words().phrases_in(stems("the cytokine release syndrome of children"))
    assert tuple(stems("cytokine release syndrome")) in [phrase for _, phrase in found]
    assert not [phrase for start, phrase in found if 1 < start < 4]


def test_diseases_and_medicines_are_particular_and_everyday_words_are_not() -> None:
    particular = plain_words().particular
    assert tuple(stems("diabetes")) in particular
    assert tuple(stems("mantle cell lymphoma")) in particular
    assert tuple(stems("advantage")) not in particular


@given(
    st.lists(
        st.sampled_from(stems("side effects of kidney cancer in mice and how long does it last")), max_size=12
    )
)
def test_phrases_never_overlap_and_stand_where_they_are_said_to(text: list[str]) -> None:
    taken: set[int] = set()
    for start, phrase in plain_words().phrases_in(text):
        places = set(range(start, start + len(phrase)))
        assert tuple(text[start : start + len(phrase)]) == phrase
        assert taken.isdisjoint(places)
        taken |= places
