"""What an answer is: plain data that every interface renders. The JSON names are a contract."""

from __future__ import annotations

from enum import StrEnum
from typing import Literal

from pydantic import BaseModel, ConfigDict

from corpus.document import Fidelity, SourceType


class Kind(StrEnum):
    """What a question asks for."""

    COMPARISON = "comparison"
    LIST = "list"
    DEFINITION = "definition"
    YES_NO = "yes-no"
    QUANTITY = "quantity"
    CAUSE = "cause"
    OPEN = "open"
    OTHER = "other"


class Verdict(StrEnum):
    """What the evidence says of a statement or of a claim."""

    SUPPORTED = "supported"
    PARTIAL = "partial"
    CONTRADICTED = "contradicted"
    NOT_FOUND = "not-found"


class _Plain(BaseModel):
    model_config = ConfigDict(frozen=True)


class Stance(StrEnum):
    """What a statement says to a question that yes or no answers."""

    FOR = "for"
    AGAINST = "against"
    NEITHER = "neither"


class Extract(_Plain):
    """A quoted span of a document: `text` is `document.text[start:end]`."""

    start: int
    end: int
    text: str


class Quote(Extract):
    """A quoted span that a statement rests on, in the passage of citation number `citation`."""

    citation: int


class Statement(_Plain):
    """The unit of an answer: what is said, its quotes, its verdict."""

    id: str
    text: str
    verdict: Verdict
    citations: tuple[int, ...]
    quotes: tuple[Quote, ...]


class Citation(_Plain):
    """A number in an answer: one passage of one document, and the words quoted from it.

    Attributes:
        text_sha256: Hash of the document's text when it was quoted.
        container_title: The journal or site.
        read_at: For a digest, the hosts of the pages on which the quoted statements were read.
        note: A limit of the record that a reader should know.
    """

    number: int
    document_id: str
    passage_id: str
    text_sha256: str
    title: str
    authors: tuple[str, ...]
    container_title: str | None
    year: int | None
    source_type: SourceType
    fidelity: Fidelity
    commercial: bool
    retracted: bool
    section: tuple[str, ...]
    page: int | None = None
    doi: str | None
    url: str | None
    licence: str | None
    read_at: tuple[str, ...]
    note: str | None
    quotes: tuple[Extract, ...]


class Aspect(_Plain):
    """A row of a comparison: for each subject the ids of the statements about it."""

    name: str
    cells: tuple[tuple[str, ...], ...]


class Comparison(_Plain):
    """A table: one column a subject, one row an aspect."""

    subjects: tuple[str, ...]
    aspects: tuple[Aspect, ...]


class Abstention(_Plain):
    """Why there is no answer, which terms the library never mentions, and what came nearest, as reading."""

    reason: str
    missing_terms: tuple[str, ...]
    nearest: tuple[Citation, ...]


class Group(_Plain):
    """Statements that take one side, under the composer's fixed words; all groups together hold each statement once."""

    stance: Stance
    lead_in: str
    statements: tuple[str, ...]


class Figure(_Plain):
    """A figure of an answer beside others of its kind; all but the source are words of the cited document.

    Attributes:
        statement: The id of the statement that gives it.
        citation: The number of its source.
        number: The figure with its unit.
        unit: The unit, inside or beside the number.
        measured: What it is a figure of; None where that is not sure.
        population: In whom or what; None where that is not sure.
        source: Who says so, from the record: "Marin 2024, clinical trial".
    """

    statement: str
    citation: int
    number: Extract
    unit: Extract | None
    measured: Extract | None
    population: Extract | None
    source: str


class DifferenceKind(StrEnum):
    """In what sources that disagree differ."""

    YEAR = "year"
    SOURCE_TYPE = "source-type"
    FIDELITY = "fidelity"
    POPULATION = "population"


class Difference(_Plain):
    """In what sources that disagree differ: a value for each statement, in their order, empty where unknown."""

    kind: DifferenceKind
    values: tuple[str, ...]


class Disagreement(_Plain):
    """Statements that differ about one thing.

    Attributes:
        about: Words that they have in common.
        statements: Their ids.
        differences: In what else their sources differ.
        lead_in: The composer's fixed words before it.
        remark: The differences in a sentence of fixed form; may be empty.
    """

    about: str
    statements: tuple[str, ...]
    differences: tuple[Difference, ...] = ()
    lead_in: str = "Sources differ:"
    remark: str = ""


class LeftOut(_Plain):
    """What a language model said and the answer does not: the evidence does not bear it out."""

    text: str
    reason: str


