"""What is said in a writer's own words: held to its source by the vectors of words, and never against a rule."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.answer import Verdict
from assistant.verification import Evidence, judge
from assistant.verification.meaning import Meaning, Meanings
from assistant.verification.meaning.figures import plainly
from assistant.verification.meaning.meaning import words_known
from assistant.verification.meaning.vectors import WordVectors
from corpus.encoder import Encoder
from corpus.library import Library
from corpus.settings import DEFAULT_EMBEDDING_MODEL, Settings

SUPPORTED, PARTIAL, CONTRADICTED, NOT_FOUND = Verdict
CLOVER = "Sowing clover between the rows prolonged the period in which food was available to pollinators."
POLLEN = "Pesticide residues were detected in pollen from 9 of 14 farms."
NESTS = "In the hedgerow survey 37 nests were found, 12 of them in hollow stems."
BOXES = "Mason bees preferred south-facing nest boxes, and 83% of the boxes were occupied by June."
FOUND = (
    CLOVER,
    POLLEN,
    NESTS,
    BOXES,
    "Orchards with flowering strips hosted 40% more wild bee species than orchards without them.",
    "Honeybee colonies near the motorway lost a third of their foragers during the summer.",
    "Bumblebee queens leave hibernation earlier in years with mild winters.",
    "Volunteers counted hoverflies on two mornings a week.",
)
IN_OTHER_WORDS = {
    "Planting clover in between gave pollinating insects something to eat for a longer time.": CLOVER,
    "Nine in fourteen farms had traces of plant protection chemicals in the pollen.": POLLEN,
    "Searching hedges, the team came upon 37 nests, and 12 of these were in hollow stalks.": NESTS,
}


@pytest.fixture(scope="module")
def meanings(model_cache: Path) -> Meanings:
    encoder = Encoder.load(DEFAULT_EMBEDDING_MODEL, model_cache)
    return Meanings(WordVectors(encoder), words_known(model_cache))


@pytest.fixture(scope="module")
def meaning(meanings: Meanings) -> Meaning:
    return meanings.among(FOUND)


@pytest.mark.parametrize(("statement", "source"), IN_OTHER_WORDS.items())
def test_what_a_source_says_is_supported_in_other_words(
    statement: str, source: str, meaning: Meaning
) -> None:
    assert judge(statement, [source]).verdict is not SUPPORTED
    assert judge(statement, [source], meaning=meaning).verdict is SUPPORTED


@pytest.mark.parametrize("statement", IN_OTHER_WORDS)
def test_no_other_sentence_supports_it(statement: str, meaning: Meaning) -> None:
    others = [source for source in FOUND if source != IN_OTHER_WORDS[statement]]
    assert all(judge(statement, [other], meaning=meaning).verdict is not SUPPORTED for other in others)


@pytest.mark.parametrize(
    "statement",
    [
        "Planting clover in between did not give pollinating insects something to eat for a longer time.",
        "Planting clover in between gave pollinating insects something to eat for a shorter time.",
        "Planting phacelia in between gave pollinating insects something to eat for a longer time.",
        "Planting clover in between doubled the time in which pollinating insects had something to eat.",
        "Moreau and colleagues planted clover in between, and pollinating insects could eat for a longer time.",
        "Beekeepers sold more honey once clover had been planted in between.",
    ],
    ids=["denied", "the other way", "another plant", "a number added", "an author added", "made up"],
)
def test_what_the_source_does_not_say_is_not_supported_however_like_it_sounds(
    statement: str, meaning: Meaning
) -> None:
    assert judge(statement, [CLOVER], meaning=meaning).verdict is not SUPPORTED


def test_the_number_of_the_source_is_supported(meaning: Meaning) -> None:
    statement = "By June mason bees had moved into 83% of the boxes, liking those that look south."
    assert judge(statement, [BOXES], meaning=meaning).verdict is SUPPORTED


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(share=st.integers(0, 100).filter(lambda share: share != 83))
def test_no_altered_number_is_supported(share: int, meaning: Meaning) -> None:
    statement = f"By June mason bees had moved into {share}% of the boxes, liking those that look south."
    assert judge(statement, [BOXES], meaning=meaning).verdict is not SUPPORTED


def test_numbers_that_have_changed_places_are_not_supported(meaning: Meaning) -> None:
    statement = "Searching hedges, the team came upon 12 nests, and 37 of these were in hollow stalks."
    assert judge(statement, [NESTS], meaning=meaning).verdict is not SUPPORTED


@pytest.mark.parametrize(
    ("said", "plain"),
    [
        ("Two in five died.", "40% died."),
        ("It struck one in twenty.", "It struck 5%."),
        ("Three cases out of ten were mild.", "30% were mild."),
        ("A year and a half later", "18 months later"),
        ("They doubled.", "They twofold."),
        ("On day 3 in 10 % of cases", "On day 3 in 10 % of cases"),
        ("They met twice a week, in 2 of 7 rooms.", "They met twice a week, in 2 of 7 rooms."),
    ],
)
def test_numbers_in_plain_words_are_read_as_papers_write_them(said: str, plain: str) -> None:
    assert plainly(said, "") == plain


def test_half_of_a_group_is_what_a_source_calls_the_median() -> None:
    assert "half" not in plainly("By week 7 half of them had died.", "Median survival was 7 weeks.").lower()
    assert "half" in plainly("By week 7 half of them had died.", "Survival was 7 weeks.")


@given(st.text())
def test_what_has_no_number_stays_as_it_is(text: str) -> None:
    letters = "".join(character for character in text if not character.isalnum())
    assert plainly(letters, text) == letters


def test_a_quotation_needs_no_meaning(meaning: Meaning) -> None:
    assert judge(CLOVER, [CLOVER], meaning=meaning).verdict is SUPPORTED


def test_rules_that_contradict_are_not_overruled(meaning: Meaning) -> None:
    statement = "Pesticide residues were not detected in pollen from 9 of 14 farms."
    assert judge(statement, [POLLEN], meaning=meaning).verdict is CONTRADICTED


def test_without_other_sentences_the_rules_decide_alone(meanings: Meanings) -> None:
    alone = meanings.among([CLOVER, POLLEN])
    for statement, source in IN_OTHER_WORDS.items():
        assert judge(statement, [source], meaning=alone) == judge(statement, [source])


@pytest.mark.parametrize("statement", ["", "…", "37", "the of and"])
def test_what_says_nothing_is_left_to_the_rules(statement: str, meaning: Meaning) -> None:
    assert judge(statement, [CLOVER], meaning=meaning) == judge(statement, [CLOVER])


def test_what_is_longer_than_the_model_reads_is_left_to_the_rules(meaning: Meaning) -> None:
    statement = next(iter(IN_OTHER_WORDS)) + " It was repeated on every farm of the valley." * 40
    assert meaning.opinions(statement, [Evidence(CLOVER)]) == [None]


def test_a_long_quote_is_read_as_far_as_the_model_reads(meaning: Meaning) -> None:
    long_quote = CLOVER + " Many orchards lay in the valley." * 60
    assert meaning.opinions("Clover fed the pollinators for longer.", [Evidence(long_quote)]) != [None]


def test_a_library_of_the_default_model_has_meanings(starter_library: Path, settings: Settings) -> None:
    with Library(starter_library, settings) as library:
        assert Meanings.of(library) is not None


def test_the_scale_is_for_no_other_model(
    tmp_path: Path, model_cache: Path, random_model: Callable[[str], Path]
) -> None:
    other = Settings(model_cache=model_cache, embedding_model=str(random_model("mean")))
    with Library(tmp_path / "library", other, create=True) as library:
        assert Meanings.of(library) is None
