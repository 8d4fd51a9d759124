"""Everything that can be wrong with files, in one folder: each has its message, and the good ones get in."""

from __future__ import annotations

import http.server
import io
import threading
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from corpus.library import Library
from corpus.settings import Settings
from ingest.cutting import Cutters, Rejected
from ingest.origins.original import Original
from ingest.pipeline import Ingest, Report
from tests.corpus.building import held

GOOD = {
    "good.md": "# Good\n\nKiller cells persist for weeks.\n",
    "good.html": "<html><head><title>Good page</title><script>steal('cookies')</script></head><body><article><h1>Good"
    " page</h1><p>Killer cells <script>document.write('poison')</script>are found in the blood of the patients for"
    " weeks, and nobody knows why that is so.</p></article></body></html>",
}


@pytest.fixture
def small(settings: Settings, random_model: Callable[[str], Path]) -> Settings:
    return settings.model_copy(update={"embedding_model": str(random_model("mean"))})


@pytest.fixture
def library(tmp_path: Path, small: Settings) -> Iterator[Library]:
    with Library(tmp_path / "library", small, create=True) as opened:
        yield opened


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "papers"
    made.mkdir()
    for name, text in GOOD.items():
        (made / name).write_text(text)
    return made


def reasons(report: Report) -> dict[str, str]:
    return {Path(failure.location).name: failure.reason for failure in report.failures}


def article(body: str, head: str = "") -> str:
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>{head}<article><front><article-meta><title-group>'
        f"<article-title>Bad</article-title></title-group></article-meta></front><body>{body}</body></article>"
    )


def pdf(words: str, **options: object) -> bytes:
    written = io.BytesIO()
    canvas = Canvas(written, **options)
    if words:
        canvas.drawString(72, 700, words)
    else:
        canvas.rect(72, 72, 300, 500, fill=1)
    canvas.save()
    return written.getvalue()


def zip_bomb() -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        with archive.open("word/document.xml", "w") as part:
            for _ in range(600):
                part.write(b" " * (1 << 20))
    return written.getvalue()


def entity_bomb() -> str:
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10 if n else "ha"}">' for n in range(12))
    return article("<p>&e11;</p>", f"<!DOCTYPE article [{entities}]>")


BAD: dict[str, tuple[str | bytes, str]] = {
    "bomb.xml": (entity_bomb(), "entit"),
    "external.xml": (
        article("<p>&x;</p>", '<!DOCTYPE article [<!ENTITY x SYSTEM "file:///etc/passwd">]>'),
        "entit",
    ),
    "deep.xml": (article("<sec>" * 20_000 + "<p>Deep.</p>" + "</sec>" * 20_000), "deep"),
    "encoding.xml": (article("<p>Caf\u00e9.</p>").encode("latin-1"), "not"),
    "truncated.xml": (article("<p>Cells grow.</p>")[:-40], "not well formed"),
    "encoding.txt": ("Caf\u00e9".encode("latin-1"), "UTF-8"),
    "empty.xml": ("", "empty"),
    "empty.txt": ("", "no text"),
    "empty.pdf": (b"", "empty"),
    "empty.docx": (b"", "damaged"),
    "empty.html": ("", "empty"),
    "truncated.pdf": (pdf("Cells grow in weeks.")[:300], "cut off"),
    "encrypted.pdf": (pdf("Cells grow.", encrypt="secret"), "password"),
    "scanned.pdf": (pdf(""), "text recognition"),
    "bomb.docx": (zip_bomb(), "inflates to more"),
    "no\nfile.jsonl": ("{not json", "line 1"),
}


def test_each_bad_file_has_its_message_and_the_good_ones_get_in(library: Library, folder: Path) -> None:
    for name, (content, _) in BAD.items():
        data = content.encode() if isinstance(content, str) else content
        (folder / name).write_bytes(data)
    (folder / "loop").symlink_to(folder, target_is_directory=True)
    report = Ingest(library).paths([folder])
    told = reasons(report)
    assert sorted(told) == sorted(BAD)
    assert report.added == len(GOOD)
    for name, (_, words) in BAD.items():
        assert words.lower() in told[name].lower(), (name, told[name])
        # What to do stands after what happened, and a fault of ours is never the reason.
        assert len(told[name].split()) >= 5 and "\n" not in told[name], (name, told[name])
        assert "this is a fault of Loccit" not in told[name], (name, told[name])
    texts = [library.document(summary.document_id).text for summary in library.documents()]
    assert not any("poison" in text or "steal" in text or "root:" in text for text in texts)
    held(library)
    assert {Path(failure.location).name for failure in library.catalogue.ledger.failures()} == set(BAD)


def test_an_external_entity_asks_no_server(library: Library, folder: Path) -> None:
    asked: list[str] = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_error(404)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{server.server_port}"
        head = f'<!DOCTYPE article SYSTEM "{address}/dtd" [<!ENTITY x SYSTEM "{address}/entity">]>'
        (folder / "asking.xml").write_text(article("<p>Cells &x; grow.</p>", head))
        words = "Cells grow in the blood for weeks. " * 9
        (folder / "asking.html").write_text(f'<article><p>{words}</p><img src="{address}/i"></article>')
        Ingest(library).paths([folder])
        server.shutdown()
    assert asked == []


def test_a_file_too_large_to_be_a_paper_is_not_even_read(library: Library, folder: Path) -> None:
    with (folder / "huge.txt").open("wb") as file:
        file.truncate(200 << 20)
    report = Ingest(library).paths([folder])
    assert report.added == len(GOOD)
    assert reasons(report) == {
        "huge.txt": "the file has 200 MB, more than the 128 MB that are read of one file; cut it into smaller ones"
    }


def test_a_parser_that_dies_or_hangs_costs_its_own_file_only(
    small: Settings, library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What no parser does today one may do tomorrow: a module of the tests stands in for it."""
    (tmp_path / "sitecustomize.py").write_text(
        "import ingest.parsers as parsers, os, time\n"
        "known = parsers.parser_for\n"
        "def bad(data, name):\n"
        "    os._exit(9) if data == b'die' else time.sleep(60)\n"
        "parsers.parser_for = lambda suffix: bad if suffix == '.bad' else known(suffix)\n"
    )
    monkeypatch.syspath_prepend(tmp_path)
    given = [
        Original(b"die", ".bad", "dies"),
        Original(b"Cells grow.", ".txt", "file:good-0a1b2c3d"),
        Original(b"hang", ".bad", "hangs"),
    ]
    told = []
    with Cutters(lambda: library.encoder.folder, most=2, seconds=20) as cutters:
        for original in given:
            cutters.take(original)
            told.append(list(cutters.next_original()))
    (died,), (good,), (hung,) = told
    assert isinstance(died, Rejected) and "has brought the parser down" in died.reason
    assert not isinstance(good, Rejected) and good.document.text == "Cells grow."
    assert isinstance(hung, Rejected) and "more than 20 seconds" in hung.reason
