"""Where a sentence ends in scientific prose, and that no character is lost on the way."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.sentences import sentence_spans

BOUNDARY = " ¦ "

# One line a case; " ¦ " stands where one sentence ends and the next begins.
CASES = [
    # plain prose
    "The cells were washed. ¦ They were then counted.",
    "Does the effect last? ¦ We followed the animals for a year.",
    "It does! ¦ Nobody had expected that.",
    "Two doses were given; the third was not. ¦ No harm followed.",
    # citations of people and figures
    "Smith et al. reported the opposite.",
    "This agrees with Smith et al. [25] and with our own data.",
    "We followed Smith et al. ¦ The protocol was changed in one respect.",
    "The yield fell (Fig. 2). ¦ It recovered later.",
    "See Fig. 2A and Figs. 3–5 for the controls.",
    "Fig. S1 shows the gates, Eq. 3 the model.",
    "Inserting Eq. (4) gives the rate. ¦ Ref. 12 does the same.",
    "All networks are drawn in S4 Fig. ¦ This one is the largest.",
    "Delays grow with the rate (S9 Fig. A and B).",
    "The shell is figured by Gray (pl. 7, p. 179, no. 3).",
    # abbreviations
    "Cytokines, e.g. IL-15, were added.",
    "Only one arm, i.e. Arm B, was closed.",
    "We compared NK vs. T cells.",
    "About ca. 5 mL and approx. 20 mg were used.",
    "Samples came from Dr. Miller and Prof. Yang of St. Jude.",
    "Each pulse lasted 5 ms. ¦ Ms. Smith counted them.",
    "She holds a Ph.D. in biology. ¦ He does not.",
    "Cells were injected i.v. into mice. ¦ All survived.",
    "Cells were injected i.v. ¦ The mice survived.",
    "Rats were fed at 8 a.m. and 6 p.m. ¦ However, some did not eat.",
    "Patients in the U.S. received it first.",
    "It was first sold in the U.S. ¦ In Europe it came later.",
    "Then-U.S. Secretary Jones agreed.",
    "Enzymes were from Abcam Ltd. Hong Kong and Roche Inc. Basel.",
    "Buffers, salts, etc. were of analytical grade.",
    "We bought buffers, salts, etc. ¦ Cells were a gift.",
    "Bars show ±1 s.e.m. across donors. ¦ Dots are donors.",
    "The measure is small w.r.t. time, cf. Table 2.",
    "They were kept for 10 min. 5 mL of buffer were added.",
    "They were kept for 10 min. ¦ Buffer was added.",
    "The answer is no. ¦ Nobody knows why.",
    "Ethics approval was given (Approval-No. 2881) in 2010.",
    # species, initials, single letters, units
    "E. coli and D. melanogaster were used. ¦ S. cerevisiae was not.",
    "Conus garrisoni sp. nov. is described from C. Smith's collection.",
    "Salmonella enterica subsp. Arizonae grew.",
    "Strains were provided by F. Ausubel, C. Bargmann and J. R. R. Tolkien.",
    "Many patients had hepatitis C. ¦ The others did not.",
    "Plates were held at 4 °C for 24 h. ¦ Cells were then fixed.",
    "The load was 5 g. ¦ Mice carried it.",
    # numbers
    "The rate was 0.05 per day, p = .05 and n = 3.5 on average.",
    "Values were p < 0.05 vs. control and 22.3 h for the period.",
    "The intervals were .02, .25 (Fig. 3B) and −.06 (Fig. 2B).",
    "It was run in version 5.2.1 (Acme) and v1.0 [22] of the tool.",
    "We take α = 0 . 1 and β = 3 . 2 in each cell.",
    "The gap is set to 0 . ¦ The rest follows.",
    "This is shown in Section 2. ¦ We return to it in 2010. ¦ Nothing else changed.",
    "The plates were warm. ¦ 50–70 worms were put on each.",
    # names that end or begin a sentence in an unusual way
    "Growth depends on IL-15. ¦ The effect is strong.",
    "The cells were CD4+. ¦ Thus they were kept.",
    "Loss of TP53 was rare. ¦ p53 was seen in all.",
    "Growth stopped. ¦ mTOR was blocked.",
    "Levels fell. ¦ miR-155 rose. ¦ c-Myc did not change.",
    "The receptor was lost. ¦ α-Synuclein was not.",
    "Products 1a-d were made. ¦ N-methylation gave 2a-d.",
    "Bars are means. ¦ *p < 0.05.",
    # references around the full stop
    "The cells died [12]. ¦ The others lived [13, 14].",
    "The cells died.12 ¦ The others lived.13,14 ¦ We counted both.",
    "The cells died.[12] ¦ The others lived.[13]–[15] ¦ We counted both.",
    "The cells died. [12] ¦ The others lived.",
    "The cells died.¹² ¦ The others lived.¹³⁻¹⁵ ¦ We counted both.",
    "Growth depends on IL-15.12 ¦ This is well known.",
    "They said “we agree.”12 ¦ Others did not.",
    # brackets and quotes
    "The rest (see below. It is long.) was dropped.",
    "The rest was dropped. ¦ (See Table 4.) ¦ It was small.",
    "The location (i.e. The place, who is there… See Fig. 3) matters.",
    "They asked for “hard science.” ¦ We agree.",
    "“Is it true?” he asked. ¦ “It is.” ¦ She left.",
    "The symbols (C.e.) ROM-1 and (H.s.) Rho-1 name proteins.",
    "In total (n! / k!) ways exist. ¦ We count them.",
    "Half-open ranges [0, 1) are used. ¦ Closed ones are not.",
    "The list ends here... ¦ Nothing follows.",
    # labels belong to what they announce
    "1. Immunological properties",
    "2. NK cells do not rely on matching in these settings. ¦ This provides a basis.",
    "(a) First item. ¦ (b) Second item.",
    "● 1.2. Nested item. ¦ More on it.",
    "A. Gating strategy. ¦ B. Western blot. ¦ C-F. Controls.",
    "a. Number of fibres. ¦ b. Length of fibres.",
    "Figure 1. Survival of the mice. ¦ Dots are mice.",
    "Step 2. Add the buffer. ¦ Wait.",
    # other scripts
    "Let 𝓖 be a graph and 😀 a node. ¦ Ångström units are used.",
    "Η θεραπεία ήταν ασφαλής. ¦ Οι ασθενείς έζησαν.",
    "התאים מתו. ¦ אחרים חיו.",
    "هل ماتت الخلايا؟ ¦ نعم ماتت.",
]

ROUGH_TEXT = st.text(
    alphabet=st.sampled_from("aeEgIπא文😀\u0301 \n\t\u00a0\u2003.!?…。([{)]}”\"'“,;-–1²") | st.characters(),
    max_size=200,
)


def _sentences(text: str) -> list[str]:
    return [span.of(text) for span in sentence_spans(text)]


@pytest.mark.parametrize("case", CASES)
def test_sentences_end_where_a_reader_would_end_them(case: str) -> None:
    assert _sentences(case.replace(BOUNDARY, " ")) == case.split(BOUNDARY)


def test_full_width_stops_need_no_space() -> None:
    assert _sentences("细胞死亡。其他存活。") == ["细胞死亡。", "其他存活。"]


@pytest.mark.parametrize("blank", ["", " ", "\n\t\u00a0"])
def test_a_blank_block_has_no_sentence(blank: str) -> None:
    assert sentence_spans(blank) == []


def test_offsets_are_those_of_the_whole_text() -> None:
    text = "Heading. 😀 First one. Second one. Tail."
    block = text.index("😀"), text.index(" Tail")

    spans = sentence_spans(text, *block)

    assert [span.of(text) for span in spans] == ["😀 First one.", "Second one."]


@given(ROUGH_TEXT, st.integers(0, 200), st.integers(0, 200))
def test_sentences_lose_nothing_but_white_space(text: str, one: int, other: int) -> None:
    start, end = sorted((min(one, len(text)), min(other, len(text))))

    spans = sentence_spans(text, start, end)

    edges = [start, *(edge for span in spans for edge in (span.start, span.end)), end]
    assert edges == sorted(edges)
    assert all(span.of(text) and span.of(text) == span.of(text).strip() for span in spans)
    gaps = zip(edges[::2], edges[1::2], strict=True)
    assert not "".join(text[left:right] for left, right in gaps).strip()


@given(ROUGH_TEXT, st.integers(0, 200))
def test_what_lies_outside_a_block_does_not_matter(text: str, cut: int) -> None:
    start = min(cut, len(text))

    alone = sentence_spans(text[start:])

    assert sentence_spans(text, start) == [span.shifted(start) for span in alone]


@pytest.mark.parametrize(
    "unit",
    [
        ".",
        "?",
        "؟",
        "(",
        ")",
        "a.b.c.",
        ". ",
        ".)",
        "(a. ",
        "(a) ",
        ".[1]",
        ".1,1",
        ".¹",
        "a ",
        " ",
        "“",
        "1. ",
    ],
)
def test_time_grows_with_the_length_of_pathological_text_only_linearly(unit: str) -> None:
    short = unit * (20_000 // len(unit))

    ratio = _best_time(short * 8) / _best_time(short)

    assert ratio < 32, "eight times the text takes 8 times as long if linear, 64 times if quadratic"


def _best_time(text: str) -> float:
    times = []
    for _ in range(3):
        begin = time.perf_counter()
        sentence_spans(text)
        times.append(time.perf_counter() - begin)
    return min(times)
