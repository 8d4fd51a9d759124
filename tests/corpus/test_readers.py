"""What readers write: opinions of answers and conversations, beside the library and apart from it."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.errors import LibraryError
from corpus.library import Library
from corpus.readers import FILE, LONGEST_CONVERSATION, CitedWords, Feedback, Opinion, Readers
from corpus.settings import Settings

GOOD = Feedback(
    answer="a1",
    opinion=Opinion.GOOD,
    question="Do terns winter at sea?",
    kind="yes-no",
    said="They do. [1]",
    cited=(CitedWords(1, "terns", 3, 12, "They do – “really”."),),
    given_at="2026-01-01T00:00:00.000+00:00",
)


@pytest.fixture
def readers(tmp_path: Path) -> Iterator[Readers]:
    opened = Readers.open(tmp_path)
    yield opened
    opened.close()


def test_an_opinion_is_kept_as_it_was_given(readers: Readers, tmp_path: Path) -> None:
    wrong = replace(GOOD, answer="a2", opinion=Opinion.WRONG_CITATION, wrong=1, reader="Ann", declined=True)
    readers.keep_feedback(GOOD)
    readers.keep_feedback(wrong)
    again = Readers.open(tmp_path)
    assert again.feedback() == [GOOD, wrong]
    again.close()


def test_a_second_opinion_takes_the_place_of_the_first_and_can_be_taken_back(readers: Readers) -> None:
    readers.keep_feedback(GOOD)
    readers.keep_feedback(replace(GOOD, opinion=Opinion.NOT_ANSWERED))
    assert [one.opinion for one in readers.feedback()] == [Opinion.NOT_ANSWERED]
    readers.forget_feedback("a1")
    readers.forget_feedback("a1")
    assert readers.feedback() == []


def test_opinions_of_some_answers_are_found_by_their_names(readers: Readers) -> None:
    readers.keep_feedback(GOOD)
    readers.keep_feedback(replace(GOOD, answer="a3"))
    assert readers.feedback(["a1", "a2"]) == [GOOD]
    assert readers.feedback([]) == []


def test_an_opinion_says_when_it_was_given(readers: Readers) -> None:
    readers.keep_feedback(replace(GOOD, given_at=""))
    assert readers.feedback()[0].given_at > "2026"


def test_nothing_is_made_before_something_is_kept(readers: Readers, tmp_path: Path) -> None:
    assert readers.feedback() == []
    assert readers.conversations("Ann") == []
    assert not (tmp_path / FILE).exists()


def test_readers_write_while_papers_are_added(folder: Path, library: Library, settings: Settings) -> None:
    readers = Readers.open(folder)
    with library.writing():
        readers.keep_feedback(GOOD)
    assert readers.feedback() == [GOOD]
    readers.close()


def test_many_threads_write_at_once(readers: Readers) -> None:
    with ThreadPoolExecutor(8) as threads:
        list(threads.map(lambda n: readers.keep_feedback(replace(GOOD, answer=f"a{n}")), range(40)))
    assert len(readers.feedback()) == 40


def test_what_cannot_be_written_is_an_error_that_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text("this is no database, and long enough to be seen as none", "utf-8")
    with pytest.raises(LibraryError, match="free space and its rights"):
        Readers.open(tmp_path).keep_feedback(GOOD)


def test_a_conversation_is_found_by_its_words_and_by_nobody_else(readers: Readers) -> None:
    readers.keep_conversation("Ann", "c1", "Terns", '["Do they winter at SEA?"]')
    readers.keep_conversation("Ann", "c2", "Gulls", "[]")
    assert [one.name for one in readers.conversations("Ann")] == ["Gulls", "Terns"]
    assert [one.id for one in readers.conversations("Ann", "sea terns")] == ["c1"]
    assert readers.conversations("Ben") == []
    assert readers.conversation("Ben", "c1") is None
    assert readers.conversation("Ann", "c1") == '["Do they winter at SEA?"]'


def test_a_conversation_is_named_and_forgotten(readers: Readers) -> None:
    for conversation_id in ("c1", "c2", "c3"):
        readers.keep_conversation("Ann", conversation_id, "x", "[]")
    readers.name_conversation("Ann", "c1", "Terns")
    readers.forget_conversation("Ann", "c2")
    assert {one.name for one in readers.conversations("Ann")} == {"Terns", "x"}
    readers.forget_conversations("Ann")
    assert readers.conversations("Ann") == []


def test_a_conversation_without_end_is_refused(readers: Readers) -> None:
    with pytest.raises(LibraryError, match="too long"):
        readers.keep_conversation("Ann", "c1", "x", "x" * (LONGEST_CONVERSATION + 1))
