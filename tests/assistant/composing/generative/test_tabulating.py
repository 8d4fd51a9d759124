"""A model may write the cells of a comparison; where it fails, the sources' own words stay."""

from __future__ import annotations

import pytest

from assistant.answer import Kind, Verdict
from assistant.composing.draft import Draft, DraftRow
from assistant.composing.generative.dictation import NO_ROOM
from assistant.composing.generative.drafted import Drafted, Outcome
from assistant.composing.generative.tabulating import tabulate
from assistant.models.errors import ModelBusyError
from tests.assistant.composing.evidences import evidence, statement
from tests.assistant.composing.generative.speaking import Evidence, Saying, Scripted, last, question
from tests.assistant.models import behaviours

FEVER = evidence("Fever occurred in 21% of lupus patients given AB12.", "fever")
NAUSEA = evidence("Nausea was seen in 4 adults given CD34.", "nausea")
BOTH = evidence("One dose of AB12 costs 40 euros, one of CD34 costs 90 euros.", "both")
FLOOR = Draft(
    statements=(statement(FEVER), statement(NAUSEA), statement(BOTH)),
    subjects=("AB12", "CD34"),
    rows=(DraftRow("Safety", ((0,), (1,))), DraftRow("Cost", ((2,), (2,))), DraftRow("Use", ((), ()))),
)


def table(saying: Saying, context: int = 4096) -> Drafted:
    asked = question("AB12 vs CD34", Kind.COMPARISON)
    return last(tabulate(asked, FLOOR, Scripted(saying, context=context)))


def cells(of: Drafted) -> list[list[list[str]]]:
    return [
        [[of.draft.statements[index].text for index in cell] for cell in row.cells] for row in of.draft.rows
    ]


def naming(texts: dict[str, str]) -> Saying:
    """Say each text with the key of the evidence that holds certain words."""

    def write(given: Evidence) -> str:
        keys = {part: key for key, said in given.items() for part in texts if part in said}
        return "\n".join(f"{text} [{keys[part]}]." for part, text in texts.items())

    return write


def test_sentences_stand_in_the_cells_whose_evidence_they_name() -> None:
    filled = table(
        naming({"40 euros": "One dose of AB12 costs 40 euros", "Fever": "With AB12, fever occurred in 21%"})
    )
    assert filled.outcome is Outcome.WRITTEN
    assert cells(filled) == [
        [["With AB12, fever occurred in 21%."], [NAUSEA.text]],
        [["One dose of AB12 costs 40 euros."], ["One dose of AB12 costs 40 euros."]],
        [[], []],
    ]
    assert filled.draft.subjects == FLOOR.subjects


def test_only_what_is_supported_takes_the_place_of_the_sources_words() -> None:
    filled = table(
        naming({"Fever": "Fever occurred in 35% with AB12", "Nausea": "Four adults had nausea with CD34"})
    )
    assert cells(filled)[0] == [[FEVER.text], ["Four adults had nausea with CD34."]]
    assert [said.verdict for said in filled.draft.statements][:2] == [None, Verdict.SUPPORTED]


def test_a_sentence_on_two_cells_stands_in_neither() -> None:
    def write(given: Evidence) -> str:
        return f"{FEVER.text[:-1]}, and nausea was seen in 4 adults given CD34 [{', '.join(given)}]."

    assert cells(table(write))[0] == [[FEVER.text], [NAUSEA.text]]


@pytest.mark.parametrize(
    "saying", [behaviours.making_up, behaviours.refusing, "", ModelBusyError("The model is busy.")]
)
def test_a_model_that_fails_leaves_the_table_as_it_was(saying: Saying) -> None:
    kept = table(saying)
    assert (kept.draft, kept.outcome) == (FLOOR, Outcome.FELL_BACK)
    assert kept.reason


def test_a_table_that_does_not_fit_stays_as_it_was() -> None:
    assert table("", context=300).reason == NO_ROOM
