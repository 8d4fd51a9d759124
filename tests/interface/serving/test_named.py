"""Readers are named with hashed passwords, and only their own will do."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from assistant.interface.serving.named import NamedReaders, NamedReadersError, require_readers
from assistant.interface.serving.passwords import PasswordHash
from tests.interface.conftest import Loccit
from tests.interface.serving.conftest import NAME, PASSWORD


def test_a_password_is_kept_as_a_salted_hash_alone(readers: NamedReaders) -> None:
    readers.put("ben", PASSWORD)
    lines = readers.path.read_text("utf-8").splitlines()
    assert [line.partition(":")[0] for line in lines] == [NAME, "ben"]
    assert PASSWORD not in readers.path.read_text("utf-8")
    hashes = {line.partition(":")[2] for line in lines}
    assert len(hashes) == 2 and all(kept.startswith("$scrypt$ln=15,r=8,p=3$") for kept in hashes)


def test_only_the_owner_may_read_the_file(readers: NamedReaders) -> None:
    readers.put("ben", PASSWORD)
    assert readers.path.stat().st_mode & 0o077 == 0


def test_a_reader_is_let_in_by_the_own_password_alone(readers: NamedReaders) -> None:
    assert readers.fits(NAME, PASSWORD)
    assert not readers.fits(NAME, PASSWORD + " ")
    assert not readers.fits("ben", PASSWORD)


def test_a_guess_costs_as_much_at_a_name_that_nobody_has(
    readers: NamedReaders, monkeypatch: pytest.MonkeyPatch
) -> None:
    held: list[PasswordHash] = []

    def fits(kept: PasswordHash, _: str) -> bool:
        held.append(kept)
        return False

    monkeypatch.setattr(PasswordHash, "fits", fits)
    readers.fits(NAME, "wrong")
    readers.fits("nobody", "wrong")
    costs = [(one.cost, one.block, one.times, len(one.salt), len(one.hashed)) for one in held]
    assert costs[0] == costs[1]


def test_a_change_of_the_file_holds_at_once(readers: NamedReaders) -> None:
    assert NAME in readers.hashes
    NamedReaders(readers.path).remove(NAME)
    assert not readers.hashes


@pytest.mark.parametrize(
    "written", ["", "plain", "$scrypt$ln=31,r=8,p=1$AAAA$AAAA", "$scrypt$ln=15,r=0,p=3$AAAA$AAAA"]
)
def test_what_is_no_hash_of_ours_is_refused(written: str) -> None:
    with pytest.raises(ValueError, match="hash"):
        PasswordHash.read(written)


def test_a_hash_is_read_as_it_was_written(readers: NamedReaders) -> None:
    kept = readers.hashes[NAME]
    assert PasswordHash.read(str(kept)) == kept


def test_readers_are_added_listed_and_removed(loccit: Loccit, tmp_path: Path) -> None:
    file = tmp_path / "team" / "readers.txt"
    added = loccit("readers", "add", "anna", "--auth", str(file), lines=f"{PASSWORD}\n")
    assert added.status == 0 and added.out == f"anna may sign in: loccit serve --auth {file}\n"
    again = loccit("readers", "add", "anna", "--auth", str(file), lines=f"{PASSWORD}!\n")
    assert again.out.startswith("anna has another password")
    assert NamedReaders(file).fits("anna", f"{PASSWORD}!")
    assert loccit("readers", "list", "--auth", str(file)).out == "anna\n"
    assert loccit("readers", "remove", "anna", "--auth", str(file)).status == 0
    gone = loccit("readers", "remove", "anna", "--auth", str(file))
    assert gone.status and "has no reader named anna" in gone.err


@pytest.mark.parametrize(
    ("name", "password", "why"),
    [
        ("anna:b", PASSWORD, "'anna:b' cannot be a reader's name"),
        ("", PASSWORD, "'' cannot be a reader's name"),
        ("anna", "short", "A password needs 8 characters or more."),
    ],
)
def test_a_name_or_password_that_will_not_do_is_told_why(
    loccit: Loccit, tmp_path: Path, name: str, password: str, why: str
) -> None:
    file = tmp_path / "readers.txt"
    ended = loccit("readers", "add", name, "--auth", str(file), lines=f"{password}\n")
    assert ended.status and why in ended.err and password not in ended.out + ended.err
    assert not file.exists()


def test_a_password_is_never_an_argument(loccit: Loccit, tmp_path: Path) -> None:
    ended = loccit("readers", "add", "anna", PASSWORD, "--auth", str(tmp_path / "readers.txt"))
    assert ended.status == 2 and "unexpected extra argument" in ended.err


def test_a_file_that_lets_nobody_in_is_refused_in_a_sentence(readers: NamedReaders) -> None:
    kept = readers.path.read_text("utf-8")
    for text, why in (("", "names no reader"), (f"{kept}\nben:secret\n", "Line 3 of .* is no reader")):
        readers.path.write_text(text, "utf-8")
        with pytest.raises(NamedReadersError, match=why) as refused:
            require_readers(readers)
        assert "secret" not in str(refused.value)
    readers.path.write_bytes(b"\xff\xfe")
    with pytest.raises(NamedReadersError, match="cannot be read"):
        require_readers(readers)
    readers.path.unlink()
    with pytest.raises(NamedReadersError, match=r"No such file.*loccit readers add NAME"):
        require_readers(readers)


def test_a_file_that_everybody_can_read_is_refused(readers: NamedReaders) -> None:
    readers.path.chmod(0o644)
    with pytest.raises(NamedReadersError, match=re.escape(f"chmod 600 {readers.path}")):
        require_readers(readers)
