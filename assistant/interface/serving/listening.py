"""Where the page listens, and who is let listen in: nobody beyond this machine without being asked for."""

from __future__ import annotations

import socket
from ipaddress import ip_address

from corpus.errors import LoccitError


class ListeningError(LoccitError):
    """The page cannot be served where it was told to, or should not be."""


def refuse_exposure(host: str, *, has_readers: bool, insecure: bool) -> None:
    """Refuse to listen where other machines reach the page, unless readers sign in or it is wanted all the same.

    Raises:
        ListeningError: If the host is no name or address, or other machines would reach it.
    """
    if has_readers or insecure or is_loopback(host):
        return
    raise ListeningError(
        f"Other machines reach {host}, and whoever opens the page may read, add and remove. Give --auth FILE, so that "
        "readers sign in (`loccit readers add NAME` adds one), or --insecure if that is what you want."
    )


def is_loopback(host: str) -> bool:
    """Tell whether only this machine reaches a host, by every address that its name stands for.

    Raises:
        ListeningError: If it is no name or address.
    """
    try:
        found = socket.getaddrinfo(bare(host) or None, None, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    except (OSError, UnicodeError) as error:
        raise ListeningError(
            f"{host} is no name or address of this machine. Name one, such as 127.0.0.1, with --host."
        ) from error
    return all(ip_address(str(address[0]).partition("%")[0]).is_loopback for *_, address in found)


def bare(host: str) -> str:
    """Give an address without the brackets that IPv6 has in the web's."""
    return host.removeprefix("[").removesuffix("]")


def path_of(root_path: str) -> str:
    """Give the path under which a proxy serves the page: with a slash before and none behind; empty for none.

    Raises:
        ListeningError: If it is no path.
    """
    path = "/" + root_path.strip("/")
    if "://" in root_path or any(letter in root_path for letter in "?#\\ ") or "//" in path or ".." in path:
        raise ListeningError(
            f"{root_path!r} is no path. Give the one under which the proxy serves Loccit, such as /chat."
        )
    return path.rstrip("/")
