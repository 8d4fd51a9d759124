"""The HTTP client, against a server that misbehaves."""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.errors import OriginError
from corpus.settings import Settings
from ingest.origins.http import HttpClient, Limits, NotThereError
from ingest.origins.http.cache import Answer, AnswerCache
from ingest.origins.http.waiting import retry_after
from tests.servers.clients import PassingTime, client
from tests.servers.serving import Reply, Server, Trouble, cut, failing, redirected, slow

PAGE = Reply(b"<p>A page.</p>" * 50, headers={"ETag": '"one"'})
DAY = timedelta(days=1)


def serving(*trouble: Trouble, **pages: Reply) -> Server:
    return Server({"/page": PAGE, **{f"/{name}": reply for name, reply in pages.items()}}, trouble)


def paths(server: Server) -> list[str]:
    return [request.path for request in server.requests]


@pytest.mark.parametrize("status", [408, 429, 500, 502, 503, 504])
def test_what_a_server_says_in_passing_is_tried_again(status: int) -> None:
    with serving(failing("page", status, times=2)) as server, client() as http:
        assert http.get(f"{server.url}/page").data == PAGE.body
        assert len(server.requests) == 3


def test_a_connection_that_is_cut_in_the_middle_of_the_body_is_tried_again() -> None:
    with serving(cut("page", times=2)) as server, client() as http:
        assert http.get(f"{server.url}/page").data == PAGE.body
        assert len(server.requests) == 3


def test_waits_grow_and_differ() -> None:
    time = PassingTime()
    with serving(failing("page", 500, times=4)) as server, client(time=time) as http:
        http.get(f"{server.url}/page")
    bounds = (0.5, 1, 2, 4)
    assert len(time.waits) == 4
    assert all(most / 2 <= wait <= most for wait, most in zip(time.waits, bounds, strict=True))


def test_a_server_that_says_when_to_come_back_is_obeyed_up_to_a_limit() -> None:
    time = PassingTime()
    trouble = (failing("page", 429, retry_after="7"), failing("page", 503, retry_after="86400"))
    with serving(*trouble) as server, client(time=time) as http:
        http.get(f"{server.url}/page")
    assert time.waits == [7, 60]


def test_a_server_may_say_when_to_come_back_as_a_date() -> None:
    soon = format_datetime(datetime.now(UTC) + timedelta(seconds=20), usegmt=True)
    time = PassingTime()
    with serving(failing("page", 429, retry_after=soon)) as server, client(time=time) as http:
        http.get(f"{server.url}/page")
    assert len(time.waits) == 1 and 15 < time.waits[0] <= 20


@settings(deadline=None)
@given(
    st.text(max_size=40) | st.from_regex(r"\w{3}, \d{1,2} \w{3} \d{4} \d\d:\d\d:\d\d \w{3}", fullmatch=True)
)
def test_no_header_makes_anybody_wait_for_ever(header: str) -> None:
    wait = retry_after(header, 60)
    assert wait is None or 0 <= wait <= 60


def test_after_the_last_try_the_error_says_what_happened_and_what_to_do() -> None:
    with serving(failing("page", 503, times=None)) as server, client() as http:
        with pytest.raises(
            OriginError, match=r"127\.0\.0\.1 cannot be read from \(it answers 503 .*tried 5 times.*try again"
        ):
            http.get(f"{server.url}/page")
        assert len(server.requests) == 5


def test_a_server_that_does_not_answer_is_left() -> None:
    limits = Limits(read_seconds=0.05, attempts=2, interval_seconds=0)
    said = r"no answer within 0\.05 s; tried 2 times"
    with (
        serving(slow("page", 30, times=None)) as server,
        client(limits=limits) as http,
        pytest.raises(OriginError, match=said),
    ):
        http.get(f"{server.url}/page")


def test_a_server_that_is_not_there_is_an_error() -> None:
    with serving() as server:
        url = server.url
    with client() as http, pytest.raises(OriginError, match=r"cannot be read from .*check the network"):
        http.get(f"{url}/page")


