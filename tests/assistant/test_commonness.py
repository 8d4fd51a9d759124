"""Which words name nothing particular."""

from __future__ import annotations

import pytest

from assistant.commonness import is_compared
from corpus.settings import Settings


@pytest.mark.parametrize(
    ("word", "is_one"),
    [
        ("rougher", True),
        ("gentlest", True),
        ("safer", True),
        ("thinner", True),
        ("heavier", True),
        ("cancer", False),
        ("alzheimer", False),
        ("er", False),
    ],
)
def test_a_comparative_is_known_by_its_adjective(word: str, is_one: bool, settings: Settings) -> None:
    assert is_compared(word, settings.model_cache) is is_one
