"""`evaluate`: what it prints, for people and for programs, what it writes, and how it ends."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from assistant.answer import Answer, Kind
from assistant.evaluation.questions import read_questions
from assistant.interface.answering.judging import Judgement, judge
from corpus.readers import Opinion, Readers
from tests.interface.conftest import Loccit

QUESTIONS = """
questions:
  - {id: zebrafish, question: 'How do zebrafish regrow fins?', kind: open, facts: [weeks]}
  - {id: axolotls, question: 'When do axolotls sleep?', kind: quantity, facts: [noon, midnight]}
  - {id: price, question: 'What is the price of a submarine?', kind: quantity, unanswerable: other-domain}
"""
MEASURES = {
    "fact_recall", "citation_precision", "strict_precision", "attribution", "citation_recall", "exact_quotes",
    "abstention_precision", "abstention_recall", "corrected_premises", "missing_terms", "cell_accuracy",
    "wrong_subject", "kind", "redundancy", "over_length", "statements", "words", "latency_p50", "latency_p95",
    "wall_p50", "wall_p95",
}  # fmt: skip


@pytest.fixture
def questions(tmp_path: Path) -> Path:
    path = tmp_path / "animals.yaml"
    path.write_text(QUESTIONS, encoding="utf-8")
    return path


def test_every_figure_is_printed_with_its_interval_and_its_meaning(
    loccit: Loccit, two_papers: Path, questions: Path
) -> None:
    ended = loccit("evaluate", str(questions), library=two_papers)
    assert (ended.status, ended.err) == (0, "")
    assert "3 questions: animals.yaml over 2 documents" in ended.out
    assert re.search(r"^Fact recall +[\d.]+ % +[\d.]+ to [\d.]+ +2 questions$", ended.out, re.MULTILINE)
    assert re.search("^Fact recall +required facts that a quote of the answer holds", ended.out, re.MULTILINE)
    assert re.search("^ +quantity +open *$", ended.out, re.MULTILINE)
    assert not re.search("[\x1b\u2500-\u257f]", ended.out)
    assert max(map(len, ended.out.splitlines())) <= 100


@pytest.mark.parametrize("columns", ["100", "80", "40"])
def test_no_figure_is_cut_short_where_the_terminal_is_narrow(
    loccit: Loccit, two_papers: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, columns: str
) -> None:
    every_kind = tmp_path / "kinds.yaml"
    every_kind.write_text(
        "questions:\n"
        + "\n".join(
            f"  - {{id: {kind}, question: 'Do axolotls sleep?', kind: {kind}, facts: [noon]}}"
            for kind in Kind
        ),
        encoding="utf-8",
    )
    monkeypatch.setenv("COLUMNS", columns)
    out = loccit("evaluate", str(every_kind), library=two_papers).out
    by_kind = out[out.index("By kind") :]
    assert all(re.search(rf"(?<!\S){kind}(?!\S)", by_kind) for kind in Kind)
    assert "…" not in by_kind
    assert max(map(len, by_kind.splitlines())) <= int(columns)


def test_a_run_is_one_json_object_with_every_question(
    loccit: Loccit, two_papers: Path, questions: Path
) -> None:
    run = loccit("evaluate", str(questions), "--json", library=two_papers).json
    assert set(run) == {
        "version", "conditions", "overall", "kinds", "unanswerable", "confusions", "outcomes",
    }  # fmt: skip
    assert run["version"] == 1
    assert {figure["name"] for figure in run["overall"]["figures"]} == MEASURES
    for figure in run["overall"]["figures"]:
        assert set(figure) == {"name", "title", "meaning", "of", "unit", "value", "low", "high", "possible"}
    assert [outcome["posed"]["id"] for outcome in run["outcomes"]] == ["zebrafish", "axolotls", "price"]
    for outcome in run["outcomes"]:
        assert set(outcome) == {
            "posed", "understood", "standalone_question", "composer", "abstained", "reason", "missing_terms",
            "answer", "statements", "cells", "missed", "corrected", "score", "milliseconds", "wall_milliseconds",
        }  # fmt: skip
    axolotls = run["outcomes"][1]
    assert axolotls["posed"]["facts"] == ["noon", "midnight"]
    assert "midnight" in axolotls["missed"]
    assert isinstance(axolotls["answer"], str)


def test_a_run_is_kept_reported_and_compared_with(
    loccit: Loccit, two_papers: Path, questions: Path, tmp_path: Path
) -> None:
    saved, page = tmp_path / "run.json", tmp_path / "run.html"
    made = loccit(
        "evaluate", str(questions), "--save", str(saved), "--html", str(page), "--json", library=two_papers
    )
    assert json.loads(saved.read_text("utf-8")) == made.json
    assert 'id="axolotls"' in page.read_text("utf-8")

    again = loccit("evaluate", str(questions), "--compare", str(saved), library=two_papers)
    assert (again.status, again.err) == (0, "")
    assert "Compared over 3 questions\n" in again.out
    assert re.search(r"^Exact quotes .* 0\.0 ", again.out, re.MULTILINE)
    assert "Better: none" in again.out
    assert "Worse: none" in again.out


def test_a_question_that_got_worse_is_named(
    loccit: Loccit, two_papers: Path, questions: Path, tmp_path: Path
) -> None:
    saved = tmp_path / "run.json"
    run = loccit("evaluate", str(questions), "--json", library=two_papers).json
    run["outcomes"][1].update(score=1.0, missed=[])
    saved.write_text(json.dumps(run), encoding="utf-8")

    shown = loccit("evaluate", str(questions), "--compare", str(saved), library=two_papers).out
    assert re.search(r"^Worse: 1$\n^  axolotls  100% → \d+%  When do axolotls sleep\?", shown, re.MULTILINE)
    compared = loccit("evaluate", str(questions), "--compare", str(saved), "--json", library=two_papers).json
    assert set(compared) == {"before", "after", "common", "left_out", "figures", "better", "worse"}
    recall = next(figure for figure in compared["figures"] if figure["name"] == "fact_recall")
    assert recall["difference"] < 0
    assert [question["id"] for question in compared["worse"]] == ["axolotls"]


def test_wrong_usage_ends_with_2(loccit: Loccit, questions: Path) -> None:
    ended = loccit("evaluate", str(questions), "--held-out")
    assert ended.status == 2
    assert "--held-out asks questions that ship; name no FILE with it." in ended.err


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["{folder}/none.yaml"], "none.yaml: no questions can be read from it: No such file"),
        (["{folder}/empty.yaml"], "empty.yaml: it holds no questions"),
        (["{folder}/animals.yaml", "--compare", "{folder}/none.json"], "none.json: no saved run can be read"),
        (["{folder}/animals.yaml", "--compare", "{folder}/animals.yaml"], "it is no run that this version"),
        (["{folder}/animals.yaml", "--save", "{folder}/gone/run.json"], "there is no folder"),
        (["{folder}/animals.yaml", "--html", "{folder}"], "this is a folder; name a file to write"),
    ],
)
def test_what_cannot_be_read_or_written_is_told_in_one_line(
    loccit: Loccit, two_papers: Path, questions: Path, arguments: list[str], told: str
) -> None:
    (questions.parent / "empty.yaml").write_text("questions: []", encoding="utf-8")
    ended = loccit("evaluate", *(a.format(folder=questions.parent) for a in arguments), library=two_papers)
    assert (ended.status, ended.out) == (1, "")
    assert ended.err.startswith("loccit: ")
    assert told in ended.err
    assert ended.err.count("\n") == 1


def test_what_readers_have_judged_is_asked_again(loccit: Loccit, own_copy: Path, tmp_path: Path) -> None:
    nobody = loccit("evaluate", "--feedback", library=own_copy)
    assert (nobody.status, nobody.out) == (1, "")
    assert "No reader has judged an answer" in nobody.err
    answer = Answer.model_validate(
        loccit("ask", "--json", "How do zebrafish regrow fins?", library=own_copy).json
    )
    readers = Readers.open(own_copy)
    judge(readers, answer, Judgement(opinion=Opinion.GOOD))
    readers.close()
    run = loccit("evaluate", "--feedback", "--json", library=own_copy).json
    assert [outcome["posed"]["question"] for outcome in run["outcomes"]] == ["How do zebrafish regrow fins?"]
    target = tmp_path / "judged.yaml"
    assert loccit("evaluate", "--feedback", "--write", str(target), library=own_copy).status == 0
    assert read_questions(target).questions[0].question == "How do zebrafish regrow fins?"


def test_questions_of_readers_and_other_questions_are_not_named_together(
    loccit: Loccit, two_papers: Path, questions: Path
) -> None:
    for wrong in (("--feedback", str(questions)), ("--feedback", "--held-out"), ("--write", "x.yaml")):
        assert loccit("evaluate", *wrong, library=two_papers).status == 2
