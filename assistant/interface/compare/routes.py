"""The doors of the Compare view, beside Gradio's own."""

from __future__ import annotations

from starlette.routing import Route

from assistant.interface.compare.desk import CompareDesk, Nothing, Ticket, ToCompare
from assistant.interface.routing import Html, posting


def compare_routes(desk: CompareDesk) -> list[Route]:
    """Give the routes to a desk."""
    return [
        # They change nothing, but are long to answer: no page of the web may make Loccit work.
        posting("compare/table", ToCompare, desk.compare),
        posting("compare/aspects", ToCompare, lambda wanted: Html(html=desk.aspects(wanted))),
        posting("compare/start", Nothing, lambda _: desk.start()),
        posting("compare/stop", Ticket, desk.stop),
    ]
