"""A scripted language model behind a real server on this machine."""

from tests.assistant.models.serving.gates import Gate
from tests.assistant.models.serving.requests import Chat, Message, Protocol, Request, tokens_of
from tests.assistant.models.serving.server import ModelServer
from tests.assistant.models.serving.steps import (
    Cut,
    Empty,
    Garbage,
    Hang,
    NoFinish,
    Overflow,
    Pause,
    Refuse,
    Reply,
    Say,
    Script,
    Start,
    Status,
    Step,
    Think,
    always,
    in_turn,
)

__all__ = [
    "Chat",
    "Cut",
    "Empty",
    "Garbage",
    "Gate",
    "Hang",
    "Message",
    "ModelServer",
    "NoFinish",
    "Overflow",
    "Pause",
    "Protocol",
    "Refuse",
    "Reply",
    "Request",
    "Say",
    "Script",
    "Start",
    "Status",
    "Step",
    "Think",
    "always",
    "in_turn",
    "tokens_of",
]
