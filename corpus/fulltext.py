"""Full text in tantivy: BM25 over titles, headings and text of passages. Derived from the catalogue."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import tantivy

from corpus.document import Document, Passage
from corpus.errors import LibraryError
from corpus.folding import folded, searchable, sought

WRITER_MEMORY = 64_000_000
# Another name may have another sense in its passage, and there is more of a passage to be wrong than of a sentence.
ALTERNATIVE_WEIGHT = 0.5
FIELD_WEIGHTS = {"title": 0.5, "headings": 0.5, "text": 1.0}


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that an index found, by its name there. Scores compare within one query only."""

    index_id: str
    score: float


@dataclass(frozen=True, slots=True)
class FullTextEntry:
    """What full text indexes of a passage."""

    index_id: str
    document_id: str
    title: str
    headings: str
    text: str

    @classmethod
    def of(cls, index_id: str, document: Document, passage: Passage) -> Self:
        """Give what full text indexes of a document's passage."""
        text = passage.span.of(document.text)
        return cls(index_id, document.id, document.record.title, " ".join(passage.path), text)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a passage should say: a phrase, or one of its other names; all as stems.

    A phrase of several stems is found where all of them are.
    """

    phrase: tuple[str, ...]
    alternatives: tuple[tuple[str, ...], ...] = ()


def analyser() -> tantivy.TextAnalyzer:
    """Give the analysis that both passages and questions go through: words, lower case, English stems."""
    builder = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
    for step in (
        tantivy.Filter.remove_long(60),
        tantivy.Filter.lowercase(),
        tantivy.Filter.ascii_fold(),
        tantivy.Filter.stemmer("english"),
    ):
        builder = builder.filter(step)
    return builder.build()


_ANALYSER = analyser()


def stems(text: str) -> list[str]:
    """Give the stems of a text, in order."""
    return list(_ANALYSER.analyze(folded(text)))


def indexed_stems(text: str) -> list[str]:
    """Give the stems of a text as every index has them: behind its own, names that are also written otherwise."""
    return list(_ANALYSER.analyze(searchable(text)))


def sought_stems(text: str) -> list[str]:
    """Give the stems that are looked up for a question: behind its own, what its hyphens join."""
    return list(_ANALYSER.analyze(sought(text)))


class FullText:
    """The full-text index of one library. Searching is safe across threads; writing is the writer's alone."""

    def __init__(self, folder: Path) -> None:
        """Open the index, or make an empty one.

        Raises:
            LibraryError: If the index is damaged.
        """
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder
        schema = tantivy.SchemaBuilder()
        schema.add_text_field("index_id", stored=True, tokenizer_name="raw", index_option="basic")
        schema.add_text_field("document_id", tokenizer_name="raw", index_option="basic")
        for field in FIELD_WEIGHTS:
            schema.add_text_field(field, tokenizer_name="words", index_option="freq")
        self._schema = schema.build()
        with self._reporting():
            self._index = tantivy.Index(self._schema, path=str(folder))
        self._index.register_tokenizer("words", analyser())
        self._index.config_reader("manual")

    @contextmanager
    def _reporting(self) -> Iterator[None]:
        """Name what tantivy has stumbled over (a `ValueError`, whatever it was) and what helps."""
        try:
            yield
        except ValueError as error:
            reason = str(error).splitlines()[0]
            raise LibraryError(
                f"The full-text index in {self._folder} is damaged: {reason}. `loccit doctor --repair` rebuilds it."
            ) from error

    def terms(self, text: str) -> list[str]:
        """Give the stems that are looked up for a text."""
        return sought_stems(text)

    def document_frequency(self, term: str) -> int:
        """Count the passages whose text or title holds a stem."""
        searcher = self._index.searcher()
        return max(int(searcher.doc_freq(field, term)) for field in FIELD_WEIGHTS)

    def passages_with(self, phrase: Sequence[str]) -> int:
        """Count the passages whose text holds all stems of a phrase."""
        searcher = self._index.searcher()
        if len(phrase) == 1:
            return self.document_frequency(phrase[0])
        if not all(int(searcher.doc_freq("text", stem)) for stem in phrase):
            return 0
        found = searcher.search(self._all_of(phrase, "text"), 1, count=True)
        return int(found.count or 0)  # type: ignore[attr-defined]  # tantivy's stub leaves it out

    def search(
        self, wanted: str | Sequence[Wanted], k: int, document_ids: Sequence[str] | None = None
    ) -> list[Hit]:
        """Rank passages by BM25 (Robertson and Zaragoza 2009), fields weighed by `FIELD_WEIGHTS`.

        Args:
            wanted: Plain words, in which nothing is syntax, or what passages should say with its other names, of which
                the best one counts, weighed by `ALTERNATIVE_WEIGHT`.
            k: How many passages at the most.
            document_ids: Search in these documents only.

        Returns:
            Hits, best first.
        """
        if isinstance(wanted, str):
            wanted = [Wanted((stem,)) for stem in dict.fromkeys(sought_stems(wanted))]
        clauses = [
            (tantivy.Occur.Should, self._best_of(one, field, weight))
            for one in wanted
            for field, weight in FIELD_WEIGHTS.items()
        ]
        if not clauses or k < 1:
            return []
        query = tantivy.Query.boolean_query(clauses)
        if document_ids is not None:
            inside = tantivy.Query.term_set_query(self._schema, "document_id", list(document_ids))
            within = tantivy.Query.const_score_query(inside, 0.0)
            query = tantivy.Query.boolean_query([(tantivy.Occur.Must, query), (tantivy.Occur.Must, within)])
        with self._reporting():
            searcher = self._index.searcher()
            found = searcher.search(query, k).hits
            return [Hit(str(searcher.doc(address)["index_id"][0]), float(score)) for score, address in found]

    def write(self, add: Iterable[FullTextEntry], remove: Iterable[str]) -> None:
        """Add passages and remove others by their ids, in one commit; adding again replaces."""
        writer = self._index.writer(WRITER_MEMORY, 1)
        for name in remove:
            writer.delete_documents_by_term("index_id", name)
        for entry in add:
            writer.delete_documents_by_term("index_id", entry.index_id)
            writer.add_document(
                tantivy.Document(
                    index_id=entry.index_id,
                    document_id=entry.document_id,
                    title=searchable(entry.title),
                    headings=searchable(entry.headings),
                    text=searchable(entry.text),
                )
            )
        writer.commit()
        writer.wait_merging_threads()
        self._index.reload()

    def reload(self) -> None:
        """See what another process has committed."""
        with self._reporting():
            self._index.reload()

    def index_ids(self) -> set[str]:
        """Give the ids of all passages that the index holds."""
        with self._reporting():
            searcher = self._index.searcher()
            found = searcher.search(tantivy.Query.all_query(), max(1, searcher.num_docs)).hits
            return {str(searcher.doc(address)["index_id"][0]) for _, address in found}

    def _best_of(self, wanted: Wanted, field: str, weight: float) -> tantivy.Query:
        others = (self._all_of(phrase, field) for phrase in wanted.alternatives)
        named = [self._all_of(wanted.phrase, field)]
        named += [tantivy.Query.boost_query(other, ALTERNATIVE_WEIGHT) for other in others]
        best = named[0] if len(named) == 1 else tantivy.Query.disjunction_max_query(named)
        return tantivy.Query.boost_query(best, weight)

    def _all_of(self, phrase: Sequence[str], field: str) -> tantivy.Query:
        terms = [tantivy.Query.term_query(self._schema, field, stem, "freq") for stem in phrase]
        if len(terms) == 1:
            return terms[0]
        return tantivy.Query.boolean_query([(tantivy.Occur.Must, term) for term in terms])
