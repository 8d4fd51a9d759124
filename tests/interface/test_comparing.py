"""`loccit compare` as a reader uses it."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from tests.interface.conftest import Loccit


def test_compare_prints_a_cited_table_and_the_sources(loccit: Loccit, starter_library: Path) -> None:
    ended = loccit("compare", "CAR-NK", "CAR-T", "--aspect", "cost", library=starter_library)
    assert ended.status == 0
    assert "CAR-NK" in ended.out and "Cost" in ended.out and "[1]" in ended.out and "Sources" in ended.out


def test_compare_json_is_an_answer_with_a_comparison(loccit: Loccit, starter_library: Path) -> None:
    ended = loccit("compare", "cord blood", "iPSC", "NK-92", "--json", library=starter_library)
    assert ended.json["kind"] == "comparison"
    assert ended.json["comparison"]["subjects"] == ["cord blood", "iPSC", "NK-92"]


def test_compare_markdown_and_csv_carry_their_references(loccit: Loccit, starter_library: Path) -> None:
    markdown = loccit("compare", "CAR-NK", "CAR-T", "--markdown", library=starter_library)
    assert markdown.out.startswith("| | CAR-NK | CAR-T |") and "**References**" in markdown.out
    table = loccit("compare", "CAR-NK", "CAR-T", "--csv", library=starter_library)
    rows = list(csv.reader(io.StringIO(table.out, newline="")))
    assert rows[0] == ["Aspect", "CAR-NK", "CAR-T"] and ["Citation", "Reference", "Address"] in rows


def test_compare_names_a_subject_that_the_library_lacks(loccit: Loccit, starter_library: Path) -> None:
    ended = loccit("compare", "CAR-NK", "insulin", library=starter_library)
    assert ended.status == 0
    assert "“insulin”" in ended.out


@pytest.mark.parametrize(
    "arguments",
    [
        ["CAR-NK"],
        ["CAR-NK", "car-nk"],
        ["CAR-NK", " "],
        ["CAR-NK", "CAR-T", "--aspect", " "],
        ["CAR-NK", "CAR-T", "--json", "--csv"],
    ],
)
def test_compare_refuses_what_it_cannot_compare(
    arguments: list[str], loccit: Loccit, starter_library: Path
) -> None:
    ended = loccit("compare", *arguments, library=starter_library)
    assert ended.status == 2
    assert not ended.out


def test_compare_names_a_bad_file_of_aspects(
    loccit: Loccit, starter_library: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("LOCCIT_ASPECTS", str(tmp_path / "mine.yaml"))
    ended = loccit("compare", "CAR-NK", "CAR-T", library=starter_library)
    assert ended.status == 1
    assert "mine.yaml" in ended.err and len(ended.err.splitlines()) == 1
