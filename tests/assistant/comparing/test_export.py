"""Tables in Markdown and CSV, from answers made by hand."""

from __future__ import annotations

import csv
import io

from hypothesis import assume, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from assistant.answer import Answer, Aspect, Citation, Comparison, Kind, Statement, Timings, Verdict
from assistant.comparing.export import NOTHING_FOUND, as_csv, as_markdown
from corpus.document import Fidelity, SourceType

WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=60)


def answer(text: str, title: str, subjects: tuple[str, str] = ("A", "B")) -> Answer:
    cited = Citation(
        number=1,
        document_id="d",
        passage_id="d@0-9",
        text_sha256="0",
        title=title,
        authors=("Marin D",),
        container_title="Journal",
        year=2024,
        source_type=SourceType.WEB,
        fidelity=Fidelity.DIGEST,
        commercial=True,
        retracted=False,
        section=("Results",),
        doi="10.1/x y",
        url=None,
        licence=None,
        read_at=(),
        note=None,
        quotes=(),
    )
    said = Statement(id="s1", text=text, verdict=Verdict.SUPPORTED, citations=(1,), quotes=())
    return Answer(
        question="A vs B",
        standalone_question="A vs B",
        kind=Kind.COMPARISON,
        composer="extractive",
        abstained=False,
        abstention=None,
        answer="| | A | B |\n|---|---|---|\n| **Cost** | low [1] | *No statement found* |",
        statements=(said,),
        citations=(cited,),
        comparison=Comparison(subjects=subjects, aspects=(Aspect(name="Cost", cells=(("s1",), ())),)),
        disagreements=(),
        notes=("A note.",),
        timings_ms=Timings(retrieve=0, compose=0, verify=0, total=0),
    )


def read(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline="")))


def test_csv_has_a_row_an_aspect_a_column_a_subject_and_the_references_below() -> None:
    rows = read(as_csv(answer("It costs little, “really”.", "Prices")))
    assert rows[0] == ["Aspect", "A", "B"]
    assert rows[1] == ["Cost", "It costs little, “really”. [1]", NOTHING_FOUND]
    assert rows[2] == ["", "", ""]
    assert rows[3] == ["Citation", "Reference", "Address"]
    assert rows[4][0] == "[1]"
    assert rows[4][1] == "Marin D. Prices. Journal, 2024. Results. web, digest, commercial interest."
    assert rows[4][2] == "https://doi.org/10.1/x%20y"


@hypothesis_settings(deadline=None)
@given(text=WORDS, title=WORDS, subject=WORDS)
def test_csv_reads_back_as_a_rectangle_that_computes_nothing(text: str, title: str, subject: str) -> None:
    assume(not text.lstrip().startswith("'"))
    rows = read(as_csv(answer(text, title, (subject, f"={subject}"))))
    assert len({len(row) for row in rows}) == 1
    for field in (field for row in rows for field in row):
        assert not field.lstrip().startswith(("=", "+", "-", "@"))
    shown = " ".join(text.split())
    assert rows[1][1].startswith((shown, f"'{shown}"))


def test_csv_of_an_answer_that_declines_is_its_reason() -> None:
    declined = answer("x", "y").model_copy(update={"comparison": None, "answer": "=Nothing."})
    assert as_csv(declined) == "'=Nothing.\r\n"


def test_markdown_has_the_table_then_numbered_references_then_the_notes() -> None:
    text = as_markdown(answer("low", "*Prices* | [2]"))
    table, references = text.split("\n\n**References**\n\n")
    assert table.startswith("| | A | B |")
    assert references.splitlines()[0] == (
        "- \\[1\\] Marin D. \\*Prices\\* \\| \\[2\\]. Journal, 2024. Results. web, digest, commercial interest. "
        "<https://doi.org/10.1/x%20y>"
    )
    assert references.endswith("*A note.*\n")


def test_an_address_that_is_not_of_the_web_is_left_out() -> None:
    given_ = answer("low", "t")
    [cited] = given_.citations
    hostile = given_.model_copy(
        update={"citations": (cited.model_copy(update={"doi": None, "url": "javascript:alert(1)"}),)}
    )
    assert "javascript" not in as_csv(hostile) + as_markdown(hostile)
