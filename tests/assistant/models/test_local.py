"""A model file, run in this process by llama.cpp: SmolLM2, small enough for tests, and too small to be clever."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import httpx
import pytest

from assistant.models.errors import ModelRefusedError, PromptTooLongError, UnknownModelError
from assistant.models.speaking import Ending, LanguageModel, Speech, Turn
from corpus.settings import Settings
from tests.assistant.models.conftest import need

ROOT = Path(__file__).parents[3]
COUNT = Turn("user", "Count from one to fifty in words.")
# As many tokens as it takes to see an answer begin, and prompts that short: every one counts on a busy machine.
LONGEST = 8
CONTEXT = 512

END_IN_THE_MIDDLE = """
import sys, threading
from assistant.models.speaking import LanguageModel, Turn
from corpus.settings import Settings
reached = set()
sys.addaudithook(lambda event, given: reached.add(given[1][0]) if event == "socket.connect" else None)
model = LanguageModel.open(Settings(llm=sys.argv[1], llm_context=512, llm_threads=1))
assert model.tokens_in("NK cells kill.") > 3
speech = model.speak([Turn("user", "Count to fifty.")], longest=400, stop=threading.Event())
assert next(speech)
print(sorted(reached))
"""


@pytest.fixture(scope="module")
def small(small_model: Path) -> Iterator[LanguageModel]:
    """The small model; one thread is faster than two where the second has other work."""
    need("llama_index.core", "llama-index-core")
    model = LanguageModel.open(
        Settings(llm=f"gguf:{small_model}", llm_context=CONTEXT, llm_threads=1, llm_timeout=120)
    )
    assert model
    yield model
    model.close()


def speak(
    model: LanguageModel, *turns: Turn, longest: int = LONGEST, stop: threading.Event | None = None
) -> Speech:
    return model.speak(turns or (COUNT,), longest=longest, stop=stop or threading.Event())


def test_a_file_answers_and_tells_what_it_used(small: LanguageModel) -> None:
    with speak(small) as speech:
        pieces = list(speech)
    assert len(pieces) > 2 and "".join(pieces).strip()
    assert speech.ending is Ending.CUT
    assert speech.usage.completion_tokens == LONGEST and not speech.usage.is_estimated
    assert speech.usage.prompt_tokens > small.tokens_in(COUNT.text)
    assert speech.first_word_seconds and speech.tokens_per_second


def test_a_file_answers_the_same_to_the_same_question(small: LanguageModel) -> None:
    assert "".join(speak(small)) == "".join(speak(small))


def test_a_file_is_known_by_its_name_and_stays_here(small: LanguageModel, small_model: Path) -> None:
    assert small.label == f"{small_model.name} (on this machine)"
    assert small.is_local
    assert small.cost((speak(small)).usage) is None


def test_the_context_is_what_is_set_or_what_the_model_was_trained_on(
    small: LanguageModel, small_model: Path
) -> None:
    assert (small.context, small.facts.known_from) == (CONTEXT, "LOCCIT_LLM_CONTEXT says so")
    trained = LanguageModel.open(Settings(llm=f"gguf:{small_model}"))
    assert trained
    assert (trained.context, trained.facts.known_from) == (8_192, "the model says so")
    trained.close()


def test_tokens_are_the_models_own(small: LanguageModel) -> None:
    assert small.tokens_in("hello world") == 2
    assert small.tokens_in("") == 0
    assert small.counting == "counted by the model's own tokenizer"


def test_an_estimate_of_a_prompt_is_not_too_low(small: LanguageModel) -> None:
    turns = (Turn("system", "Be brief."), COUNT, Turn("assistant", "One."), Turn("user", "And?"))
    with speak(small, *turns, longest=1) as speech:
        list(speech)
    assert speech.usage.prompt_tokens <= small.prompt_tokens(turns)


def test_a_file_stops_within_a_piece_and_answers_the_next(small: LanguageModel) -> None:
    stop = threading.Event()
    speech = speak(small, longest=CONTEXT // 2, stop=stop)
    assert next(speech)
    stop.set()
    assert list(speech) == []
    assert speech.ending is Ending.STOPPED
    assert speech.usage.is_estimated and speech.usage.completion_tokens < CONTEXT // 2
    assert "".join(speak(small))


def test_a_file_is_stopped_while_it_reads_a_prompt(small: LanguageModel) -> None:
    stop = threading.Event()
    speech = speak(small, Turn("user", "word " * 400), stop=stop)
    stop.set()
    assert list(speech) == []


def test_a_prompt_that_is_too_long_is_told(small: LanguageModel) -> None:
    with pytest.raises(PromptTooLongError, match="has not the context for this request"):
        list(speak(small, Turn("user", "word " * 600)))
    assert "".join(speak(small))


def test_readers_take_turns(small: LanguageModel) -> None:
    speeches = [speak(small, longest=2) for _ in range(3)]
    assert len({"".join(speech) for speech in reversed(speeches)}) == 1


def test_two_who_ask_a_file_share_it(small: LanguageModel, small_model: Path) -> None:
    other = LanguageModel.open(
        Settings(llm=f"gguf:{small_model}", llm_context=CONTEXT, llm_threads=1, llm_timeout=120)
    )
    assert other
    before = listening_here()
    assert "".join(speak(other)) == "".join(speak(small))
    assert listening_here() == before
    other.close()
    assert "".join(speak(small))


def test_its_port_is_closed_to_others(small: LanguageModel) -> None:
    small.tokens_in("")
    ports = listening_here()
    if not ports:
        pytest.skip("which ports this process listens on is not known on this platform")
    told = []
    for port in ports:
        with (
            suppress(httpx.HTTPError),
            httpx.Client(base_url=f"http://127.0.0.1:{port}", trust_env=False) as http,
        ):
            paths = ("/tokenize", "/completion", "/v1/chat/completions", "/apply-template")
            body = {"content": "a", "prompt": "a", "messages": list[str]()}
            told += [http.post(path, json=body).status_code for path in paths]
            told.append(http.get("/props").status_code)
            assert str(small.name.path) not in http.get("/v1/models").text
    assert told and set(told) == {401}


def test_a_file_that_is_not_whole_is_told(small_model: Path, tmp_path: Path) -> None:
    path = tmp_path / "cut.gguf"
    path.write_bytes(small_model.read_bytes()[:5_000_000])
    model = LanguageModel.open(Settings(llm=f"gguf:{path}", llm_context=CONTEXT))
    assert model
    with pytest.raises(ModelRefusedError, match=r"llama\.cpp cannot load.*cut\.gguf.*Download it again"):
        list(speak(model))
    with pytest.raises(ModelRefusedError):
        model.tokens_in("again")
    model.close()


def test_a_file_that_is_no_model_is_told(tmp_path: Path) -> None:
    path = tmp_path / "paper.gguf"
    path.write_bytes(b"%PDF-1.7 a paper")
    with pytest.raises(UnknownModelError, match=r"paper\.gguf.* is no GGUF file: it does not begin as one"):
        LanguageModel.open(Settings(llm=f"gguf:{path}"))


def test_it_is_a_language_model_of_llama_index(small: LanguageModel, small_model: Path) -> None:
    from llama_index.core.llms import ChatMessage

    from assistant.models.engine import Engine
    from assistant.models.local import LlamaCpp, LlamaCppError

    llm = LlamaCpp(Engine.shared(small_model, CONTEXT, 1, 1), CONTEXT, max_tokens=4)
    assert llm.metadata.is_chat_model and llm.metadata.context_window == CONTEXT
    messages = [ChatMessage(role="user", content=COUNT.text)]
    whole = str(llm.chat(messages).message.content)
    assert whole == "".join(str(said.delta) for said in llm.stream_chat(messages))
    assert (
        whole == str(llm.complete(COUNT.text)) == [str(said) for said in llm.stream_complete(COUNT.text)][-1]
    )
    assert whole == str(asyncio.run(llm.achat(messages)).message.content)
    with pytest.raises(LlamaCppError):
        llm.complete("word " * 600)


def test_a_process_ends_in_the_middle_of_an_answer_and_has_reached_nothing_but_itself(
    small_model: Path,
) -> None:
    ended = subprocess.run(
        [sys.executable, "-c", END_IN_THE_MIDDLE, f"gguf:{small_model}"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, "['127.0.0.1']\n", "")


def listening_here() -> set[int]:
    """Give the ports of 127.0.0.1 that this process listens on, where Linux tells."""
    tables = Path("/proc/self/net/tcp")
    if not tables.exists():
        return set()
    own = {link.readlink().name for link in Path("/proc/self/fd").iterdir() if is_socket(link)}
    rows = [line.split() for line in tables.read_text().splitlines()[1:]]
    return {int(row[1].split(":")[1], 16) for row in rows if row[3] == "0A" and f"socket:[{row[9]}]" in own}


def is_socket(link: Path) -> bool:
    with suppress(OSError):
        return link.readlink().name.startswith("socket:")
    return False
