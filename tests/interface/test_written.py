"""What the page and the terminal say of how a language model wrote an answer, from data alone."""

from __future__ import annotations

import html
import re
from collections.abc import Callable

import pytest

from assistant.answer import Answer, Kind, LeftOut, Verdict, Written
from tests.interface.answers import answer, chip, in_terminal, on_page, statement

HOSTILE = 'Terns <img src="http://192.0.2.1/x.png"> [9] [a](javascript:b) ${c} swim.'
Show = Callable[[Answer], str]


def words_on_page(given: Answer) -> str:
    return html.unescape(re.sub("<[^>]+>", " ", on_page(given)))


def words_in_terminal(given: Answer) -> str:
    return " ".join(in_terminal(given).split())


BOTH = pytest.mark.parametrize("show", [words_on_page, words_in_terminal])


def written(**parts: object) -> Written:
    fields: dict[str, object] = {
        "model": "a <b>model</b>",
        "first_word_ms": 812.0,
        "prompt_tokens": 2412,
        "completion_tokens": 196,
        "tokens_estimated": False,
        "tokens_per_second": 51.4,
        "cost": 0.00123,
    }
    return Written.model_validate(fields | parts)


def generative(*texts: str, **parts: object) -> Answer:
    return answer(*texts, **{"composer": "generative", "written": written()} | parts)


def partial(number: int, text: str) -> object:
    return statement(number, text).model_copy(update={"verdict": Verdict.PARTIAL})


def test_sentences_stand_one_after_the_other_each_with_its_numbers() -> None:
    given = generative("Terns winter.", "Gulls <stay>.")
    assert (
        f'<p class="lead running"><span class="said">Terns winter.&nbsp;{chip(1)}</span> '
        f'<span class="said">Gulls &lt;stay&gt;.&nbsp;{chip(2)}</span></p>' in on_page(given)
    )
    assert in_terminal(given).startswith("Terns winter. [1] Gulls <stay>. [2]\n")


def test_a_list_stands_below_one_another() -> None:
    given = generative("Terns.", "Gulls.", kind=Kind.LIST)
    assert on_page(given).count('<li class="said">') == 2
    assert in_terminal(given).startswith("• Terns. [1]\n• Gulls. [2]\n")


@BOTH
def test_a_partly_supported_sentence_says_so_and_what_that_means_once(show: Show) -> None:
    given = generative("x", "y", "z", statements=(partial(1, "Terns."), partial(2, "Gulls.")))
    shown = show(given)
    assert len(re.findall(r"(?<!“)partly supported", shown)) == 2
    assert shown.count("“Partly supported”: its sources bear out only a part of the sentence.") == 1
    assert "rewritten" not in shown.lower()


def test_the_words_that_are_partly_supported_are_set_apart_on_the_page() -> None:
    shown = on_page(generative("Terns.", "y", statements=(statement(1, "Terns."), partial(2, "Gulls."))))
    assert f'Terns.&nbsp;{chip(1)}</span> <span class="said"><span class="partial">Gulls.</span>' in shown
    assert shown.count('class="partial"') == 1


@BOTH
def test_a_rewritten_sentence_says_so_and_what_that_means(show: Show) -> None:
    shown = show(generative("Terns.", "Gulls.", written=written(repaired=("s2",))))
    assert shown.count("rewritten") == 1
    assert shown.index("Gulls.") < shown.index("rewritten")
    assert "“Rewritten”: its sources did not bear out the sentence that was written first" in shown


@BOTH
def test_who_wrote_it_how_fast_and_at_what_cost_stands_below(show: Show) -> None:
    shown = " ".join(show(generative("Terns winter.")).replace("\u00a0", " ").split())
    assert "over these sources, every sentence checked." in shown
    assert "First word after 812 ms, then 51 tokens/s. 2,412 tokens read, 196 written, cost 0.0012." in shown
    assert "In all 3 ms." in shown


