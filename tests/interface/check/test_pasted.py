"""What is checked of a pasted text: its words, without the markup around them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.interface.check.pasted import without_markup

PLAIN = (
    "CRS was rare (p < 0.05 and n > 20), with HLA-A*02:01 or HLA-B*07:02.",
    "> 50 % of patients responded.\n>= 3 doses were given.",
    "CD4<low> cells and CD8<high> cells differ; 5 * 3 * 2 is 30.",
    "NK_cell_line and 10^6 cells/kg [1], see (Figure 2).",
    "R&D costs $5; AT&T & co. `",
    "",
)


@pytest.mark.parametrize("text", PLAIN)
def test_a_text_without_markup_stays_as_it_is(text: str) -> None:
    assert without_markup(text) == text


@pytest.mark.parametrize(
    ("pasted", "words"),
    [
        ("<p>Terns <b>winter</b> at sea.</p><p>Gulls stay.</p>", "Terns winter at sea.\n\nGulls stay."),
        (
            "<script>alert('x')</script>Terns<br/>nest &amp; breed <!-- no -->here.",
            "Terns\nnest & breed  here.",
        ),
        ('<a href="https://example.org">Terns</a> in p &lt; 0.05', "Terns in p < 0.05"),
        ("Some 10<sup>6</sup> terns<sup>12, 13</sup> on 3 km<sup>2</sup>.", "Some 10^6 terns on 3 km2."),
        ("**Terns** winter *at sea*, __always__.", "Terns winter at sea, always."),
        (
            "## Findings\n- Terns winter.\n* Gulls stay.\n> Said so.",
            "Findings\nTerns winter.\nGulls stay.\nSaid so.",
        ),
        ("Terns winter ([a paper](https://example.org/a_(b)), 2020).", "Terns winter (a paper, 2020)."),
        ("![a tern](tern.png)Terns `winter`.", "Terns winter."),
        ("---\nTerns winter.\n***", "\nTerns winter.\n"),
    ],
)
def test_markup_is_left_out(pasted: str, words: str) -> None:
    assert without_markup(pasted).strip() == words.strip()


@given(st.text(st.sampled_from("ab1 .,*_`#[]-|>\n"), max_size=200))
def test_no_letter_is_lost_and_none_made_up(text: str) -> None:
    assert [c for c in without_markup(text) if c.isalnum()] == [c for c in text if c.isalnum()]


@given(st.text(max_size=200))
def test_any_text_can_be_pasted(text: str) -> None:
    assert len(without_markup(text)) <= len(text)


@given(
    st.lists(
        st.sampled_from(["Terns", "winter", "at", "sea", "in", "37", "of", "73", "(p < 0.05)"]), min_size=1
    )
)
def test_emphasis_of_any_words_leaves_the_words(parts: list[str]) -> None:
    marked = " ".join(f"**{part}**" if number % 2 else f"*{part}*" for number, part in enumerate(parts))
    assert without_markup(marked) == " ".join(parts)
