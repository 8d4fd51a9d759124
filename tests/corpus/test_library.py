"""The library through its own door: what is stored comes back, and each error says what to do."""

from __future__ import annotations

import contextlib
import os
import shutil
import sqlite3
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from corpus.catalogue import Filter
from corpus.document import SourceType
from corpus.errors import EmbeddingError, LibraryError, LibraryLockedError, UnknownDocumentError
from corpus.library import Library
from corpus.settings import Settings
from tests.corpus.building import ROOT, document, found, held, indexed, sentences, store, vector_of

ODD_IDS = [
    'it\'s "quoted"',
    "a@0-5#b",
    "line\nbreak",
    "ünïcødé 😀 𝒳",
    "pmcid:PMC1",
    "100%_?",
    "-",
    "a" * 3_000,
]
IDS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20)


def test_a_stored_document_comes_back_equal(library: Library) -> None:
    stored = document("one", ["T cells 𝒳 kill 😀.", "NK cells do too."])
    assert store(library, stored) == (1, 0)
    assert library.catalogue.document("one") == stored
    assert library.document("one") == stored
    assert [p.passage.span.of(stored.text) for p in library.passages_of("one")] == [
        "T cells 𝒳 kill 😀. [1]",
        "NK cells do too. [1]",
    ]


def test_what_an_empty_field_of_a_record_holds_is_kept(library: Library) -> None:
    stored = document("one", ["A."])
    assert store(library, stored)[0] == 1
    assert library.document("one").record.model_extra == {"note": "kept", "custom": {"a": [1, ""]}}


@hypothesis_settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(name=IDS, text=st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=80))
def test_any_id_and_any_text_are_stored_found_and_removed(library: Library, name: str, text: str) -> None:
    stored = document(name, [f"word {text}"])
    store(library, stored)
    assert library.document(name) == stored
    assert found(library, stored.blocks[0].span.of(stored.text)) == name
    with library.writing() as writer:
        writer.remove(name)
    assert held(library) == set()


def test_ids_of_odd_characters_are_found_by_both_indexes(library: Library) -> None:
    store(library, *(document(name, sentences(f"kind{n}", 2)) for n, name in enumerate(ODD_IDS)))
    held(library)
    for n, name in enumerate(ODD_IDS):
        within = Filter(document_ids=frozenset({name}))
        hits = library.search_fulltext("cells counted", 5, within)
        assert {p.passage.document_id for p in library.passages([h.index_id for h in hits]).values()} == {
            name
        }
        assert found(library, f"The kind{n} cells number 1 were counted. [1]") == name


def test_a_changed_document_replaces_the_earlier_one_everywhere(library: Library) -> None:
    store(library, document("one", sentences("old", 3)), document("two", sentences("other", 2)))
    before = library.catalogue.generation
    assert store(library, document("one", sentences("new", 2))) == (0, 1)
    assert library.catalogue.generation > before
    assert len(held(library)) == 4
    assert not library.search_fulltext("old", 5)
    assert library.document("one").text.startswith("Results\n\nThe new cells")


def test_storing_the_very_same_again_loses_nothing(library: Library) -> None:
    same = document("one", sentences("same", 3))
    store(library, same)
    before = held(library)
    assert store(library, same) == (0, 1)
    assert held(library) == before


def test_of_two_documents_with_one_id_in_a_batch_the_last_counts(library: Library) -> None:
    assert store(library, document("one", sentences("first", 3)), document("one", sentences("last", 2))) == (
        1,
        0,
    )
    assert len(held(library)) == 2
    assert "last" in library.document("one").text


def test_a_document_of_many_passages_is_looked_up_whole(library: Library) -> None:
    store(library, document("long", sentences("long", 1_500)))
    names = library.catalogue.index_ids()
    assert len(names) == 1_500
    assert len(library.passages([*names, *(f"unknown{n}" for n in range(40_000))])) == 1_500


def test_unknown_ids_are_left_out(library: Library) -> None:
    store(library, document("one", sentences("one", 1)))
    assert library.passages([]) == {}
    assert library.passages(["one@0-3#nothing", ""]) == {}
    assert library.search_vectors(vector_of("x"), 0) == []