@pytest.mark.parametrize(
    ("parts", "told", "untold"),
    [
        ({"cost": None}, "196 written.", "cost"),
        ({"cost": 0.0}, "cost 0.0000.", "less"),
        ({"cost": 0.00001}, "cost less than 0.0001.", "0.0000"),
        ({"cost": 12.345}, "cost 12.35.", "12.345"),
        ({"tokens_estimated": True}, "About 2,412 tokens read", "51.4"),
        ({"first_word_ms": 1234.0, "tokens_per_second": None}, "First word after 1.2 s.", "tokens/s"),
        ({"first_word_ms": None, "prompt_tokens": 0, "completion_tokens": 0}, "In all", "First word"),
    ],
)
def test_what_is_not_known_is_not_told(parts: dict[str, object], told: str, untold: str) -> None:
    shown = words_in_terminal(generative("Terns winter.", written=written(**parts))).replace("\u00a0", " ")
    assert told in shown
    assert untold not in shown


@BOTH
def test_what_was_left_out_is_told_with_its_reason_after_the_answer(show: Show) -> None:
    left = LeftOut(text="Terns swim.", reason="It names no evidence.")
    shown = show(generative("Terns winter.", written=written(left_out=(left, left))))
    assert "2 sentences were left out as unsupported or unfinished" in shown
    assert (
        shown.index("Terns winter.")
        < shown.index("left out as")
        < shown.index("Terns swim.")
        < shown.index("It names no evidence.")
    )
    one = show(generative("Terns winter.", written=written(left_out=(left,))))
    assert "1 sentence was left out" in one
    assert "left out" not in show(generative("Terns winter."))


def test_what_was_left_out_is_folded_away_and_struck_through_on_the_page() -> None:
    left = LeftOut(text=HOSTILE, reason="It <i>names</i> none.")
    shown = on_page(generative("Terns winter.", written=written(left_out=(left,))))
    folded = shown.partition('<details class="left-out">')[2].partition("</details>")[0]
    assert folded.startswith("<summary>")
    assert (
        "<del>Terns &lt;img src=&quot;http://192.0.2.1/x.png&quot;&gt; [9] [a](javascript:b) ${c} swim.</del>"
        in folded
    )
    assert "It &lt;i&gt;names&lt;/i&gt; none." in folded
    assert "chip" not in folded


@BOTH
def test_after_a_fall_back_the_reason_stands_above_the_sources_own_sentences(show: Show) -> None:
    fell_back = "The model was silent for 30 seconds."
    shown = show(answer("Terns winter.", written=written(fell_back=fell_back)))
    assert f"{fell_back} So this answer is composed of the sources' own sentences." in shown
    assert shown.index(fell_back) < shown.index("Terns winter.")
    assert "2,412 tokens read" in shown
    assert "Written by" not in shown


@BOTH
def test_a_stopped_answer_says_so_where_it_ends(show: Show) -> None:
    shown = show(generative("Terns winter.", written=written(stopped=True)))
    assert shown.index("Terns winter.") < shown.index("Stopped by you. What had been checked by then stays.")


@BOTH
def test_an_answer_that_broke_off_says_why_where_it_ends(show: Show) -> None:
    shown = show(generative("Terns winter.", written=written(broke_off="The connection broke off.")))
    assert shown.index("Terns winter.") < shown.index(
        "The connection broke off. What had been checked by then"
    )


def test_nothing_that_a_model_says_is_markup() -> None:
    shown = on_page(generative(HOSTILE, written=written(fell_back=None)))
    assert "<img" not in shown
    assert "<b>model</b>" not in shown
    assert 'href="javascript' not in shown
    assert "[9]" in shown


def test_an_answer_that_no_model_was_asked_for_says_nothing_of_models() -> None:
    given = answer("Terns winter.")
    assert "Composed from the sources' own sentences." in words_on_page(given)
    assert "token" not in on_page(given) + in_terminal(given)
