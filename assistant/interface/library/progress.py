"""What the page says of adding papers: how far it is, what came of it, what failed."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.interface.library.adding import Run
from assistant.interface.library.naming import can_be_fetched
from assistant.interface.markup import attributes, shown
from corpus.rows import Failure
from ingest.pipeline import Progress, Report

MOST_FAILURES = 50


def adding_shown(run: Run | None, failures: Sequence[Failure]) -> str:
    """Show the run under way or the last one, and all that failed and was not added since."""
    return (_run(run) if run else "") + (_failures(failures, running=bool(run and run.is_running)))


def _run(run: Run) -> str:
    if run.error is not None:
        return (
            f'<section class="run"><h3>Not added</h3><p class="error">{shown(str(run.error))}</p></section>'
        )
    if run.report is not None:
        heading = "Added" if run.report.added or run.report.replaced else "Nothing new"
        return f'<section class="run"><h3>{heading}: {shown(run.what)}</h3><p>{_summary(run.report)}</p></section>'
    return _under_way(run.what, run.progress)


def _under_way(what: str, progress: Progress) -> str:
    bar = attributes(aria_label="Progress of adding papers")
    if progress.total is not None:
        bar += attributes(max=max(progress.total, 1), value=progress.done)
    total = f" of {progress.total:,}" if progress.total is not None else ""
    parts = [f"{progress.done:,}{total} done", _stored(progress.passages)]
    if progress.failures:
        parts.append(f"{progress.failures:,} failed")
    at_hand = shown(progress.location.removeprefix("upload:")) or (
        "Storing" if progress.done else "Beginning"
    )
    return (
        f'<section class="run"><h3>Adding {shown(what)}</h3><progress{bar}></progress>'
        f'<p>{" · ".join(parts)}</p><p class="at-hand">{at_hand}</p></section>'
    )


def _summary(report: Report) -> str:
    counts = (
        (report.added, "added"),
        (report.replaced, "renewed"),
        (report.superseded, "replaced by a better copy"),
        (report.duplicates, "left out: a better copy is there"),
        (report.unchanged, "there already"),
        (len(report.failures), "failed"),
    )
    done = (
        ", ".join(f"{number:,} {words}" for number, words in counts if number) or "There was nothing to add"
    )
    return f"{done}. {_stored(report.passages)} in {report.seconds:.0f} s."


def _stored(passages: int) -> str:
    return f"{passages:,} passage{'' if passages == 1 else 's'} stored"


def _failures(failures: Sequence[Failure], *, running: bool) -> str:
    if not failures:
        return ""
    items = "".join(
        f"<li><strong>{shown(failure.location.removeprefix('upload:'))}</strong> {shown(failure.reason)}</li>"
        for failure in failures[:MOST_FAILURES]
    )
    more = len(failures) - MOST_FAILURES
    rest = f"<li>and {more:,} more</li>" if more > 0 else ""
    again = len(can_be_fetched(failures))
    state = " disabled" if running else ""
    buttons = (
        f'<button type="button" class="try-again"{state}>Try the failed ones again</button>' if again else ""
    )
    files = "" if again == len(failures) else '<p class="hint">A file has to be chosen anew.</p>'
    buttons += f'<button type="button" class="forget"{state}>Clear this list</button>'
    return (
        f'<section class="failures"><h3>Could not be added ({len(failures):,})</h3><ul>{items}{rest}</ul>{files}'
        f'<p class="actions">{buttons}</p></section>'
    )
