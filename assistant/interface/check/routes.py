"""The doors of the Check view, beside Gradio's own."""

from __future__ import annotations

from starlette.routing import Route

from assistant.interface.check.desk import CheckDesk, ToCheck
from assistant.interface.library.listing import Wanted
from assistant.interface.routing import Html, posting, reading


def check_routes(desk: CheckDesk) -> list[Route]:
    """Give the routes to a desk."""
    return [
        # It changes nothing, but is long to answer: no page of the web may make Loccit work.
        posting("check/claims", ToCheck, desk.check),
        reading("check/sources", Wanted, lambda wanted: Html(html=desk.sources(wanted))),
    ]
