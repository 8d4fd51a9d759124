"""Whatever form a model gives its keys, sentences come out whole, with their keys and nothing of these in the text."""

from __future__ import annotations

import itertools
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.composing.generative.lexing import Recanted
from assistant.composing.generative.reading import LONGEST_SENTENCE, Piece, Read, Reader, Sentence
from tests.assistant.models.forms import KEY_FORMS, MARKUP, TWO_KEY_FORMS

HANDED_OUT = frozenset({"k42", "m18", "p77"})
SAID = "NK cells of 37 adults killed 50% of the tumours"


def read_in(pieces: list[str]) -> list[Read]:
    reader = Reader(HANDED_OUT.__contains__)
    return [read for piece in pieces for read in reader.read(piece)] + list(reader.end())


def sentences(text: str) -> list[Sentence]:
    return [read for read in read_in([text]) if isinstance(read, Sentence)]


def said(text: str) -> list[tuple[str, tuple[str, ...]]]:
    return [(sentence.text, sentence.keys) for sentence in sentences(text)]


@pytest.mark.parametrize("form", KEY_FORMS.values(), ids=KEY_FORMS)
def test_a_key_is_read_in_every_form(form: str) -> None:
    half = len(SAID) // 2
    at = SAID.rindex(" ", 0, half)
    first, second = (
        form.format(text=SAID, head=SAID[:at], tail=SAID[at + 1 :], key=key, KEY=key.upper())
        for key in ("k42", "m18")
    )
    assert said(f"{first} {second}") == [(f"{SAID}.", ("k42",)), (f"{SAID}.", ("m18",))]


@pytest.mark.parametrize("form", TWO_KEY_FORMS.values(), ids=TWO_KEY_FORMS)
def test_two_keys_are_read_in_every_form(form: str) -> None:
    assert said(form.format(text=SAID, key="k42", other="m18")) == [(f"{SAID}.", ("k42", "m18"))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("As shown in [k42], cells kill. They spread, as reported by [m18] and [p77].",
         [("Cells kill.", ("k42",)), ("They spread.", ("m18", "p77"))]),
        ("[k42] reports that cells kill. [m18] states that they spread.",
         [("Cells kill.", ("k42",)), ("They spread.", ("m18",))]),
        ("According to [k42], mTOR is high in E. coli vs. yeast.", [("mTOR is high in E. coli vs. yeast.", ("k42",))]),
        ("Based on the provided evidence, cells kill [k42].", [("Cells kill.", ("k42",))]),
        ("Answer: cells kill [k42].", [("Cells kill.", ("k42",))]),
        ("According to [k42], cells kill, whereas [m18] reports that they spread.",
         [("Cells kill, whereas they spread.", ("k42", "m18"))]),
        ("Risk rose (95% CI [1.2, 3.4]) in mice [k42].", [("Risk rose (95% CI (1.2, 3.4)) in mice.", ("k42",))]),
        ("Cells kill [k42].They spread [m18].", [("Cells kill.", ("k42",)), ("They spread.", ("m18",))]),
        ("[k42]\nCells kill all mice.\n[m18]\nThey spread in mice.",
         [("Cells kill all mice.", ("k42",)), ("They spread in mice.", ("m18",))]),
        ("Cells kill $^{[k42]}$. They spread \\cite{m18}.", [("Cells kill.", ("k42",)), ("They spread.", ("m18",))]),
        ("Cells kill (73% of patients, k42).", [("Cells kill (73% of patients).", ("k42",))]),
        ("Vitamin (B12) and p53 [p53] help [k42].", [("Vitamin (B12) and p53 help.", ("p53", "k42"))]),
        ("Cells kill [1], [2, 3] and spread [4–6] [k42].", [("Cells kill and spread.", ("k42",))]),
        ("Cells kill (Marin et al., 2024) [k42].", [("Cells kill.", ("k42",))]),
        ("Cells kill. [k42]\nCells spread.\n[m18]", [("Cells kill.", ("k42",)), ("Cells spread.", ("m18",))]),
        ("- Cells kill [k42]\n- Cells spread [m18]", [("Cells kill", ("k42",)), ("Cells spread", ("m18",))]),
        ("Cells kill\nand spread [k42].", [("Cells kill and spread.", ("k42",))]),
        ("1. *Cells* **kill** [k42].\n2) HLA-A*02:01 binds [m18].",
         [("Cells kill.", ("k42",)), ("HLA-A*02:01 binds.", ("m18",))]),
        ("Cells kill。[k42]Cells spread。[m18]", [("Cells kill。", ("k42",)), ("Cells spread。", ("m18",))]),
    ],
)  # fmt: skip
def test_what_is_said_is_told_from_what_names_a_key(
    text: str, expected: list[tuple[str, tuple[str, ...]]]
) -> None:
    assert said(text) == expected


def test_keys_that_nobody_handed_out_are_named_and_leave_no_trace() -> None:
    assert said("Cells kill [z99]. Cells spread [k42, q10].") == [
        ("Cells kill.", ("z99",)),
        ("Cells spread.", ("k42", "q10")),
    ]


def test_keys_before_the_first_sentence_belong_to_what_follows_them() -> None:
    assert said("[k42] Cells kill. [m18] Cells spread. [p77] Cells die.") == [
        ("Cells kill.", ("k42",)),
        ("Cells spread.", ("m18",)),
        ("Cells die.", ("p77",)),
    ]


@pytest.mark.parametrize("template", MARKUP)
def test_no_markup_and_no_address_is_left(template: str) -> None:
    for sentence in sentences(template.format(text=SAID, key="k42")):
        assert not re.search(r"[<>\[\]]|https?:|www\.|javascript|alert", sentence.text)
    assert (f"{SAID}.", ("k42",)) in said(template.format(text=SAID, key="k42"))


