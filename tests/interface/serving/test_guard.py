"""Nothing is served to whoever has not signed in, and nothing of another site's wishes is done."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import JSONResponse
from starlette.routing import BaseRoute, Mount, Route
from starlette.testclient import TestClient

from assistant import Assistant
from assistant.interface.serving.access import Access
from assistant.interface.serving.guard import ONLY_HERE, SIGN_IN_FIRST, WRONG, Guard, reader_of
from assistant.interface.serving.named import NamedReaders
from assistant.interface.serving.sessions import Sessions
from tests.interface.serving.conftest import NAME, PASSWORD

BROWSER = {"Accept": "text/html"}
# What Gradio asks of itself when it starts, the picture in the browser's tab, and a way that only leads to the form.
OPEN = {"/gradio_api/startup-events", "/gradio_api/startup-events/", "/favicon.ico", "/logout"}


@pytest.fixture(scope="module")
def app(assistant: Assistant, named: Path) -> FastAPI:
    """The whole application, Gradio's own routes too."""
    from gradio.routes import App

    from assistant.interface.browser import around, build_page

    access = Access(NamedReaders(named), mcp=True)

    async def made() -> App:
        return App.create_app(
            build_page(assistant), app_kwargs=around(assistant, access), auth_dependency=reader_of
        )

    # Outside a loop, Gradio would make itself some and leave them open.
    return asyncio.run(made())


def guarded(readers: NamedReaders | None, root_path: str = "", own_host: str | None = None) -> TestClient:
    """Give a client of something small behind the guard."""
    guard = Middleware(Guard, sessions=Sessions(readers) if readers else None, own_host=own_host)
    small = Starlette(routes=[Route("/small", lambda _: JSONResponse({}))], middleware=[guard])
    return TestClient(small, follow_redirects=False, root_path=root_path)


@pytest.fixture
def client(app: FastAPI) -> TestClient:
    return TestClient(app, follow_redirects=False, client=("192.0.2.7", 5))


@pytest.fixture
def signed_in(client: TestClient) -> TestClient:
    assert client.post("/login", data={"username": NAME, "password": PASSWORD}).json() == {"success": True}
    return client


def paths(routes: list[BaseRoute], before: str = "") -> Iterator[tuple[str, str]]:
    """Give every method and path that is served, with a word for each part that varies."""
    for route in routes:
        # FastAPI keeps a router that was included as one route.
        included = getattr(route, "original_router", None)
        if included is not None:
            yield from paths(included.routes, before)
        elif isinstance(route, Mount):
            yield "GET", f"{before}{route.path}/some.js"
            yield from paths(list(route.routes), before + route.path)
        elif isinstance(route, Route):
            path = before + route.path_format
            for method in route.methods or {"GET", "POST", "DELETE"}:
                yield method, path.replace("{", "").replace("}", "")


def test_every_route_is_refused_without_a_session(app: FastAPI, client: TestClient) -> None:
    served = set(paths(app.routes))
    ours = {"/library/add-files", "/library/original", "/conversations/list", "/mcp"}
    gradios = {"/config", "/gradio_api/queue/join", "/gradio_api/upload", "/gradio_api/call/api_name", "/"}
    assert ours | gradios <= {path for _, path in served} and len(served) > 50
    let_in = [
        (method, path)
        for method, path in served
        if path not in OPEN and client.request(method, path).status_code != 401
    ]
    assert let_in == []
    for path in ("/mcp/", "/nowhere", "//config", "/gradio_api/../config", "/login", "/assets/index.js"):
        assert client.get(path).status_code == 401, path


def test_a_browser_is_asked_to_sign_in_and_a_program_told(client: TestClient) -> None:
    page = client.get("/?q=What+is+%3Cb%3E", headers=BROWSER)
    assert page.status_code == 401 and '<label for="password">Password</label>' in page.text
    assert 'name="next" value="/?q=What+is+%3Cb%3E"' in page.text
    told = client.get("/")
    assert told.json() == {"error": SIGN_IN_FIRST} and told.headers["www-authenticate"].startswith("Basic ")


def test_a_wrong_name_and_a_wrong_password_are_told_alike(client: TestClient) -> None:
    for name in (NAME, "nobody"):
        answer = client.post("/login", data={"username": name, "password": "wrong"}, headers=BROWSER)
        assert answer.status_code == 401 and answer.text.count(WRONG) == 1
        assert "set-cookie" not in answer.headers


def test_what_a_guess_holds_is_shown_as_words(client: TestClient) -> None:
    data = {"username": '"><script>', "password": "x", "next": "//elsewhere.example/"}
    page = client.post("/login", data=data, headers=BROWSER).text
    assert "<script>" not in page and 'value="&quot;&gt;&lt;script&gt;"' in page
    assert 'name="next" value="/"' in page


def test_a_session_lets_in_until_the_reader_signs_out(signed_in: TestClient) -> None:
    assert signed_in.get("/library/state").status_code == 200
    assert signed_in.get("/gradio_api/user").json() == NAME
    assert signed_in.get("/logout").status_code == 303
    assert signed_in.get("/library/state").status_code == 200, "a link signs nobody out"
    cookies = dict(signed_in.cookies)
    assert signed_in.post("/logout").status_code == 303
    signed_in.cookies.update(cookies)
    assert signed_in.get("/library/state").status_code == 401


