"""What a GGUF file says of its model in its head, read without loading it.

The format is that of ggml's specification: a magic number, a version, counts, then keys with typed values.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from assistant.models.errors import UnknownModelError

_MAGIC = b"GGUF"
# The version that counts by 64 bits, and its successor.
_VERSIONS = (2, 3)
# Formats of the scalar types, by their numbers.
_SCALARS = {0: "B", 1: "b", 2: "H", 3: "h", 4: "I", 5: "i", 6: "f", 7: "?", 10: "Q", 11: "q", 12: "d"}
_STRING, _ARRAY = 8, 9
# A head with more is no head; the longest lists are vocabularies.
_MOST_KEYS = 10_000
_MOST_ITEMS = 10_000_000
_ARCHITECTURE = "general.architecture"
_CONTEXT = ".context_length"

Value = int | float | bool | str | None


@dataclass(frozen=True, slots=True)
class Header:
    """The head of a model file.

    Attributes:
        architecture: The kind of model, as llama.cpp calls it.
        trained_context: How many tokens it was trained to read, if it says so.
    """

    architecture: str
    trained_context: int | None


def read_header(path: Path) -> Header:
    """Read the head of a model file.

    Raises:
        UnknownModelError: If the file cannot be read, or is no GGUF file of a language model.
    """
    found: dict[str, Value] = {}
    try:
        # A file may end within its head; what is known by then decides.
        with path.open("rb") as file, suppress(EOFError):
            for key, value in _keys(file):
                found[key] = value
                # What follows is vocabularies, which take as long to read as a model takes to load.
                if key.endswith(_CONTEXT):
                    break
    except OSError as error:
        raise UnknownModelError(f"The model file {str(path)!r} cannot be read: {error.strerror}.") from None
    except ValueError as error:
        raise UnknownModelError(f"The model file {str(path)!r} is no GGUF file: {error}.") from None
    architecture = found.get(_ARCHITECTURE)
    if not isinstance(architecture, str):
        raise UnknownModelError(
            f"The model file {str(path)!r} is damaged: its head does not say what model it is. Download it again."
        )
    trained = found.get(f"{architecture}{_CONTEXT}")
    return Header(architecture, trained if isinstance(trained, int) else None)


def _keys(file: BinaryIO) -> Iterator[tuple[str, Value]]:
    if file.read(4) != _MAGIC:
        raise ValueError("it does not begin as one")
    version, _, count = struct.unpack("<IQQ", _bytes(file, 20))
    if version not in _VERSIONS:
        raise ValueError(f"its version is {version}, not one of {', '.join(map(str, _VERSIONS))}")
    if count > _MOST_KEYS:
        raise ValueError(f"its head claims {count} entries")
    for _ in range(count):
        yield _string(file), _value(file, _unpacked(file, "I"))


def _value(file: BinaryIO, kind: int) -> Value:
    """Read a value; lists are skipped, as None."""
    if kind == _STRING:
        return _string(file)
    if kind == _ARRAY:
        _skip(file)
        return None
    if kind not in _SCALARS:
        raise ValueError(f"its head holds a value of the unknown kind {kind}")
    value: Value = struct.unpack(f"<{_SCALARS[kind]}", _bytes(file, struct.calcsize(_SCALARS[kind])))[0]
    return value


def _skip(file: BinaryIO) -> None:
    kind, count = _unpacked(file, "I"), _unpacked(file, "Q")
    if count > _MOST_ITEMS:
        raise ValueError(f"its head claims a list of {count}")
    if kind in _SCALARS:
        file.seek(count * struct.calcsize(_SCALARS[kind]), 1)
        return
    if kind != _STRING:
        raise ValueError(f"its head holds a list of the unknown kind {kind}")
    for _ in range(count):
        _string(file)


def _string(file: BinaryIO) -> str:
    return _bytes(file, _unpacked(file, "Q")).decode("utf-8", errors="replace")


def _unpacked(file: BinaryIO, kind: str) -> int:
    return int(struct.unpack(f"<{kind}", _bytes(file, struct.calcsize(f"<{kind}")))[0])


def _bytes(file: BinaryIO, count: int) -> bytes:
    # A damaged length must not be believed: nothing is read that is not there.
    if count > _MOST_ITEMS * 10:
        raise ValueError(f"its head claims a text of {count} bytes")
    read = file.read(count)
    if len(read) < count:
        raise EOFError
    return read
