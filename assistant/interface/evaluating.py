"""Evaluates for the command line: progress while it asks, figures when it ends."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from rich.progress import track

from assistant.evaluation.asking import conditions_of, outcomes
from assistant.evaluation.differing import differences
from assistant.evaluation.feedback import Judged, as_yaml, judged
from assistant.evaluation.questions import QuestionSet, read_questions, shipped_questions
from assistant.evaluation.run import Run, read_run, save_run, summarised
from assistant.interface.console import print_json, to_stderr, to_stdout
from assistant.interface.figures import show_differences, show_run
from assistant.interface.opening import open_assistant, open_library
from corpus.errors import EvaluationError
from corpus.readers import Readers

if TYPE_CHECKING:
    from assistant.evaluation.outcome import Outcome


@dataclass(frozen=True, slots=True)
class Wanted:
    """What one `loccit evaluate` is to do.

    Attributes:
        file: The questions; None for those that ship.
        held_out: Whether those that nothing was tuned on are asked, of those that ship.
        feedback: Whether what readers have judged is asked, in place of any other questions.
        save: Where to keep the run.
        report: Where to write the report.
        compare: A saved run to compare with.
    """

    file: Path | None = None
    held_out: bool = False
    feedback: bool = False
    save: Path | None = None
    report: Path | None = None
    compare: Path | None = None


def evaluate_answers(folder: Path | None, wanted: Wanted, *, as_json: bool) -> None:
    """Ask a set of questions, judge the answers and print what was found.

    Args:
        folder: Of the library; None for the one in the settings.
        wanted: What to do.
        as_json: Whether one JSON object is printed: the run or, if one is compared, the differences.

    Raises:
        LoccitError: If questions, library or saved run cannot be read, which is seen before anything is asked; or if
            the two runs have no question in common.
    """
    questions = _questions(folder, wanted)
    before = read_run(wanted.compare) if wanted.compare else None
    for target in filter(None, (wanted.save, wanted.report)):
        _check_folder(target)
    run = _run(folder, questions)
    if wanted.save:
        save_run(run, wanted.save)
    if wanted.report:
        from assistant.evaluation.report import report_of

        wanted.report.write_text(report_of(run), encoding="utf-8")
    console = to_stdout()
    changed = differences(before, run) if before else None
    if as_json:
        print_json((changed or run).model_dump(mode="json"))
    elif changed:
        show_differences(console, changed)
    else:
        show_run(console, run)


def write_feedback(folder: Path | None, target: Path) -> None:
    """Write the questions that readers have judged, for somebody to complete.

    Args:
        folder: Of the library; None for the one in the settings.
        target: The file.

    Raises:
        LoccitError: If there is no library, nothing was judged, or the file cannot be written.
    """
    _check_folder(target)
    found = _judged(folder)
    target.write_text(as_yaml(found), encoding="utf-8")
    to_stderr().print(
        f"Written to {target}: sure {len(found.sure)}, without facts {len(found.unsure)}.", soft_wrap=True
    )


def _questions(folder: Path | None, wanted: Wanted) -> QuestionSet:
    if wanted.file:
        return read_questions(wanted.file)
    if not wanted.feedback:
        return shipped_questions(held_out=wanted.held_out)
    found = _judged(folder)
    if found.sure and found.unsure:
        to_stderr().print(
            f"{len(found.unsure)} opinions do not say what is right; --write FILE lists them.", soft_wrap=True
        )
    return found.questions


def _judged(folder: Path | None) -> Judged:
    with open_library(folder) as library:
        return judged(Readers.open(library.path).feedback())


def _run(folder: Path | None, questions: QuestionSet) -> Run:
    with open_assistant(folder) as assistant:
        conditions = conditions_of(assistant, questions)
        return summarised(
            conditions, list(_tracked(outcomes(assistant, questions), len(questions.questions)))
        )


def _tracked(asked: Iterable[Outcome], total: int) -> Iterable[Outcome]:
    console = to_stderr()
    return track(
        asked, "Asking", total=total, console=console, transient=True, disable=not console.is_terminal
    )


def _check_folder(target: Path) -> None:
    """Refuse a place that cannot be written to before the questions are asked, not after."""
    if target.is_dir():
        raise EvaluationError(f"{target}: this is a folder; name a file to write")
    if not target.parent.is_dir():
        raise EvaluationError(f"{target}: there is no folder {target.parent} to write it to")
