"""Addresses that a reader's web address may not lead to, however it is written or redirected."""

from __future__ import annotations

import ipaddress
import select
import socket
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

import httpcore
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.errors import OriginError
from corpus.settings import Settings
from ingest.origins.http import HttpClient, Limits
from ingest.origins.http.addresses import CheckedNetwork, CheckedTransport, is_public
from tests.servers.clients import client
from tests.servers.serving import Reply, Server, redirected

PAGE = Reply(b"<p>A page.</p>")
PRIVATE = "private network, which Loccit does not read from; .*LOCCIT_ALLOW_PRIVATE_ADDRESSES=true"


class Names:
    """A name server that answers each time with the next of its answers."""

    def __init__(self, *answers: Sequence[str]) -> None:
        self.asked: list[str] = []
        self._answers = list(answers)

    def __call__(self, host: str, port: int) -> Sequence[str]:
        assert port
        self.asked.append(host)
        return self._answers[min(len(self.asked), len(self._answers)) - 1]


@pytest.mark.parametrize(
    "address",
    """127.0.0.1 127.255.255.254 10.0.0.1 172.16.0.1 192.168.1.1 169.254.169.254 100.64.0.1 0.0.0.0 224.0.0.1
    239.1.1.1 240.0.0.1 255.255.255.255 192.0.2.1 198.18.0.1 ::1 :: fe80::1 fe80::1%eth0 fc00::1 fd12::1 fec0::1
    ff02::1 ff0e::1 ::ffff:127.0.0.1 ::ffff:10.0.0.1 64:ff9b::7f00:1 64:ff9b:1::1 2002:7f00:1:: 2002:a00:1::1
    2001:0:7f00:1:: 2001:db8::1 100::1 example.org 2130706433""".split(),
)
def test_these_addresses_are_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "93.184.216.34", "2606:4700::1111", "::ffff:8.8.8.8"])
def test_these_addresses_are_public(address: str) -> None:
    assert is_public(address)


@settings(deadline=None)
@given(st.ip_addresses(v=4))
def test_an_address_is_as_public_as_the_one_it_carries(inner: ipaddress.IPv4Address) -> None:
    number = int(inner)
    mapped = ipaddress.IPv6Address((0xFFFF << 32) | number)
    translated = ipaddress.IPv6Address(int(ipaddress.IPv6Address("64:ff9b::")) | number)
    tunnelled = ipaddress.IPv6Address((0x2002 << 112) | (number << 80) | 1)
    outer = {is_public(str(address)) for address in (mapped, translated, tunnelled)}
    assert outer == {is_public(str(inner))}


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "2130706433", "0177.0.0.1", "0x7f.1", "127.1"])
def test_this_machine_is_refused_in_every_spelling(host: str) -> None:
    with Server({"/page": PAGE}) as server, client(transport=CheckedTransport()) as http:
        with pytest.raises(OriginError, match=f"{PRIVATE}|Invalid IPv4 address"):
            http.get(f"http://{host}:{server.port}/page")
        assert server.requests == []


def test_a_name_that_leads_to_a_private_address_is_refused() -> None:
    for answer in (["127.0.0.1"], ["93.184.216.34", "10.0.0.1"], ["::1"]):
        network = CheckedNetwork(Names(answer))
        with Server({"/page": PAGE}) as server, client(transport=CheckedTransport(network)) as http:
            with pytest.raises(OriginError, match=r"journal\.example is an address of this machine"):
                http.get(f"http://journal.example:{server.port}/page")
            assert server.requests == []


def test_every_redirect_is_checked_anew() -> None:
    network = CheckedNetwork(is_allowed=lambda address: address == "127.0.0.1")
    with Server({"/secret": PAGE}, host="127.0.0.2") as inside:
        trouble = [redirected("/page", f"{inside.url}/secret")]
        with Server(trouble=trouble) as outside, client(transport=CheckedTransport(network)) as http:
            with pytest.raises(OriginError, match=r"127\.0\.0\.2 is an address of this machine"):
                http.get(f"{outside.url}/page")
            assert len(outside.requests) == 1
        assert inside.requests == []


