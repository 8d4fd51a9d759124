"""What checking says of claims with known answers; `bench_claims` measures the same on ten times as many."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant import Assistant
from assistant.answer import Verdict
from corpus.settings import Settings
from tests.perturbing.claims import make_pairs
from tests.perturbing.judging import Judged, judge
from tests.perturbing.sentences import Sentences

CLAIMS = 20


@pytest.fixture(scope="module")
def judged(starter_library: Path, settings: Settings) -> Iterator[list[Judged]]:
    """Twenty true claims and one changed claim of each, of the kinds in turn, judged by their source."""
    with Assistant.open(starter_library, settings) as assistant:
        sentences = Sentences.of(assistant.library)
        pairs = make_pairs(sentences, [s.document_id for s in sentences.all], CLAIMS)
        turns = [pair.only(number) for number, pair in enumerate(pairs)]
        yield [judge(assistant, pair, whole_library=False) for pair in turns]


def test_most_paraphrases_of_a_source_are_supported_by_it(judged: list[Judged]) -> None:
    assert sum(found.true is Verdict.SUPPORTED for found in judged) >= 0.7 * CLAIMS


def test_few_claims_with_one_thing_changed_are_supported(judged: list[Judged]) -> None:
    supported = [
        verdict for found in judged for verdict in found.changed.values() if verdict is Verdict.SUPPORTED
    ]
    assert len(supported) <= 0.3 * CLAIMS
