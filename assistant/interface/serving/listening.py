"""Where the page listens, and who is let listen in: nobody beyond this machine without being asked for."""

from __future__ import annotations

import errno
import socket
from collections.abc import Sequence
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

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


def free_port(host: str, port: int) -> int:
    """Make sure that a port can be listened on.

    Args:
        host: The name or address to listen on.
        port: The port; 0 for any that is free.

    Returns:
        The port, or one that is free.

    Raises:
        ListeningError: If it is taken, or the host is not this machine's.
    """
    try:
        family, *_, address = _addresses(host, port)[0]
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            # A port of which connections are only fading is free.
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
            return int(probe.getsockname()[1])
    except OSError as error:
        raise ListeningError(_why(error, host, port)) from error


def _why(error: OSError, host: str, port: int) -> str:
    if error.errno == errno.EADDRINUSE:
        return f"Port {port} of {host} is taken. Choose another with --port; 0 takes any that is free."
    if error.errno == errno.EACCES:
        return f"The system keeps port {port} to itself. Choose another with --port, such as 7860."
    return f"{host!r} is no name or address of this machine. Name one, such as 127.0.0.1, with --host."


def is_loopback(host: str) -> bool:
    """Tell whether only this machine reaches a host, by every address that its name stands for.

    Raises:
        ListeningError: If it is no name or address.
    """
    try:
        found = _addresses(host)
    except OSError as error:
        raise ListeningError(_why(error, host, 0)) from error
    return all(ip_address(str(address[0]).partition("%")[0]).is_loopback for *_, address in found)


def is_named_here(named: str, own_host: str) -> bool:
    """Tell whether the host that a request names is this machine, without asking the network.

    A page elsewhere can make its own name stand for this machine, and would then be taken for Loccit's (DNS
    rebinding); it cannot change what its requests name.

    Args:
        named: The request's `Host`, with or without a port.
        own_host: What the page listens on.
    """
    try:
        name = urlsplit(f"//{named}").hostname or ""
    except ValueError:
        return False
    if name == "localhost" or name.endswith(".localhost") or name == own_host.strip("[]").lower():
        return True
    try:
        return ip_address(name).is_loopback
    except ValueError:
        return False


def _addresses(host: str, port: int | None = None) -> Sequence[tuple[Any, ...]]:
    """Give what a host stands for.

    Raises:
        OSError: If it is no name or address.
    """
    # In the web's addresses, those of IPv6 have brackets.
    bare = host.removeprefix("[").removesuffix("]")
    try:
        return socket.getaddrinfo(bare or None, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    except UnicodeError as error:
        raise OSError(errno.EINVAL, "not a name") from error


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
