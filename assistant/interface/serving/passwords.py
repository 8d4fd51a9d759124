"""Hashes passwords and holds them to their hashes: scrypt (RFC 7914), written as PHC strings."""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from base64 import b64decode, b64encode
from dataclasses import dataclass
from typing import Self

# A third of a second and 32 MiB for each guess, as OWASP's cheat sheet on storing passwords advises for this memory.
_COST, _BLOCK, _TIMES = 15, 8, 3
_SALT_BYTES, _HASH_BYTES = 16, 32
_WRITTEN = re.compile(r"\$scrypt\$ln=(\d{1,2}),r=(\d{1,2}),p=(\d{1,2})\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)")
_MOST_MEMORY = 256 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class PasswordHash:
    """What is kept of a password: it tells whether a guess is right, and nothing else."""

    cost: int
    block: int
    times: int
    salt: bytes
    hashed: bytes

    @classmethod
    def of(cls, password: str) -> Self:
        """Hash a password with a salt of its own."""
        salt = secrets.token_bytes(_SALT_BYTES)
        return cls(_COST, _BLOCK, _TIMES, salt, _scrypt(password, salt, _COST, _BLOCK, _TIMES, _HASH_BYTES))

    @classmethod
    def nobodys(cls) -> Self:
        """Give one that no password fits, and that takes as long to find that out as others."""
        return cls(_COST, _BLOCK, _TIMES, secrets.token_bytes(_SALT_BYTES), secrets.token_bytes(_HASH_BYTES))

    @classmethod
    def read(cls, written: str) -> Self:
        """Read what `str` has written.

        Raises:
            ValueError: If it is something else, or would take more memory than a server should give.
        """
        found = _WRITTEN.fullmatch(written)
        if found is None:
            raise ValueError("not a hash by scrypt")
        cost, block, times = map(int, found.groups()[:3])
        if not cost or not block or not times or _memory(cost, block) > _MOST_MEMORY:
            raise ValueError("a hash that nothing here has made")
        return cls(cost, block, times, _bytes(found[4]), _bytes(found[5]))

    def __str__(self) -> str:
        """Write it as a PHC string."""
        parameters = f"ln={self.cost},r={self.block},p={self.times}"
        return f"$scrypt${parameters}${_letters(self.salt)}${_letters(self.hashed)}"

    def fits(self, password: str) -> bool:
        """Tell whether this is the password, in the same time whatever it is."""
        guessed = _scrypt(password, self.salt, self.cost, self.block, self.times, len(self.hashed))
        return hmac.compare_digest(guessed, self.hashed)


def _scrypt(password: str, salt: bytes, cost: int, block: int, times: int, length: int) -> bytes:
    return hashlib.scrypt(
        password.encode(errors="surrogatepass"),
        salt=salt,
        n=2**cost,
        r=block,
        p=times,
        maxmem=2 * _memory(cost, block),
        dklen=length,
    )


def _memory(cost: int, block: int) -> int:
    return 128 * block * int(2**cost)


def _letters(raw: bytes) -> str:
    """Write bytes as PHC strings do, without padding."""
    return b64encode(raw).decode().rstrip("=")


def _bytes(letters: str) -> bytes:
    return b64decode(letters + "=" * (-len(letters) % 4), validate=True)
