"""Takes down what readers think of answers, beside the library."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict

from assistant.answer import Answer
from assistant.interface.answering.naming import name_of
from corpus.errors import LoccitError
from corpus.readers import CitedWords, Feedback, Opinion, Readers

NO_SUCH_NUMBER = "This answer has no such citation."


class Judgement(BaseModel):
    """What the page says of an answer.

    Attributes:
        opinion: What the reader thinks; None takes an earlier opinion back.
        wrong: The number of the citation that is wrong; None for no particular one.
    """

    model_config = ConfigDict(frozen=True)

    opinion: Opinion | None = None
    wrong: int | None = None


class UnknownNumberError(LoccitError):
    """An answer has no citation of that number."""


def judge(readers: Readers, answer: Answer, said: Judgement, reader: str | None = None) -> None:
    """Keep what a reader thinks of an answer, in place of what was thought of it before.

    Args:
        readers: Keeps it.
        answer: Is judged.
        said: The opinion.
        reader: Who is signed in; None if nobody is.

    Raises:
        UnknownNumberError: If the answer does not have the citation that shall be wrong.
        LibraryError: If the disk is full or refuses.
    """
    if said.opinion is None:
        readers.forget_feedback(name_of(answer))
        return
    wrong = said.wrong if said.opinion is Opinion.WRONG_CITATION else None
    if wrong is not None and wrong not in {citation.number for citation in answer.citations}:
        raise UnknownNumberError(NO_SUCH_NUMBER)
    readers.keep_feedback(
        Feedback(
            answer=name_of(answer),
            opinion=said.opinion,
            question=answer.standalone_question,
            kind=answer.kind.value,
            said=answer.answer,
            declined=answer.abstained,
            cited=tuple(
                CitedWords(citation.number, citation.document_id, quote.start, quote.end, quote.text)
                for citation in answer.citations
                for quote in citation.quotes
            ),
            wrong=wrong,
            reader=reader,
        )
    )
