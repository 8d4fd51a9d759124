"""The judge, over answers made by hand."""

from __future__ import annotations

import pytest

from assistant.answer import Quote, Verdict
from assistant.evaluation import counting
from tests.assistant.evaluation.building import answer, judged, posed, quote, said, statement

SLEEP = "Bees sleep at night."
DANCE = "Bees dance in the hive."
SHIFTS = "Ants sleep in shifts."
RIVALS = "Bees, unlike ants, dance in the hive."
CELLS = [
    {"subject": "bees", "facts": ["Bees sleep"], "wrong": ["Ants"]},
    {"subject": "ants", "facts": ["shifts"], "wrong": ["^Bees "]},
]


class TestFacts:
    def test_a_fact_is_found_in_a_quote_and_not_in_what_is_said(self) -> None:
        question = posed(facts=["at night", "in shifts"])
        given = answer(statement("s1", "They sleep in shifts.", quote(1, "bees", SLEEP)), cited={1: "bees"})
        outcome = judged(question, given)
        assert outcome.missed == ("in shifts",)
        assert outcome.score == 0.5
        assert not outcome.right
        assert counting.fact_recall(outcome) == (0.5, 1)

    def test_a_fact_from_a_document_that_may_not_be_cited_does_not_count(self) -> None:
        given = answer(said("s1", 1, "bees", SLEEP), cited={1: "bees"})
        assert judged(posed(facts=["sleep"], documents=["bees"]), given).right
        outcome = judged(posed(facts=["sleep"], documents=["ants"]), given)
        assert outcome.missed == ("sleep",)
        assert not outcome.statements[0].citations[0].admitted

    def test_a_quote_that_is_not_in_its_document_holds_nothing(self) -> None:
        invented = Quote(citation=1, start=0, end=len(SLEEP), text="Bees never sleep.")
        outcome = judged(posed(facts=["sleep"]), answer(statement("s1", SLEEP, invented), cited={1: "bees"}))
        assert outcome.missed == ("sleep",)
        assert counting.exact_quotes(outcome) == (0, 1)

    def test_no_pattern_reaches_from_one_quote_into_the_next(self) -> None:
        both = statement("s1", SLEEP, quote(1, "bees", SLEEP), quote(1, "bees", DANCE))
        outcome = judged(posed(facts=["night.*hive"]), answer(both, cited={1: "bees"}))
        assert outcome.missed == ("night.*hive",)

    def test_a_declined_question_misses_every_fact(self) -> None:
        outcome = judged(posed(facts=["sleep"]), answer(reason="Nothing is about this."))
        assert (outcome.missed, outcome.score, outcome.reason) == (("sleep",), 0, "Nothing is about this.")


