"""The one way to the web: patient with servers, sparing with requests, bounded in time and size."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from importlib.metadata import version
from types import TracebackType
from typing import Self

import httpx
from tenacity import RetryCallState, Retrying, retry_if_exception_type, stop_after_attempt

from corpus.errors import OriginError
from corpus.settings import Settings
from ingest.origins.http.addresses import CheckedTransport
from ingest.origins.http.cache import Answer, AnswerCache, KeptAnswer
from ingest.origins.http.waiting import Turns, retry_after

# What a server says in passing; anything else it will say again.
_PASSING = frozenset((408, 425, 429, 500, 502, 503, 504))
_NOT_THERE = frozenset((404, 410))
_REFUSED = frozenset((401, 402, 403, 451))
_NOT_MODIFIED = 304
_MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class Limits:
    """How long, how often and how much.

    Attributes:
        connect_seconds: For a connection.
        read_seconds: Between two pieces of an answer.
        total_seconds: For one answer, from its first byte to its last.
        attempts: Tries in all.
        first_wait: Seconds before the second try; each further wait is twice as long, and a random part shorter.
        longest_wait: Bound of a wait, also where a server asks for more.
        interval_seconds: Between two requests to one host.
        redirects: Followed at most.
        largest: Bytes of an answer.
    """

    connect_seconds: float = 10
    read_seconds: float = 30
    total_seconds: float = 120
    attempts: int = 5
    first_wait: float = 0.5
    longest_wait: float = 60
    interval_seconds: float = 0.1
    redirects: int = 5
    largest: int = 64 * _MEGABYTE


class NotThereError(OriginError):
    """The server answers, and has nothing at the address."""


class _PassingError(Exception):
    """A failure that may be over soon."""

    def __init__(self, reason: str, wait_seconds: float | None = None) -> None:
        super().__init__(reason)
        self.wait_seconds = wait_seconds


class HttpClient:
    """Fetches web addresses; safe across threads."""

    def __init__(
        self,
        limits: Limits = Limits(),
        *,
        contact: str | None = None,
        cache: AnswerCache | None = None,
        renew: bool = False,
        transport: httpx.BaseTransport | None = None,
        sleep: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Open a client.

        Args:
            limits: How long, how often and how much.
            contact: A mail address at which a service finds whoever asks too much of it.
            cache: Where answers are kept.
            renew: Whether a server is asked even where a kept answer would do.
            transport: What connects; httpx's own, with the proxies of the environment, unless given.
            sleep: Waits; a test may pass the time otherwise.
            clock: Seconds, ever rising.
        """
        self._limits = limits
        self._cache = cache
        self._renew = renew
        self._sleep = sleep
        self._clock = clock
        self._turns = Turns(limits.interval_seconds, sleep, clock)
        name = f"Loccit/{version('loccit')}"
        self._client = httpx.Client(
            transport=transport,
            headers={"User-Agent": f"{name} (mailto:{contact})" if contact else name},
            timeout=httpx.Timeout(limits.read_seconds, connect=limits.connect_seconds),
        )

    @classmethod
    def for_services(cls, settings: Settings, *, renew: bool = False) -> Self:
        """Open a client for services that the settings name: they may be anywhere."""
        return cls(contact=settings.contact_email, cache=AnswerCache(settings.web_cache), renew=renew)

    @classmethod
    def for_readers(cls, settings: Settings) -> Self:
        """Open a client for addresses that readers type: they lead to the public web only, unless set otherwise."""
        # Fewer tries than a service is worth: a reader is waiting, and the next page may be anybody's.
        limits = Limits(attempts=3)
        transport = None if settings.allow_private_addresses else CheckedTransport()
        cache = AnswerCache(settings.web_cache)
        return cls(limits, contact=settings.contact_email, cache=cache, transport=transport)

    def __enter__(self) -> Self:
        """Give the client itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close it."""
        self.close()

    def close(self) -> None:
        """Close its connections, and let go of answers that nobody has asked for in a long time."""
        self._client.close()
        if self._cache:
            self._cache.sweep()

    def get(
        self,
        address: str,
        parameters: Mapping[str, str] | None = None,
        *,
        fresh_for: timedelta = timedelta(0),
        worth_keeping: Callable[[Answer], bool] = lambda _: True,
    ) -> Answer:
        """Fetch an address.

        Args:
            address: Of the web (http or https).
            parameters: Of the query, joined to the address.
            fresh_for: An answer that is kept and no older will do.
            worth_keeping: Whether an answer may be kept; a damaged one should be fetched again.

        Raises:
            NotThereError: There is nothing at the address.
            OriginError: It cannot be had for another reason.
        """
        url = _url(address, parameters)
        kept = self._cache.get(str(url)) if self._cache else None
        if kept and not self._renew and kept.age_seconds < fresh_for.total_seconds():
            return kept.answer
        retrying = Retrying(
            sleep=self._sleep,
            stop=stop_after_attempt(self._limits.attempts),
            wait=self._wait_seconds,
            retry=retry_if_exception_type(_PassingError),
            reraise=True,
        )
        try:
            return retrying(self._fetch, url, kept, worth_keeping)
        except _PassingError as error:
            tries = self._limits.attempts
            raise OriginError(
                f"{url.host} cannot be read from ({error}; tried {tries} times); "
                "check the network connection, or try again later"
            ) from error

    def _wait_seconds(self, state: RetryCallState) -> float:
        error = state.outcome.exception() if state.outcome else None
        if isinstance(error, _PassingError) and error.wait_seconds is not None:
            return error.wait_seconds
        longest = min(self._limits.first_wait * 2.0 ** (state.attempt_number - 1), self._limits.longest_wait)
        # Not a secret: clients that failed together should not come back together.
        return longest * random.uniform(0.5, 1.0)

    def _fetch(self, url: httpx.URL, kept: KeptAnswer | None, keep: Callable[[Answer], bool]) -> Answer:
        """Ask once, following redirects; every step is checked and bounded like the first."""
        place = url
        try:
            for _ in range(self._limits.redirects + 1):
                self._turns.take(place.host)
                with self._client.stream("GET", place, headers=_validators(kept)) as response:
                    if response.next_request is None:
                        return self._answer(response, url, kept, keep)
                    place = _url(str(response.next_request.url))
        except (httpx.TransportError, httpx.DecodingError) as error:
            raise _PassingError(self._in_words(error)) from error
        raise OriginError(
            f"{url.host} redirects more than {self._limits.redirects} times; give the address at the end of them"
        )

    def _answer(
        self,
        response: httpx.Response,
        url: httpx.URL,
        kept: KeptAnswer | None,
        keep: Callable[[Answer], bool],
    ) -> Answer:
        if response.status_code == _NOT_MODIFIED and kept:
            answer, etag, modified = kept.answer, kept.etag, kept.last_modified
        else:
            self._check(response)
            content_type = response.headers.get("Content-Type", "")
            answer = Answer(self._body(response), content_type, str(response.url))
            etag, modified = response.headers.get("ETag"), response.headers.get("Last-Modified")
        if self._cache and keep(answer):
            self._cache.put(str(url), answer, etag, modified)
        return answer

    def _check(self, response: httpx.Response) -> None:
        status, host = response.status_code, response.url.host
        said = f"{status} {response.reason_phrase}".strip()
        if status in _PASSING:
            wait = retry_after(response.headers.get("Retry-After"), self._limits.longest_wait)
            if wait:
                self._turns.hold(host, wait)
            raise _PassingError(f"it answers {said}", wait)
        if status in _NOT_THERE:
            raise NotThereError(f"{host} has nothing there ({said}); check the address")
        if status in _REFUSED:
            raise OriginError(f"{host} refuses ({said}); get the document another way and ingest its file")
        if not response.is_success:
            raise OriginError(f"{host} answers {said}; check what was asked for")

    def _body(self, response: httpx.Response) -> bytes:
        """Read an answer piece by piece: what a server announces of its size is not relied on."""
        deadline = self._clock() + self._limits.total_seconds
        pieces, size = [], 0
        for piece in response.iter_bytes():
            pieces.append(piece)
            size += len(piece)
            if size > self._limits.largest:
                most = self._limits.largest / _MEGABYTE
                raise OriginError(f"{response.url.host} gives more than {most:g} MB; ingest a smaller file")
            if self._clock() > deadline:
                raise OriginError(
                    f"{response.url.host} takes longer than {self._limits.total_seconds:g} s; try again later"
                )
        return b"".join(pieces)

    def _in_words(self, error: httpx.RequestError) -> str:
        match error:
            case httpx.ConnectTimeout():
                return f"no connection within {self._limits.connect_seconds:g} s"
            case httpx.TimeoutException():
                return f"no answer within {self._limits.read_seconds:g} s"
            case httpx.ReadError() | httpx.RemoteProtocolError() | httpx.DecodingError():
                return "the connection was cut, or the answer is damaged"
            case _:
                return str(error) or type(error).__name__


def _url(address: str, parameters: Mapping[str, str] | None = None) -> httpx.URL:
    try:
        url = httpx.URL(address)
        url = url.copy_merge_params(parameters) if parameters else url
    except (httpx.InvalidURL, UnicodeError) as error:
        raise OriginError(f"this is no web address ({error}); check it") from error
    if url.scheme not in ("http", "https") or not url.host:
        raise OriginError("this is no address of the web; it should begin with https://")
    if url.userinfo:
        raise OriginError("the address holds a user's name or password; give one without")
    return url.copy_with(fragment=None)


def _validators(kept: KeptAnswer | None) -> dict[str, str]:
    """Ask for the body only if it is another than the one that is kept."""
    if kept is None:
        return {}
    named = (("If-None-Match", kept.etag), ("If-Modified-Since", kept.last_modified))
    return {name: value for name, value in named if value}
