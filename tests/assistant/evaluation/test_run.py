"""Runs: figures over outcomes, kept as JSON, and compared with one another."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.answer import Kind
from assistant.evaluation.differing import Difference, differences
from assistant.evaluation.measures import MEASURES
from assistant.evaluation.outcome import Outcome
from assistant.evaluation.run import Conditions, Confusion, Figure, Group, Run, read_run, save_run, summarised
from corpus.errors import EvaluationError
from tests.assistant.evaluation.building import answer, judged, posed, said

CONDITIONS = Conditions(question_set="bees.yaml", loccit="1", embedding_model="m", documents=3)
FOUND = answer(said("s1", 1, "bees", "Bees sleep at night."), cited={1: "bees"}, milliseconds=20)
DECLINED = answer(reason="No.", milliseconds=10)


def found(name: str) -> Outcome:
    return judged(posed(id=name, facts=["night"]), FOUND)


def missed(name: str) -> Outcome:
    return judged(posed(id=name, facts=["night"]), DECLINED)


def refused(name: str) -> Outcome:
    return judged(posed(id=name, kind="cause", unanswerable="near-miss"), DECLINED)


def figure(group: Group, name: str) -> Figure:
    return next(figure for figure in group.figures if figure.name == name)


def difference(before: Run, after: Run, name: str) -> Difference:
    return next(figure for figure in differences(before, after).figures if figure.name == name)


def test_a_run_has_every_figure_overall_and_by_kind() -> None:
    run = summarised(CONDITIONS, [found("a"), missed("b"), refused("c"), found("d")])
    assert [figure.name for figure in run.overall.figures] == [measure.name for measure in MEASURES]
    assert [(group.name, group.questions) for group in run.kinds] == [("yes-no", 3), ("cause", 1)]
    recall = figure(run.overall, "fact_recall")
    assert recall.value == pytest.approx(2 / 3)
    assert recall.possible == 3
    assert recall.low is not None and recall.high is not None and recall.low < 2 / 3 < recall.high
    assert figure(run.overall, "abstention_precision").value == 0.5
    assert figure(run.overall, "abstention_recall").value == 1
    assert figure(run.kinds[1], "fact_recall").value is None
    assert figure(run.overall, "latency_p50").value == 15
    assert figure(run.overall, "wall_p95").value == pytest.approx(21)


def test_what_cannot_be_answered_is_told_apart_by_its_reason() -> None:
    (near_misses,) = summarised(CONDITIONS, [found("a"), refused("b")]).unanswerable
    assert (near_misses.name, near_misses.questions) == ("near-miss", 1)
    assert [figure.name for figure in near_misses.figures] == [
        "abstention_recall",
        "corrected_premises",
        "missing_terms",
    ]


def test_kinds_that_were_mistaken_are_counted() -> None:
    run = summarised(CONDITIONS, [found("a"), refused("b"), refused("c")])
    assert run.confusions == (Confusion(asked=Kind.CAUSE, understood=Kind.YES_NO, questions=2),)


def test_names_of_figures_are_unique() -> None:
    assert len({measure.name for measure in MEASURES}) == len(MEASURES)


def test_a_saved_run_is_read_back_as_it_was(tmp_path: Path) -> None:
    run = summarised(CONDITIONS, [found("a"), missed("b"), refused("c")])
    save_run(run, tmp_path / "run.json")
    assert read_run(tmp_path / "run.json") == run


@pytest.mark.parametrize("content", [b"", b"{}", b"\xff", b'{"version": 2}'])
def test_what_is_no_saved_run_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "run.json"
    path.write_bytes(content)
    with pytest.raises(EvaluationError, match=r"run\.json: it is no run that this version of Loccit saved"):
        read_run(path)


def test_a_run_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(EvaluationError, match=r"run\.json: no saved run can be read from it: No such file"):
        read_run(tmp_path / "run.json")


def test_what_improved_on_every_question_is_better_for_certain() -> None:
    names = ["a", "b", "c", "d"]
    before, after = (summarised(CONDITIONS, list(map(made, names))) for made in (missed, found))
    recall = difference(before, after, "fact_recall")
    assert (recall.before, recall.after, recall.difference, recall.low, recall.high) == (0, 1, 1, 1, 1)
    assert recall.better is True
    assert difference(after, before, "fact_recall").better is False
    assert difference(before, after, "citation_recall").difference is None
    assert difference(before, after, "statements").better is None
    moved = differences(before, after)
    assert [(question.id, question.before, question.after) for question in moved.better] == [
        (name, 0, 1) for name in names
    ]
    assert not moved.worse


def test_what_moved_one_question_up_and_one_down_may_be_chance() -> None:
    before = summarised(CONDITIONS, [found("a"), missed("b"), found("c")])
    after = summarised(CONDITIONS, [missed("a"), found("b"), found("c")])
    recall = difference(before, after, "fact_recall")
    assert recall.difference == 0
    assert recall.low is not None and recall.high is not None and recall.low < 0 < recall.high
    assert recall.better is None
    moved = differences(before, after)
    assert [question.id for question in moved.better] == ["b"]
    assert [question.id for question in moved.worse] == ["a"]


def test_only_questions_that_are_alike_in_both_runs_are_compared() -> None:
    before = summarised(CONDITIONS, [found("a"), found("changed"), found("gone")])
    anew = judged(posed(id="changed", facts=["at noon"]), FOUND)
    moved = differences(before, summarised(CONDITIONS, [found("a"), anew, found("new")]))
    assert (moved.common, moved.left_out) == (1, 3)
    assert not moved.worse


def test_runs_without_a_common_question_cannot_be_compared() -> None:
    with pytest.raises(EvaluationError, match="no question in common"):
        differences(summarised(CONDITIONS, [found("a")]), summarised(CONDITIONS, [found("b")]))
