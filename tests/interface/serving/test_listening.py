"""Where the page listens is said by the reader, and told in a sentence where it cannot be."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from assistant.interface.serving import mcp_server
from assistant.interface.serving.listening import (
    ListeningError,
    free_port,
    is_loopback,
    path_of,
    refuse_exposure,
)
from tests.interface.conftest import Loccit


@pytest.mark.parametrize("host", ["127.0.0.1", "127.8.9.10", "localhost", "::1", "[::1]"])
def test_this_machine_alone_needs_no_names(host: str) -> None:
    assert is_loopback(host)
    refuse_exposure(host, has_readers=False, insecure=False)


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.1"])
def test_others_are_let_listen_in_only_if_that_is_wanted(host: str) -> None:
    with pytest.raises(ListeningError, match=r"--auth FILE.*--insecure"):
        refuse_exposure(host, has_readers=False, insecure=False)
    refuse_exposure(host, has_readers=True, insecure=False)
    refuse_exposure(host, has_readers=False, insecure=True)


def test_the_refusal_comes_before_the_library_is_opened(loccit: Loccit, tmp_path: Path) -> None:
    ended = loccit("serve", "--host", "0.0.0.0", library=tmp_path / "none")
    assert ended.status == 1
    assert ended.err == (
        "loccit: Other machines reach 0.0.0.0, and whoever opens the page may read, add and remove. Give --auth FILE, "
        "so that readers sign in (`loccit readers add NAME` adds one), or --insecure if that is what you want.\n"
    )


def test_a_missing_file_of_readers_is_told(loccit: Loccit, tmp_path: Path) -> None:
    ended = loccit("serve", "--auth", str(tmp_path / "none.txt"), library=tmp_path / "none")
    assert ended.status == 1 and "none.txt cannot be read: No such file or directory" in ended.err


def test_a_missing_package_is_named(loccit: Loccit, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mcp_server, "find_spec", lambda _: None)
    ended = loccit("serve", "--mcp", library=tmp_path / "none")
    assert ended.status == 1 and "pip install 'loccit[mcp]'" in ended.err


@pytest.mark.parametrize("host", ["no such host", "no-such-host.invalid", "a" * 70, "é..x", "192.0.2.1"])
def test_a_host_that_is_not_this_machines_is_told(host: str) -> None:
    with pytest.raises(ListeningError, match="is no name or address of this machine"):
        free_port(host, 0)


def test_a_port_that_is_taken_is_told() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        with pytest.raises(ListeningError, match=f"Port {port} of 127.0.0.1 is taken"):
            free_port("127.0.0.1", port)
    assert free_port("127.0.0.1", 0)


@pytest.mark.parametrize(("given", "path"), [("", ""), ("/", ""), ("/loccit", "/loccit"), ("a/b/", "/a/b")])
def test_a_path_has_a_slash_before_it_and_none_behind(given: str, path: str) -> None:
    assert path_of(given) == path


@pytest.mark.parametrize("given", ["https://host/chat", "/a b", "/a?b", "/a//b", "/../etc", "a\\b"])
def test_what_is_no_path_is_told(given: str) -> None:
    with pytest.raises(ListeningError, match="is no path"):
        path_of(given)
