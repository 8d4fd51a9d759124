"""Readies aspects to be looked for: those of the settings, and those that a reader names."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator, Sequence

from assistant.commonness import familiar_stems, is_compared
from assistant.comparing.pool import Aspect
from assistant.glossary import Glossary
from assistant.thesaurus import plain_words
from assistant.words import content_words, singular
from corpus.aspects import KnownAspect, known_aspects
from corpus.encoder import Encoder
from corpus.fulltext import stems
from corpus.library import Library

# Words of one root begin alike for so many letters.
ROOT = 6
_WHOSE = re.compile(r"\s+(?:of|with|after|from|in)\s+")


class Aspects:
    """The aspects in which one library is compared. Safe across threads."""

    def __init__(self, library: Library) -> None:
        """Use the aspects of the library's settings; they are read at first use."""
        self._library = library
        self._lock = threading.Lock()
        self._embedded: tuple[Encoder, tuple[Aspect, ...]] | None = None

    def known(self) -> tuple[Aspect, ...]:
        """Give the aspects of the settings.

        Raises:
            SettingsError: If their file cannot be used.
        """
        encoder = self._library.encoder
        with self._lock:
            if self._embedded is None or self._embedded[0] is not encoder:
                listed = known_aspects(self._library.settings.aspects)
                aspects = tuple(
                    Aspect(known, encoder.encode_query(f"{known.name}: {known.description}"), is_known=True)
                    for known in listed
                )
                self._embedded = encoder, aspects
            return self._embedded[1]

    def asked(self, names: Sequence[str], glossary: Glossary, query: str) -> tuple[Aspect, ...]:
        """Give the aspects that a reader names, in their order, each once.

        One of a known name is looked for as that; another by its own words, what they abbreviate or are abbreviated
        to, and the known terms that have one of them: "response rate" by "response" too, not by "survival".

        Args:
            names: The aspects.
            glossary: What the library's abbreviations stand for.
            query: The question, which tells what is meant by "how much gets in".
        """
        return tuple(self._asked(name, glossary, query) for name in dict.fromkeys(map(_shown, names)) if name)

    def unseen(self, names: Sequence[str]) -> list[str]:
        """Give the aspects of which the library has no word: all, if it has none of any, else the particular ones.

        "How deep", asked beside "response", only stays without an answer of its own; "diabetes" is missing.
        """
        unseen = [name for name in names if self._same(name) is None and not self._is_said(singular(name))]
        if len(unseen) < len(names):
            return [name for name in unseen if self._is_particular(name)]
        cache = self._library.settings.model_cache
        # "Rougher" by itself asks for whatever there is to say.
        return [name for name in unseen if not all(is_compared(word, cache) for word in content_words(name))]

    def _is_said(self, name: str) -> bool:
        fulltext, other_names = self._library.fulltext, plain_words()
        if any(fulltext.document_frequency(stem) for stem in self._stems(name)):
            return True
        found = other_names.phrases_in(stems(name))
        return any(
            fulltext.passages_with(other) for _, one in found for other in other_names.alternatives[one]
        )

    def _is_particular(self, name: str) -> bool:
        cache = self._library.settings.model_cache
        familiar, particular = familiar_stems(cache), plain_words().particular
        telling = (word for word in content_words(name) if not is_compared(word, cache))
        stems = (stem for word in telling for stem in self._library.fulltext.terms(word))
        return any(stem not in familiar or (stem,) in particular for stem in stems)

    def _asked(self, name: str, glossary: Glossary, query: str) -> Aspect:
        same = self._same(name)
        called: tuple[str, ...] = ()
        if same is None:
            # "Unwanted effects" are not effects.
            same = self._in_other_words(_WHOSE.split(name, maxsplit=1)[0])
        if same is None:
            same, called = self._qualified(name)
        if same is not None:
            known = KnownAspect(name, same.known.description, same.known.terms, called)
            return Aspect(known, same.vector, is_known=True)
        own = self._stems(name)
        listed = {term: self._stems(term) for known in self.known() for term in known.known.terms}
        told = own & frozenset().union(*listed.values())
        terms = [word for word in content_words(name) if not told or self._stems(word) & told]
        terms += [*glossary.longs(name)[:1], *glossary.shorts(name)[:1]]
        terms += [term for term, stems in listed.items() if _akin(stems, told)]
        vector = self._library.encoder.encode_query(f"{name}: {query}")
        return Aspect(
            KnownAspect(name, name, tuple(dict.fromkeys(terms))), vector, wider=tuple(self._wider(own))
        )

    def _qualified(self, name: str) -> tuple[Aspect | None, tuple[str, ...]]:
        """Give the known aspect that a name qualifies in plain English, and what it calls it: "severe side effects"."""
        own = self._stems(name)
        named = [
            (len(self._stems(called)), called, aspect)
            for aspect in self.known()
            for called in (aspect.known.name, *aspect.known.also)
            if self._stems(called) and self._stems(called) <= own
        ]
        longest = [found for found in named if found[0] == max(length for length, _, _ in named)]
        if len({aspect.known.name for _, _, aspect in longest}) != 1 or self._is_particular(name):
            return None, ()
        return longest[0][2], (longest[0][1],)

    def _in_other_words(self, name: str) -> Aspect | None:
        """Give the known aspect that plain words stand for: "unwanted effects" are side effects."""
        own, other_names = tuple(stems(name)), plain_words()
        others = {" ".join(other) for other in other_names.alternatives.get(own, ())}
        for aspect in self.known():
            called = (aspect.known.name, *aspect.known.also)
            if others & {" ".join(stems(one)) for one in called}:
                return aspect
        return None

    def _wider(self, own: frozenset[str]) -> Iterator[str]:
        """Give the terms of the known aspects that some words name, or of which they have a whole term."""
        for aspect in self.known():
            called = (aspect.known.name, *aspect.known.also, *aspect.known.terms)
            if any(stems and stems <= own for stems in map(self._stems, called)):
                yield from aspect.known.terms

    def _same(self, name: str) -> Aspect | None:
        own = self._stems(name)
        for aspect in self.known():
            called = [self._stems(name) for name in (aspect.known.name, *aspect.known.also)]
            # "Route of administration" says no more than "administration", of which a route is a part.
            single = [*called, *(self._stems(term) for term in aspect.known.terms if " " not in term)]
            words = frozenset().union(*single)
            if own in called or (called[0] < own <= words):
                return aspect
        return None

    def _stems(self, text: str) -> frozenset[str]:
        return frozenset(stem for word in content_words(text) for stem in self._library.fulltext.terms(word))


def _akin(stems: frozenset[str], others: frozenset[str]) -> bool:
    """Tell whether two terms share a word, or one of the same root: "responded" and "response"."""
    roots = {stem[:ROOT] for stem in stems if len(stem) >= ROOT}
    return bool(stems & others) or any(other[:ROOT] in roots for other in others)


def _shown(name: str) -> str:
    name = " ".join(name.split())
    return name[:1].upper() + name[1:]
