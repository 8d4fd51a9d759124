"""The commands: what they print, where, and how they end."""

from __future__ import annotations

import io
import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from rich.console import Console

from assistant import Assistant
from assistant.interface import browser
from assistant.interface.console import plain, print_json
from assistant.interface.rendering import show_answer
from assistant.interface.serving.access import Access
from assistant.interface.terminal import app, run
from corpus.library import Library
from corpus.settings import Settings
from tests.interface.conftest import Loccit

PROGRAM = [sys.executable, "-c", "from assistant.interface.terminal import main; main()"]
ROOT = Path(__file__).parents[2]
COMPARISON = "How does CAR-NK compare with CAR-T in safety?"
ESCAPES = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f]")


def started(*arguments: str, **options: object) -> subprocess.Popen[str]:
    return subprocess.Popen(  # type: ignore[call-overload,no-any-return]
        [*PROGRAM, *arguments],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        **options,
    )


class TestUsage:
    def test_help_names_every_command(self, loccit: Loccit) -> None:
        ended = loccit("--help")
        assert ended.status == 0
        commands = ("ingest", "ask", "search", "documents", "show", "remove", "serve", "doctor")
        assert all(f"  {name} " in ended.out for name in commands)

    @pytest.mark.parametrize(
        "name",
        # That about the language model is about no library.
        sorted({c.callback.__name__ for c in app.registered_commands if c.callback} - {"models"}),
    )
    def test_every_command_has_help_and_takes_a_library(self, loccit: Loccit, name: str) -> None:
        ended = loccit(name, "--help")
        assert ended.status == 0
        assert "--library DIR" in ended.out

    def test_version_is_the_distributions(self, loccit: Loccit, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("importlib.metadata.version", {"loccit": "1.2.3"}.__getitem__)
        assert loccit("--version") == (0, "loccit 1.2.3\n", "")

    @pytest.mark.parametrize(
        ("arguments", "told"),
        [
            (["frobnicate"], "No such command 'frobnicate'"),
            (["ask", "--frobnicate"], "No such option: --frobnicate"),
            (["ask", "   "], "QUESTION is empty"),
            (["search", ""], "QUERY is empty"),
            (["search", "x", "-k", "0"], "'-k'"),
            (
                ["ask", "x", "--type", "gossip"],
                "'gossip' is not a type of source. These are: clinical-trial, ",
            ),
            (["ask", "x", "--year-from", "soon"], "'--year-from'"),
            (["show"], "'ID'"),
            (["serve", "--port", "70000"], "'--port'"),
        ],
    )
    def test_wrong_usage_ends_with_2_and_says_what_is_wrong(
        self, loccit: Loccit, arguments: list[str], told: str
    ) -> None:
        ended = loccit(*arguments)
        assert (ended.status, ended.out) == (2, "")
        assert told in ended.err
        assert "Traceback" not in ended.err

    def test_a_question_is_not_awaited_from_a_keyboard(
        self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        keyboard = io.StringIO()
        monkeypatch.setattr(keyboard, "isatty", lambda: True)
        monkeypatch.setattr(sys, "stdin", keyboard)
        assert run(["ask"]) == 2
        assert "Give a QUESTION, or pipe lines into the command." in capsys.readouterr().err

    @pytest.mark.parametrize(
        "arguments",
        [["ask", "x"], ["search", "x"], ["documents"], ["show", "x"], ["remove", "x"], ["doctor"], ["serve"]],
    )
    def test_without_a_library_one_line_says_how_to_make_one(
        self, loccit: Loccit, arguments: list[str], tmp_path: Path
    ) -> None:
        ended = loccit(*arguments, library=tmp_path)
        assert (ended.status, ended.out) == (1, "")
        assert ended.err.startswith(f"loccit: There is no library in {tmp_path}. Run `loccit ingest`")
        assert ended.err.count("\n") == 1

    def test_the_library_can_be_named_by_the_environment(
        self, loccit: Loccit, two_papers: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("LOCCIT_LIBRARY", str(two_papers))
        assert len(loccit("documents", "--json").json) == 2

    def test_a_bug_is_not_hidden(self, two_papers: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        def broken(_library: Library) -> None:
            raise TypeError("a bug")

        monkeypatch.setattr(Library, "documents", broken)
        with pytest.raises(TypeError, match="a bug"):
            run(["documents", "--library", str(two_papers)])


class TestIngest:
    def test_files_and_folders_are_added_and_told(self, loccit: Loccit, tmp_path: Path) -> None:
        folder = tmp_path / "papers"
        folder.mkdir()
        (folder / "one.md").write_text("# Otters\n\nOtters hold hands.\n", "utf-8")
        (tmp_path / "two.txt").write_text("Badgers dig.\n", "utf-8")
        origins = (str(folder), str(tmp_path / "two.txt"))
        first = loccit("ingest", *origins, library=tmp_path / "library")
        assert first.status == 0
        assert first.out.startswith(
            "Documents: 2 added, 0 replaced, 0 unchanged. Passages stored: 2. Seconds: "
        )
        (folder / "one.md").write_text("# Otters\n\nOtters float.\n", "utf-8")
        again = loccit("ingest", *origins, library=tmp_path / "library")
        assert again.out.startswith("Documents: 0 added, 1 replaced, 1 unchanged. Passages stored: 1. ")
        assert again.err == ""

    def test_a_bad_file_is_told_with_its_reason_and_the_others_are_ingested(
        self, loccit: Loccit, tmp_path: Path
    ) -> None:
        (tmp_path / "bad.jsonl").write_text("{oops\n", "utf-8")
        (tmp_path / "good.txt").write_text("Badgers dig.\n", "utf-8")
        ended = loccit(
            "ingest", str(tmp_path / "bad.jsonl"), str(tmp_path / "good.txt"), library=tmp_path / "library"
        )
        assert ended.status == 1
        assert ended.out.startswith("Documents: 1 added")
        assert ended.err.startswith("Failed: 1.\n")
        assert str(tmp_path / "bad.jsonl") in ended.err

    def test_what_names_nothing_ends_it_before_anything_is_made(self, loccit: Loccit, tmp_path: Path) -> None:
        (tmp_path / "good.txt").write_text("Badgers dig.\n", "utf-8")
        ended = loccit("ingest", str(tmp_path / "good.txt"), "missing.xml", library=tmp_path / "library")
        assert (ended.status, ended.out) == (1, "")
        assert ended.err.startswith("loccit: 'missing.xml' is no file or folder, and no PMC…")
        assert not (tmp_path / "library").exists()

    def test_without_origins_the_starter_corpus_is_meant(self, loccit: Loccit, starter_library: Path) -> None:
        for arguments in ([], ["--starter"]):
            ended = loccit("ingest", *arguments, library=starter_library)
            assert ended.status == 0
            assert ended.out.startswith("Documents: 0 added, 0 replaced, 60 unchanged. Passages stored: 0. ")

    def test_a_library_that_is_written_to_is_not_waited_for(
        self, loccit: Loccit, own_copy: Path, settings: Settings
    ) -> None:
        with Library(own_copy, settings) as library, library.writing():
            ended = loccit("ingest", library=own_copy)
        assert ended.status == 1
        assert "Another process is writing to the library" in ended.err


class TestContents:
    def test_documents_are_a_line_each_for_other_programs(self, loccit: Loccit, two_papers: Path) -> None:
        ended = loccit("documents", library=two_papers)
        assert [line.split("\t")[0] for line in ended.out.splitlines()] == ["10.5/a b", "marker"]

    def test_a_documents_words_are_never_markup(self, loccit: Loccit, two_papers: Path) -> None:
        ended = loccit("show", "marker", library=two_papers)
        assert "Markers of [bold]zebrafish[/bold]" in ended.out
        assert "Zebrafish regrow [red]fins[/red] in weeks." in ended.out

    def test_an_unknown_document_is_one_line(self, loccit: Loccit, two_papers: Path) -> None:
        for command in ("show", "remove"):
            ended = loccit(command, "no\x1b[31mbody", library=two_papers)
            assert (ended.status, ended.out, ended.err.count("\n")) == (1, "", 1)
            assert "`loccit documents` lists what it has." in ended.err
            assert "\x1b" not in ended.err

    def test_a_removed_document_is_gone_from_every_store(self, loccit: Loccit, own_copy: Path) -> None:
        assert loccit("remove", "10.5/a b", library=own_copy) == (0, "Removed 10.5/a b.\n", "")
        assert [d["document_id"] for d in loccit("documents", "--json", library=own_copy).json] == ["marker"]
        assert loccit("doctor", library=own_copy).status == 0
        found = loccit("search", "axolotls sleep", "--json", library=own_copy).json["passages"]
        assert {passage["document_id"] for passage in found} == {"marker"}


class TestServe:
    def test_it_serves_the_library_and_says_where(
        self, loccit: Loccit, two_papers: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def serve(assistant: Assistant, host: str, port: int, announce: object, access: Access) -> None:
            assert assistant.library.path == two_papers
            assert access == Access(own_host="127.0.0.1")
            assert callable(announce)
            announce(f"http://{host}:{port}/")

        monkeypatch.setattr(browser, "serve", serve)
        ended = loccit("serve", "--port", "8123", library=two_papers)
        assert ended == (0, "Loccit is at http://127.0.0.1:8123/ (Ctrl-C ends it).\n", "")


class TestDoctor:
    def test_a_whole_library_ends_with_0(self, loccit: Loccit, two_papers: Path) -> None:
        ended = loccit("doctor", library=two_papers)
        assert (ended.status, ended.err) == (0, "")
        assert ended.out.splitlines()[0] == "Catalogue: 2 documents, 2 passages."
        assert ended.out.splitlines()[-1] == "The library is whole."

    def test_a_damaged_one_ends_with_1_until_it_is_repaired(self, loccit: Loccit, own_copy: Path) -> None:
        (fulltext,) = own_copy.glob("fulltext-*")
        (fulltext / "meta.json").write_text("?", "utf-8")
        asked = loccit("ask", "When do axolotls sleep?", library=own_copy)
        assert asked.status == 1
        assert asked.err.endswith("`loccit doctor --repair` rebuilds it.\n")
        ill = loccit("doctor", "--json", library=own_copy)
        assert (ill.status, ill.json["whole"], ill.json["repair"]) == (1, False, None)
        cured = loccit("doctor", "--repair", "--json", library=own_copy)
        assert (cured.status, cured.json["whole"], cured.json["repair"]) == (
            0,
            True,
            {"restored": 2, "swept": 0},
        )
        assert loccit("ask", "When do axolotls sleep?", library=own_copy).status == 0


class TestRendering:
    def test_control_sequences_of_documents_reach_no_terminal(
        self, starter_library: Path, settings: Settings
    ) -> None:
        with Assistant.open(starter_library, settings) as assistant:
            answer = assistant.ask(COMPARISON)
        hostile = "\x1b]8;;http://evil\x07[bold]x[/]\x9b31m\u202e"
        quoted = answer.citations[0].quotes[0].model_copy(update={"text": hostile})
        fields = {
            "title": hostile,
            "authors": (hostile,),
            "section": (hostile,),
            "quotes": (quoted,),
            "note": hostile,
        }
        fields |= {"read_at": (hostile,), "container_title": hostile}
        answer = answer.model_copy(
            update={
                "citations": tuple(c.model_copy(update=fields) for c in answer.citations),
                "statements": tuple(s.model_copy(update={"text": hostile}) for s in answer.statements),
            }
        )
        console = Console(file=io.StringIO(), width=100, markup=False, highlight=False)
        show_answer(console, answer)
        assert isinstance(console.file, io.StringIO)
        shown = console.file.getvalue()
        assert "[bold]x[/]" in shown
        assert not ESCAPES.search(shown)

    def test_offsets_survive_the_cleaning(self) -> None:
        assert (
            plain("a\x1b\tb\u202ec\nd").plain == "a\N{REPLACEMENT CHARACTER} b\N{REPLACEMENT CHARACTER}c\nd"
        )

    def test_json_is_one_line_without_control_characters(self, capsys: pytest.CaptureFixture[str]) -> None:
        value = {"a": "α\x1b\x9b\x85\u2028\ud800\n"}
        print_json(value)
        out = capsys.readouterr().out
        assert out == '{"a": "α\\u001b\\u009b\\u0085\\u2028\\ud800\\n"}\n'
        assert len(out.splitlines()) == 1


class TestProcess:
    def test_output_is_utf8_whatever_the_locale(self, starter_library: Path) -> None:
        environment = os.environ | {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONIOENCODING": "ascii"}
        with started("show", "source-article", "--library", str(starter_library), env=environment) as process:
            out, err = process.communicate()
        assert (process.returncode, err) == (0, "")
        assert "באמצעות" in out

    def test_an_answer_is_given_before_the_next_question_and_ctrl_c_ends_it(self, two_papers: Path) -> None:
        with started("search", "--library", str(two_papers)) as process:
            assert process.stdin is not None
            assert process.stdout is not None
            process.stdin.write("axolotls\n")
            process.stdin.flush()
            assert process.stdout.readline().startswith('{"query": "axolotls"')
            assert process.stderr is not None
            process.send_signal(signal.SIGINT)
            # Its input stays open till then: the end of that would end it too.
            process.wait()
            assert (process.returncode, process.stderr.read()) == (130, "loccit: interrupted\n")

    def test_a_closed_pipe_ends_it_quietly(self, starter_library: Path) -> None:
        for arguments in (["show", "source-article"], ["documents", "--json"]):
            with started(*arguments, "--library", str(starter_library)) as process:
                assert process.stdout is not None
                assert process.stderr is not None
                process.stdout.close()
                assert process.stderr.read() == ""
