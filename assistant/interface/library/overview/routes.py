"""The doors of the overview: numbers to draw and finished HTML, and the script that draws."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict
from starlette.routing import Route

from assistant.interface.library.overview.desk import OverviewDesk, Place
from assistant.interface.library.overview.plotting import script_route
from assistant.interface.routing import Html, reading


class _Nothing(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


def overview_routes(desk: OverviewDesk) -> list[Route]:
    """Give the routes to a desk."""
    return [
        reading("library/overview", _Nothing, lambda _: desk.glance()),
        reading("library/map", _Nothing, lambda _: desk.mapped()),
        # Asked for when a reader opens the table: its passages are in many documents.
        reading("library/topics", _Nothing, lambda _: Html(html=desk.topics())),
        reading("library/aspects", _Nothing, lambda _: Html(html=desk.aspects())),
        reading("library/passage", Place, lambda place: Html(html=desk.passage(place))),
        script_route(),
    ]
