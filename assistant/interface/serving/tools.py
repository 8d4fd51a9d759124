"""What other programs may ask of the page's server: the same functions by Gradio's API and by MCP.

Each takes and gives plain JSON. The docstrings are what those programs read.
"""

# Annotations are read at run time, for schemas: they are not postponed here.

from collections.abc import Callable, Iterator
from functools import wraps
from inspect import signature
from typing import Annotated, ParamSpec, TypeVar

from pydantic import BaseModel, Field, ValidationError, validate_call

from assistant import Assistant
from assistant.answer import Answer, Checked, SearchResult
from assistant.interface.serving.passages import MOST_AROUND, Place, read_place
from corpus.catalogue import Filter
from corpus.document import SourceType
from corpus.errors import LoccitError

LONGEST_QUESTION = 2000
LONGEST_TEXT = 20_000
LONGEST_HISTORY = 50
MOST_SUBJECTS = 8
MOST_PASSAGES = 100

Given = ParamSpec("Given")
Result = TypeVar("Result", bound=BaseModel)
Tool = Callable[..., BaseModel]
Words = Annotated[str, Field(min_length=1, max_length=LONGEST_QUESTION, pattern=r"\S")]
Text = Annotated[str, Field(min_length=1, max_length=LONGEST_TEXT, pattern=r"\S")]
Id = Annotated[str, Field(min_length=1, max_length=LONGEST_QUESTION)]


class ToolError(LoccitError):
    """What was asked cannot be read."""


def tool(function: Callable[Given, Result]) -> Callable[Given, Result]:
    """Let a method answer only what fits its annotations, and say in a sentence what does not."""
    checked = validate_call(function)
    names = list(signature(function).parameters)

    @wraps(function)
    def answered(*args: Given.args, **kwargs: Given.kwargs) -> Result:
        try:
            return checked(*args, **kwargs)
        except ValidationError as error:
            raise ToolError(misfit(error, names)) from error

    return answered


def misfit(error: ValidationError, names: list[str]) -> str:
    """Say what of the arguments does not fit.

    Args:
        error: Of pydantic, which tells an argument by its name or by its place.
        names: Of the arguments, in order.
    """
    first = error.errors(include_url=False, include_input=False)[0]
    place = first["loc"][0] if first["loc"] else ""
    named = names[place] if isinstance(place, int) else place
    why = first["msg"]
    return f"{named}: {why[0].lower()}{why[1:]}."


class Tools:
    """The five functions over one library."""

    def __init__(self, assistant: Assistant) -> None:
        """Ask an assistant."""
        self._assistant = assistant

    def __iter__(self) -> Iterator[Tool]:
        """Give each of them."""
        yield from (self.ask, self.compare, self.check, self.search, self.passage)

    @tool
    def ask(
        self,
        question: Words,
        history: Annotated[list[Words], Field(max_length=LONGEST_HISTORY)] | None = None,
        year_from: int | None = None,
        source_types: list[SourceType] | None = None,
        documents: list[Id] | None = None,
    ) -> Answer:
        """Answer a question from the library of literature, every statement cited to the exact words of a source.

        Without evidence there is no answer: then abstained is true, and abstention says what is missing. Retracted
        papers, commercial interests and digests are marked in each citation; tell your reader of them.

        Args:
            question: In plain words, such as "How long do CAR-NK cells persist?".
            history: Earlier questions of the same conversation, the oldest first, that a follow-up may lean on.
            year_from: Only sources published in this year or later.
            source_types: Only sources of these kinds, such as clinical-trial or review.
            documents: Only these documents, by document_id.

        Returns:
            answer (Markdown with [1] marks), statements with their quotes, citations with title, authors, year, DOI and
            quoted words, disagreements between sources, notes that a reader must know.
        """
        for document in documents or ():
            self._assistant.library.document(document)
        within = Filter(
            year_from=year_from,
            source_types=frozenset(source_types or ()),
            document_ids=frozenset(documents or ()),
        )
        return self._assistant.ask(question, history=history or (), within=within)

    @tool
    def compare(
        self,
        subjects: Annotated[list[Words], Field(min_length=2, max_length=MOST_SUBJECTS)],
        aspects: Annotated[list[Words], Field(max_length=LONGEST_HISTORY)] | None = None,
    ) -> Answer:
        """Compare two or more subjects side by side, every cell of the table cited; an empty cell is empty.

        Args:
            subjects: What to compare, two or more, such as ["CAR-NK", "CAR-T"].
            aspects: In what respects, such as ["safety", "cost"]. Without any, in those of which the sources say most.

        Returns:
            As for ask; comparison has the subjects and, for each aspect, a list of statement ids for each subject.
        """
        return self._assistant.compare(subjects, aspects or ())

    @tool
    def check(self, text: Text, document: Id | None = None) -> Checked:
        """Check the claims of a text: what in the library supports each and what speaks against it, if anything does.

        Args:
            text: One claim or a paragraph of them.
            document: Hold it against this one source alone, by document_id. Without one, against the whole library.

        Returns:
            claims, each with its verdict (supported, partial, contradicted, not-found), reasons and quotes whose
            deciding words are marked; citations of the quoted sources.
        """
        return self._assistant.check(text, document)

    @tool
    def search(self, query: Words, k: Annotated[int, Field(ge=1, le=MOST_PASSAGES)] = 10) -> SearchResult:
        """Find the passages of the library that speak of something, the best first.

        Args:
            query: Plain words.
            k: How many passages at the most, up to 100.

        Returns:
            passages, each with document_id, passage_id, title, section, text and score.
        """
        return self._assistant.search(query, k)

    @tool
    def passage(self, passage_id: Id, around: Annotated[int, Field(ge=0, le=MOST_AROUND)] = 0) -> Place:
        """Read a passage, or any other span of a document, word for word, with the source that it stands in.

        Args:
            passage_id: As search and citations name it, DOCUMENT@START-END.
            around: How many characters to give of what stands before and after it, up to 5,000.

        Returns:
            text, before, after, start and end in the document, the source's title, authors, year, kind, licence and
            DOI, and a link that opens the place in the page.
        """
        return read_place(self._assistant.library, passage_id, around)
