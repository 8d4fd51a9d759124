"""Reads the aspects in which a comparison compares: data that a reader can replace."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Annotated

import yaml
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from corpus.errors import SettingsError

_Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


@dataclass(frozen=True, slots=True)
class KnownAspect:
    """An aspect of whatever is compared.

    Attributes:
        name: As a table shows it.
        description: What it is about, in a sentence; what is near to it in meaning may speak to the aspect.
        terms: Words of which what speaks to it has at least one.
        also: Other names by which a reader may ask for it.
        ask: A question for it, with {subject} where the subject stands; None for one in general words.
    """

    name: str
    description: str
    terms: tuple[str, ...]
    also: tuple[str, ...] = ()
    ask: str | None = None


def known_aspects(path: Path | None) -> tuple[KnownAspect, ...]:
    """Read aspects.

    Args:
        path: A YAML file; None for those of the starter corpus.

    Raises:
        SettingsError: If the file cannot be read or an entry is not an aspect; names file, entry and problem.
    """
    shown = str(path or "corpus/starter/aspects.yaml")
    try:
        text = (path or files("corpus") / "starter" / "aspects.yaml").read_text(encoding="utf-8")
        listed = yaml.safe_load(text)
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        reason = (
            error.strerror if isinstance(error, OSError) and error.strerror else " ".join(str(error).split())
        )
        raise SettingsError(
            f"The aspects in {shown} cannot be read: {reason}. Mend LOCCIT_ASPECTS or unset it."
        ) from error
    entries = listed.get("aspects") if isinstance(listed, dict) else None
    if not isinstance(entries, list) or not entries:
        raise _bad(shown, "it needs a list under `aspects`")
    aspects = tuple(_read(entry, number, shown) for number, entry in enumerate(entries, start=1))
    names = [aspect.name.lower() for aspect in aspects]
    for number, name in enumerate(names, start=1):
        if name in names[: number - 1]:
            raise _bad(shown, f"entry {number} has the name {name!r} of an earlier one")
    return aspects


class _Entry(BaseModel):
    """An aspect as the file writes it."""

    model_config = ConfigDict(extra="forbid")

    name: _Words
    description: _Words
    terms: Annotated[list[_Words], Field(min_length=1)]
    also: list[_Words] = []
    ask: Annotated[str, StringConstraints(pattern=r"^[^{}]*\{subject\}[^{}]*$")] | None = None


def _read(entry: object, number: int, shown: str) -> KnownAspect:
    named = entry.get("name") if isinstance(entry, dict) else None
    place = f"entry {number}" + (f" ({named})" if named else "")
    try:
        read = _Entry.model_validate(entry)
    except ValidationError as error:
        problem = error.errors()[0]
        field = ".".join(map(str, problem["loc"]))
        raise _bad(shown, f"{place}{': ' + field if field else ''}: {problem['msg']}") from error
    return KnownAspect(read.name, read.description, tuple(read.terms), tuple(read.also), read.ask)


def _bad(shown: str, problem: str) -> SettingsError:
    return SettingsError(
        f"The aspects in {shown} cannot be used: {problem}. Mend the file, or unset LOCCIT_ASPECTS."
    )