def test_what_will_stay_so_is_not_tried_again() -> None:
    with serving(failing("shut", 403, times=None)) as server, client() as http:
        with pytest.raises(NotThereError, match=r"has nothing there \(404 .*check the address"):
            http.get(f"{server.url}/gone")
        with pytest.raises(OriginError, match=r"refuses \(403 .*ingest its file"):
            http.get(f"{server.url}/shut")
        assert paths(server) == ["/gone", "/shut"]


def test_an_answer_larger_than_the_limit_is_not_read_to_its_end() -> None:
    said = r"gives more than 0\.0005 MB"
    with (
        serving() as server,
        client(limits=Limits(largest=500)) as http,
        pytest.raises(OriginError, match=said),
    ):
        http.get(f"{server.url}/page")


def test_an_answer_that_trickles_is_left_when_its_time_is_over() -> None:
    class Hurrying(PassingTime):
        def clock(self) -> float:
            self.now += 200
            return self.now

    said = "takes longer than 120 s; try again later"
    with serving() as server, client(time=Hurrying()) as http, pytest.raises(OriginError, match=said):
        http.get(f"{server.url}/page")


def test_redirects_are_followed_but_not_in_circles() -> None:
    trouble = (redirected("old", "/page"), redirected("circle", "/circle"))
    with serving(*trouble) as server, client() as http:
        answer = http.get(f"{server.url}/old")
        assert (answer.data, answer.address) == (PAGE.body, f"{server.url}/page")
        with pytest.raises(OriginError, match="redirects more than 5 times"):
            http.get(f"{server.url}/circle")
        assert paths(server) == ["/old", "/page", *["/circle"] * 6]


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("https://user:secret@example.org/", "a user's name or password"),
        ("file:///etc/passwd", "no address of the web"),
        ("https://", "no address of the web"),
        ("https://exa mple.org:port/", "no web address"),
    ],
)
def test_an_address_that_is_none_or_holds_a_secret_is_refused(address: str, said: str) -> None:
    with client() as http, pytest.raises(OriginError, match=said) as refused:
        http.get(address)
    assert "secret" not in str(refused.value)


def test_a_redirect_to_another_protocol_or_with_a_password_is_refused() -> None:
    trouble = (
        redirected("away", "file:///etc/passwd"),
        redirected("in", "http://user:secret@127.0.0.1/page"),
    )
    with serving(*trouble) as server, client() as http:
        with pytest.raises(OriginError, match="no address of the web"):
            http.get(f"{server.url}/away")
        with pytest.raises(OriginError, match="a user's name or password"):
            http.get(f"{server.url}/in")


def test_requests_to_one_host_are_spaced() -> None:
    time = PassingTime()
    with serving() as server, client(limits=Limits(interval_seconds=0.25), time=time) as http:
        for _ in range(3):
            http.get(f"{server.url}/page")
    assert time.waits == [0.25, 0.25]


def test_the_client_says_who_it_is_and_how_to_reach_its_user() -> None:
    with serving() as server:
        with client(contact="reader@example.org") as http:
            http.get(f"{server.url}/page")
        with client() as http:
            http.get(f"{server.url}/page")
        named, unnamed = (request.headers["User-Agent"] for request in server.requests)
    assert named.startswith("Loccit/") and named.endswith(" (mailto:reader@example.org)")
    assert unnamed == named.partition(" ")[0]


def test_an_answer_is_fetched_once_as_long_as_it_will_do(tmp_path: Path) -> None:
    with serving() as server:
        for _ in range(2):
            with client(tmp_path) as http:
                answer = http.get(f"{server.url}/page", {"q": "a b&c"}, fresh_for=DAY)
                assert answer == Answer(PAGE.body, PAGE.content_type, f"{server.url}/page?q=a+b%26c")
        assert [request.parameters for request in server.requests] == [{"q": "a b&c"}]


def test_an_old_answer_is_asked_after_and_not_sent_again(tmp_path: Path) -> None:
    with serving() as server, client(tmp_path) as http:
        assert [http.get(f"{server.url}/page").data for _ in range(3)] == [PAGE.body] * 3
        assert [request.headers.get("If-None-Match") for request in server.requests] == [
            None,
            '"one"',
            '"one"',
        ]


