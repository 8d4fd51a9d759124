"""Reads the lists of general English that these rules go by."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

import yaml
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter


@dataclass(frozen=True, slots=True)
class Wording:
    """What one text says, and the words by which another says as much, or as little."""

    says: re.Pattern[str]
    alike: re.Pattern[str]


class _Words(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    words: str
    alike: str = Field(alias="or")


class _Modality(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    says: str
    alike: str = Field(alias="or")


def any_of(words: str) -> re.Pattern[str]:
    """Find any of some words; a star stands for any ending, an underscore for a space or a hyphen."""
    either = "|".join(re.escape(word) for word in words.split())
    return _words(either.replace(r"\*", r"\w*").replace("_", r"[\s-]"))


@lru_cache(maxsize=1)
def strong() -> tuple[Wording, ...]:
    """Give the words of a sentence that make more of a thing, with those of sources that say as much."""
    return _listed("strong.yaml")


@lru_cache(maxsize=1)
def limits() -> tuple[Wording, ...]:
    """Give the words of a source to which a denial is limited, with those of sentences that keep to the limit."""
    return _listed("limits.yaml")


@lru_cache(maxsize=1)
def modalities() -> tuple[Wording, ...]:
    """Give the words by which sources say less than that a thing is so, with those of sentences that say as little."""
    read = TypeAdapter(tuple[_Modality, ...]).validate_python(_load("modalities.yaml"))
    return tuple(Wording(_words(one.says), any_of(one.alike)) for one in read)


@lru_cache(maxsize=1)
def light() -> re.Pattern[str]:
    """Give the words that add nothing to what a sentence says."""
    return any_of(" ".join(TypeAdapter(tuple[str, ...]).validate_python(_load("light.yaml"))))


def _listed(name: str) -> tuple[Wording, ...]:
    read = TypeAdapter(tuple[_Words, ...]).validate_python(_load(name))
    return tuple(Wording(any_of(one.words), any_of(f"{one.words} {one.alike}")) for one in read)


def _words(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{pattern})(?!\w)", re.IGNORECASE)


def _load(name: str) -> object:
    return yaml.safe_load((files(__package__) / name).read_text("utf-8"))
