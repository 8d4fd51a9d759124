"""How much of real articles' text the JATS parser keeps, counted in the XML by a walk that shares nothing with it."""

from __future__ import annotations

import argparse
import sys
from collections import Counter

from rich.console import Console
from rich.table import Table

from corpus.errors import OriginError
from ingest.parsers.jats import parse
from tests.benchmarks.inputs import PLOS, articles, require
from tests.ingest.parsers.jats_walking import coverage


def main() -> None:
    """Count, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=90, help="how many articles (90 are there)")
    given = parser.parse_args()
    require(PLOS)
    paths = articles(given.articles)
    found, everything, left_out = Counter[str](), Counter[str](), Counter[str]()
    doubled = 0
    for path in paths:
        data = path.read_bytes()
        for document in parse(data, path.stem):
            if isinstance(document, OriginError):
                sys.exit(f"{path.name} cannot be read: {document}")
            counted = coverage(data, document.text)
            found.update(counted.found)
            everything.update(counted.everything)
            left_out.update(counted.left_out)
            doubled += len(counted.doubled)
    table = Table("letters and digits", "in the XML", "in the text", "%", title=f"{len(paths)} PLOS articles")
    for place, number in [*everything.items(), ("all", everything.total())]:
        kept = found.total() if place == "all" else found[place]
        table.add_row(place, f"{number:,}", f"{kept:,}", f"{100 * kept / number:.4f}")
    Console().print(table)
    Console().print(f"Stretches that are in the text more often than in the XML: {doubled}.")
    for kind, number in left_out.items():
        Console().print(f"Left out, {kind}: {number:,}.")


if __name__ == "__main__":
    main()
