"""What goes wrong with a model, brought from each provider's exceptions to one form, and from there to our errors."""

from __future__ import annotations

import email.utils
import json
import math
import re
import ssl
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import Enum, auto

from assistant.models.errors import (
    ModelBusyError,
    ModelError,
    ModelRefusedError,
    ModelTimeoutError,
    ModelUnreachableError,
    PromptTooLongError,
)
from assistant.models.naming import ModelName, Provider


class Kind(Enum):
    """How a request failed."""

    UNCONNECTED = auto()
    UNTRUSTED = auto()
    BROKEN_OFF = auto()
    SILENT = auto()
    BUSY = auto()
    REDIRECTED = auto()
    KEY = auto()
    NO_MODEL = auto()
    NO_CREDIT = auto()
    TOO_LONG = auto()
    REFUSED = auto()
    MALFORMED = auto()
    DECLINED = auto()
    EMPTY = auto()
    ONLY_THOUGHTS = auto()


# What may be gone a moment later, where nothing has been heard yet.
PASSING = frozenset({Kind.UNCONNECTED, Kind.BROKEN_OFF, Kind.BUSY})


@dataclass(frozen=True, slots=True)
class Fault:
    """One failure. Holds nothing of what a server said but words of its protocol.

    Attributes:
        kind: How it failed.
        status: The HTTP status, if there was one.
        codes: The protocol's names for it: "invalid_request_error".
        retry_after: Seconds to wait, if the server said so.
        parameter: The parameter that the server will not have, if it named one.
    """

    kind: Kind
    status: int | None = None
    codes: tuple[str, ...] = ()
    retry_after: float | None = None
    parameter: str | None = None


def fault_of_status(status: int, headers: Mapping[str, str], body: object) -> Fault:
    """Read a failure from an answer's status, head and body."""
    text = body if isinstance(body, str) else json.dumps(body, default=str)
    codes = tuple(dict.fromkeys(_codes(body)))
    kind = _kind(status, codes, text)
    return Fault(kind, status, codes, _retry_after(headers), _parameter(body, text))


def fault_of_connection(error: BaseException) -> Fault:
    """Read why there is no connection from an exception and what has caused it."""
    is_untrusted = any(isinstance(cause, ssl.SSLCertVerificationError) for cause in _causes(error))
    return Fault(Kind.UNTRUSTED if is_untrusted else Kind.UNCONNECTED)


def fault_of_timeout(error: BaseException) -> Fault:
    """Read what took too long from an exception and what has caused it: to connect, or to answer."""
    import httpx

    is_unconnected = any(isinstance(cause, httpx.ConnectTimeout) for cause in _causes(error))
    return Fault(Kind.UNCONNECTED if is_unconnected else Kind.SILENT)


def fault_in_stream(body: object) -> Fault:
    """Read a failure that a server told amid its answer."""
    status = next((value for value in _values(body, "code") if isinstance(value, int)), None)
    if status is not None and _OK < status < _NO_STATUS:
        return fault_of_status(status, {}, body)
    text = body if isinstance(body, str) else json.dumps(body, default=str)
    kind = Kind.TOO_LONG if _TOO_LONG.search(text) else Kind.BUSY
    return Fault(kind, None, tuple(dict.fromkeys(_codes(body))))


def error_of(fault: Fault, name: ModelName, timeout: float) -> ModelError:
    """Say what happened, to what, and what to do.

    Args:
        fault: What went wrong.
        name: The model it went wrong with.
        timeout: For how many seconds it may be silent.
    """
    error, sentence = _SENTENCES[fault.kind]
    words = {
        "model": f"The model {name.label}",
        "name": repr(name.model),
        "where": _where(name),
        "how": _how(fault),
        "key": key_variable(name),
        "wait": f" It asks to be left alone for {fault.retry_after:g} seconds." if fault.retry_after else "",
        "seconds": f"{timeout:g}",
        "start": _start(name),
        "find": _find(name),
    }
    return error(sentence.format_map(words))


def key_variable(name: ModelName) -> str:
    """Give the environment variable that a model's key is read from."""
    return {
        Provider.OPENAI: "OPENAI_API_KEY",
        Provider.ANTHROPIC: "ANTHROPIC_API_KEY",
        Provider.OLLAMA: "OLLAMA_API_KEY",
    }.get(name.provider, "LOCCIT_LLM_KEY")


