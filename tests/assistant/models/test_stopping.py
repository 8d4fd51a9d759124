"""A model stops at once, whatever it does, and holds up no process's end."""

from __future__ import annotations

import gc
import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from assistant.models.calls import Call, End
from assistant.models.speaking import Ending, LanguageModel, Speech, Turn, Usage
from tests.assistant.models.conftest import PROVIDERS, OpenModel
from tests.assistant.models.serving import Gate, Hang, ModelServer, Pause, Say, Start, Step, always

ROOT = Path(__file__).parents[3]
# Seconds in which what is stopped must have ended, on a machine that has other work; it does in a tenth of one.
SOON = 20

providers = pytest.mark.parametrize("provider", PROVIDERS)


def speak(model: LanguageModel, stop: threading.Event | None = None) -> Speech:
    return model.speak((Turn("user", "What?"),), longest=50, stop=stop or threading.Event())


def ran(program: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-W", "error::ResourceWarning", "-c", program, *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


@providers
@pytest.mark.parametrize("steps", [(Hang(),), (Start(), Hang()), (Say("Well"), Hang())])
def test_who_waits_for_text_is_free_when_it_is_stopped(
    provider: str, steps: tuple[Step, ...], model_server: ModelServer, open_model: OpenModel
) -> None:
    model_server.script = always(steps)
    stop, pieces = threading.Event(), list[str]()
    speech = speak(open_model(model_server, provider), stop)
    reader = threading.Thread(target=lambda: pieces.extend(speech))
    reader.start()
    model_server.until(lambda: model_server.open)
    stop.set()
    reader.join(SOON)
    assert not reader.is_alive()
    model_server.until(lambda: model_server.chats[0].went_away)
    assert speech.ending is Ending.STOPPED
    assert "".join(pieces) in {"", "Well"}


def test_what_was_used_until_the_stop_is_estimated(model_server: ModelServer, open_model: OpenModel) -> None:
    model_server.script = always((Say("one two three"), Hang()))
    stop = threading.Event()
    speech = speak(open_model(model_server), stop)
    assert [next(speech), next(speech), next(speech)] == ["one", " two", " three"]
    stop.set()
    assert list(speech) == []
    assert speech.usage.is_estimated
    assert speech.usage.prompt_tokens and speech.usage.completion_tokens == 3


def test_what_was_used_is_known_though_the_model_has_not_heard_of_the_stop_yet() -> None:
    call, stop = Call(), threading.Event()
    call.so_far = lambda: Usage(7, 1, is_estimated=True)
    call.say("Well")
    speech = Speech(call, lambda: None, stop)
    assert next(speech) == "Well"
    assert not speech.usage.tokens and speech.ending is None
    stop.set()
    assert list(speech) == []
    assert speech.usage == Usage(7, 1, is_estimated=True) and speech.ending is Ending.STOPPED
    call.finish(End(Ending.STOPPED, Usage(8, 1, is_estimated=True)))
    assert speech.usage.prompt_tokens == 8


def test_text_that_has_arrived_is_not_given_after_the_stop(
    model_server: ModelServer, open_model: OpenModel
) -> None:
    stop = threading.Event()
    model_server.script = always("one two three")
    speech = speak(open_model(model_server), stop)
    assert next(speech) == "one"
    model_server.until(lambda: not model_server.open)
    stop.set()
    assert list(speech) == []


def test_who_is_stopped_before_the_turn_never_asks(model_server: ModelServer, open_model: OpenModel) -> None:
    gate = Gate()
    model_server.script = always((Pause(gate), Say("Yes.")))
    model = open_model(model_server, llm_parallel=1)
    first, stop = speak(model), threading.Event()
    model_server.until(lambda: model_server.open)
    second = speak(model, stop)
    stop.set()
    assert list(second) == []
    assert second.ending is Ending.STOPPED and not second.usage.tokens
    gate.set()
    assert "".join(first) == "Yes."
    assert len(model_server.chats) == 1


@providers
def test_closing_ends_the_connection(provider: str, model_server: ModelServer, open_model: OpenModel) -> None:
    model_server.script = always((Say("Well, as I said"), Hang()))
    with speak(open_model(model_server, provider)) as speech:
        assert next(speech) == "Well,"
    model_server.until(lambda: model_server.chats[0].went_away)
    assert list(speech) == []


def test_a_speech_that_is_let_go_of_frees_its_place(model_server: ModelServer, open_model: OpenModel) -> None:
    model_server.script = always((Say("Well, as I said"), Hang()))
    model = open_model(model_server, llm_parallel=1)
    for _ in range(3):
        speech = speak(model)
        assert next(speech) == "Well,"
        del speech
        gc.collect()
        model_server.until(lambda: all(chat.went_away for chat in model_server.chats))


def test_a_speech_that_is_never_read_frees_its_place(
    model_server: ModelServer, open_model: OpenModel
) -> None:
    model_server.script = always(Hang())
    model = open_model(model_server, llm_parallel=1)
    speak(model)
    gc.collect()
    model_server.script = always("Yes.")
    assert "".join(speak(model)) == "Yes."


def test_closing_the_model_ends_what_is_asked(model_server: ModelServer, open_model: OpenModel) -> None:
    model_server.script = always((Say("Well"), Hang()))
    model = open_model(model_server)
    speech = speak(model)
    assert next(speech) == "Well"
    model.close()
    assert list(speech) == []
    assert speech.ending is Ending.STOPPED
    model_server.until(lambda: not model_server.open)


def test_closing_the_model_ends_what_waits_for_a_turn(
    model_server: ModelServer, open_model: OpenModel
) -> None:
    model_server.script = always(Hang())
    model = open_model(model_server, llm_parallel=1)
    speeches = [speak(model) for _ in range(5)]
    model.close()
    assert [list(speech) for speech in speeches] == [[]] * 5
    assert {speech.ending for speech in speeches} == {Ending.STOPPED}


def test_who_waits_for_the_model_to_be_ready_is_free_when_it_is_stopped(
    model_server: ModelServer, open_model: OpenModel
) -> None:
    model = open_model(model_server, "anthropic")
    stop = threading.Event()
    stop.set()
    assert not model.ready(stop)
    assert model.ready(threading.Event())
    assert "".join(speak(model)) == "Yes."


def test_closing_ends_the_threads(model_server: ModelServer, open_model: OpenModel) -> None:
    model = open_model(model_server)
    assert "".join(speak(model)) == "Yes."
    model.close()
    assert "loccit-model" not in [thread.name for thread in threading.enumerate()]


def test_a_process_ends_though_a_model_is_being_asked(
    model_server: ModelServer, open_model: OpenModel
) -> None:
    model_server.script = always((Say("Well"), Hang()))
    program = """
import sys, threading
from assistant.models.speaking import LanguageModel, Turn
from corpus.settings import Settings
model = LanguageModel.open(Settings(llm=sys.argv[1], llm_timeout=600))
speech = model.speak([Turn("user", "What?")], longest=50, stop=threading.Event())
print(next(speech))
"""
    ended = ran(program, str(open_model(model_server, "openai").name))
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, "Well\n", "")


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this platform does not fork")
def test_a_forked_process_asks_by_itself(model_server: ModelServer, open_model: OpenModel) -> None:
    program = """
import os, sys, threading
from assistant.models.speaking import LanguageModel, Turn
from corpus.settings import Settings
model = LanguageModel.open(Settings(llm=sys.argv[1], llm_timeout=60))
def ask():
    return "".join(model.speak([Turn("user", "What?")], longest=50, stop=threading.Event()))
assert ask() == "Yes."
child = os.fork()
if not child:
    os._exit(0 if ask() == "Yes." else 1)
assert os.waitpid(child, 0)[1] == 0
print(ask())
"""
    ended = ran(program, str(open_model(model_server, "ollama").name))
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, "Yes.\n", "")
    assert len(model_server.chats) == 3


def test_no_provider_is_imported_before_it_is_used(model_server: ModelServer, open_model: OpenModel) -> None:
    program = """
import sys
from assistant.models.speaking import LanguageModel
from corpus.settings import Settings
for llm in sys.argv[1:]:
    LanguageModel.open(Settings(llm=llm))
heavy = {"llama_index", "openai", "anthropic", "ollama", "xllamacpp", "tiktoken"}
print(sorted(heavy & {name for name in sys.modules if "." not in name}))
print([name for name in sys.modules if name.startswith("llama_index.")])
"""
    names = [str(open_model(model_server, "openai").name) for provider in PROVIDERS]
    ended = ran(program, "none", *names)
    # To look whether a class is there imports the bare names that it stands in.
    assert ended.stdout == "['llama_index']\n['llama_index.llms']\n", ended.stderr
