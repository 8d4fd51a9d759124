"""What a question is read against: the library's words, names and sources, and general English."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from assistant.commonness import known_words
from assistant.glossary import Glossary
from corpus.document import Fidelity, SourceType
from corpus.folding import folded, name_key
from corpus.library import Library

# On the Zipf scale of wordfreq: slips of spelling are rarer, but for a few that have become habits.
GENERAL_ENGLISH = 2.0
# "All" and "car" are commoner, "crs" is not.
COMMON_ENGLISH = 3.7
# "Safety" and "lymphoma" are familiar, "bispecifics" is not.
FAMILIAR_ENGLISH = 3.0


@dataclass(frozen=True, slots=True)
class Source:
    """A document as a question may name it.

    Attributes:
        document_id: Its id.
        title: Its title.
        title_key: Its title, in the form by which names are compared.
        source_type: What it is.
        fidelity: How much of it the library holds.
        year: When it was published.
        authors: Family names or names of bodies in the form by which names are compared, the first author first.
        identifiers: Its DOI, PMID and PMCID, as far as it has them, in lower case.
    """

    document_id: str
    title: str
    title_key: str
    source_type: SourceType
    fidelity: Fidelity
    year: int | None
    authors: tuple[str, ...]
    identifiers: frozenset[str]


class Background:
    """One library as of one generation. What it costs to read is paid once, when a question first needs it."""

    def __init__(self, library: Library) -> None:
        """Read `library`."""
        self._library = library
        self.glossary = Glossary(library.catalogue.names)

    @cached_property
    def english(self) -> frozenset[str]:
        """Words of general English."""
        return known_words(self._library.settings.model_cache, GENERAL_ENGLISH)

    @cached_property
    def common_english(self) -> frozenset[str]:
        """Words that everybody uses: in small letters they are no abbreviations."""
        return known_words(self._library.settings.model_cache, COMMON_ENGLISH)

    @cached_property
    def familiar_english(self) -> frozenset[str]:
        """Words that a general reader knows: what is no such word is a name or a term."""
        return known_words(self._library.settings.model_cache, FAMILIAR_ENGLISH)

    @cached_property
    def words(self) -> frozenset[str]:
        """Plain words of four letters or more that the library's documents use, or have used."""
        return self._library.catalogue.names.words()

    @cached_property
    def words_by_letter(self) -> Mapping[str, Sequence[str]]:
        """The library's words by their first letter."""
        sorted_out: defaultdict[str, list[str]] = defaultdict(list)
        for word in self.words:
            sorted_out[word[0]].append(word)
        return sorted_out

    def speaks_of(self, word: str) -> bool:
        """Tell whether the library's passages have a word, whatever its ending."""
        fulltext = self._library.fulltext
        return all(fulltext.document_frequency(stem) for stem in fulltext.terms(word))

    def knows(self, word: str) -> bool:
        """Tell whether a folded word is general English or in the library, whatever its ending."""
        return word in self.english or self.speaks_of(word)

    def stem(self, word: str) -> str:
        """Give what words of different endings have in common."""
        return " ".join(self._library.fulltext.terms(word))

    @cached_property
    def sources(self) -> tuple[Source, ...]:
        """All documents as a question may name them."""
        rows = self._library.catalogue.connection.execute(
            "SELECT id, title, source_type, fidelity, year, json_extract(record, '$.author'),"
            " json_extract(record, '$.DOI'), json_extract(record, '$.PMID'), json_extract(record, '$.PMCID')"
            " FROM documents ORDER BY id"
        )
        return tuple(
            Source(
                document_id,
                title,
                name_key(title),
                SourceType(source_type),
                Fidelity(fidelity),
                year,
                _authors(authors),
                frozenset(folded(str(identifier)) for identifier in identifiers if identifier),
            )
            for document_id, title, source_type, fidelity, year, authors, *identifiers in rows
        )


class Backgrounds:
    """Gives the background of a library as it is now. Safe across threads."""

    def __init__(self, library: Library) -> None:
        """Follow `library`."""
        self._library = library
        self._latest: tuple[int, Background] | None = None

    @property
    def latest(self) -> Background:
        """The background of the library's present generation."""
        generation = self._library.catalogue.generation
        latest = self._latest
        # Two threads may make it at once: either will do.
        if latest is None or latest[0] != generation:
            latest = self._latest = generation, Background(self._library)
        return latest[1]


def _authors(names: str | None) -> tuple[str, ...]:
    found = (author.get("family") or author.get("literal") for author in json.loads(names or "[]"))
    return tuple(name_key(name) for name in found if name)
