"""The map of the library in words: its topics, their typical passages, and what a place on it says."""

from __future__ import annotations

from assistant.interface.markup import attributes, shown
from assistant.interface.sources import record_line
from assistant.overview.mapping import PassageMap, Topic
from corpus.document import Document, Span
from corpus.errors import UnknownDocumentError
from corpus.library import Library

FIRST_WORDS = 200
# Colours and shapes by which topics are told apart (classes of `overview.css`, and `plots.js`).
TONES = 8


def map_note(made: PassageMap) -> str:
    """Say what the map shows."""
    number = len(made.x)
    if not number:
        return "There are no passages to lay out yet."
    if number == 1:
        return "The library has one passage; with more, a map shows which are near to each other."
    what = f"Each of the {number:,} dots is a passage"
    if made.total > number:
        what = f"{number:,} of the {made.total:,} passages, drawn by lot; each dot is one"
    return f"{what}. Near ones speak of similar things. Choose a dot to read it."


def topic_list(made: PassageMap) -> str:
    """Show the topics as buttons that make their passages stand out."""
    return "".join(
        f'<li><button type="button" class="topic" aria-pressed="false"{attributes(data_topic=number)}>'
        f'<i class="tone tone-{number % TONES} shape-{number // TONES}" aria-hidden="true"></i>'
        f"<span>{_name(topic, number)}</span> <small>{topic.passages:,}"
        f'<span class="sr"> passage{"" if topic.passages == 1 else "s"}</span></small></button></li>'
        for number, topic in enumerate(made.topics)
    )


def topics_table(library: Library, made: PassageMap) -> str:
    """Show the topics as a table, with passages by which a reader gets to know each."""
    if not made.topics:
        return ""
    rows = "".join(
        f'<tr><th scope="row">{_name(topic, number)}</th><td>{topic.passages:,}</td><td>{topic.sources:,}</td>'
        f"<td>{_typical(library, made, topic)}</td></tr>"
        for number, topic in enumerate(made.topics)
    )
    return (
        '<table><caption class="sr">Topics of the passages</caption><thead><tr><th scope="col">Topic</th>'
        '<th scope="col">Passages</th><th scope="col">Papers</th><th scope="col">Typical passages</th></tr></thead>'
        f"<tbody>{rows}</tbody></table>"
    )


def preview(document: Document, span: Span) -> str:
    """Show the beginning of a passage and where it stands."""
    record = document.record
    block = document.block_at(span.start)
    path = " › ".join(map(shown, document.path_of(block.section))) if block else ""
    retracted = '<b class="retracted">Retracted.</b> ' if document.retracted else ""
    return (
        f"<strong>{retracted}{shown(record.title) or 'Untitled'}</strong>"
        f"<span>{shown(record_line(record.authors[:1], None, record.year))}{' · ' if path else ''}{path}</span>"
        f"<q>{shown(first_words(document, span))}</q>"
    )


def opening(library: Library, document_id: str, span: Span) -> str:
    """Give the way into the reader at a passage: its document's title and its first words.

    A document that has left the library meanwhile gives nothing.
    """
    try:
        document = library.document(document_id)
    except UnknownDocumentError:
        return ""
    to = attributes(class_="to-passage", data_document=document_id, data_span=f"{span.start}-{span.end}")
    title = shown(document.record.title) or "Untitled"
    return (
        f'<button type="button"{to}><strong>{title}</strong> '
        f"<span>{shown(first_words(document, span))}</span></button>"
    )


def first_words(document: Document, span: Span) -> str:
    """Give the beginning of a passage, cut at a word."""
    words = " ".join(span.of(document.text).split())
    if len(words) <= FIRST_WORDS:
        return words
    return f"{words[:FIRST_WORDS].rpartition(' ')[0]} …"


def _name(topic: Topic, number: int) -> str:
    return shown(", ".join(topic.words)) or f"Topic {number + 1}"


def _typical(library: Library, made: PassageMap, topic: Topic) -> str:
    items = [
        opening(library, made.documents[made.document[index]], Span(made.start[index], made.end[index]))
        for index in topic.typical
    ]
    return f"<ul>{''.join(f'<li>{item}</li>' for item in items if item)}</ul>"