def test_filters_narrow_both_searches(library: Library) -> None:
    store(
        library,
        document("old", sentences("alpha", 2), year=1999),
        document("trial", sentences("beta", 2), source_type=SourceType.CLINICAL_TRIAL),
        document("new", sentences("gamma", 2)),
    )

    def kept(within: Filter) -> set[str]:
        lexical = library.search_fulltext("cells", 10, within)
        semantic = library.search_vectors(vector_of("cells"), 10, within)
        by_words = library.passages([hit.index_id for hit in lexical])
        by_meaning = library.passages([hit.index_id for hit in semantic])
        assert by_words.keys() == by_meaning.keys()
        return {passage.passage.document_id for passage in by_words.values()}

    assert kept(Filter()) == {"old", "trial", "new"}
    assert kept(Filter(year_from=2000)) == {"trial", "new"}
    assert kept(Filter(year_to=1999)) == {"old"}
    assert kept(Filter(year_from=2000, year_to=1999)) == set()
    assert kept(Filter(nothing=True)) == set()
    assert kept(Filter(source_types=frozenset({SourceType.CLINICAL_TRIAL}))) == {"trial"}
    assert kept(Filter(document_ids=frozenset({"old", "new"}), year_from=2024)) == {"new"}
    assert kept(Filter(document_ids=frozenset({"nobody"}))) == set()
    many = frozenset(f"id{n}" for n in range(40_000)) | {"old"}
    assert kept(Filter(document_ids=many)) == {"old"}


def test_removing_what_is_not_there_says_so(library: Library) -> None:
    message = "has no document 'nobody'. `loccit documents` lists what it has."
    with library.writing() as writer, pytest.raises(UnknownDocumentError, match=message):
        writer.remove("nobody")


def test_the_list_of_documents_begins_with_the_newest(library: Library) -> None:
    store(library, document("b", ["B."], year=2020), document("a", ["A."], year=2020), document("c", ["C."]))
    assert [(line.document_id, line.year, line.passages) for line in library.documents()] == [
        ("c", 2024, 1),
        ("a", 2020, 1),
        ("b", 2020, 1),
    ]


def test_making_a_library_twice_keeps_what_it_is(library: Library, folder: Path, settings: Settings) -> None:
    store(library, document("one", ["A."]))
    collection = library.catalogue.fact("collection")
    with Library(folder, settings, create=True) as again:
        assert again.catalogue.fact("collection") == collection
        assert again.document("one").id == "one"


