"""What a language model says in other words than its source's, asked through the assistant as a reader asks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from assistant import Assistant
from assistant.answer import Answer, Verdict
from corpus.settings import Settings
from tests.assistant.models import behaviours
from tests.assistant.models.conftest import need
from tests.assistant.models.serving import ModelServer

QUESTION = "How much does freezing cut the killing by NK cells in a collagen gel?"
SOURCE = "collagen gel"
STATEMENT = (
    "Embedded in a 3D collagen matrix, NK cells were 5.6 times less effective killers once they had been frozen, Mark "
    "and colleagues say in a preprint."
)
UNTRUE = {
    "denied": STATEMENT.replace("were", "were not"),
    "the other way": STATEMENT.replace("less", "more"),
    "another number": STATEMENT.replace("5.6", "8.6"),
}
Ask = Callable[[str], Answer]


@pytest.fixture
def ask(starter_library: Path, settings: Settings, tmp_path: Path) -> Iterator[Ask]:
    """Ask a model that says one sentence, and cites the one source that speaks of it."""
    need("llama_index.llms.openai_like", "loccit[openai-like]")
    with ExitStack() as opened:
        server = opened.enter_context(ModelServer())
        chosen: dict[str, Any] = {
            "llm": f"openai-like:{server.url}#scripted",
            "spending": tmp_path / "spending.sqlite",
        }
        assistant = Assistant.open(starter_library, settings.model_copy(update=chosen))
        opened.enter_context(assistant)

        def one(statement: str) -> Answer:
            def said(evidence: behaviours.Evidence) -> str:
                key = next(key for key, text in evidence.items() if SOURCE in text)
                return f"{statement.rstrip('.')} [{key}]."

            server.script = behaviours.writing(said)
            return assistant.ask(QUESTION)

        yield one


def test_what_the_source_says_stands_in_the_models_words(ask: Ask) -> None:
    answer = ask(STATEMENT)
    assert answer.composer == "generative"
    (statement,) = answer.statements
    assert statement.text == STATEMENT and statement.verdict is Verdict.SUPPORTED
    assert all(SOURCE in quote.text for quote in statement.quotes)


@pytest.mark.parametrize("statement", UNTRUE.values(), ids=UNTRUE)
def test_what_the_source_does_not_say_never_stands(statement: str, ask: Ask) -> None:
    answer = ask(statement)
    assert answer.written is not None
    assert statement not in [said.text for said in answer.statements]
    assert answer.composer == "extractive" and answer.written.fell_back
