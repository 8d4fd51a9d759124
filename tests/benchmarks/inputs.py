"""Real input for benchmarks: open-access papers and test sets that lie beside the project, never inside it."""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from corpus.document import BlockKind
from corpus.errors import OriginError
from corpus.library import Library
from corpus.settings import Settings
from ingest.parsers.jats import parse
from ingest.pipeline import Ingest
from ingest.sentences import sentence_spans

SHARED = Path(__file__).parents[3] / "shared"
PLOS = SHARED / "papers" / "plos"
PUBMEDQA = SHARED / "benchmarks" / "pubmedqa-dev.jsonl"
SHORTEST_QUERY = 5


@dataclass(frozen=True, slots=True)
class RetrievalSet:
    """Questions with the one document that is relevant to each, and the library to find it in."""

    name: str
    library: Library
    relevant: list[tuple[str, str]]


def require(*paths: Path) -> None:
    """End the benchmark with a message where its input is not there."""
    missing = [str(path) for path in paths if not path.exists()]
    if missing:
        sys.exit(f"This benchmark needs {', '.join(missing)}, which is not part of the project.")


def articles(count: int) -> list[Path]:
    """Take so many PLOS articles, spread over all of them."""
    paths = sorted(PLOS.glob("*.xml"))
    return [paths[number * len(paths) // count] for number in range(min(count, len(paths)))]


def plain_text(path: Path) -> str:
    """All text of an article's abstract and body, as a pipeline that knows nothing of JATS gets it."""
    tree = etree.parse(path)
    parts = [part for name in ("abstract", "body") for part in tree.iterfind(f".//{name}")]
    return "\n\n".join("".join(map(str, part.itertext())) for part in parts)


def pubmedqa(folder: Path, settings: Settings) -> RetrievalSet:
    """PubMedQA (Jin et al. 2019): abstracts without titles, since each question is its paper's title."""
    records = [json.loads(line) for line in PUBMEDQA.read_text(encoding="utf-8").split("\n") if line]
    source = folder / "pubmedqa.jsonl"
    lines = [json.dumps({"id": r["pmid"], "title": "", "sections": r["sections"]}) for r in records]
    source.write_text("\n".join(lines), encoding="utf-8")
    library = Library(folder / "pubmedqa", settings, create=True)
    Ingest(library).paths([source])
    return RetrievalSet(
        "PubMedQA questions to abstracts", library, [(r["question"], r["pmid"]) for r in records]
    )


def plos_bodies(folder: Path, settings: Settings, queries: int, seed: int = 1) -> RetrievalSet:
    """Sentences of abstracts as queries, the bodies of the papers, without titles and abstracts, as documents."""
    bodies = folder / "plos-bodies"
    bodies.mkdir(exist_ok=True)
    relevant: list[tuple[str, str]] = []
    for path in sorted(PLOS.glob("*.xml")):
        relevant.extend(_split_abstract(path, bodies / path.name))
    random.Random(seed).shuffle(relevant)
    library = Library(folder / "plos-bodies-library", settings, create=True)
    Ingest(library).paths([bodies])
    return RetrievalSet("PLOS abstract sentences to bodies", library, relevant[:queries])


def plos_questions(most: int, seed: int = 2) -> list[str]:
    """Questions over the PLOS articles as a reader may put them: their titles, and words of their headings."""
    questions = []
    for path in sorted(PLOS.glob("*.xml")):
        document = next(parse(path.read_bytes(), path.stem))
        if not isinstance(document, OriginError):
            title = document.record.title.rstrip(".?")
            questions.append(f"What is known about {title[:1].lower()}{title[1:]}?")
            questions.extend(
                f"{s.heading.rstrip('.?')} in {title}?" for s in document.sections if len(s.heading) > 25
            )
    random.Random(seed).shuffle(questions)
    return questions[:most]


def _split_abstract(path: Path, body: Path) -> Iterator[tuple[str, str]]:
    """Write the paper without title and abstract; give its abstract's sentences with its id."""
    data = path.read_bytes()
    tree = etree.fromstring(data, etree.XMLParser(load_dtd=False, no_network=True, resolve_entities=False))
    unwanted = [*tree.iter("abstract", "trans-abstract"), *tree.findall("front/article-meta/title-group/*")]
    for element in unwanted:
        parent = element.getparent()
        assert parent is not None, "what is found below the root has a parent"
        parent.remove(element)
    body.write_bytes(etree.tostring(tree))
    document = next(parse(data, path.stem))
    if isinstance(document, OriginError) or tree.find("body") is None:
        return
    for block in document.blocks:
        path_of_block = document.path_of(block.section)
        if block.kind is BlockKind.PARAGRAPH and path_of_block[:1] == ("Abstract",):
            for span in sentence_spans(document.text, block.span.start, block.span.end):
                if len(span.of(document.text).split()) >= SHORTEST_QUERY:
                    yield span.of(document.text), document.id
