"""PDF: how the ends of lines are joined: what the document says of a word decides, then its shape."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.parsers.pdf.repairs import LineEnds, spaced_letters_joined

WORDS = st.text(st.sampled_from("abcdeéß"), min_size=1, max_size=9)
LINES = st.lists(
    st.lists(WORDS | st.text("aB1-–/.,", min_size=1, max_size=6), min_size=1, max_size=5).map(" ".join),
    max_size=6,
)


def joined(lines: list[str], *others: str) -> str:
    ends = LineEnds([*lines, *others])
    text = ""
    for line in lines:
        text = "".join(ends.join(text, line)) + line if text else line
    return text


@pytest.mark.parametrize(
    ("lines", "others", "expected"),
    [
        (["immuno-", "therapy"], [], "immunotherapy"),
        (["CAR-", "NK cells"], [], "CAR-NK cells"),
        (["IL-", "2 alone"], [], "IL-2 alone"),
        (["T-", "cell"], [], "T-cell"),
        (["state-of-the-", "art"], [], "state-of-the-art"),
        (["anti-", "CD19"], [], "anti-CD19"),
        (["co-", "culture"], ["a co-culture of cells"], "co-culture"),
        (["co-", "culture"], ["a coculture of cells"], "coculture"),
        (["tumour-", "specific"], ["a tumour is specific"], "tumour-specific"),
        (["thera-", "peutic"], ["a therapeutic effect"], "therapeutic"),
        (["pre-", "and post-test"], [], "pre- and post-test"),
        (["1990–", "1995"], [], "1990–1995"),
        (["and/", "or"], [], "and/or"),
        (["https://doi.org/10.1000/", "abc"], [], "https://doi.org/10.1000/abc"),
        (["as found –", "so far"], [], "as found – so far"),
        (["soft\u00ad", "ness"], [], "softness"),
        (["two", "words"], [], "two words"),
    ],
)
def test_lines_meet(lines: list[str], others: list[str], expected: str) -> None:
    assert joined(lines, *others) == expected


@given(LINES)
def test_nothing_but_white_space_and_hyphens_ever_changes(lines: list[str]) -> None:
    def bare(text: str) -> str:
        return re.sub(r"[\s-]", "", text)

    assert bare(joined(lines)) == bare("".join(lines))


@given(st.lists(WORDS, min_size=1, max_size=8))
def test_lines_that_end_with_whole_words_meet_in_a_space(words: list[str]) -> None:
    assert joined(words) == " ".join(words)


@given(st.text("abcdef", min_size=4, max_size=12), st.data())
def test_a_word_that_the_document_has_elsewhere_is_mended_wherever_it_was_parted(
    word: str, data: st.DataObject
) -> None:
    place = data.draw(st.integers(1, len(word) - 1))
    assert joined([f"{word[:place]}-", word[place:]], f"so {word} again") == word


@given(st.text("abcdef", min_size=1, max_size=8), st.text("abcdef", min_size=1, max_size=8))
def test_a_compound_that_the_document_has_elsewhere_keeps_its_hyphen(before: str, after: str) -> None:
    assert joined([f"{before}-", after], f"so {before}-{after} again") == f"{before}-{after}"


def test_a_heading_that_was_set_wide_is_a_word() -> None:
    assert spaced_letters_joined("A B S T R A C T") == "ABSTRACT"
    assert spaced_letters_joined("A or B") == "A or B"