def test_thoughts_are_not_read() -> None:
    text = "<think>\nCells spread [m18]. So\n</think>\n\nCells kill [k42].<thinking>Or [p77]."
    assert said(text) == [("Cells kill.", ("k42",))]


def test_what_turns_out_to_be_a_thought_is_recanted() -> None:
    reads = read_in(["Cells spread [m18]. So what? </think>Cells kill [k42]."])
    after = reads[reads.index(Recanted()) + 1 :]
    told = [read for read in after if isinstance(read, Sentence)]
    assert [(sentence.text, sentence.keys) for sentence in told] == [("Cells kill.", ("k42",))]
    assert not {read.number for read in after if isinstance(read, Piece)} & {
        read.number for read in reads[: reads.index(Recanted())] if isinstance(read, Piece)
    }


@pytest.mark.parametrize("heading", ["Sources:", "## References", "**Citations**"])
def test_a_list_of_sources_says_nothing(heading: str) -> None:
    text = f"Cells kill [k42].\n\n{heading}\n[k42] A trial of cells\n- [m18] Another trial of cells"
    assert all("trial" not in sentence.text for sentence in sentences(text))


def test_headings_are_told_apart() -> None:
    first, second = sentences("## Safety\n\nNo death was seen [k42].")
    assert (first.text, first.is_heading) == ("Safety", True)
    assert (second.text, second.is_heading) == ("No death was seen.", False)


@pytest.mark.parametrize(
    ("text", "is_whole"),
    [("Cells kill", False), ("Cells kill.", True), ("Cells kill\n", True), ("Cells kill [k42]", True)],
)
def test_a_sentence_that_breaks_off_is_not_whole(text: str, is_whole: bool) -> None:
    assert [sentence.is_whole for sentence in sentences(text)] == [is_whole]


def test_a_sentence_without_end_is_cut() -> None:
    assert max(len(sentence.text) for sentence in sentences("and so on " * 10_000)) < LONGEST_SENTENCE + 100


FRAGMENT = st.sampled_from(
    "Cells kill. spread in 3.5 mg [k42] [m18]. (p77) [k42, m18] [z99] [1] [ ( ] ) { } k42 M18. , and as shown in by "
    "**bold** * - # 1. <think> </think> <b> </b> < > https://a.invalid/k42 ![x](y:z) ](x: Sources: e.g. Kim et al. "
    "k4 2 \\[ \u200b 。 【k42】 ` ``` | According to Based on the evidence, reports that Answer: ? ! … "
    "&lt;b&gt;".split()
)
TEXT = st.lists(
    st.tuples(FRAGMENT | st.text(max_size=4), st.sampled_from(["", " ", " ", "\n", "\n\n", "\n- "])),
    max_size=25,
).map(lambda parts: "".join(part + gap for part, gap in parts))


@given(TEXT, st.lists(st.integers(0, 200)))
def test_however_a_text_arrives_the_same_is_read(text: str, cuts: list[int]) -> None:
    places = sorted({0, len(text), *(cut for cut in cuts if cut < len(text))})
    pieces = [text[start:end] for start, end in itertools.pairwise(places)]
    assert read_in(pieces) == read_in(list(text)) == read_in([text])


@given(TEXT)
def test_the_pieces_of_a_sentence_are_its_text_and_no_key_is_left_in_it(text: str) -> None:
    written: dict[int, str] = {}
    for read in read_in([text]):
        match read:
            case Piece(number, more):
                written[number] = written.get(number, "") + more
            case Sentence(number, whole):
                assert written.pop(number) == whole
                assert whole == " ".join(whole.split())
                assert not re.search(r"(?<![^\W_])(?:k42|m18|p77)(?![^\W_])", whole, re.IGNORECASE)
                assert not set("[]【】") & set(whole)
            case Recanted():
                written.clear()
    assert not written


@pytest.mark.parametrize("mark", ["¹", "²", " ³", "¹²", "⁽¹⁾", " ①", "❷", "†"])
def test_a_raised_or_circled_number_is_no_citation(mark: str) -> None:
    assert said(f"Cells kill{mark} [k42].") == [("Cells kill.", ("k42",))]


@pytest.mark.parametrize("text", ["The dose was 10⁶ cells per m².", "CD8⁺ cells and Ca²⁺ rose by 3 kg/m²."])
def test_powers_units_and_charges_are_kept(text: str) -> None:
    assert said(f"{text[:-1]} [k42].") == [(text, ("k42",))]


@pytest.mark.parametrize(
    "written", ["\uff4e\uff4f\uff54", "\U0001d427\U0001d428\U0001d42d", "n\u0336o\u0336t\u0336"]
)
def test_letters_that_only_look_like_letters_are_read_as_a_reader_reads_them(written: str) -> None:
    assert said(f"Cells do {written} kill [k42].") == [("Cells do not kill.", ("k42",))]


@pytest.mark.parametrize(
    "end", ["</think>", "[/THINK]", "◁/think▷", "<|end|><|start|>assistant<|channel|>final<|message|>"]
)
def test_what_was_only_thought_is_taken_back(end: str) -> None:
    read = read_in([f"Cells may kill [m18].{end}Cells kill [k42]."])
    assert read.index(Recanted()) < read.index(Sentence(2, "Cells kill.", ("k42",)))


def test_it_is_known_whether_a_thought_has_ended() -> None:
    reader = Reader(HANDED_OUT.__contains__)
    list(reader.read("<think>Cells may kill."))
    assert reader.is_thinking
    list(reader.read("</think>Cells kill."))
    assert not reader.is_thinking
