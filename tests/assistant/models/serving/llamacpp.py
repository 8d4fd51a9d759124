"""What llama.cpp's server tells beside OpenAI's protocol."""

from __future__ import annotations

import zlib

from tests.assistant.models.serving.dialect import messages_in
from tests.assistant.models.serving.requests import templated, tokens_of
from tests.assistant.models.serving.served import Served
from tests.assistant.models.serving.wire import Call


def tokens(call: Call, served: Served) -> object:
    """Cut a text into tokens."""
    found = [(zlib.crc32(token.encode()) % 32_000, token) for token in tokens_of(call.json["content"])]
    if call.json.get("with_pieces"):
        return {"tokens": [{"id": number, "piece": token} for number, token in found]}
    return {"tokens": [number for number, _ in found]}


def template(call: Call, served: Served) -> object:
    """Make messages the text that the model reads."""
    return {"prompt": templated(messages_in(call.json["messages"]))}


def properties(call: Call, served: Served) -> object:
    """Tell how the server was started."""
    return {
        "default_generation_settings": {"id": 0, "n_ctx": served.context, "is_processing": False},
        "total_slots": 4,
        "model_alias": served.models[0],
        "model_path": f"{served.models[0]}.gguf",
        "chat_template": "",
    }


def health(call: Call, served: Served) -> object:
    """Say that the model is loaded."""
    return {"status": "ok"}
