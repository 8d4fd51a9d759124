"""Who has signed in stays so until the session ends, and guessing is slowed."""

from __future__ import annotations

import base64

import pytest

from assistant.interface.serving.named import NamedReaders
from assistant.interface.serving.sessions import (
    FAILURES_SECONDS,
    MOST_FAILURES,
    SESSION_SECONDS,
    Proof,
    Sessions,
    TooManyFailuresError,
)
from tests.interface.serving.conftest import NAME, PASSWORD

HERE, THERE = "192.0.2.1", "192.0.2.2"


class Clock:
    """A clock that a test sets."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def sessions(readers: NamedReaders, clock: Clock) -> Sessions:
    return Sessions(readers, clock)


def signed_in(sessions: Sessions) -> str:
    token = sessions.sign_in(NAME, PASSWORD, HERE)
    assert token
    return token


def header(name: str, password: str) -> str:
    return "Basic " + base64.b64encode(f"{name}:{password}".encode()).decode()


def test_a_session_names_its_reader_until_it_is_ended(sessions: Sessions) -> None:
    token = signed_in(sessions)
    assert sessions.reader_of(token) == NAME
    sessions.sign_out(token)
    assert sessions.reader_of(token) is None


def test_a_session_ends_by_itself(sessions: Sessions, clock: Clock) -> None:
    token = signed_in(sessions)
    clock.now += SESSION_SECONDS
    assert sessions.reader_of(token) is None


def test_another_password_ends_the_sessions_of_the_old_one(sessions: Sessions, readers: NamedReaders) -> None:
    token = signed_in(sessions)
    NamedReaders(readers.path).put(NAME, "another password")
    assert sessions.reader_of(token) is None


def test_nobody_is_let_in_by_no_token_or_a_guessed_one(sessions: Sessions) -> None:
    signed_in(sessions)
    assert sessions.reader_of("") is None and sessions.reader_of("a" * 43) is None


def test_guessing_is_refused_after_a_while_where_it_comes_from(
    sessions: Sessions, clock: Clock, readers: NamedReaders, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(readers, "fits", lambda _, password: password == PASSWORD)
    for _ in range(MOST_FAILURES):
        assert sessions.sign_in(NAME, "wrong", HERE) is None
    with pytest.raises(TooManyFailuresError, match="Wait five minutes"):
        sessions.sign_in(NAME, PASSWORD, HERE)
    # Nobody can lock a reader out from elsewhere.
    assert sessions.sign_in(NAME, PASSWORD, THERE)
    clock.now += FAILURES_SECONDS
    assert sessions.sign_in(NAME, PASSWORD, HERE)


def test_a_password_with_every_request_is_checked_once(
    sessions: Sessions, readers: NamedReaders, monkeypatch: pytest.MonkeyPatch
) -> None:
    proof = Proof.of(header(NAME, PASSWORD))
    assert proof and sessions.known(proof) is None
    assert sessions.reader_by_proof(proof, HERE) == NAME
    assert sessions.known(proof) == NAME
    wrong = Proof.of(header(NAME, "wrong"))
    assert wrong and sessions.known(wrong) is None
    NamedReaders(readers.path).remove(NAME)
    assert sessions.known(proof) is None


@pytest.mark.parametrize("authorization", ["", "Bearer abc", "Basic", "Basic !!!", "Basic " + "/w=="])
def test_a_header_of_another_kind_proves_nothing(authorization: str) -> None:
    assert Proof.of(authorization) is None


def test_a_proof_does_not_show_its_password() -> None:
    assert PASSWORD not in repr(Proof.of(header(NAME, PASSWORD)))