class Written(_Plain):
    """How a language model wrote an answer, or why it did not.

    Attributes:
        model: Its name, for readers.
        first_word_ms: How long after it was asked its first word came.
        prompt_tokens: What it read, over all requests.
        completion_tokens: What it wrote.
        tokens_estimated: Whether these are not its own count.
        tokens_per_second: How fast it wrote.
        cost: In the currency of the prices that are set; None where none are.
        left_out: Statements that are not in the answer.
        repaired: Ids of the statements that were written anew from their evidence.
        fell_back: Why the answer is extractive all the same, in a sentence; None if it is generative.
        broke_off: Why the model did not come to its end, in a sentence, where what it had said by then stands.
        stopped: Whether the reader stopped it.
    """

    model: str
    first_word_ms: float | None
    prompt_tokens: int
    completion_tokens: int
    tokens_estimated: bool
    tokens_per_second: float | None
    cost: float | None
    left_out: tuple[LeftOut, ...] = ()
    repaired: tuple[str, ...] = ()
    fell_back: str | None = None
    broke_off: str | None = None
    stopped: bool = False


class Timings(_Plain):
    """How long each step took, in milliseconds."""

    retrieve: float
    compose: float
    verify: float
    total: float


class Answer(_Plain):
    """A cited answer, or the reason why there is none.

    Attributes:
        groups: The statements by the side that they take, of a yes/no question.
        figures: The figures side by side, of a question for a quantity.
        remarks: The composer's own sentences in the answer, fixed words without facts.
        written: How a language model wrote it; None if none was asked.
    """

    question: str
    standalone_question: str
    kind: Kind
    composer: Literal["extractive", "generative"]
    abstained: bool
    abstention: Abstention | None
    answer: str
    statements: tuple[Statement, ...]
    citations: tuple[Citation, ...]
    comparison: Comparison | None
    disagreements: tuple[Disagreement, ...]
    notes: tuple[str, ...]
    timings_ms: Timings
    groups: tuple[Group, ...] = ()
    figures: tuple[Figure, ...] = ()
    remarks: tuple[str, ...] = ()
    written: Written | None = None


class FoundPassage(_Plain):
    """A passage that a search found."""

    document_id: str
    passage_id: str
    score: float
    title: str
    section: tuple[str, ...]
    text: str
    retracted: bool


class SearchResult(_Plain):
    """Ranked passages, best first."""

    query: str
    passages: tuple[FoundPassage, ...]


class DivergenceKind(StrEnum):
    """In what a quote speaks against a claim."""

    NUMBER = "number"
    NEGATION = "negation"
    DIRECTION = "direction"
    NAME = "name"


class Divergence(_Plain):
    """Words of a claim, and the words of a quote that stand against them.

    Attributes:
        kind: In what they differ.
        claim: Spans of the checked text; empty where nothing in it is to blame, as where it leaves a "not" out.
        quote: Spans of the document, inside the quote.
    """

    kind: DivergenceKind
    claim: tuple[Extract, ...]
    quote: tuple[Extract, ...]


class ClaimQuote(Quote):
    """A quoted span with what it says of a claim.

    Attributes:
        verdict: What this quote alone says of the claim.
        marked: The words that decided, spans of the same document inside the quote, in order, disjoint.
        header: The header of the table that the quote is a row of.
        caption: The caption of that table.
        divergences: Of a quote that contradicts, where it differs from the claim, word by word.
    """

    verdict: Verdict
    marked: tuple[Extract, ...]
    header: Extract | None = None
    caption: Extract | None = None
    divergences: tuple[Divergence, ...] = ()


class Claim(_Plain):
    """A claim that was checked: its place in the text, the verdict, why, and the quotes that decided."""

    text: str
    start: int
    end: int
    verdict: Verdict
    reasons: tuple[str, ...]
    citations: tuple[int, ...]
    quotes: tuple[ClaimQuote, ...]


class SetAside(_Plain):
    """Words of the text that are no claim, and why."""

    text: str
    reason: str


class CheckTimings(_Plain):
    """How long each step of a check took, in milliseconds."""

    retrieve: float
    judge: float
    total: float


class Checked(_Plain):
    """A text whose claims were checked.

    Attributes:
        document_id: The one source that was asked; None for all of the library.
        method: How the verdicts were reached.
        notes: What else a reader must know.
    """

    text: str
    document_id: str | None
    claims: tuple[Claim, ...]
    set_aside: tuple[SetAside, ...]
    citations: tuple[Citation, ...]
    method: str
    notes: tuple[str, ...]
    timings_ms: CheckTimings
