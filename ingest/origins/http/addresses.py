"""Which addresses of the network a reader's web address may lead to, and connections that go nowhere else."""

from __future__ import annotations

import ipaddress
import socket
import ssl
import time
import urllib.request
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import httpcore
import httpx

from corpus.errors import OriginError

# A name with dozens of addresses must not multiply the time limit of a connection.
_MOST_TRIED = 3
_PORTS = {"http": 80, "https": 443}
# How a network without IPv4 writes the addresses of the rest of the world.
_NAT64 = ipaddress.ip_network("64:ff9b::/96")

Resolve = Callable[[str, int], Sequence[str]]
"""Gives the numeric addresses of a host."""


def resolve(host: str, port: int) -> list[str]:
    """Ask the system for a host's numeric addresses; it also reads "2130706433" and "0x7f.1" for what they are."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def is_public(address: str) -> bool:
    """Tell whether a numeric address is of the public internet, and so is any address that it carries inside."""
    try:
        number = ipaddress.ip_address(address)
    except ValueError:
        return False
    if isinstance(number, ipaddress.IPv6Address):
        if number.ipv4_mapped:
            return is_public(str(number.ipv4_mapped))
        if number in _NAT64:
            return is_public(str(ipaddress.IPv4Address(int(number) & 0xFFFFFFFF)))
        if number.is_site_local or not all(is_public(str(inner)) for inner in _carried(number)):
            return False
    return number.is_global and not (number.is_multicast or number.is_reserved)


def _carried(number: ipaddress.IPv6Address) -> Iterable[ipaddress.IPv4Address]:
    if number.sixtofour:
        yield number.sixtofour
    if number.teredo:
        yield from number.teredo


class CheckedNetwork(httpcore.SyncBackend):
    """Opens connections to allowed addresses only.

    A name is resolved once, here, and the connection goes to the very address that was checked: a name server that
    answers differently the next time changes nothing.
    """

    def __init__(
        self,
        resolve: Resolve = resolve,
        is_allowed: Callable[[str], bool] = is_public,
        longest_seconds: float = 120,
    ) -> None:
        """Prepare to connect.

        Args:
            resolve: Gives a host's addresses.
            is_allowed: Says whether an address may be connected to.
            longest_seconds: How long a connection may last.
        """
        self._resolve = resolve
        self._is_allowed = is_allowed
        self._longest_seconds = longest_seconds

    def checked(self, host: str, port: int) -> list[str]:
        """Give a host's addresses.

        Raises:
            OriginError: If one of them is not allowed.
            httpcore.ConnectError: If it has none.
        """
        try:
            addresses = list(self._resolve(host, port))
        except (OSError, UnicodeError) as error:
            raise httpcore.ConnectError(f"{host} is not found: {error}") from error
        if not all(map(self._is_allowed, addresses)):
            raise OriginError(
                f"{host} is an address of this machine or of a private network, which Loccit does not read from; "
                "if you trust it, set LOCCIT_ALLOW_PRIVATE_ADDRESSES=true"
            )
        return addresses

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        """Connect to the first of a host's addresses that answers."""
        failure: httpcore.NetworkError | httpcore.TimeoutException | None = None
        for address in self.checked(host, port)[:_MOST_TRIED]:
            try:
                stream = super().connect_tcp(address, port, timeout, local_address, socket_options)
            except (httpcore.NetworkError, httpcore.TimeoutException) as error:
                failure = error
            else:
                return _PassingStream(stream, time.monotonic() + self._longest_seconds)
        raise failure or httpcore.ConnectError(f"{host} is not found: it has no address")


class _PassingStream(httpcore.NetworkStream):
    """A connection that ends at its time: a server that sends a byte now and then outlives every other limit."""

    def __init__(self, stream: httpcore.NetworkStream, end: float) -> None:
        self._stream = stream
        self._end = end

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, self._left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._left(timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        stream = self._stream.start_tls(ssl_context, server_hostname, self._left(timeout))
        return _PassingStream(stream, self._end)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)

    def _left(self, timeout: float | None) -> float:
        left = self._end - time.monotonic()
        if left <= 0:
            raise httpcore.ReadTimeout("the connection has lasted too long")
        return left if timeout is None else min(left, timeout)


class CheckedTransport(httpx.BaseTransport):
    """Sends requests over a checked network, or through the proxy of the environment.

    A proxy looks names up for itself. What it may reach is for whoever runs it to say; here a name must be known, and
    be public, before the proxy is asked.
    """

    def __init__(self, network: CheckedNetwork | None = None) -> None:
        """Send over `network`."""
        self._network = network or CheckedNetwork()
        self._direct = _DirectTransport(self._network)
        self._proxied: dict[str, httpx.HTTPTransport] = {}

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send one request; redirects are requests of their own."""
        proxy = _proxy_for(request.url)
        if proxy is None:
            return self._direct.handle_request(request)
        try:
            self._network.checked(request.url.host, request.url.port or _PORTS[request.url.scheme])
        except httpcore.ConnectError as error:
            raise httpx.ConnectError(str(error), request=request) from error
        return self._through(proxy).handle_request(request)

    def close(self) -> None:
        """Close every connection."""
        self._direct.close()
        for transport in self._proxied.values():
            transport.close()

    def _through(self, proxy: str) -> httpx.HTTPTransport:
        if proxy not in self._proxied:
            try:
                self._proxied[proxy] = httpx.HTTPTransport(proxy=proxy)
            except (ImportError, ValueError) as error:
                raise OriginError(
                    f"the environment names a proxy that Loccit cannot use ({error}); name an http:// proxy"
                ) from error
        return self._proxied[proxy]


class _DirectTransport(httpx.HTTPTransport):
    """httpx's own transport over a network of ours, for which it has no parameter."""

    def __init__(self, network: CheckedNetwork) -> None:
        certificates = httpx.create_ssl_context()
        super().__init__(verify=certificates)
        self._pool.close()
        # A connection for each request: its end is the request's.
        self._pool = httpcore.ConnectionPool(
            ssl_context=certificates, network_backend=network, max_keepalive_connections=0
        )


def _proxy_for(url: httpx.URL) -> str | None:
    proxies = urllib.request.getproxies()
    proxy = proxies.get(url.scheme) or proxies.get("all")
    if not proxy or urllib.request.proxy_bypass(url.host):
        return None
    return proxy if "://" in proxy else f"http://{proxy}"
