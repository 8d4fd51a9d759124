"""Europe PMC's web service on this machine: search with cursors, and full texts, over real sockets."""

from __future__ import annotations

import base64
import json
from collections.abc import Sequence

from tests.servers.papers import Paper
from tests.servers.queries import matching
from tests.servers.serving import Reply, Request, Server, Trouble

_FULL_TEXT = "/fullTextXML"
_LARGEST_PAGE = 1_000
_JSON = "application/json;charset=UTF-8"


class EuropePMCServer(Server):
    """Serves records while its context is open; `url` is what LOCCIT_EUROPEPMC_URL should be."""

    def __init__(
        self,
        records: Sequence[Paper] = (),
        trouble: Sequence[Trouble] = (),
        largest_page: int = _LARGEST_PAGE,
    ) -> None:
        """Serve `records`, with `trouble`, at most `largest_page` of them a page."""
        super().__init__(trouble=trouble)
        self.records = list(records)
        self._largest_page = largest_page

    @property
    def searches(self) -> list[Request]:
        """The searches so far, retries included."""
        return [request for request in self.requests if request.path == "/search"]

    @property
    def texts(self) -> list[str]:
        """The full texts asked for so far, retries included."""
        paths = [request.path for request in self.requests]
        return [path.removesuffix(_FULL_TEXT).lstrip("/") for path in paths if path.endswith(_FULL_TEXT)]

    def reply(self, request: Request) -> Reply:
        if request.path == "/search":
            return self._found(request)
        if request.path.endswith(_FULL_TEXT):
            wanted = request.path.removesuffix(_FULL_TEXT).lstrip("/")
            for paper in self.records:
                if paper.full_text_id == wanted and paper.paragraphs:
                    return Reply(paper.jats(), "application/xml;charset=UTF-8")
        return Reply(b"", status=404)

    def _found(self, request: Request) -> Reply:
        given = request.parameters
        try:
            is_match = matching(given.get("query", ""))
        except ValueError as error:
            return _json({"version": "6.9", "errCode": 404, "errMsg": f"Query cannot be read: {error}"})
        found = [paper.core() for paper in self.records if is_match(paper)]
        start = _offset(given.get("cursorMark", "*"))
        page = found[start : start + min(int(given.get("pageSize", "25")), self._largest_page)]
        # At the end the cursor stays where it is, and the page is empty.
        cursor = cursor_at(start + len(page))
        echo = {
            "queryString": given["query"],
            "resultType": "core",
            "cursorMark": given.get("cursorMark", "*"),
        }
        return _json(
            {
                "version": "6.9",
                "hitCount": len(found),
                "nextCursorMark": cursor,
                "nextPageUrl": f"{self.url}/search?cursorMark={cursor}",
                "request": echo,
                "resultList": {"result": page},
            }
        )


def cursor_at(offset: int) -> str:
    """Give the cursor of a page that begins with the record at `offset`."""
    return base64.b64encode(f"shore {offset}".encode()).decode()


def _json(content: object) -> Reply:
    return Reply(json.dumps(content).encode(), _JSON)


def _offset(cursor: str) -> int:
    return 0 if cursor == "*" else int(base64.b64decode(cursor).decode().split()[1])
