"""Finding the files to ingest."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.errors import OriginError
from ingest.origins.files import fallback_id, find_files


def make(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("text")


def found(path: Path) -> list[str]:
    return [file.relative_to(path).as_posix() for file in find_files(path)]


def test_a_folder_is_walked_in_order_and_unknown_formats_are_skipped(tmp_path: Path) -> None:
    make(tmp_path, "b.md", "a/z.XML", "a/c.nxml", "c.jsonl", "picture.png", "noending")
    assert found(tmp_path) == ["a/c.nxml", "a/z.XML", "b.md", "c.jsonl"]


def test_hidden_files_and_folders_are_skipped_but_a_hidden_folder_may_be_named(tmp_path: Path) -> None:
    make(tmp_path, ".hidden/a.md", ".b.md", "c.md")
    assert found(tmp_path) == ["c.md"]
    assert found(tmp_path / ".hidden") == ["a.md"]


def test_links_that_lead_in_circles_are_walked_once(tmp_path: Path) -> None:
    make(tmp_path, "a/b.md")
    (tmp_path / "a" / "again").symlink_to(tmp_path)
    (tmp_path / "a" / "c.md").symlink_to(tmp_path / "a" / "b.md")
    (tmp_path / "loop.md").symlink_to(tmp_path / "loop.md")
    (tmp_path / "nowhere.md").symlink_to(tmp_path / "gone.md")
    assert found(tmp_path) == ["a/b.md"]


def test_a_file_is_found_by_its_name(tmp_path: Path) -> None:
    make(tmp_path, "a.txt")
    assert list(find_files(tmp_path / "a.txt")) == [tmp_path / "a.txt"]


def test_a_named_file_of_an_unknown_format_is_an_error_that_lists_the_known(tmp_path: Path) -> None:
    make(tmp_path, "a.png")
    with pytest.raises(OriginError, match=r"a\.png: the format is not known.*\.xml, \.nxml, \.md"):
        list(find_files(tmp_path / "a.png"))


def test_a_path_to_nothing_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(OriginError, match=r"gone: there is no such file or folder"):
        list(find_files(tmp_path / "gone"))


def test_the_fallback_identity_names_the_file_and_tells_paths_apart(tmp_path: Path) -> None:
    one, other = fallback_id(tmp_path / "My Notes (é).txt"), fallback_id(tmp_path / "x" / "My Notes (é).txt")
    assert one.startswith("file:my-notes-e-")
    assert len(one.rpartition("-")[2]) == 8
    assert one != other
    assert fallback_id(tmp_path / "x" / ".." / "My Notes (é).txt") == one


def test_a_name_without_latin_letters_still_gives_an_identity() -> None:
    assert fallback_id(Path("/x/日本.md")).startswith("file:document-")
