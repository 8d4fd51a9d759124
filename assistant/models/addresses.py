"""Addresses of model servers, and whether requests to them leave this machine."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass, replace
from typing import Self
from urllib.parse import urlsplit

_VERSION = "/v1"
# What readers copy from a manual, though a client adds it by itself.
_ENDPOINTS = ("/chat/completions", "/completions", "/models")


@dataclass(frozen=True, slots=True)
class Address:
    """Where a model server answers. Holds no secret: names and passwords in addresses are refused."""

    scheme: str
    host: str
    port: int | None
    path: str

    @classmethod
    def parse(cls, url: str) -> Self:
        """Read an address.

        Raises:
            ValueError: If it is none, or holds what belongs elsewhere; the message does not repeat it.
        """
        parts = urlsplit(url.strip())
        if parts.scheme not in {"http", "https"}:
            raise ValueError("the address must begin with http:// or https://")
        if parts.username is not None or parts.password is not None:
            raise ValueError("an address may not hold a name or a password; keys belong in the environment")
        if parts.query or parts.fragment:
            raise ValueError("an address may not go on after its path")
        try:
            host, port = parts.hostname, parts.port
        except ValueError:
            raise ValueError("the address's port is no number up to 65535") from None
        if not host or any(character.isspace() for character in parts.netloc):
            raise ValueError("the address names no host")
        path = parts.path.rstrip("/")
        for endpoint in _ENDPOINTS:
            path = path.removesuffix(endpoint)
        return cls(parts.scheme, host, port, path)

    def versioned(self) -> Self:
        """Give the address with the path that servers of OpenAI's protocol have, if it has no path."""
        return self if self.path else replace(self, path=_VERSION)

    @property
    def root(self) -> str:
        """The address without the version of the protocol."""
        return str(replace(self, path=self.path.removesuffix(_VERSION)))

    @property
    def host_and_port(self) -> str:
        """The part that readers know a server by."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port is None else f"{host}:{self.port}"

    @property
    def is_loopback(self) -> bool:
        """Whether it leads to this machine alone, by its form: names but "localhost" are not looked up."""
        if self.host == "localhost":
            return True
        try:
            return ipaddress.ip_address(self.host).is_loopback
        except ValueError:
            return False

    def __str__(self) -> str:
        """Give the address as it is written."""
        return f"{self.scheme}://{self.host_and_port}{self.path}"