class TestCitations:
    def test_a_citation_is_judged_by_its_own_quotes(self) -> None:
        merged = statement("s1", SLEEP, quote(1, "bees", SLEEP), quote(2, "ants", SHIFTS))
        outcome = judged(posed(facts=["at night"]), answer(merged, cited={1: "bees", 2: "ants"}))
        right, wrong = outcome.statements[0].citations
        assert (right.facts, wrong.facts) == (("at night",), ())
        assert counting.attribution(outcome) == (1, 2)
        assert counting.strict_precision(outcome) == (1, 2)

    def test_a_citation_used_twice_is_judged_for_each_statement(self) -> None:
        given = answer(said("s1", 1, "bees", SLEEP), said("s2", 1, "bees", DANCE), cited={1: "bees"})
        outcome = judged(posed(facts=["night"]), given)
        assert counting.strict_precision(outcome) == (1, 2)
        # What gives no required fact owes no attribution.
        assert counting.attribution(outcome) == (1, 1)

    def test_what_else_is_to_the_point_counts_but_not_strictly(self) -> None:
        given = answer(
            said("s1", 1, "bees", DANCE), said("s2", 2, "ants", SHIFTS), cited={1: "bees", 2: "ants"}
        )
        outcome = judged(posed(facts=["night"], also=["dance"]), given)
        assert counting.citation_precision(outcome) == (1, 2)
        assert counting.strict_precision(outcome) == (0, 2)

    def test_a_fact_that_is_said_and_cited_to_another_sentence_is_badly_attributed(self) -> None:
        given = answer(statement("s1", SLEEP, quote(1, "ants", SHIFTS)), cited={1: "ants"})
        assert counting.attribution(judged(posed(facts=["at night"]), given)) == (0, 1)

    def test_answers_to_unanswerable_questions_have_no_precision(self) -> None:
        outcome = judged(
            posed(unanswerable="near-miss"), answer(said("s1", 1, "bees", SLEEP), cited={1: "bees"})
        )
        assert counting.citation_precision(outcome) == (0, 0)
        assert counting.citation_recall(outcome) == (1, 1)

    @pytest.mark.parametrize(
        ("verdict", "cited", "shift", "upheld"),
        [
            (Verdict.SUPPORTED, {1: "bees"}, 0, True),
            (Verdict.PARTIAL, {1: "bees"}, 0, False),
            (Verdict.SUPPORTED, {1: "ants"}, 0, False),
            (Verdict.SUPPORTED, {}, 0, False),
            (Verdict.SUPPORTED, {1: "bees"}, 1, False),
        ],
        ids=["sound", "partly supported", "another document", "a dangling number", "off by one"],
    )
    def test_a_statement_is_upheld_by_support_and_exact_quotes(
        self, verdict: Verdict, cited: dict[int, str], shift: int, upheld: bool
    ) -> None:
        exact = quote(1, "bees", SLEEP)
        moved = exact.model_copy(update={"start": exact.start + shift, "end": exact.end + shift})
        outcome = judged(
            posed(facts=["x"]), answer(statement("s1", SLEEP, moved, verdict=verdict), cited=cited)
        )
        assert outcome.statements[0].upheld is upheld

    def test_one_sound_citation_upholds_a_statement(self) -> None:
        broken = Quote(citation=2, start=0, end=4, text="Wasp")
        given = answer(statement("s1", SLEEP, quote(1, "bees", SLEEP), broken), cited={1: "bees", 2: "ants"})
        outcome = judged(posed(facts=["x"]), given)
        assert counting.citation_recall(outcome) == (1, 1)
        assert counting.exact_quotes(outcome) == (1, 2)

    def test_a_statement_without_a_citation_is_not_upheld(self) -> None:
        outcome = judged(posed(facts=["x"]), answer(statement("s1", SLEEP)))
        assert counting.citation_recall(outcome) == (0, 1)


class TestDeclining:
    @pytest.mark.parametrize(
        ("unanswerable", "declined", "precision", "recall"),
        [(True, True, (1, 1), (1, 1)), (True, False, (0, 0), (0, 1)), (False, True, (0, 1), (0, 0))],
    )
    def test_declining_is_right_where_there_is_no_answer(
        self, unanswerable: bool, declined: bool, precision: tuple[int, int], recall: tuple[int, int]
    ) -> None:
        question = posed(unanswerable="near-miss") if unanswerable else posed(facts=["night"])
        given = answer(reason="No.") if declined else answer(said("s1", 1, "ants", SHIFTS), cited={1: "ants"})
        outcome = judged(question, given)
        assert counting.abstention_precision(outcome) == precision
        assert counting.abstention_recall(outcome) == recall
        assert outcome.right is (unanswerable and declined)

    @pytest.mark.parametrize(
        ("words", "declined", "corrected"), [(SLEEP, True, True), (SLEEP, False, False), (DANCE, True, False)]
    )
    def test_a_false_premise_is_corrected_by_a_quote_of_a_declined_answer(
        self, words: str, declined: bool, corrected: bool
    ) -> None:
        question = posed(unanswerable="false-premise", correction=["sleep at night", "never applies"])
        given = answer(said("s1", 1, "bees", words), cited={1: "bees"}, reason="No." if declined else None)
        assert counting.corrected_premises(judged(question, given)) == (corrected, 1)

    def test_terms_are_named_as_missing_however_they_are_written(self) -> None:
        question = posed(unanswerable="near-miss", missing=["Wasp-9", "hornets"])
        outcome = judged(question, answer(reason="No.", missing_terms=["wasp 9", "Japan"]))
        assert counting.missing_terms(outcome) == (1, 2)


