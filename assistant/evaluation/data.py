"""The base of what an evaluation reads and writes: plain data that does not change and has no names but its own."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class Data(BaseModel):
    """Plain data; an unknown name in what is read is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid")