def test_the_address_that_was_checked_is_the_one_connected_to() -> None:
    names = Names(["127.0.0.1"], ["127.0.0.2"])
    network = CheckedNetwork(names, is_allowed=lambda address: address == "127.0.0.1")
    with Server({"/page": PAGE}) as server, client(transport=CheckedTransport(network)) as http:
        assert http.get(f"http://journal.example:{server.port}/page").data == PAGE.body
        assert server.requests[0].headers["Host"] == f"journal.example:{server.port}"
    assert names.asked == ["journal.example"]


def test_a_connection_tries_the_next_address_of_a_host() -> None:
    network = CheckedNetwork(Names(["127.0.0.3", "127.0.0.1"]), is_allowed=lambda _: True)
    with Server({"/page": PAGE}) as server, client(transport=CheckedTransport(network)) as http:
        assert http.get(f"http://journal.example:{server.port}/page").data == PAGE.body


def test_a_name_without_an_address_is_an_error() -> None:
    network = CheckedNetwork(Names([]))
    with pytest.raises(httpcore.ConnectError, match="is not found"):
        network.connect_tcp("nowhere.example", 80)
    with (
        client(transport=CheckedTransport(network)) as http,
        pytest.raises(OriginError, match="is not found"),
    ):
        http.get("http://nowhere.example/")


def test_a_proxy_is_used_but_asked_for_nothing_private(monkeypatch: pytest.MonkeyPatch) -> None:
    with Server({"/page": PAGE}) as proxy:
        monkeypatch.setenv("http_proxy", proxy.url)
        public, private = (CheckedNetwork(Names([address])) for address in ("93.184.216.34", "10.0.0.1"))
        with client(transport=CheckedTransport(public)) as http:
            http.get("http://journal.example/page")
        assert [request.headers["Host"] for request in proxy.requests] == ["journal.example"]
        with client(transport=CheckedTransport(private)) as http, pytest.raises(OriginError, match=PRIVATE):
            http.get("http://journal.example/page")
        assert len(proxy.requests) == 1


def test_a_proxy_of_an_unknown_kind_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "gopher://127.0.0.1:1")
    network = CheckedNetwork(Names(["93.184.216.34"]))
    with (
        client(transport=CheckedTransport(network)) as http,
        pytest.raises(OriginError, match="names a proxy"),
    ):
        http.get("http://journal.example/page")


def test_what_readers_type_is_public_unless_the_settings_say_otherwise(tmp_path: Path) -> None:
    with Server({"/page": PAGE}) as server:
        closed = Settings(web_cache=tmp_path)
        with HttpClient.for_readers(closed) as http, pytest.raises(OriginError, match=PRIVATE):
            http.get(f"{server.url}/page")
        with HttpClient.for_readers(Settings(web_cache=tmp_path, allow_private_addresses=True)) as http:
            assert http.get(f"{server.url}/page").data == PAGE.body


def test_a_server_that_trickles_its_headers_is_left_when_its_time_is_over() -> None:
    network = CheckedNetwork(is_allowed=lambda _: True, longest_seconds=0.1)
    transport = CheckedTransport(network)
    with (
        trickling() as url,
        client(limits=Limits(attempts=1), transport=transport) as http,
        pytest.raises(OriginError, match="no answer within"),
    ):
        http.get(url)


@contextmanager
def trickling() -> Iterator[str]:
    """Listen, and send whoever connects one header, a byte at a time, for as long as it is read."""
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def serve() -> None:
            connection, _ = listening.accept()
            with connection, suppress(OSError):
                connection.sendall(b"HTTP/1.1 200 OK\r\nX-Long: ")
                while True:
                    connection.sendall(b"x")
                    select.select([connection], [], [], 0.01)

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}/"
        thread.join()
