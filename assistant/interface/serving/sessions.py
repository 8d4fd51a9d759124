"""Who has signed in: by a session's cookie, or by name and password with every request."""

from __future__ import annotations

import base64
import binascii
import hmac
import secrets
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Self, TypeVar

from assistant.interface.serving.named import NamedReaders
from assistant.interface.serving.passwords import PasswordHash
from corpus.errors import LoccitError

_Key = TypeVar("_Key")

# After that long a reader signs in anew; a browser forgets the cookie when it is closed, in any case.
SESSION_SECONDS = 14 * 24 * 3600
MOST_SESSIONS = 10_000
MOST_FAILURES = 10
FAILURES_SECONDS = 300


class TooManyFailuresError(LoccitError):
    """A name was guessed at too often."""


@dataclass(frozen=True, slots=True)
class Proof:
    """The name and the password that a program sends with every request (RFC 7617)."""

    name: str
    password: str = field(repr=False)

    @classmethod
    def of(cls, authorization: str) -> Self | None:
        """Read a header; None if it is none of this kind."""
        kind, _, encoded = authorization.partition(" ")
        if kind.lower() != "basic":
            return None
        try:
            name, colon, password = base64.b64decode(encoded.strip(), validate=True).decode().partition(":")
        except (binascii.Error, UnicodeDecodeError):
            return None
        return cls(name, password) if colon else None


@dataclass(frozen=True, slots=True)
class _Session:
    name: str
    password: PasswordHash
    ends_at: float


class Sessions:
    """The sessions of one server; they end with it. Safe across threads."""

    def __init__(self, readers: NamedReaders, clock: Callable[[], float] = time.monotonic) -> None:
        """Let the readers of a file sign in."""
        self._readers = readers
        self._clock = clock
        self._lock = threading.Lock()
        self._sessions: OrderedDict[str, _Session] = OrderedDict()
        self._failures: OrderedDict[tuple[str, str], list[float]] = OrderedDict()
        # Passwords that were right a moment ago, under a key that nobody knows: programs send theirs every time.
        self._key = secrets.token_bytes(32)
        self._right: OrderedDict[bytes, _Session] = OrderedDict()

    def sign_in(self, name: str, password: str, address: str) -> str | None:
        """Begin a session.

        Args:
            name: The reader's.
            password: Theirs, perhaps.
            address: Where the wish comes from: guesses are counted by name and address.

        Returns:
            What the cookie holds; None if there is no such reader, or the password is another.

        Raises:
            TooManyFailuresError: If too many guesses were wrong.
            NamedReadersError: If the readers cannot be read.
        """
        session = self._checked(name, password, address)
        if session is None:
            return None
        token = secrets.token_urlsafe(32)
        with self._lock:
            _keep(self._sessions, token, session)
        return token

    def sign_out(self, token: str) -> None:
        """End a session."""
        with self._lock:
            self._sessions.pop(token, None)

    def reader_of(self, token: str) -> str | None:
        """Name the reader of a session; nobody if it has ended, or the reader has another password meanwhile."""
        with self._lock:
            session = self._sessions.get(token)
        return session.name if session and self._lasts(session) else None

    def known(self, proof: Proof) -> str | None:
        """Name the reader whose password was right a moment ago; nobody if it has to be checked."""
        with self._lock:
            session = self._right.get(self._digest(proof))
        return session.name if session and self._lasts(session) else None

    def reader_by_proof(self, proof: Proof, address: str) -> str | None:
        """Name the reader who sends name and password with a request.

        Raises:
            TooManyFailuresError: If too many guesses were wrong.
            NamedReadersError: If the readers cannot be read.
        """
        session = self._checked(proof.name, proof.password, address)
        if session:
            with self._lock:
                _keep(self._right, self._digest(proof), session)
        return session.name if session else None

    def _digest(self, proof: Proof) -> bytes:
        return hmac.digest(self._key, f"{proof.name}:{proof.password}".encode(), "sha256")

    def _checked(self, name: str, password: str, address: str) -> _Session | None:
        guess = (name, address)
        self._refuse_guessing(guess)
        if not self._readers.fits(name, password):
            with self._lock:
                self._failures.setdefault(guess, []).append(self._clock())
                while len(self._failures) > MOST_SESSIONS:
                    self._failures.popitem(last=False)
            return None
        with self._lock:
            self._failures.pop(guess, None)
        kept = self._readers.hashes.get(name)
        return _Session(name, kept, self._clock() + SESSION_SECONDS) if kept else None

    def _refuse_guessing(self, guess: tuple[str, str]) -> None:
        since = self._clock() - FAILURES_SECONDS
        with self._lock:
            recent = [at for at in self._failures.get(guess, ()) if at > since]
            if guess in self._failures:
                self._failures[guess] = recent
        if len(recent) >= MOST_FAILURES:
            raise TooManyFailuresError("Too many attempts have failed. Wait five minutes, then try again.")

    def _lasts(self, session: _Session) -> bool:
        return self._clock() < session.ends_at and self._readers.hashes.get(session.name) == session.password


def _keep(kept: OrderedDict[_Key, _Session], key: _Key, session: _Session) -> None:
    kept[key] = session
    while len(kept) > MOST_SESSIONS:
        kept.popitem(last=False)
