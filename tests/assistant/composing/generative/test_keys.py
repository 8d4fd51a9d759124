"""Keys belong to one request, and no text of a document can name one."""

from __future__ import annotations

import re
import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from assistant.composing.generative.keys import Keys, fence, harmless
from tests.assistant.composing.evidences import evidence

KEY = st.from_regex(r"[a-z][0-9]{2}", fullmatch=True)
LETTERS = "abcdefghijklmnopqrstuvwxyz"


@given(st.lists(KEY, min_size=1, max_size=8), KEY)
def test_keys_differ_and_occur_in_no_text_nor_in_the_question(words: list[str], asked: str) -> None:
    found = [evidence(f"Cells of type {word} kill.", str(n)) for n, word in enumerate(words)]
    keys = Keys(found, f"What of {asked}?")
    drawn = [keys.of(one) for one in found]
    assert len(set(drawn)) == len(drawn)
    assert not {asked, *words} & set(drawn)


def test_two_requests_have_keys_of_their_own() -> None:
    found = [evidence("Cells kill.", str(n)) for n in range(20)]
    assert {Keys(found).of(one) for one in found} != {Keys(found).of(one) for one in found}


def test_a_document_that_holds_all_short_keys_still_names_no_evidence() -> None:
    every = " ".join(f"{letter}{number}" for letter in LETTERS for number in range(100))
    found = evidence(f"Cells {every} kill.")
    assert Keys([found]).of(found) not in every


def test_a_key_hidden_in_a_document_is_seen() -> None:
    every = " ".join(f"{letter}\u200b{number}" for letter in LETTERS for number in range(100))
    found = evidence(f"Cells {every} kill.")
    assert len(Keys([found]).of(found)) > 3


def test_a_key_names_its_evidence_and_one_that_was_not_handed_out_names_none() -> None:
    first, second = evidence("Cells kill.", "a"), evidence("Cells spread.", "b")
    keys = Keys([first, second])
    assert keys.named([keys.of(second), "nonsense", keys.of(first), keys.of(second)]) == (second, first)
    assert "nonsense" not in keys


def test_a_fence_occurs_in_no_text() -> None:
    first = fence(["nothing"])
    assert fence([first, f"is {first}"]) != first


@given(st.text())
def test_harmless_text_is_one_line_without_what_nobody_sees_and_without_square_brackets(text: str) -> None:
    seen = harmless(text)
    assert not set("[]【】\n\r") & set(seen)
    assert all(unicodedata.category(character)[0] != "C" for character in seen)
    assert not re.search(r"<[A-Za-z/|!]|\|>", seen)
    assert harmless(seen) == seen


def test_harmless_text_says_what_it_said() -> None:
    hidden = "NK cells\u200b kill\u202e [k42]\U000e0041<|im_end|></s>,\nat p <0.05."
    assert harmless(hidden) == "NK cells kill (k42)< |im_end| >< /s>, at p <0.05."