class TestComparisons:
    def test_a_cell_is_right_if_its_column_holds_the_facts_in_any_row(self) -> None:
        given = answer(
            said("s1", 1, "bees", SLEEP),
            said("s2", 2, "ants", SHIFTS),
            cited={1: "bees", 2: "ants"},
            table=(("bees", "ants"), [[[], ["s1"]], [["s1"], ["s2"]]]),
        )
        outcome = judged(posed(kind="comparison", cells=CELLS), given)
        assert [cells.missed for cells in outcome.cells] == [(), ()]
        assert counting.cell_accuracy(outcome) == (2, 2)
        # "Bees sleep" stands in the column of the ants once, among three that stand anywhere.
        assert counting.wrong_subject(outcome) == (1, 3)
        assert counting.fact_recall(outcome) == (0, 0)
        assert counting.citation_precision(outcome) == (2, 2)

    @pytest.mark.parametrize(
        ("columns", "found"),
        [
            (("bees", "ants"), ["bees", "ants"]),
            (("ANTS", "Bees"), ["Bees", "ANTS"]),
            (("ants in summer", "honey bees"), ["honey bees", "ants in summer"]),
            (("wasps", "bees"), ["bees", "wasps"]),
            (("wasps", "hornets"), ["wasps", "hornets"]),
            (("bees",), ["bees", None]),
        ],
    )
    def test_columns_are_found_by_name_and_else_in_order(
        self, columns: tuple[str, ...], found: list[str | None]
    ) -> None:
        given = answer(
            said("s1", 1, "bees", SLEEP), cited={1: "bees"}, table=(columns, [[["s1"]] * len(columns)])
        )
        outcome = judged(posed(kind="comparison", cells=CELLS), given)
        assert [cells.column for cells in outcome.cells] == found

    def test_without_a_table_no_cell_is_right(self) -> None:
        given = answer(said("s1", 1, "bees", SLEEP), cited={1: "bees"})
        outcome = judged(posed(kind="comparison", cells=CELLS), given)
        assert counting.cell_accuracy(outcome) == (0, 2)
        assert counting.wrong_subject(outcome) == (0, 0)
        assert outcome.score == 0

    def test_a_subject_of_which_nothing_is_required_is_no_cell_to_be_won(self) -> None:
        given = answer(
            said("s1", 1, "bees", SLEEP), cited={1: "bees"}, table=(("bees", "wasps"), [[["s1"], []]])
        )
        outcome = judged(posed(kind="comparison", cells=[CELLS[0], {"subject": "wasps"}]), given)
        assert counting.cell_accuracy(outcome) == (1, 1)
        assert outcome.right


class TestForm:
    def test_a_statement_that_shares_most_words_with_an_earlier_one_repeats_it(self) -> None:
        given = answer(
            said("s1", 1, "bees", DANCE),
            said("s2", 2, "ants", SHIFTS),
            said("s3", 3, "rivals", RIVALS),
            cited={1: "bees", 2: "ants", 3: "rivals"},
        )
        outcome = judged(posed(facts=["x"]), given)
        assert [judged.repeats for judged in outcome.statements] == [None, None, "s1"]
        assert counting.redundancy(outcome) == (1, 3)

    @pytest.mark.parametrize(("kind", "most"), [("yes-no", 8), ("list", 12), ("comparison", 12)])
    def test_an_answer_is_too_long_above_what_its_kind_allows(self, kind: str, most: int) -> None:
        for length in (most, most + 1):
            given = answer(*(said(f"s{n}", 1, "bees", SLEEP) for n in range(length)), cited={1: "bees"})
            outcome = judged(posed(kind=kind, facts=["x"]), given)
            assert counting.over_length(outcome) == (length > most, 1)
            assert counting.statements(outcome) == (length, 1)
            assert counting.words(outcome) == (4 * length, 1)

    def test_a_declined_question_has_no_length(self) -> None:
        outcome = judged(posed(unanswerable="near-miss"), answer(reason="No."))
        assert (
            counting.statements(outcome) == counting.words(outcome) == counting.over_length(outcome) == (0, 0)
        )

    def test_the_kind_is_understood_or_not(self) -> None:
        given = answer(reason="No.")
        assert counting.kind(judged(posed(facts=["x"]), given)) == (1, 1)
        assert counting.kind(judged(posed(facts=["x"], kind="cause"), given)) == (0, 1)
