"""An answer in the making: from events to sentences, and to what the page shows of them."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answer import Kind, Verdict
from assistant.interface.answering.making import MadeSentence, Making
from assistant.interface.chat import making_message
from assistant.streaming import Event, Found, Held, Withdrawn, Wrote

QUESTION = "And terns?"
FOUND = Found(12, "Where do terns winter?", Kind.OPEN)
MODEL = "<b>a</b> model"
HOSTILE = st.text(st.sampled_from("ab <>&\"'`$[]{}12\n!א"), max_size=30)
NUMBERS = st.integers(1, 4)
EVENTS = st.lists(
    st.one_of(
        st.builds(Wrote, NUMBERS, HOSTILE),
        st.builds(
            Held,
            NUMBERS,
            HOSTILE,
            st.sampled_from([Verdict.SUPPORTED, Verdict.PARTIAL]),
            st.lists(NUMBERS, max_size=3, unique=True).map(tuple),
        ),
        st.builds(Withdrawn, NUMBERS, HOSTILE),
    ),
    max_size=12,
)


def made(*events: Event) -> Making:
    making = Making()
    for event in events:
        making.take(event)
    return making


def shown(*events: Event) -> str:
    return making_message(made(*events), QUESTION, MODEL)


class Elements(HTMLParser):
    """Collects the elements of a piece of HTML and its words, those for screen readers apart."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, str]] = []
        self.words = ""
        self.feed(markup)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert {name for name, _ in attrs} <= {"class", "dir", "lang"}
        self.elements.append((tag, dict(attrs).get("class") or ""))

    def handle_data(self, data: str) -> None:
        self.words += data


def test_a_sentence_grows_until_it_is_checked_and_then_stands_as_it_was_held() -> None:
    making = made(FOUND, Wrote(1, "Terns"), Wrote(1, " winter."), Wrote(2, "Gulls"))
    assert making.sentences == [MadeSentence("Terns winter."), MadeSentence("Gulls")]
    making.take(Held(1, "Terns winter.", Verdict.SUPPORTED, (1, 2)))
    assert making.sentences[0] == MadeSentence("Terns winter.", Verdict.SUPPORTED, (1, 2))


def test_a_sentence_that_was_written_anew_is_marked() -> None:
    first, second = made(
        Wrote(1, "Terns  winter ."),
        Wrote(2, "Gulls fly."),
        Held(1, "Terns winter .", Verdict.SUPPORTED, (1,)),
        Held(2, "Gulls stay.", Verdict.SUPPORTED, (2,)),
    ).sentences
    assert (first.is_rewritten, second.is_rewritten) == (False, True)


def test_a_withdrawn_sentence_is_gone() -> None:
    making = made(Wrote(1, "Terns swim."), Wrote(2, "Gulls stay."), Withdrawn(1, "It names no evidence."))
    assert [sentence.text for sentence in making.sentences] == ["Gulls stay."]


@given(EVENTS)
def test_what_was_held_last_stands_and_what_was_written_after_it_is_unchecked(events: list[Event]) -> None:
    expected: dict[int, tuple[str, bool]] = {}
    for event in events:
        match event:
            case Wrote(number, text):
                expected[number] = (expected.get(number, ("", False))[0] + text, False)
            case Held(number, text, _, _):
                expected[number] = (text, True)
            case Withdrawn(number, _):
                expected.pop(number, None)
    stands = [(sentence.text, sentence.verdict is not None) for sentence in made(*events).sentences]
    assert stands == [expected[number] for number in sorted(expected)]


@given(EVENTS, st.sampled_from(Kind))
def test_nothing_that_a_model_writes_is_markup(events: list[Event], kind: Kind) -> None:
    markup = shown(Found(3, QUESTION, kind), *events)
    elements = Elements(markup)
    names = {"div", "p", "ul", "li", "span", "small", "bdi"}
    assert {name for name, _ in elements.elements} <= names
    sentences = made(*events).sentences
    assert [css for _, css in elements.elements].count("said") == len(sentences)
    unchecked = sum(sentence.verdict is None for sentence in sentences)
    assert [css for _, css in elements.elements].count("unchecked") == unchecked
    folded = " ".join(elements.words.split())
    assert all(" ".join(sentence.text.split()) in folded for sentence in sentences)


def test_what_is_not_checked_yet_says_so_to_those_who_do_not_see_it() -> None:
    markup = shown(FOUND, Wrote(1, "Terns swim."))
    assert '<span class="unchecked">Terns swim.<span class="sr"> (not checked yet)</span></span>' in markup
    held = shown(FOUND, Wrote(1, "Terns swim."), Held(1, "Terns swim.", Verdict.SUPPORTED, (1,)))
    assert "unchecked" not in held
    assert 'Terns swim.&nbsp;<span class="chip">1</span>' in held


def test_numbers_lead_nowhere_before_their_sources_are_shown() -> None:
    assert "href" not in shown(FOUND, Held(1, "Terns swim.", Verdict.PARTIAL, (1, 2)))


@pytest.mark.parametrize(
    ("events", "told"),
    [
        ((), '<p class="progress">Searching the library…</p>'),
        ((FOUND,), "12 sentences found. &lt;b&gt;a&lt;/b&gt; model reads the best of them…"),
        ((Found(1, QUESTION, Kind.OPEN),), "1 sentence found. "),
        ((FOUND, Wrote(1, "Terns")), "&lt;b&gt;a&lt;/b&gt; model is writing. Dotted: not checked yet."),
        ((Found(0, QUESTION, Kind.COMPARISON), Wrote(1, "Terns")), "is writing the cells of a table."),
    ],
)
def test_a_line_below_says_what_goes_on(events: tuple[Event, ...], told: str) -> None:
    assert told in shown(*events)


def test_the_whole_question_stands_above_from_the_beginning() -> None:
    assert '<p class="read-as">Read as “Where do terns winter?”</p>' in shown(FOUND)


def test_a_list_is_written_as_a_list() -> None:
    markup = shown(Found(3, QUESTION, Kind.LIST), Wrote(1, "Terns."), Wrote(2, "Gulls."))
    assert markup.count('<li class="said">') == 2
