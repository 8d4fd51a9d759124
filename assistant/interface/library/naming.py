"""What readers of the page name or upload, as origins. Never a path: what lies on the server is not theirs to read."""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import BinaryIO

from corpus.errors import OriginError
from corpus.rows import Failure
from ingest.origins.europepmc.identifiers import Identifier
from ingest.origins.europepmc.origins import identified
from ingest.origins.naming import Services, Upload, uploaded
from ingest.origins.original import Listings, Origins
from ingest.origins.retrying import retriable
from ingest.origins.web import addressed

_WEB = ("https://", "http://")
_NAMED_AT_ONCE = 3
_SPACE_AFTER_REGISTRY = re.compile(r"\b(doi|pmid|pmcid):\s+", re.IGNORECASE)


def named(text: str) -> list[str]:
    """Read the names of papers that a reader has typed, with white space between them.

    Raises:
        OriginError: There are none, or one of them names no paper.
    """
    words = _SPACE_AFTER_REGISTRY.sub(r"\1:", text).split()
    names = list(dict.fromkeys(word.strip(",;") for word in words if word.strip(",;")))
    if not names:
        raise OriginError("Name a paper: PMC…, doi:…, pmid:… or an address that begins with https://.")
    unknown = [f"“{name}”" for name in names if not is_name(name)]
    if unknown:
        more = ", …" if len(unknown) > _NAMED_AT_ONCE else ""
        raise OriginError(
            f"{', '.join(unknown[:_NAMED_AT_ONCE])}{more}: this names no paper. Give PMC…, doi:…, pmid:… or an "
            "address that begins with https://; nothing was added."
        )
    return names


def is_name(name: str) -> bool:
    """Tell whether something names a paper that can be fetched: by a number or an address."""
    return name.lower().startswith(_WEB) or Identifier.read(name) is not None


def fetched(names: Iterable[str], services: Services) -> Origins:
    """Give the papers of names."""
    for name in names:
        if name.lower().startswith(_WEB):
            yield from addressed(services.pages, services.europepmc, name)
        else:
            yield from identified(services.europepmc, name)


def can_be_fetched(failures: Sequence[Failure]) -> list[Failure]:
    """Give those of the failed that can be tried again without the reader: an uploaded file is gone."""
    return list(retriable(failures, files=False))


class Uploads:
    """Files that a reader has sent, in a folder of their own until they are in the library."""

    def __init__(self) -> None:
        """Make the folder."""
        self._folder = Path(tempfile.mkdtemp(prefix="loccit-upload-"))
        self._files: list[Upload] = []

    def __len__(self) -> int:
        """Count the files."""
        return len(self._files)

    def take(self, name: str, file: BinaryIO) -> None:
        """Take a file in under the name that the reader's machine gives it: of a path only its end counts."""
        called = re.split(r"[/\\]", name)[-1] or "file"
        # Its own name could be anything; what tells the format is kept.
        path = self._folder / f"{len(self._files)}{Path(called).suffix}"
        with path.open("wb") as copy:
            shutil.copyfileobj(file, copy)
        self._files.append(Upload(path, called))

    def origins(self, services: Services) -> Listings:
        """Give the files."""
        return uploaded(self._files, services)

    @property
    def remove(self) -> Callable[[], None]:
        """Removes the folder."""
        return lambda: shutil.rmtree(self._folder, ignore_errors=True)
