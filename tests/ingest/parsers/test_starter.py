"""The starter corpus: the article word for word, and digests whose every statement can be cited alone."""

from __future__ import annotations

import re
from collections import Counter
from importlib.resources import files

import pytest
import yaml

from corpus.document import BlockKind, Document, Fidelity, SourceType
from ingest.canonical import fold
from ingest.origins.starter import starter_sha256
from ingest.parsers.starter import parse
from ingest.sentences import sentence_spans

STARTER = files("corpus") / "starter"
DOCUMENTS = list(parse(b"", "starter"))
ARTICLE, *DIGESTS = DOCUMENTS
DATA = {
    data["id"]: data
    for data in (yaml.safe_load(path.read_text("utf-8")) for path in (STARTER / "digests").iterdir())
}


def each_digest() -> list[object]:
    return [pytest.param(digest, id=digest.id) for digest in DIGESTS]


def words(text: str) -> str:
    return " ".join(text.split())


def test_ids_are_unique_and_every_digest_is_there() -> None:
    assert max(Counter(document.id for document in DOCUMENTS).values()) == 1
    assert ARTICLE.id == "source-article"
    assert {digest.id for digest in DIGESTS} == set(DATA)
    assert len(DIGESTS) >= 50


def test_reading_it_twice_gives_the_same() -> None:
    assert list(parse(b"", "starter")) == DOCUMENTS
    assert starter_sha256() == starter_sha256()


@pytest.mark.parametrize("digest", each_digest())
def test_a_digest_says_what_it_is_of(digest: Document) -> None:
    record = digest.record
    assert digest.fidelity is Fidelity.DIGEST
    assert record.title and all(record.authors)
    assert record.year is None or 1950 < record.year < 2030
    assert record.link is None or record.link.startswith(("https://", "http://"))
    assert record.to_csl()["title"] == DATA[digest.id]["record"]["title"]
    assert isinstance(digest.source_type, SourceType)


@pytest.mark.parametrize("digest", each_digest())
def test_each_statement_of_a_digest_is_one_sentence_and_one_block(digest: Document) -> None:
    given = [
        (s["text"], s["read_at"]) for section in DATA[digest.id]["sections"] for s in section["statements"]
    ]
    assert [(block.span.of(digest.text), block.read_at) for block in digest.blocks] == [
        (fold(text), read_at) for text, read_at in given
    ]
    for block in digest.blocks:
        assert block.read_at
        assert sentence_spans(digest.text, block.span.start, block.span.end) == [block.span]
        assert not re.match(
            r"(The|These|This|It|They|Its|Their|Both|Such) ?(study|trial|patients)?\b,",
            block.span.of(digest.text),
        )


@pytest.mark.parametrize("digest", each_digest())
def test_the_headings_of_a_digest_are_its_sections(digest: Document) -> None:
    headings = [section["heading"] for section in DATA[digest.id]["sections"]]
    assert [section.path for section in digest.sections] == [(heading,) for heading in headings]
    for section in digest.sections:
        assert section.heading_span is not None
        assert section.heading_span.of(digest.text) == section.heading


def test_the_article_is_its_page_but_for_white_space_and_the_footer() -> None:
    page = (STARTER / "source-article.txt").read_text("utf-8")
    before, footer = page.split("About Us · User Accounts")
    assert words(ARTICLE.text) == words(fold(before))
    assert footer
    assert "User Accounts" not in ARTICLE.text


def test_the_hebrew_word_is_kept_in_its_sentence() -> None:
    (word,) = re.findall(r"[\u0590-\u05ff]+", ARTICLE.text)
    block = ARTICLE.block_at(ARTICLE.text.index(word))
    assert block is not None
    (sentence,) = [
        s
        for s in sentence_spans(ARTICLE.text, block.span.start, block.span.end)
        if word in s.of(ARTICLE.text)
    ]
    assert sentence.of(ARTICLE.text)[0].isascii()


def test_the_sections_of_the_article_stand_where_its_data_say() -> None:
    data = yaml.safe_load((STARTER / "source-article.yaml").read_text("utf-8"))["sections"]
    assert [section.heading for section in ARTICLE.sections] == [given["heading"] for given in data]
    assert [len(section.path) for section in ARTICLE.sections] == [given["level"] for given in data]
    for section, given in zip(ARTICLE.sections, data, strict=True):
        assert section.span.of(ARTICLE.text).startswith(given["begins"])
        assert (section.heading_span is not None) == given["heading_in_text"]
        if section.heading_span:
            assert section.heading_span.of(ARTICLE.text) == given["heading"]
    assert ARTICLE.sections[0].span.start == 0
    outer = [section for section in ARTICLE.sections if len(section.path) == 1]
    assert [section.span.end for section in outer] == [
        *(section.span.start for section in outer[1:]),
        len(ARTICLE.text),
    ]


def test_blocks_and_headings_cover_the_article_once() -> None:
    headings = [section.heading_span for section in ARTICLE.sections if section.heading_span]
    spans = sorted([*headings, *(block.span for block in ARTICLE.blocks)])
    position = 0
    for span in spans:
        assert ARTICLE.text[position : span.start].strip() == ""
        position = span.end
    assert ARTICLE.text[position:].strip() == ""
    assert any(block.kind is BlockKind.LIST_ITEM for block in ARTICLE.blocks)


def test_the_article_says_that_it_advertises() -> None:
    assert ARTICLE.commercial
    assert ARTICLE.note and "advertises" in ARTICLE.note
    assert ARTICLE.source_type is SourceType.WEB
    assert ARTICLE.fidelity is Fidelity.FULL_TEXT
