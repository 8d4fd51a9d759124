"""The program that `ingest.cutting` starts: parses and cuts originals until nobody asks any more."""

from __future__ import annotations

import logging
import resource
import sys
from collections.abc import Iterator
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path

from corpus.encoder import Encoder
from corpus.errors import OriginError
from ingest.abbreviations import with_abbreviations
from ingest.cutting import Cut, Rejected, serve
from ingest.origins.original import Original
from ingest.parsers import parser_for
from ingest.splitting import split

logger = logging.getLogger(__name__)

# No paper needs a tenth of it: a bomb ends this process before it harms the machine.
MOST_MEMORY = 4 << 30


def cut(original: Original, encoder: Encoder) -> Iterator[Cut | Rejected]:
    """Parse an original and cut its documents; what cannot be read is given with the reason."""
    parse = parser_for(original.suffix)
    if parse is None:
        yield Rejected(f"the format {original.suffix!r} is not known; convert it to PDF, HTML or Markdown")
        return
    try:
        for parsed in parse(original.data, original.fallback_id):
            if isinstance(parsed, OriginError):
                yield Rejected(str(parsed))
            else:
                document = with_abbreviations(original.known.applied_to(parsed))
                yield Cut(document, split(document, encoder))
    except OriginError as error:
        yield Rejected(str(error))
    except (MemoryError, RecursionError):
        yield Rejected("it is too large or too deeply nested to be read; try a smaller or simpler copy of it")
    except Exception as error:
        # A fault of ours over one odd file: the others must not pay for it.
        logger.exception("%s could not be read", original.fallback_id)
        reason = f"{type(error).__name__}: {' '.join(str(error).split())}"
        yield Rejected(f"{reason}; this is a fault of Loccit, please report it")


def main() -> None:
    """Cut what comes over the line named in the arguments."""
    descriptor, model = sys.argv[1:]
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, resource.getrlimit(resource.RLIMIT_AS)[1]))
    encoder = Encoder(Path(model))
    serve(Connection(int(descriptor)), lambda original: cut(original, encoder))


if __name__ == "__main__":
    main()