def test_the_cookie_is_for_the_server_alone(client: TestClient) -> None:
    data = {"username": NAME, "password": PASSWORD}
    plain = client.post("/login", data=data).headers["set-cookie"]
    assert "HttpOnly" in plain and "SameSite=lax" in plain and "Secure" not in plain
    behind = client.post("/login", data=data, headers={"X-Forwarded-Proto": "https"}).headers["set-cookie"]
    assert "Secure" in behind


@pytest.mark.parametrize(
    ("wanted", "there"),
    [
        ("/?q=a+b", "/?q=a+b"),
        ("https://elsewhere.example", "/"),
        ("//elsewhere.example", "/"),
        ("/\\elsewhere.example", "/"),
        ("", "/"),
    ],
)
def test_signing_in_leads_to_a_page_of_ours(client: TestClient, wanted: str, there: str) -> None:
    data = {"username": NAME, "password": PASSWORD, "next": wanted}
    answer = client.post("/login", data=data, headers=BROWSER)
    assert (answer.status_code, answer.headers["location"]) == (303, there)


def test_another_sites_page_can_wish_for_nothing(signed_in: TestClient) -> None:
    for headers in ({"Origin": "https://elsewhere.example"}, {"Sec-Fetch-Site": "cross-site"}):
        for path in ("/login", "/logout", "/gradio_api/queue/join", "/mcp", "/library/remove"):
            assert signed_in.post(path, headers=headers, json={}).status_code == 403, path
    assert signed_in.get("/library/state", headers={"Origin": "https://elsewhere.example"}).status_code == 403


def test_nothing_of_the_library_stays_in_the_browsers_store(signed_in: TestClient) -> None:
    assert signed_in.get("/library/documents").headers["cache-control"] == "no-store"
    assert signed_in.get("/gradio_api/user").headers["cache-control"] == "no-store"


def test_a_page_may_fetch_nothing_from_elsewhere(client: TestClient) -> None:
    policy = client.get("/", headers=BROWSER).headers["content-security-policy"]
    allowed = {source for rule in policy.split("; ") for source in rule.split()[1:]}
    assert "default-src 'self'" in policy
    assert allowed <= {"'self'", "'none'", "'unsafe-inline'", "'unsafe-eval'", "data:", "blob:"}


def test_a_password_stands_in_no_log(
    client: TestClient, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    with caplog.at_level(logging.DEBUG):
        client.post("/login", data={"username": NAME, "password": PASSWORD})
        client.post("/login", data={"username": NAME, "password": "wrong horse"})
        client.cookies.clear()
        assert client.get("/config", auth=(NAME, "wrong horse")).status_code == 401
    said = caplog.text + "".join(capsys.readouterr())
    assert PASSWORD not in said and "wrong horse" not in said


def test_a_form_that_no_reader_writes_is_refused(client: TestClient) -> None:
    assert client.post("/login", content=b"a" * 100_000).status_code == 413


def test_readers_that_cannot_be_read_let_nobody_in(
    readers: NamedReaders, caplog: pytest.LogCaptureFixture
) -> None:
    client = guarded(readers)
    readers.path.unlink()
    answer = client.get("/small", auth=(NAME, PASSWORD))
    assert answer.status_code == 503 and "terminal of this server says why" in answer.json()["error"]
    assert "cannot be read" in caplog.text


# Whether or not the proxy takes its path off.
@pytest.mark.parametrize("before", ["", "/loccit"])
def test_everything_is_below_the_path_of_the_proxy(readers: NamedReaders, before: str) -> None:
    client = guarded(readers, "/loccit")
    page = client.get(f"{before}/?q=x", headers=BROWSER).text
    assert 'action="/loccit/login"' in page and 'name="next" value="/?q=x"' in page
    wanted = {"username": NAME, "password": PASSWORD, "next": "/?q=x"}
    answer = client.post(f"{before}/login", data=wanted, headers=BROWSER)
    assert answer.headers["location"] == "/loccit/?q=x"
    assert "Path=/loccit" in answer.headers["set-cookie"]
    assert client.get(f"{before}/small", auth=(NAME, PASSWORD)).status_code == 200


def test_without_names_everybody_is_let_in() -> None:
    client = guarded(None)
    assert client.get("/small").status_code == 200
    assert client.post("/login").status_code == 404


@pytest.mark.parametrize(
    "named", ["127.0.0.1:7860", "localhost:7860", "loccit.localhost", "[::1]:7860", "Desk.LAN:7860"]
)
def test_a_page_for_this_machine_alone_is_reached_by_names_of_this_machine(named: str) -> None:
    assert guarded(None, own_host="desk.lan").get("/small", headers={"Host": named}).status_code == 200


@pytest.mark.parametrize(
    "named",
    ["evil.example:7860", "127.0.0.1.evil.example", "localhost.evil.example", "192.0.2.1", "[::1", ""],
)
def test_a_name_that_another_site_made_stand_for_this_machine_is_refused(named: str) -> None:
    answer = guarded(None, own_host="127.0.0.1").get("/small", headers={"Host": named})
    assert (answer.status_code, answer.text) == (421, ONLY_HERE)
    assert guarded(None).get("/small", headers={"Host": named}).status_code == 200
