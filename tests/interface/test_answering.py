"""What the page and the terminal make of an answer's parts, from data alone."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from assistant.answer import (
    Abstention,
    Answer,
    Aspect,
    Comparison,
    Disagreement,
    Extract,
    Figure,
    Group,
    Stance,
)
from corpus.document import SourceType
from tests.interface.answers import answer, chip, citation, in_terminal, on_page


def test_the_first_statement_leads_and_the_others_are_a_list() -> None:
    given = answer("Terns winter.", "Gulls <stay>:\na lot\nand long.")
    assert f'<p class="lead">Terns winter.&nbsp;{chip(1)}</p>' in on_page(given)
    assert f"<li>Gulls &lt;stay&gt;:&nbsp;{chip(2)}<ul><li>a lot</li><li>and long.</li></ul></li>" in on_page(
        given
    )
    assert "\n" not in on_page(given)


def test_statements_stand_on_the_side_that_they_take() -> None:
    groups = (
        Group(stance=Stance.FOR, lead_in="Speaking for “yes”:", statements=("s2",)),
        Group(stance=Stance.AGAINST, lead_in="Speaking for “no”:", statements=("s1",)),
    )
    given = answer("They stay.", "They winter.", groups=groups, remarks=("All of it is old.",))
    yes, no = on_page(given).split("Speaking for “no”:")
    assert "They winter." in yes
    assert "They stay." in no
    assert '<p class="remark">All of it is old.</p>' in no
    assert in_terminal(given).startswith(
        "Speaking for “yes”:\n• They winter. [2]\n\nSpeaking for “no”:\n• They stay. [1]\n\nAll of it is old.\n"
    )


def test_figures_stand_side_by_side_with_what_they_count_and_who_says_so() -> None:
    def figure(number: str, population: str | None) -> Figure:
        extracts = [Extract(start=0, end=1, text=words) if words else None for words in (number, population)]
        return Figure(
            statement="s1",
            citation=1,
            number=extracts[0],
            unit=None,
            measured=None,
            population=extracts[1],
            source="Abel 1999, review",
        )

    given = answer("48 % of 37 terns\nwinter.", figures=(figure("48 %", "37\nterns"), figure("7", None)))
    assert (
        f'<td class="figure">48 %</td><td>37 terns</td><td>Abel 1999, review&nbsp;{chip(1)}</td>'
        in on_page(given)
    )
    assert '<td class="figure">7</td><td></td>' in on_page(given)
    assert "48 %    37 terns          Abel 1999, review [1]" in in_terminal(given)


def test_a_disagreement_sets_its_sides_side_by_side_and_says_in_what_they_differ() -> None:
    differing = Disagreement(
        about="terns", statements=("s1", "s2"), remark="They differ in year (1999, 2001)."
    )
    given = answer("Seven terns.", "Eight terns.", disagreements=(differing,))
    _, differ = on_page(given).split('<div class="differ">')
    assert differ.startswith("<p><strong>Sources differ:</strong> terns</p>")
    first, second = differ.split('<div class="side" role="listitem">')[1:]
    assert f'<p class="who">Title 1</p><div class="words">Seven terns.&nbsp;{chip(1)}</div>' in first
    assert f'<p class="who">Title 2</p><div class="words">Eight terns.&nbsp;{chip(2)}</div>' in second
    assert '<p class="differ-in">They differ in year (1999, 2001).</p>' in second
    assert "Sources differ: terns [1] against [2]. They differ in year (1999, 2001).\n" in in_terminal(given)


def test_a_comparison_names_the_kinds_of_its_sources_and_calls_empty_cells_empty() -> None:
    comparison = Comparison(
        subjects=("Terns", "<Gulls>"), aspects=(Aspect(name="Food", cells=(("s1",), ())),)
    )
    given = answer("Fish.", comparison=comparison, citations=(citation(1, SourceType.WEB, commercial=True),))
    shown = on_page(given)
    heads = shown[shown.index("<thead") : shown.index("</thead>")]
    assert heads.index(">Terns</th>") < heads.index(">&lt;Gulls&gt;</th>")
    assert (
        f'Fish.&nbsp;{chip(1)} <small class="kinds"><span class="kind web">web article, commercial interest'
        in shown
    )
    assert (
        '<strong class="subject">&lt;Gulls&gt;</strong><span class="none">No statement found</span>' in shown
    )
    assert ">Copy Markdown</button>" in shown
    assert ">Table as CSV</button>" in shown
    assert "No statement found" in in_terminal(given)


def test_a_follow_up_shows_the_whole_question_that_was_answered() -> None:
    given = answer("Terns do.", question="And terns?", standalone_question="Do <terns> winter at sea?")
    assert '<p class="read-as">Read as “Do &lt;terns&gt; winter at sea?”</p>' in on_page(given)
    assert in_terminal(given).startswith("Read as “Do <terns> winter at sea?”\n")
    assert "Read as" not in on_page(answer("Terns do."))


@pytest.mark.parametrize("show", [on_page, in_terminal])
def test_what_a_question_takes_for_granted_wrongly_is_corrected_with_a_citation(
    show: Callable[[Answer], str],
) -> None:
    denied = Abstention(reason="The sources deny it.", missing_terms=(), nearest=())
    shown = show(answer("Terns do not swim.", abstention=denied, notes=("“trens” was read as “terns”.",)))
    assert "The sources deny it." in shown
    assert shown.index("The sources deny it.") < shown.index("Terns do not swim.")
    assert "“trens” was read as “terns”." in shown
    assert "nearest" not in shown.lower()


@pytest.mark.parametrize("show", [on_page, in_terminal])
def test_a_greeting_is_answered_and_nothing_declined(show: Callable[[Answer], str]) -> None:
    said = "Hello. Ask a question."
    shown = show(answer(answer=said, abstention=Abstention(reason=said, missing_terms=(), nearest=())))
    assert said in shown
    assert "cannot answer" not in shown
    assert "Searched" not in shown
