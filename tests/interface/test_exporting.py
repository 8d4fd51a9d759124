"""`export`: references of documents and of answers, for other programs."""

from __future__ import annotations

import json
from pathlib import Path

import rispy
from bibtexparser.entrypoint import parse_string

from tests.interface.conftest import Loccit

ID = "10.5/a b"


def test_documents_are_exported_in_the_order_given(loccit: Loccit, two_papers: Path) -> None:
    ended = loccit("export", ID, "marker", ID, library=two_papers)
    assert (ended.status, ended.err) == (0, "")
    titles = [entry.fields_dict["title"].value for entry in parse_string(ended.out).entries]
    assert titles == ["Sleep of axolotls", "Markers of [bold]zebrafish[/bold]"]


def test_each_format_is_what_its_readers_read(loccit: Loccit, two_papers: Path) -> None:
    ris = loccit("export", "marker", "--format", "ris", library=two_papers)
    assert rispy.loads(ris.out)[0]["title"] == "Markers of [bold]zebrafish[/bold]"
    csl = loccit("export", "marker", "--format", "csl-json", library=two_papers)
    assert csl.json[0]["title"] == "Markers of [bold]zebrafish[/bold]"


def test_a_document_is_found_by_what_the_world_calls_it(loccit: Loccit, starter_library: Path) -> None:
    ways = ("10.1056/NEJMOA1910607", "doi:10.1056/NEJMoa1910607", "https://doi.org/10.1056/NEJMoa1910607")
    titles = {
        loccit("export", way, "--format", "csl-json", library=starter_library).json[0]["title"]
        for way in ways
    }
    assert titles == {"Use of CAR-Transduced Natural Killer Cells in CD19-Positive Lymphoid Tumors"}


def test_an_unknown_document_is_named_and_nothing_is_written(loccit: Loccit, two_papers: Path) -> None:
    ended = loccit("export", "marker", "nix", library=two_papers)
    assert (ended.status, ended.out) == (1, "")
    assert "no document 'nix'" in ended.err
    assert "`loccit documents` lists the ids" in ended.err


def test_an_unknown_format_is_wrong_usage(loccit: Loccit, two_papers: Path) -> None:
    assert loccit("export", "marker", "--format", "docx", library=two_papers).status == 2


def test_what_answers_cite_is_exported_each_once(loccit: Loccit, two_papers: Path) -> None:
    asked = loccit("ask", "--json", "How do zebrafish regrow fins?", library=two_papers)
    lines = f"{json.dumps(asked.json)}\n" * 2
    ended = loccit("export", "--format", "csl-json", library=two_papers, lines=lines)
    assert [item["title"] for item in ended.json] == ["Markers of [bold]zebrafish[/bold]"]
    whole = loccit("export", "--format", "markdown", library=two_papers, lines=lines)
    assert whole.out.count("# How do zebrafish regrow fins?") == 2


def test_what_is_no_answer_is_told_by_its_line(loccit: Loccit, two_papers: Path) -> None:
    ended = loccit("export", library=two_papers, lines='\n{"no": "answer"}\n')
    assert (ended.status, ended.out) == (1, "")
    assert "Line 2 of the input is not an answer" in ended.err