def test_a_client_that_renews_asks_although_an_answer_would_do(tmp_path: Path) -> None:
    with serving() as server:
        for renew in (False, True):
            with client(tmp_path, renew=renew) as http:
                http.get(f"{server.url}/page", fresh_for=DAY)
        assert len(server.requests) == 2


@pytest.mark.parametrize("damage", [b"", b"{}\n", b"cut"])
def test_a_damaged_file_in_the_cache_is_as_good_as_none(tmp_path: Path, damage: bytes) -> None:
    with serving() as server, client(tmp_path) as http:
        http.get(f"{server.url}/page", fresh_for=DAY)
        (path,) = (path for path in tmp_path.rglob("*") if path.is_file())
        path.write_bytes(path.read_bytes()[:-1] if damage == b"cut" else damage)
        assert http.get(f"{server.url}/page", fresh_for=DAY).data == PAGE.body
        assert len(server.requests) == 2


def test_what_is_not_worth_keeping_is_not_kept(tmp_path: Path) -> None:
    with serving() as server, client(tmp_path) as http:
        for _ in range(2):
            http.get(f"{server.url}/page", fresh_for=DAY, worth_keeping=lambda answer: b"No" in answer.data)
        assert len(server.requests) == 2


def test_failures_are_not_kept(tmp_path: Path) -> None:
    with serving(failing("gone", 404)) as server, client(tmp_path) as http:
        for _ in range(2):
            with pytest.raises(NotThereError):
                http.get(f"{server.url}/gone", fresh_for=DAY)
        assert len(server.requests) == 2


def test_a_cache_that_cannot_be_written_costs_only_the_next_fetch(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "file").touch()
    with serving() as server, client(tmp_path / "file") as http:
        for _ in range(2):
            assert http.get(f"{server.url}/page", fresh_for=DAY).data == PAGE.body
        assert len(server.requests) == 2
    assert "cannot be kept" in caplog.text


@settings(deadline=None)
@given(st.binary(max_size=200), st.text(max_size=30))
def test_the_cache_gives_back_what_it_was_given(
    tmp_path_factory: pytest.TempPathFactory, data: bytes, kind: str
) -> None:
    cache = AnswerCache(tmp_path_factory.getbasetemp() / "answers")
    answer = Answer(data, kind, "https://example.org/end")
    cache.put("https://example.org/", answer, None, "Tue")
    kept = cache.get("https://example.org/")
    assert kept and (kept.answer, kept.etag, kept.last_modified) == (answer, None, "Tue")


def test_a_clock_that_was_set_back_makes_an_answer_old(tmp_path: Path) -> None:
    AnswerCache(tmp_path, now=lambda: 2_000.0).put("https://x.org", Answer(b"", "", ""), None, None)
    kept = AnswerCache(tmp_path, now=lambda: 1_000.0).get("https://x.org")
    assert kept and kept.age_seconds > DAY.total_seconds() * 1_000


def test_while_a_host_rests_other_requests_wait_too() -> None:
    time = PassingTime()
    trouble: Sequence[Trouble] = (failing("busy", 429, times=None, retry_after="9"),)
    limits = Limits(attempts=1, interval_seconds=0)
    with Server({"/page": PAGE}, trouble) as server, client(limits=limits, time=time) as http:
        with pytest.raises(OriginError):
            http.get(f"{server.url}/busy")
        http.get(f"{server.url}/page")
    assert time.waits == [9]


def test_clients_are_made_from_the_settings(tmp_path: Path) -> None:
    given_settings = Settings(web_cache=tmp_path, contact_email="a@example.org")
    with serving() as server, HttpClient.for_services(given_settings) as http:
        http.get(f"{server.url}/page")
        assert "a@example.org" in server.requests[0].headers["User-Agent"]
    assert any(tmp_path.iterdir())


def test_an_answer_that_nobody_has_asked_for_in_months_is_let_go(tmp_path: Path) -> None:
    with serving() as server, client(tmp_path) as http:
        http.get(f"{server.url}/page")
        http.get(f"{server.url}/page", {"q": "old"})
    old, new = sorted(path for path in tmp_path.rglob("*") if path.is_file())
    os.utime(old, (0, 0))
    client(tmp_path).close()
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == [new]