def test_two_threads_make_one_library(folder: Path, settings: Settings) -> None:
    made: list[str | None] = []

    def make() -> None:
        with Library(folder, settings, create=True) as opened:
            made.append(opened.catalogue.fact("collection"))

    threads = [threading.Thread(target=make) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(made) == 6
    assert len(set(made)) == 1


def test_a_snapshot_shows_one_state_whatever_is_committed(
    library: Library, folder: Path, settings: Settings
) -> None:
    store(library, document("one", sentences("old", 2)))
    with library.snapshot(), Library(folder, settings) as other:
        before = library.document("one")
        thread = threading.Thread(target=store, args=(other, document("one", sentences("new", 3))))
        thread.start()
        thread.join()
        assert library.document("one") == before
        assert len(library.passages_of("one")) == 2
    assert "new" in library.document("one").text
    assert len(library.passages_of("one")) == 3


def test_a_failing_write_leaves_what_was(library: Library) -> None:
    store(library, document("one", sentences("one", 2)))
    before, generation = held(library), library.catalogue.generation
    with contextlib.suppress(ZeroDivisionError), library.catalogue.transaction():
        library.catalogue.delete("one")
        raise ZeroDivisionError
    assert held(library) == before
    assert library.catalogue.generation == generation


def test_connections_of_ended_threads_are_closed(library: Library) -> None:
    for _ in range(30):
        thread = threading.Thread(target=library.documents)
        thread.start()
        thread.join()
    open_files = [str(link.readlink()) for link in Path("/proc/self/fd").iterdir() if link.is_symlink()]
    assert sum(name == str(library.path / "catalogue.sqlite") for name in open_files) < 6


def test_where_there_is_no_library_the_error_says_how_to_make_one(tmp_path: Path, settings: Settings) -> None:
    with pytest.raises(
        LibraryError, match=r"There is no library in .*nowhere. Run `loccit ingest` to make one"
    ):
        Library(tmp_path / "nowhere", settings)
    assert not (tmp_path / "nowhere").exists()


def test_a_catalogue_of_another_version_is_refused(
    library: Library, folder: Path, settings: Settings
) -> None:
    with library.catalogue.transaction():
        library.catalogue.connection.execute("UPDATE facts SET value = '99' WHERE name = 'schema_version'")
    for create in (False, True):
        with pytest.raises(LibraryError, match=r"made by another version of Loccit \(catalogue 99"):
            Library(folder, settings, create=create)


@pytest.mark.parametrize("content", [b"not a database, but long enough to be read as a header" * 40, b""])
def test_a_file_that_is_no_catalogue_is_refused(folder: Path, settings: Settings, content: bytes) -> None:
    folder.mkdir()
    (folder / "catalogue.sqlite").write_bytes(content)
    with pytest.raises(
        LibraryError, match=r"catalogue.sqlite cannot be read: .*remove this one and ingest again"
    ):
        Library(folder, settings)


def test_another_sqlite_file_is_refused(folder: Path, settings: Settings) -> None:
    folder.mkdir()
    other = sqlite3.connect(folder / "catalogue.sqlite")
    other.execute("CREATE TABLE facts (other TEXT)")
    other.close()
    for create in (False, True):
        with pytest.raises(LibraryError, match="cannot be read"):
            Library(folder, settings, create=create)


def test_a_path_that_is_a_file_is_refused(tmp_path: Path, settings: Settings) -> None:
    (tmp_path / "file").write_text("x")
    for path in (tmp_path / "file", tmp_path / "file" / "below"):
        with pytest.raises(
            LibraryError, match=r"folder .*file.* cannot be made: .*Name another with --library"
        ):
            Library(path, settings, create=True)
        with pytest.raises(LibraryError, match="There is no library in"):
            Library(path, settings)


def test_a_folder_that_must_not_be_written_is_named(
    library: Library, folder: Path, settings: Settings
) -> None:
    """Root may write anywhere, so an unprivileged user tries."""
    library.close()
    shutil.rmtree(folder / library.places.vectors, ignore_errors=True)
    code = (
        "import os, sys\nsys.path.insert(0, sys.argv[1])\n"
        "from pathlib import Path\nfrom corpus.errors import LoccitError\nfrom corpus.library import Library\n"
        "from corpus.settings import Settings\n"
        "if os.geteuid() == 0: os.setgid(65534); os.setuid(65534)\n"
        "for path, create in ((sys.argv[2], False), (sys.argv[2], True), (sys.argv[3], True)):\n"
        "    try: Library(Path(path), Settings(), create=create)\n"
        "    except LoccitError as error: print(error)\n"
    )
    for parent in (folder, *folder.parents):
        if parent.stat().st_uid == os.geteuid() and parent != Path("/"):
            parent.chmod(0o555 if parent == folder else 0o755)
        if parent.name.startswith("pytest-of"):
            break
    done = subprocess.run(
        [sys.executable, "-c", code, str(ROOT), str(folder), str(folder / "inner")],
        capture_output=True,
        text=True,
        check=False,
        cwd="/",
    )
    folder.chmod(0o755)
    lines = done.stdout.splitlines()
    assert done.stderr == ""
    assert len(lines) == 3
    assert "cannot be opened" in lines[0] and "check the rights of the folder" in lines[0]
    assert "cannot be opened" in lines[1]
    assert "cannot be made: Permission denied" in lines[2]


def test_another_embedding_model_is_refused(library: Library, folder: Path, settings: Settings) -> None:
    other = settings.model_copy(update={"embedding_model": "other-model"})
    message = (
        "made with the embedding model 'all-MiniLM-L6-v2', .*Set LOCCIT_EMBEDDING_MODEL=all-MiniLM-L6-v2, or"
    )
    with pytest.raises(EmbeddingError, match=message):
        Library(folder, other)


def test_a_second_writer_in_this_process_is_refused(
    library: Library, folder: Path, settings: Settings
) -> None:
    refused: list[LibraryLockedError] = []

    def write() -> None:
        try:
            with Library(folder, settings) as other, other.writing():
                pass
        except LibraryLockedError as error:
            refused.append(error)

    with library.writing() as writer:
        thread = threading.Thread(target=write)
        thread.start()
        thread.join()
        with (
            pytest.raises(LibraryLockedError, match="Another process is writing to the library in"),
            library.writing(),
        ):
            pass
        writer.add([indexed(document("one", ["A."]))])
    assert "Wait until it has ended, then try again." in str(refused[0])
    assert store(library, document("two", ["B."])) == (1, 0)


def test_two_libraries_of_one_path_see_each_others_writes(
    library: Library, folder: Path, settings: Settings
) -> None:
    with Library(folder, settings) as other:
        for n, writer in enumerate([library, other, library, other]):
            store(writer, document(f"d{n}", sentences(f"kind{n}", 2)))
            for reader in (library, other):
                assert found(reader, f"The kind{n} cells number 1 were counted. [1]") == f"d{n}"
                assert len(reader.search_fulltext(f"kind{n}", 5)) == 2
        other.close()
        assert len(held(library)) == 8
