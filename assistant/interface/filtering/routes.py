"""The doors of the filters, beside Gradio's own."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict
from starlette.routing import Route

from assistant.interface.filtering.desk import FilterDesk
from assistant.interface.filtering.filters import Filters
from assistant.interface.library.listing import Wanted
from assistant.interface.routing import Html, posting, reading


class _Nothing(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


def filtering_routes(desk: FilterDesk) -> list[Route]:
    """Give the routes to a desk."""
    return [
        reading("filtering/choices", _Nothing, lambda _: desk.choices()),
        reading("filtering/sources", Wanted, lambda wanted: Html(html=desk.sources(wanted))),
        # It changes nothing, but what is asked is longer than an address may be.
        posting("filtering/fitting", Filters, desk.fitting),
    ]
