"""`ask` and `search`: what they print, for people and for programs, and how they end."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from assistant import Assistant
from corpus.errors import LoccitError
from tests.interface.conftest import Loccit

COMPARISON = "How does CAR-NK compare with CAR-T in safety?"


class TestAsk:
    def test_an_answer_shows_its_numbers_its_sources_and_their_words(
        self, loccit: Loccit, starter_library: Path
    ) -> None:
        ended = loccit("ask", "How long do CAR-NK cells persist?", library=starter_library)
        assert (ended.status, ended.err) == (0, "")
        answer, sources = ended.out.split("\nSources\n")
        numbers = set(re.findall(r"\[(\d+)\]", answer))
        assert numbers
        assert numbers == set(re.findall(r"^\[(\d+)\]", sources, re.MULTILINE))
        assert "clinical trial · digest, read at " in sources
        assert "“" in sources
        assert "     https://doi.org/10." in sources

    @pytest.mark.parametrize(("columns", "side_by_side"), [("100", True), ("70", False)])
    def test_a_comparison_stands_side_by_side_where_there_is_room(
        self,
        loccit: Loccit,
        starter_library: Path,
        monkeypatch: pytest.MonkeyPatch,
        columns: str,
        side_by_side: bool,
    ) -> None:
        monkeypatch.setenv("COLUMNS", columns)
        out = loccit("ask", COMPARISON, library=starter_library).out
        assert bool(re.search("^ +CAR-NK +CAR-T *$", out, re.MULTILINE)) is side_by_side
        assert max(len(line) for line in out.splitlines() if "http" not in line) <= int(columns)

    def test_nothing_is_drawn_or_coloured_where_no_terminal_reads(
        self, loccit: Loccit, starter_library: Path
    ) -> None:
        for command in (
            ["ask", COMPARISON],
            ["documents"],
            ["show", "source-article"],
            ["search", "IL-15"],
            ["doctor"],
        ):
            out = loccit(*command, library=starter_library).out
            assert not re.search("[\x1b\u2500-\u257f]", out)

    def test_a_question_without_an_answer_is_declined_and_is_no_failure(
        self, loccit: Loccit, starter_library: Path
    ) -> None:
        ended = loccit("ask", "Does Zolgensma cure hemophilia?", library=starter_library)
        assert ended.status == 0
        assert ended.out.startswith("The library cannot answer this. Nothing in the library mentions ")
        assert "Nearest in the library, as reading" in ended.out

    def test_json_goes_alone_to_standard_output(self, loccit: Loccit, starter_library: Path) -> None:
        ended = loccit("ask", COMPARISON, "--json", library=starter_library)
        assert (ended.status, ended.err, ended.out.count("\n")) == (0, "", 1)
        assert ended.json["question"] == COMPARISON

    def test_filters_narrow_the_sources(self, loccit: Loccit, starter_library: Path) -> None:
        question = "Is cytokine release syndrome rare with CAR-NK cells?"
        narrowed = loccit(
            "ask", question, "--json", "--type", "review", "--type", "clinical-trial", "--year-from", "2021",
            library=starter_library,
        ).json  # fmt: skip
        cited = [*narrowed["citations"], *(narrowed["abstention"] or {"nearest": []})["nearest"]]
        assert cited
        assert all(c["year"] >= 2021 and c["source_type"] in {"review", "clinical-trial"} for c in cited)
        one = loccit("ask", question, "--json", "--document", "source-article", library=starter_library).json
        assert {c["document_id"] for c in one["citations"]} == {"source-article"}

    def test_an_unknown_document_is_told(self, loccit: Loccit, two_papers: Path) -> None:
        ended = loccit("ask", "x", "--document", "nobody", library=two_papers)
        assert (ended.status, ended.out) == (1, "")
        assert "has no document 'nobody'" in ended.err

    def test_each_line_in_gets_one_line_out(self, loccit: Loccit, starter_library: Path) -> None:
        lines = (
            '{"question": "What does IL-15 do in CAR-NK cells?"}\n'
            "nonsense\n"
            "[1]\n"
            '{"question": 7}\n'
            '{"question": "And its price?", "history": "What is CAR-NK?"}\n'
            "\n"
            '{"question": "How long do they persist?", "history": ["What are CAR-NK cells?"]}\n'
        )
        ended = loccit("ask", library=starter_library, lines=lines)
        assert (ended.status, ended.err) == (1, "")
        first, *bad, last = ended.objects
        assert first["question"] == "What does IL-15 do in CAR-NK cells?"
        assert [error["error"] for error in bad] == [
            'line 2: not JSON; expected {"question": "…"}',
            'line 3: not a JSON object; expected {"question": "…"}',
            'line 4: "question" must be a string that is not empty',
            'line 5: "history" must be a list of strings, the earlier questions',
            'line 6: not JSON; expected {"question": "…"}',
        ]
        assert "CAR-NK" in last["standalone_question"]

    def test_a_failure_at_one_question_does_not_end_the_others(
        self, loccit: Loccit, two_papers: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        ask = Assistant.ask

        def failing(assistant: Assistant, question: str, **options: object) -> object:
            if question == "first":
                raise LoccitError("the disk\nis gone")
            return ask(assistant, question, **options)  # type: ignore[arg-type]

        monkeypatch.setattr(Assistant, "ask", failing)
        ended = loccit(
            "ask",
            library=two_papers,
            lines='{"question": "first"}\n{"question": "When do axolotls sleep?"}\n',
        )
        assert ended.status == 1
        assert [set(o) == {"error"} for o in ended.objects] == [True, False]
        assert ended.objects[0]["error"] == "line 1: the disk is gone"

    def test_lines_may_begin_with_a_byte_order_mark_and_hold_any_bytes(
        self, loccit: Loccit, two_papers: Path
    ) -> None:
        lines = b'\xef\xbb\xbf{"question": "\xce\xb1-fetoprotein \xff?"}\n{"question": "lone \\ud800?"}\n'
        ended = loccit("ask", library=two_papers, lines=lines)
        assert [o["question"] for o in ended.objects] == [
            "α-fetoprotein \N{REPLACEMENT CHARACTER}?",
            "lone \N{REPLACEMENT CHARACTER}?",
        ]
        assert ended.status == 0

    def test_no_lines_are_no_questions(self, loccit: Loccit, two_papers: Path) -> None:
        assert loccit("ask", library=two_papers) == (0, "", "")


class TestSearch:
    def test_passages_are_ranked_and_placed(self, loccit: Loccit, two_papers: Path) -> None:
        ended = loccit("search", "axolotls sleeping", "-k", "1", library=two_papers)
        assert ended == (
            0,
            "1.   Sleep of axolotls\n     10.5/a b\n     Axolotls sleep at noon. They wake at dusk.\n\n",
            "",
        )

    def test_a_language_model_that_cannot_be_used_does_not_stand_in_the_way(
        self, loccit: Loccit, two_papers: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("LOCCIT_LLM", "gpt")
        assert loccit("search", "axolotls", library=two_papers).status == 0

    def test_each_query_gets_one_object(self, loccit: Loccit, two_papers: Path) -> None:
        ended = loccit("search", "-k", "1", library=two_papers, lines="zebrafish fins\n\n  noon\n")
        assert ended.status == 1
        fins, empty, noon = ended.objects
        assert (fins["query"], fins["passages"][0]["document_id"]) == ("zebrafish fins", "marker")
        assert empty == {"error": "line 2: the line is empty; a query was expected"}
        assert (noon["query"], noon["passages"][0]["document_id"]) == ("noon", "10.5/a b")

    def test_a_query_is_never_syntax(self, loccit: Loccit, two_papers: Path) -> None:
        ended = loccit("search", 'title:"x AND (NOT [a TO', "--json", library=two_papers)
        assert ended.status == 0
