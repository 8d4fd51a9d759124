"""`check`: what it prints, for people and for programs, and how it ends."""

from __future__ import annotations

import json
from pathlib import Path

from tests.interface.conftest import Loccit

CLAIM = "The response rate was 68.4% at day 30 in the trial by Marin et al. (2024)."


def test_a_claim_is_shown_with_its_verdict_its_reason_and_its_source(
    loccit: Loccit, starter_library: Path
) -> None:
    ended = loccit("check", CLAIM, library=starter_library)
    assert (ended.status, ended.err) == (0, "")
    claims, sources = ended.out.split("\nSources\n")
    assert "Contradicted" in claims
    assert "The source says 48.6%, the claim 68.4%." in claims
    assert "[1]  against: " in claims
    assert "\n[1]  Safety, efficacy" in sources
    assert "no entailment model is configured" in " ".join(sources.split())
    assert "\x1b" not in ended.out


def test_json_goes_alone_to_standard_output(loccit: Loccit, starter_library: Path) -> None:
    ended = loccit("check", CLAIM, "--json", library=starter_library)
    assert (ended.status, ended.out.count("\n")) == (0, 1)
    claim = ended.json["claims"][0]
    assert (claim["verdict"], claim["citations"]) == ("contradicted", [1])
    assert {"text", "verdict", "quotes", "citations", "reasons"} <= set(claim)
    assert {"claims", "citations", "method"} <= set(ended.json)


def test_a_claim_a_line_gives_an_object_a_line(loccit: Loccit, two_papers: Path) -> None:
    ended = loccit("check", library=two_papers, lines="Axolotls sleep at noon.\n\nFish fly to the moon.\n")
    first, empty, last = ended.objects
    assert first["claims"][0]["verdict"] == "supported"
    assert empty == {"error": "line 2: the line is empty; a claim was expected"}
    assert last["claims"][0]["verdict"] == "not-found"
    assert ended.status == 1


def test_one_document_may_be_asked(loccit: Loccit, two_papers: Path) -> None:
    ended = loccit("check", "Axolotls sleep at noon.", "--document", "marker", "--json", library=two_papers)
    assert json.loads(ended.out)["claims"][0]["verdict"] == "not-found"
    ended = loccit("check", "Axolotls sleep.", "--document", "nowhere", library=two_papers)
    assert (ended.status, ended.out) == (1, "")
    assert "no document 'nowhere'" in ended.err


def test_an_empty_claim_is_wrong_usage(loccit: Loccit, two_papers: Path) -> None:
    assert loccit("check", " ", library=two_papers).status == 2