_SENTENCES: dict[Kind, tuple[type[ModelError], str]] = {
    Kind.UNCONNECTED: (
        ModelUnreachableError,
        "{model} cannot be reached: nothing answers {where}. {start}",
    ),
    Kind.UNTRUSTED: (
        ModelUnreachableError,
        "{model} is not asked: the certificate {where} is not trusted. If it is your institution's own, set "
        "SSL_CERT_FILE to the file of its certificates.",
    ),
    Kind.BROKEN_OFF: (ModelUnreachableError, "{model} broke off before its answer was whole. Ask again."),
    Kind.MALFORMED: (
        ModelUnreachableError,
        "{model} sent an answer that breaks its protocol. Is there a model server {where}?",
    ),
    Kind.SILENT: (
        ModelTimeoutError,
        "{model} was silent for {seconds} seconds. Ask again, or raise LOCCIT_LLM_TIMEOUT for a slow model.",
    ),
    Kind.BUSY: (ModelBusyError, "{model} is overloaded or failing{how}.{wait} Ask again later."),
    Kind.REDIRECTED: (
        ModelRefusedError,
        "{model} is not {where}: the server there sends requests elsewhere{how}, which is never followed. Set the "
        "address that it names.",
    ),
    Kind.KEY: (ModelRefusedError, "{model} does not accept the key{how}. Check {key}."),
    Kind.NO_MODEL: (ModelRefusedError, "There is no model {name} {where}{how}. {find}"),
    Kind.NO_CREDIT: (ModelRefusedError, "{model} is not served{how}: the account has no credit left."),
    Kind.TOO_LONG: (
        PromptTooLongError,
        "{model} has not the context for this request{how}. Set LOCCIT_LLM_CONTEXT to what it has.",
    ),
    Kind.DECLINED: (ModelRefusedError, "{model} declined to answer. Put the question differently."),
    Kind.EMPTY: (ModelRefusedError, "{model} answered with nothing. Ask again, or choose another model."),
    Kind.ONLY_THOUGHTS: (
        ModelRefusedError,
        "{model} had no tokens left for an answer after its thoughts. Choose a model that thinks less.",
    ),
    Kind.REFUSED: (ModelRefusedError, "{model} refuses the request{how}. Try it with `loccit models`."),
}
_OK, _REDIRECTION, _CLIENT, _SERVER, _NO_STATUS = 200, 300, 400, 500, 600
_STATUSES = {
    401: Kind.KEY,
    402: Kind.NO_CREDIT,
    403: Kind.KEY,
    404: Kind.NO_MODEL,
    # Timeout, conflict, too early, too many: all pass.
    408: Kind.BUSY,
    409: Kind.BUSY,
    413: Kind.TOO_LONG,
    425: Kind.BUSY,
    429: Kind.BUSY,
}
_NO_CREDIT = {"insufficient_quota", "billing_error", "billing_hard_limit_reached"}
# As OpenAI, vLLM, llama.cpp, Anthropic and Ollama put it; read, never shown.
_TOO_LONG = re.compile(
    r"context[ _-]?(length|size|window)|prompt is too long|too many (input )?tokens|exceed_context",
    re.IGNORECASE,
)
_PARAMETERS = (
    "max_completion_tokens",
    "max_tokens",
    "temperature",
    "reasoning_effort",
    "stream_options",
    "seed",
)
_NAMED_PARAMETER = re.compile(rf"(?<![a-z_])({'|'.join(_PARAMETERS)})(?![a-z_])")
# A word of a protocol, which no key and no sentence is.
_CODE = re.compile(r"(?!error\Z)[a-z]+(?:_[a-z]+){0,5}")
_LONGEST_CODE = 40
# Seconds in a day: more is as good as never.
_LONGEST_WAIT = 86_400.0


def _kind(status: int, codes: tuple[str, ...], text: str) -> Kind:
    if _NO_CREDIT & set(codes):
        return Kind.NO_CREDIT
    if status in {400, 500} and _TOO_LONG.search(text):
        return Kind.TOO_LONG
    if status in _STATUSES:
        return _STATUSES[status]
    if status >= _SERVER:
        return Kind.BUSY
    return Kind.REDIRECTED if _REDIRECTION <= status < _CLIENT else Kind.REFUSED


def _causes(error: BaseException) -> Iterator[BaseException]:
    cause: BaseException | None = error
    while cause is not None:
        yield cause
        cause = cause.__cause__ or cause.__context__


def _values(body: object, name: str) -> Iterator[object]:
    """Give the values of a name in an error's body, the outermost first."""
    if isinstance(body, Mapping):
        if name in body:
            yield body[name]
        yield from _values(body.get("error"), name)


def _codes(body: object) -> Iterator[str]:
    for name in ("type", "code"):
        for value in _values(body, name):
            if isinstance(value, str) and len(value) <= _LONGEST_CODE and _CODE.fullmatch(value):
                yield value


def _parameter(body: object, text: str) -> str | None:
    named = next((value for value in _values(body, "param") if value in _PARAMETERS), None)
    if isinstance(named, str):
        return named
    found = _NAMED_PARAMETER.search(text)
    return found[1] if found else None


def _retry_after(headers: Mapping[str, str]) -> float | None:
    """Read how long a server wants to be left alone: seconds, or a date (RFC 9110)."""
    told = headers.get("retry-after")
    if told is None:
        return None
    try:
        seconds = float(told)
    except ValueError:
        try:
            date = email.utils.parsedate_to_datetime(told)
        except ValueError:
            return None
        seconds = (date.replace(tzinfo=date.tzinfo or UTC) - datetime.now(UTC)).total_seconds()
    return None if math.isnan(seconds) else min(max(0.0, seconds), _LONGEST_WAIT)


def _how(fault: Fault) -> str:
    told = [f"HTTP {fault.status}"] if fault.status else []
    told += fault.codes
    if fault.kind is Kind.REFUSED and fault.parameter:
        told.append(f"parameter {fault.parameter}")
    return f" ({', '.join(told)})" if told else ""


def _where(name: ModelName) -> str:
    return f"at {name.address}" if name.address else f"in {str(name.path)!r}"


def _start(name: ModelName) -> str:
    if name.provider is Provider.OLLAMA:
        return "Start it with `ollama serve`, or set OLLAMA_HOST to where it is."
    if name.is_local:
        return "Start the model server, or set its address."
    return "Check the network and the address."


def _find(name: ModelName) -> str:
    if name.provider is Provider.OLLAMA:
        return f"`ollama pull {name.model}` fetches it."
    return "Check its name, and the address."
