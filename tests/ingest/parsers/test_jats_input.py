"""What comes as JATS: wrappers, namespaces, entities, and bad or hostile files."""

from __future__ import annotations

import socket
import time
from pathlib import Path

import pytest

from corpus.document import Document
from corpus.errors import OriginError
from ingest.parsers import parser_for
from ingest.parsers.jats import parse
from tests.ingest.parsers.jats_articles import article_from, article_or_error

ARTICLE = "<article><front><article-meta/></front><body><p>{}</p></body></article>"


def test_the_parser_is_known_by_the_endings_of_its_files() -> None:
    assert parser_for(".xml") is parse
    assert parser_for(".nxml") is parse


@pytest.mark.parametrize(
    "wrapper",
    [
        "<pmc-articleset>{}</pmc-articleset>",
        "<articles>{}</articles>",
        '<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><GetRecord>{}</GetRecord></OAI-PMH>',
    ],
)
def test_all_articles_of_an_archives_answer_are_read_and_a_bad_one_stops_none(wrapper: str) -> None:
    inside = [ARTICLE.format("One."), ARTICLE.format(" "), ARTICLE.format("Two.")]
    inside = [text.replace("<article>", '<article xmlns="">') for text in inside]
    first, second, third = parse(wrapper.format("".join(inside)).encode(), "file:set")
    assert isinstance(first, Document) and isinstance(third, Document)
    assert (first.id, first.text, third.id, third.text) == ("file:set-1", "One.", "file:set-3", "Two.")
    assert isinstance(second, OriginError)
    assert str(second) == "article 2: the document has no text: nothing to add to the library"


@pytest.mark.parametrize(
    "data",
    [
        '<article xmlns="https://jats.nlm.nih.gov/ns/archiving/1.3/"><body><p>T.</p></body></article>',
        '<j:article xmlns:j="http://jats.nlm.nih.gov"><j:body><j:p>T.</j:p></j:body></j:article>',
        '\n <?xml version="1.0"?><article><body><p>T.</p></body></article>',
        "\ufeff<article><body><p>T.</p></body></article>",
        "<article><body><!-- no --><p>T<?no?>.</p></body></article>",
    ],
)
def test_namespaces_and_slips_before_the_root_do_no_harm(data: str) -> None:
    assert article_from(data).text == "T."


@pytest.mark.parametrize(
    "data",
    [
        '<!DOCTYPE article SYSTEM "x.dtd"><article><body><p>5 &micro;m &lt; 6</p></body></article>',
        "<article><body><p>5 &micro;m &lt; 6</p></body></article>",
        '<?xml version="1.0" encoding="UTF-8"?><article><body><p>5 &micro;m &lt; 6</p></body></article>',
        '<!DOCTYPE article [<!ENTITY mu "µ">]><article><body><p>5 &mu;m &lt; 6</p></body></article>',
    ],
)
def test_named_characters_are_read_without_the_dtd(data: str) -> None:
    assert article_from(data).text == "5 µm < 6"


def test_named_characters_are_read_in_titles_references_and_between_elements() -> None:
    document = article_from(
        "<article><front><article-meta><title-group><article-title>&alpha;<italic>&beta;</italic>&gamma;</article-title>"
        "</title-group></article-meta></front><body><p>a<bold>b</bold>&eacute;&egrave;<bold>c</bold>d&uuml;</p></body>"
        "<back><ref-list><ref><mixed-citation>M&uuml;ller. X&ndash;Y.</mixed-citation></ref></ref-list></back>"
        "</article>"
    )
    assert document.record.title == "αβγ"
    assert document.text == "abéècdü"
    assert document.references[0].text == "Müller. X–Y."


