"""The commands with a language model: what they print, what their options mean, and how they are stopped."""

from __future__ import annotations

import os
import pty
import re
import select
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from assistant import Assistant
from assistant.interface import browser
from tests.assistant.models.behaviours import evidence_in, perfectly, rephrasing, writing
from tests.assistant.models.conftest import need
from tests.assistant.models.serving import Chat, Hang, ModelServer, Reply, Say, Status, always
from tests.interface.conftest import Loccit

ROOT = Path(__file__).parents[2]
PROGRAM = [sys.executable, "-c", "from assistant.interface.terminal import main; main()"]
QUESTION = "How long do CAR-NK cells persist?"
WRITTEN = {
    "model", "first_word_ms", "prompt_tokens", "completion_tokens", "tokens_estimated", "tokens_per_second", "cost",
    "left_out", "repaired", "fell_back", "broke_off", "stopped",
}  # fmt: skip


@pytest.fixture
def model_server(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[ModelServer]:
    """A model that repeats its evidence; what it costs is kept in this test's own file."""
    need("llama_index.llms.openai_like", "loccit[openai-like]")
    monkeypatch.setenv("LOCCIT_SPENDING", str(tmp_path / "spending.sqlite"))
    with ModelServer(writing(perfectly)) as server:
        yield server


def named(server: ModelServer) -> str:
    return f"openai-like:{server.openai_url}#scripted"


def a_sentence_and_another_without_a_source(chat: Chat) -> Reply:
    key, text = next(iter(evidence_in(chat.prompt).items()))
    return f"{text.rstrip('.')} [{key}]. Nobody has ever seen them swim."


def two_sentences_and_silence(chat: Chat) -> Reply:
    """Say a sentence that stands, begin another one and fall silent."""
    key, text = next(iter(evidence_in(chat.prompt).items()))
    return [Say(f"{text.rstrip('.')} [{key}]. Nobody has ever seen them swim"), Hang()]


class TestOptions:
    def test_an_answer_tells_how_it_was_written(
        self, loccit: Loccit, starter_library: Path, model_server: ModelServer
    ) -> None:
        answer = loccit("ask", QUESTION, "--json", "--llm", named(model_server), library=starter_library).json
        assert answer["composer"] == "generative"
        written: dict[str, Any] = answer["written"]
        assert set(written) == WRITTEN
        assert written["model"] == f"scripted ({model_server.url.removeprefix('http://')})"
        assert written["first_word_ms"] > 0
        assert min(written["prompt_tokens"], written["completion_tokens"]) > 0
        assert (written["cost"], written["fell_back"], written["stopped"]) == (None, None, False)
        assert all(set(left) == {"text", "reason"} for left in written["left_out"])

    def test_a_sentence_that_is_partly_supported_says_so_in_the_markdown(
        self,
        loccit: Loccit,
        starter_library: Path,
        model_server: ModelServer,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        monkeypatch.setenv("LOCCIT_LLM_JUDGE", "true")
        model_server.script = writing(rephrasing, opinion="partly")
        answer = loccit("ask", QUESTION, "--json", "--llm", named(model_server), library=starter_library).json
        partial = [said for said in answer["statements"] if said["verdict"] == "partial"]
        assert answer["answer"].count("] (partly supported)") == len(partial) > 0

    def test_the_option_goes_before_the_environment(
        self,
        loccit: Loccit,
        starter_library: Path,
        model_server: ModelServer,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        monkeypatch.setenv("LOCCIT_LLM", named(model_server))
        assert loccit("ask", QUESTION, "--json", library=starter_library).json["composer"] == "generative"
        asked = len(model_server.chats)
        answer = loccit("ask", QUESTION, "--json", "--llm", "none", library=starter_library).json
        assert (answer["composer"], answer["written"], len(model_server.chats)) == ("extractive", None, asked)

    def test_an_answers_tokens_can_be_limited(
        self, loccit: Loccit, starter_library: Path, model_server: ModelServer
    ) -> None:
        limited = ("--llm", named(model_server), "--max-tokens-per-answer", "60")
        ended = loccit("ask", QUESTION, "--json", *limited, library=starter_library)
        assert ended.status == 0
        assert ended.json["composer"] == "extractive"
        assert "limit of 60 tokens" in ended.json["written"]["fell_back"]
        assert model_server.chats == []

    def test_a_days_cost_can_be_limited(
        self,
        loccit: Loccit,
        starter_library: Path,
        model_server: ModelServer,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        limited = ("ask", QUESTION, "--json", "--llm", named(model_server), "--max-cost-per-day", "0.0001")
        without_price = loccit(*limited, library=starter_library)
        assert (without_price.status, without_price.out) == (1, "")
        assert "LOCCIT_LLM_PRICE" in without_price.err
        monkeypatch.setenv("LOCCIT_LLM_PRICE", "1000:1000")
        assert loccit(*limited, library=starter_library).json["written"]["fell_back"]
        assert model_server.chats == []

    @pytest.mark.parametrize("command", [("ask", "x"), ("compare", "a", "b"), ("check", "x"), ("serve",)])
    def test_limits_are_numbers_above_nothing(self, loccit: Loccit, command: tuple[str, ...]) -> None:
        for option, value in (("--max-tokens-per-answer", "0"), ("--max-cost-per-day", "-1")):
            ended = loccit(*command, option, value)
            assert ended.status == 2
            assert option in ended.err

    @pytest.mark.parametrize("command", [("ask", "x"), ("compare", "a", "b"), ("check", "x"), ("serve",)])
    def test_what_names_no_model_is_told_in_one_line(
        self, loccit: Loccit, two_papers: Path, command: tuple[str, ...]
    ) -> None:
        ended = loccit(*command, "--llm", "gpt", library=two_papers)
        assert (ended.status, ended.out, ended.err.count("\n")) == (1, "", 1)
        assert "'gpt' names no language model" in ended.err

    def test_the_page_is_served_with_the_model_that_is_named(
        self,
        loccit: Loccit,
        two_papers: Path,
        model_server: ModelServer,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        labels = []

        def serve(assistant: Assistant, *_: object) -> None:
            assert assistant.model
            labels.append(assistant.model.label)

        monkeypatch.setattr(browser, "serve", serve)
        assert loccit("serve", "--llm", named(model_server), library=two_papers).status == 0
        assert labels[0].startswith("scripted (127.0.0.1:")


class TestPiped:
    def test_only_the_finished_answer_is_printed(
        self, loccit: Loccit, starter_library: Path, model_server: ModelServer
    ) -> None:
        ended = loccit("ask", QUESTION, "--llm", named(model_server), library=starter_library)
        assert (ended.status, ended.err) == (0, "")
        assert not re.search("[\x1b\x07]", ended.out)
        assert "is writing" not in ended.out
        text, _, below = ended.out.partition("\nSources\n")
        assert set(re.findall(r"\[(\d+)\]", text)) == set(re.findall(r"^\[(\d+)\]", below, re.MULTILINE))
        assert "Written by scripted (127.0.0.1:" in below
        assert "tokens read" in below

    def test_a_comparison_is_written_too(
        self, loccit: Loccit, starter_library: Path, model_server: ModelServer
    ) -> None:
        arguments = ("compare", "CAR-NK", "CAR-T", "--aspect", "safety", "--llm", named(model_server))
        ended = loccit(*arguments, library=starter_library)
        assert "Cells written by scripted (127.0.0.1:" in ended.out
        assert loccit(*arguments, "--json", library=starter_library).json["written"]["fell_back"] is None

    def test_lines_are_answered_one_by_one(
        self, loccit: Loccit, starter_library: Path, model_server: ModelServer
    ) -> None:
        line = f'{{"question": "{QUESTION}"}}\n'
        ended = loccit("ask", "--llm", named(model_server), library=starter_library, lines=line * 2)
        assert ended.status == 0
        assert [answer["composer"] for answer in ended.objects] == ["generative", "generative"]

    def test_what_nothing_bears_out_is_told_apart_from_the_answer(
        self, loccit: Loccit, starter_library: Path, model_server: ModelServer
    ) -> None:
        model_server.script = a_sentence_and_another_without_a_source
        ended = loccit("ask", QUESTION, "--llm", named(model_server), library=starter_library)
        answer, _, left_out = ended.out.partition("1 sentence was left out as unsupported or unfinished:\n")
        assert "Nobody" not in answer
        assert left_out.startswith("– “Nobody has ever seen them swim.” It names no evidence.\n")

    def test_a_model_that_gives_no_answer_leaves_the_sources_own_sentences(
        self, loccit: Loccit, starter_library: Path, model_server: ModelServer
    ) -> None:
        model_server.script = always(Status(401))
        ended = loccit("ask", QUESTION, "--llm", named(model_server), library=starter_library)
        assert (ended.status, ended.err) == (0, "")
        said = " ".join(ended.out.split())
        assert "scripted" in said.partition("So this answer is composed of the sources' own sentences.")[0]
        assert "[1]" in said


class TestTerminal:
    def test_ctrl_c_stops_the_model_and_shows_what_was_checked(
        self, starter_library: Path, model_server: ModelServer
    ) -> None:
        model_server.script = two_sentences_and_silence
        ours, theirs = pty.openpty()
        command = [*PROGRAM, "ask", QUESTION, "--llm", named(model_server), "--library", str(starter_library)]
        environment = os.environ | {"TERM": "xterm", "COLUMNS": "100", "LINES": "40"}
        with subprocess.Popen(
            command, cwd=ROOT, stdin=theirs, stdout=theirs, stderr=subprocess.PIPE, env=environment
        ) as process:
            os.close(theirs)
            being_written = read_until(ours, "Nobody has ever seen")
            process.send_signal(signal.SIGINT)
            model_server.until(lambda: model_server.chats[0].went_away)
            finished = read_until(ours, None)
            _, err = process.communicate()
            os.close(ours)
        assert (process.returncode, err) == (130, b"loccit: interrupted\n")
        assert "is writing; dim: not checked yet. Ctrl-C stops it." in being_written
        assert "Stopped by you. What had been checked by then stays." in finished
        answer, _, left_out = finished.partition("left out")
        assert "[1]" in answer
        assert "Nobody has ever" not in answer.rpartition("Ctrl-C stops it.")[2]
        assert "“Nobody has ever seen them swim” It was not finished." in left_out


def read_until(terminal: int, words: str | None) -> str:
    """Read what a program shows, without its colours, until it shows these words; or until it ends."""
    shown = ""
    while words is None or words not in plain(shown):
        ready, _, _ = select.select([terminal], [], [], 60)
        assert ready, f"nothing more comes after {plain(shown)!r}"
        try:
            shown += os.read(terminal, 65536).decode(errors="replace")
        except OSError:
            # How Linux says that nobody holds the other end any more.
            assert words is None, plain(shown)
            break
    return plain(shown)


def plain(shown: str) -> str:
    return re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", shown)
