"""Heads of model files, read without loading the model."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.models.errors import UnknownModelError
from assistant.models.gguf import Header, read_header


def number(value: int, size: int) -> bytes:
    return value.to_bytes(size, "little")


def text(value: str) -> bytes:
    return number(len(value.encode()), 8) + value.encode()


def string_entry(key: str, value: str) -> bytes:
    return text(key) + number(8, 4) + text(value)


def number_entry(key: str, value: int) -> bytes:
    return text(key) + number(4, 4) + number(value, 4)


def list_entry(key: str, *values: str) -> bytes:
    return (
        text(key)
        + number(9, 4)
        + number(8, 4)
        + number(len(values), 8)
        + b"".join(text(value) for value in values)
    )


def numbers_entry(key: str, *values: int) -> bytes:
    numbers = b"".join(number(value, 4) for value in values)
    return text(key) + number(9, 4) + number(5, 4) + number(len(values), 8) + numbers


def head(*entries: bytes, version: int = 3, count: int | None = None) -> bytes:
    counted = len(entries) if count is None else count
    return b"GGUF" + number(version, 4) + number(0, 8) + number(counted, 8) + b"".join(entries)


ARCHITECTURE = string_entry("general.architecture", "llama")


def written(folder: Path, content: bytes) -> Path:
    path = folder / "model.gguf"
    path.write_bytes(content)
    return path


def test_a_head_says_what_the_model_was_trained_to_read(tmp_path: Path) -> None:
    path = written(tmp_path, head(ARCHITECTURE, number_entry("llama.context_length", 8192)))
    assert read_header(path) == Header("llama", 8192)


def test_lists_before_it_are_passed_over(tmp_path: Path) -> None:
    lists = (list_entry("tokenizer.ggml.tokens", "a", "β", ""), numbers_entry("tokenizer.types", 1, 2, 3))
    path = written(tmp_path, head(*lists, ARCHITECTURE, number_entry("llama.context_length", 512)))
    assert read_header(path) == Header("llama", 512)


def test_a_head_may_not_say_the_context(tmp_path: Path) -> None:
    assert read_header(written(tmp_path, head(ARCHITECTURE))) == Header("llama", None)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is no GGUF file: it does not begin as one"),
        (b"PK\x03\x04 a zip", "is no GGUF file: it does not begin as one"),
        (head(ARCHITECTURE, version=1), "its version is 1, not one of 2, 3"),
        (head(ARCHITECTURE, count=2**40), "its head claims"),
        (head(text("a") + number(99, 4)), "a value of the unknown kind 99"),
        (head(text("a") + number(9, 4) + number(9, 4) + number(1, 8)), "a list of the unknown kind 9"),
        (head(text("a") + number(9, 4) + number(8, 4) + number(2**50, 8)), "a list of"),
        (head(number(2**60, 8)), "a text of"),
        (head(), "does not say what model it is. Download it again"),
        (head(ARCHITECTURE)[:-3], "does not say what model it is. Download it again"),
    ],
)
def test_what_is_no_model_file_is_told_with_the_reason(tmp_path: Path, content: bytes, said: str) -> None:
    with pytest.raises(UnknownModelError) as told:
        read_header(written(tmp_path, content))
    assert said in str(told.value) and "model.gguf" in str(told.value)


def test_a_file_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    with pytest.raises(UnknownModelError, match="cannot be read"):
        read_header(tmp_path)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=st.binary(max_size=200), prefix=st.sampled_from([b"", b"GGUF", head(ARCHITECTURE, count=9)]))
def test_no_content_does_anything_else(tmp_path: Path, content: bytes, prefix: bytes) -> None:
    with suppress(UnknownModelError):
        assert read_header(written(tmp_path, prefix + content)).architecture


def test_the_small_models_head_is_read(small_model: Path) -> None:
    assert read_header(small_model) == Header("llama", 8192)