def test_thousands_of_named_characters_take_no_time() -> None:
    begun = time.perf_counter()
    assert len(article_from(ARTICLE.format("&alpha;" * 100_000)).text) == 100_000
    assert time.perf_counter() - begun < 10


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", r"^the file is empty; download it again$"),
        (b"\xef\xbb\xbf \n ", r"^the file is empty; download it again$"),
        (b"\x00\x01\x02", r"^line 1: the file is not XML; give the article's own full text file"),
        (b"%PDF-1.7", r"^line 1: the file is not XML"),
        (b"<article><body><p>\x00</p></body></article>", r"^line 1: the XML is not well formed"),
        (b"<article>\n<body><p>T.", r"^line 2: the XML is not well formed \(.*\); download the file again"),
        (
            b"<article><body><p>\xff\xfe</p></body></article>",
            r"^line 1: the XML's bytes are not in the encoding that it declares, or not in UTF-8",
        ),
        (
            b'<?xml version="1.0" encoding="nonsense"?><article/>',
            r"^line 1: the XML declares an encoding that is not known; correct the declaration",
        ),
        (
            "<?xml version='1.0' encoding='ISO-8859-1'?><article><body><p>é</p></body></article>".encode(),
            r"^line 1: the XML declares the encoding ISO-8859-1, but its bytes are UTF-8; correct the declaration",
        ),
        (
            b"<?xml version='1.0' encoding='UTF-16'?><article/>",
            r"^line 1: the XML declares the encoding UTF-16, but its bytes are one byte a letter",
        ),
        (
            "<?xml version='1.0' encoding='UTF-8'?><article><p>é</p></article>".encode("latin-1"),
            r"^line 1: the XML's bytes are not in the encoding that it declares.*; correct the declaration",
        ),
        (b"<html><body><article><body/></article></body></html>", r"the XML is <html>, not a JATS <article>"),
        (b"<articles/>", r"the XML is <articles>, not a JATS <article>"),
        (b"<article><body><p> </p></body></article>", r"has no text"),
        (b"<article/>", r"has no text"),
        (
            b"<article><body><p>&bogus;</p></body></article>",
            r"leans on the entity &bogus;, which is not resolved",
        ),
        (b"<article><body><p>&a", r"not well formed"),
        pytest.param(
            b"<article><body>" + b"<sec>" * 20_000 + b"<p>T.</p>",
            r"nested too deeply for an article; check where the file comes from",
            id="deep",
        ),
        pytest.param(
            b"<article><body><p>" + b"x" * 11_000_000,
            r"a text or a name that is far longer than any article's; check where the file comes from",
            id="endless",
        ),
        (
            b'<!DOCTYPE article [<!ENTITY a "&b;"><!ENTITY b "&a;">]><article><body><p>&a;</p></body></article>',
            r"entities stand for one another in a circle; do not trust the file",
        ),
        (
            b"<article><body>" + b"<sec>" * 240 + b"<p>T.</p>" + b"</sec>" * 239 + b"</body></article>",
            r"not well formed",
        ),
    ],
)
def test_a_bad_file_is_refused_with_place_and_reason(data: bytes, message: str) -> None:
    with pytest.raises(OriginError, match=message):
        article_from(data)


@pytest.mark.parametrize("tag", ["sec", "p", "italic", "list><list-item", "boxed-text", "table><tr><td"])
def test_elements_nested_as_deep_as_xml_allows_end_in_a_text_or_a_clear_error(tag: str) -> None:
    tags = tag.split("><")
    depth = 230 // len(tags)
    closing = "".join(f"</{name}>" for name in reversed(tags))
    data = ARTICLE.format(f"<{tag}>" * depth + "deep" + closing * depth)
    document = article_or_error(data)
    if isinstance(document, OriginError):
        assert "nested too deeply" in str(document)
    else:
        assert document.text.endswith("deep")


def test_an_entity_bomb_is_not_set_off() -> None:
    bomb = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 9))
    declared = f'<!DOCTYPE article [<!ENTITY l0 "lol">{bomb}]>'
    begun = time.perf_counter()
    for data in (ARTICLE.format("&l8;"), "<article title='&l8;'><body><p>T.</p></body></article>"):
        with pytest.raises(OriginError, match=r"entities expand beyond all measure.*do not trust the file"):
            article_from(declared + data)
    assert time.perf_counter() - begun < 5


def test_no_file_is_read_and_nothing_is_fetched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("secret")

    def refuse(*_: object) -> None:
        raise AssertionError("the parser has tried to open a connection")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    for address in (secret.as_uri(), "http://127.0.0.1:9/x", str(secret)):
        data = f'<!DOCTYPE article [<!ENTITY x SYSTEM "{address}">]>{ARTICLE.format("&x;")}'
        with pytest.raises(OriginError, match="entity &x;, which is not resolved"):
            article_from(data)
        declared = f'<!DOCTYPE article SYSTEM "{address}" [<!ENTITY % p SYSTEM "{address}"> %p;]>'
        assert article_from(declared + ARTICLE.format("T.")).text == "T."
    included = ARTICLE.format(
        f'<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="{secret.as_uri()}" parse="text"/>T.'
    )
    assert article_from(included).text == "T."


@pytest.mark.parametrize(
    "body",
    [
        "<table><tr><td colspan='100' rowspan='60000'>x</td></tr>"
        + "<tr><td>y</td></tr>" * 5_000
        + "</table>",
        "<p>" + "<fn><p>n</p></fn>" * 5_000 + "</p>",
        "<p>" + "<xref ref-type='bibr' rid='r'>1</xref>–" * 5_000 + "</p>",
        "<p>10" + "<sup>9</sup>" * 10_000 + "</p>",
        "<fig><caption>" + "<p>c.</p>" * 3_000 + "</caption></fig>",
    ],
)
def test_long_files_take_no_more_than_their_share_of_time_and_text(body: str) -> None:
    begun = time.perf_counter()
    document = article_from(f"<article><body>{body}</body></article>")
    assert time.perf_counter() - begun < 20
    assert len(document.text) < 20 * len(body)
