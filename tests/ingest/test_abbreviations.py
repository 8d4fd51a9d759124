"""Abbreviations as papers define them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.document import Block, Document, Span
from corpus.record import Record
from ingest.abbreviations import abbreviations, with_abbreviations

LONG = "immune effector cell-associated neurotoxicity syndrome"


@pytest.mark.parametrize(
    ("text", "short", "long"),
    [
        ("Multiple myeloma (MM) is rare.", "MM", "Multiple myeloma"),
        ("the use of chimeric antigen receptors (CARs)", "CARs", "chimeric antigen receptors"),
        ("chimeric antigen receptor natural killer (CAR-NK)", "CAR-NK", "chimeric antigen receptor natural killer"),
        ("induced pluripotent stem cells [iPSCs]", "iPSCs", "induced pluripotent stem cells"),
        ("immune effector cell-associated neurotoxicity syndrome (ICANS)", "ICANS", LONG),
        ("CRS (cytokine release syndrome) was seen", "CRS", "cytokine release syndrome"),
        ("CRS (cytokine release syndrome, of any grade)", "CRS", "cytokine release syndrome"),
        ("overall survival (OS; median 5 months)", "OS", "overall survival"),
        ("graft-versus-host disease (GvHD)", "GvHD", "graft-versus-host disease"),
        ("interferon gamma (IFN-γ)", "IFN-γ", "interferon gamma"),
        ("transforming growth factor β (TGF-β)", "TGF-β", "transforming growth factor β"),
        ("interleukin-15 (IL-15)", "IL-15", "interleukin-15"),
        ("programmed cell death protein 1 (PD-1)", "PD-1", "programmed cell death protein 1"),
        ("axicabtagene ciloleucel (axi-cel)", "axi-cel", "axicabtagene ciloleucel"),
        ("the Food and Drug Administration (FDA)", "FDA", "Food and Drug Administration"),
        ("respiratory syndrome coronavirus 2 (RS‑CoV‑2)", "RS‑CoV‑2", "respiratory syndrome coronavirus 2"),
    ],
)  # fmt: skip
def test_a_definition_is_found_whichever_way_it_is_written(text: str, short: str, long: str) -> None:
    (found,) = abbreviations(text)
    assert (found.short, found.long) == (short, long)
    assert found.span is not None and found.span.of(text).strip(short + long + " ([") == ""


@pytest.mark.parametrize(
    "text",
    [
        "patients (n=5) were followed (see Figure 1)",
        "the mean (left panel) and median (right)",
        "tisagenlecleucel (Kymriah) was given",
        "a cancer line was killed by PD-L1 t-haNK cells (CAR-NK)",
        "as shown before (12) and again [3,4]",
        "cells from Boston (USA)",
        "(CAR)",
        "",
    ],
)
def test_a_parenthesis_that_defines_nothing_is_passed_over(text: str) -> None:
    assert abbreviations(text) == []


TEXTS = st.lists(
    st.sampled_from(
        "natural killer (NK) CAR-NK ( ) [ chimeric antigen receptor γ-chain Ⅷ ﬁ İ , . ; of the".split()
    )
    | st.text(max_size=6),
    max_size=30,
).map(" ".join)


@given(TEXTS)
def test_every_span_begins_and_ends_with_what_it_says(text: str) -> None:
    for found in abbreviations(text):
        assert found.span is not None
        said = found.span.of(text)
        assert said.startswith((found.short, found.long)) and said.endswith((found.short, found.long))
        assert len(found.short) < len(found.long)


def test_a_document_knows_where_it_defines_what() -> None:
    text = "Natural killer (NK) cells.\nNatural killer (NK) cells kill. Cord blood (CB)"
    blocks = (Block(Span(0, 26)), Block(Span(27, len(text))))
    document = with_abbreviations(Document("d", text, Record(title="Multiple myeloma (MM)"), blocks=blocks))
    found = [(a.short, a.span.of(text) if a.span else None) for a in document.abbreviations]
    assert found == [("NK", "Natural killer (NK"), ("CB", "Cord blood (CB"), ("MM", None)]
