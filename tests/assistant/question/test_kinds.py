"""What kind of answer a question asks for."""

from __future__ import annotations

import pytest

from assistant.answer import Kind
from assistant.question import understand


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("What is CRS?", Kind.DEFINITION),
        ("what's an iPSC", Kind.DEFINITION),
        ("What are CAR-NK cells?", Kind.DEFINITION),
        ("What does GVHD stand for?", Kind.DEFINITION),
        ("What is meant by trogocytosis?", Kind.DEFINITION),
        ("define ADCC", Kind.DEFINITION),
        ("meaning of ICANS", Kind.DEFINITION),
        ("Could you please tell me what CRS is?", Kind.DEFINITION),
        ("What are the side effects of CAR-T?", Kind.LIST),
        ("What are the advantages?", Kind.LIST),
        ("Which targets were tried in solid tumours?", Kind.LIST),
        ("What targets have been tried?", Kind.LIST),
        ("List the antigens tested in the clinic", Kind.LIST),
        ("side effects?", Kind.LIST),
        ("How long do CAR-NK cells persist?", Kind.QUANTITY),
        ("Do you know how long CAR-NK cells persist?", Kind.QUANTITY),
        ("What does tisagenlecleucel cost?", Kind.QUANTITY),
        ("What is the overall response rate of FT596?", Kind.QUANTITY),
        ("When did the FDA end the REMS?", Kind.QUANTITY),
        ("crs rate tisa-cel", Kind.QUANTITY),
        ("price of car-t", Kind.QUANTITY),
        ("Why do NK cells not cause GVHD?", Kind.CAUSE),
        ("how come NK cells don't cause GVHD", Kind.CAUSE),
        ("What drives the cost of CAR-T?", Kind.CAUSE),
        ("reasons for relapse", Kind.CAUSE),
        ("Can CAR-NK cells be frozen?", Kind.YES_NO),
        ("Does IL-15 improve persistence or toxicity of CAR-NK?", Kind.YES_NO),
        ("Can NK cells kill more than one tumour cell?", Kind.YES_NO),
        ("Does CRS occur when cells expand?", Kind.YES_NO),
        ("I'd like to know whether NK cells can be frozen", Kind.YES_NO),
        ("How do NK cells kill?", Kind.OPEN),
        ("What is the role of IL-15 in NK cells?", Kind.OPEN),
        ("What happens to NK cells in the tumour?", Kind.OPEN),
        ("tell me about trogocytosis", Kind.OPEN),
        ("What does the article say about cost?", Kind.OPEN),
        ("Who makes FT596?", Kind.OPEN),
        ("KIR mismatch", Kind.OTHER),
        ("persistence of NK cells", Kind.OTHER),
    ],
)
def test_the_kind_of_a_question_is_read_from_its_form(text: str, kind: Kind) -> None:
    assert understand(text).kind is kind


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("What is a CAR?", "CAR"),
        ("What does GVHD stand for?", "GVHD"),
        ("Please define trogocytosis.", "trogocytosis"),
        ("tell me what ICANS is", "ICANS"),
    ],
)
def test_a_definition_names_what_it_defines(text: str, term: str) -> None:
    assert understand(text).subjects == (term,)
