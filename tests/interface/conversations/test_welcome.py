"""The first visit: what is there, counted, and what can be asked, of any library."""

from __future__ import annotations

import re
from pathlib import Path

from assistant import Assistant
from assistant.interface.conversations.examples import own_examples, starter_examples
from assistant.interface.conversations.welcome import WelcomeDesk, welcome
from corpus.library import Library
from corpus.settings import Settings


def test_an_empty_library_says_what_to_do(tmp_path: Path, settings: Settings) -> None:
    with Library(tmp_path / "empty", settings, create=True) as library:
        shown = WelcomeDesk(Assistant(library)).greeting()
    assert "This library is empty." in shown
    assert 'href="#library"' in shown
    assert "example" not in shown


def test_a_library_of_ones_own_has_examples_of_its_own(two_papers: Path, settings: Settings) -> None:
    with Library(two_papers, settings) as library:
        assistant = Assistant(library)
        assert starter_examples(library) is None
        # What is known at once comes with the page, the rest later.
        assert 'data-generation=""' in welcome(assistant)
        shown = WelcomeDesk(assistant).greeting()
        asked = own_examples(assistant).questions
        assert asked
        assert all(not assistant.ask(question).abstained for question in asked)
    assert f'data-generation="{library.catalogue.generation}"' in shown
    assert "2 sources, 2 passages." in shown
    assert len(re.findall("data-question=", shown)) >= len(asked)


def test_the_starter_answers_every_example_that_it_offers(starter_library: Path, settings: Settings) -> None:
    with Library(starter_library, settings) as library:
        assistant = Assistant(library)
        examples = starter_examples(library)
        assert examples
        for question in (*examples.questions, *examples.comparisons):
            assert not assistant.extract(question).abstained
        for one in examples.follow_ups:
            assert not assistant.ask(one.then, history=(one.question,)).abstained
        for claim in examples.claims:
            assert assistant.check(claim).claims[0].verdict == "supported"
