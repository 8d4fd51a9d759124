"""What the catalogue remembers of words and names."""

from __future__ import annotations

from pathlib import Path

from corpus.document import Document
from corpus.library import Library
from corpus.settings import Settings
from ingest.abbreviations import with_abbreviations
from tests.corpus.building import document, store

MYELOMA = "Multiple myeloma (MM) came back."


def defining(name: str, *sentences: str) -> Document:
    return with_abbreviations(document(name, sentences))


def test_what_a_document_defines_is_read_back_as_it_was_stored(library: Library) -> None:
    given = defining("one", MYELOMA, "Natural killer (NK) cells", "Multiple myeloma (MM) again.")
    store(library, given)
    assert library.document("one").abbreviations == given.abbreviations
    assert [(a.short, a.long) for a in given.abbreviations] == [
        ("MM", "Multiple myeloma"),
        ("NK", "Natural killer"),
    ]


def test_definitions_are_counted_once_a_document_and_shown_as_most_write_them(library: Library) -> None:
    store(
        library,
        defining("one", MYELOMA, "In multiple myelomas (MMs) too."),
        defining("two", "About multiple myeloma (MM) much is known."),
        defining("three", "It is multiple myeloma (MM) after all."),
        defining("four", "A malignant melanoma (MM) is another thing."),
    )
    found = library.catalogue.names.definitions(["mm"])
    assert [(d.short, d.long, d.documents) for d in found] == [
        ("MM", "multiple myeloma", 3),
        ("MM", "malignant melanoma", 1),
    ]
    assert library.catalogue.names.definitions(["multiple myeloma"]) == found[:1]


def test_a_document_that_goes_takes_its_definitions_along(library: Library) -> None:
    store(library, defining("one", MYELOMA), defining("two", "Natural killer (NK) cells"))
    with library.writing() as writer:
        writer.remove("one")
    assert not library.catalogue.names.definitions(["mm"])
    assert library.catalogue.names.meanings("two", "nk") == {"natural killer"}


def test_every_plain_word_of_a_title_and_a_text_is_known(library: Library) -> None:
    store(library, document("fratricide", ["Trogocytosis of CD19 by NK92 cells was seen."]))
    assert {"fratricide", "trogocytosis", "cells", "seen"} <= library.catalogue.names.words()
    assert not {"cd19", "nk92", "was"} & library.catalogue.names.words()


def test_a_library_of_the_version_before_is_brought_up_to_date(
    library: Library, folder: Path, settings: Settings
) -> None:
    store(library, document("one", ["Cells were counted."]))
    with library.catalogue.transaction():
        for change in (
            "DROP TABLE abbreviations",
            "DROP TABLE words",
            "UPDATE facts SET value = '2' WHERE name = 'schema_version'",
        ):
            library.catalogue.connection.execute(change)
    library.close()
    with Library(folder, settings) as opened:
        assert opened.document("one").abbreviations == ()
        store(opened, defining("two", MYELOMA))
        assert opened.catalogue.names.definitions(["mm"])
