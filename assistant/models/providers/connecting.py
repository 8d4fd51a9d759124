"""What every client of a model server is given: how long to wait, whom to follow, and what is not left to chance."""

from __future__ import annotations

import httpx

from assistant.models.addresses import Address
from corpus.settings import Settings

# Nothing is random where the temperature is 0; where it is not, the same answer comes again.
SEED = 0
# Seconds after our own timeout, which tells better what happened.
_LATER = 5.0
# Seconds for a connection: where none comes in these, nobody is there.
_CONNECTING = 5.0


def patience(settings: Settings) -> httpx.Timeout:
    """Give the client's timeouts: our own comes first, but for a connection."""
    return httpx.Timeout(settings.llm_timeout + _LATER, connect=_CONNECTING)


def past_proxies(address: Address | None) -> bool:
    """Tell whether requests go past any proxy that the environment names: those to this machine."""
    return address is not None and address.is_loopback


def http_client(address: Address | None) -> httpx.AsyncClient:
    """Give the client that requests go through.

    A redirection is not followed: it would take the key and the papers' text to whom nobody has named.
    """
    return httpx.AsyncClient(follow_redirects=False, trust_env=not past_proxies(address))
