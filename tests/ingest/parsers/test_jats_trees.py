"""Random JATS: whatever the tree, each word that is shown is in the text once and in its place."""

from __future__ import annotations

import re

from hypothesis import example, given, settings
from hypothesis import strategies as st

from corpus.document import Document
from corpus.errors import OriginError
from ingest.parsers.jats import parse
from tests.ingest.parsers.jats_articles import NAMESPACES, assert_whole, reference_list

_WORD = "\ue000"
_HIDDEN_WORD = "\ue001"
INLINE = (
    "bold",
    "italic",
    "monospace",
    "named-content",
    "sc",
    "styled-content",
    "sub",
    "sup",
    "underline",
    "unheard-of",
    "uri",
    'ext-link xlink:href="https://x.org"',
    'xref ref-type="bibr" rid="r1 r3"',
    'xref ref-type="bibr"',
    'xref ref-type="fn" rid="n"',
    'xref ref-type="fig" rid="f"',
)
HIDDEN = ("alt-text", "index-term", "long-desc", "object-id", "permissions")
SIGNS = st.text(st.sampled_from(" .,;:[]()-–^_\n\u00a0\u2009\u00ad\u200b%+"), min_size=1, max_size=4)


def element(tag: str, inside: str) -> str:
    return f"<{tag}>{inside}</{tag.split(maxsplit=1)[0]}>"


def elements(tags: tuple[str, ...], inside: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.builds(element, st.sampled_from(tags), inside)


def joined(parts: st.SearchStrategy[str], least: int = 1, most: int = 3) -> st.SearchStrategy[str]:
    return st.lists(parts, min_size=least, max_size=most).map("".join)


WORDS = st.sampled_from((_WORD, f" {_WORD}", f"{_WORD} ", f"{_WORD}&nbsp;{_WORD}", "<break/>", "&lt;&#8201;"))
FORMULAS = st.sampled_from(
    (
        f"<inline-formula><mml:math><mml:mi>{_WORD}</mml:mi></mml:math></inline-formula>",
        f"<inline-formula><alternatives><tex-math>{_WORD}</tex-math><graphic/></alternatives></inline-formula>",
        f"<disp-formula><label>{_WORD}</label><graphic/></disp-formula>",
    )
)
LINE = joined(
    st.recursive(
        WORDS | SIGNS | FORMULAS | elements(HIDDEN, st.just(_HIDDEN_WORD)),
        lambda inner: elements(INLINE, joined(inner, 0)),
        max_leaves=5,
    ),
    0,
    4,
)
PARAGRAPH = elements(("p",), LINE)
CELL = elements(
    ("td", "th", "td colspan='2'", "td rowspan='2'", "td rowspan='0' colspan='x'"), LINE | PARAGRAPH
)
ROWS = joined(elements(("tr",), joined(CELL, 0)), 1, 3)
TABLE = st.builds(element, st.just("table"), ROWS | elements(("tbody",), ROWS))
HEADED_TABLE = st.builds("<table><thead>{}</thead><tbody>{}</tbody></table>".format, ROWS, ROWS)
LABEL = st.sampled_from(("", f"<label>{_WORD}</label>"))
TITLE = st.just("") | elements(("title",), LINE)
# Each is written where it stands; what floats is last in its paragraph, as it is set after it.
BLOCKS = st.recursive(
    PARAGRAPH | TABLE | HEADED_TABLE,
    lambda inner: st.one_of(
        st.builds("<sec>{}{}{}</sec>".format, LABEL, TITLE, joined(inner)),
        st.builds("<boxed-text>{}<caption>{}</caption>{}</boxed-text>".format, LABEL, TITLE, joined(inner)),
        st.builds(
            "<p>{}{}{}</p>".format, LINE, elements(("list", "disp-quote", "def-list"), st.just("")), LINE
        ),
        st.builds("<list><list-item>{}{}</list-item></list>".format, LABEL, joined(inner)),
        st.builds("<disp-quote>{}<attrib>{}</attrib></disp-quote>".format, joined(inner), LINE),
        st.builds("<fn>{}{}</fn>".format, LABEL, joined(PARAGRAPH)),
        st.builds("<p>{}<fn>{}</fn></p>".format, LINE, joined(PARAGRAPH)),
        st.builds(
            "<table-wrap>{}<caption>{}{}</caption>{}<table-wrap-foot>{}</table-wrap-foot></table-wrap>".format,
            LABEL,
            TITLE,
            PARAGRAPH,
            TABLE | HEADED_TABLE,
            joined(PARAGRAPH, 0),
        ),
        st.builds(
            "<fig>{}<caption>{}{}</caption><graphic/></fig>".format, LABEL, TITLE, joined(PARAGRAPH, 0)
        ),
        st.builds(
            "<def-list><def-item><term>{}</term><def>{}</def></def-item></def-list>".format,
            LINE,
            joined(PARAGRAPH),
        ),
        st.builds("<statement>{}{}{}</statement>".format, LABEL, TITLE, joined(inner)),
    ),
    max_leaves=6,
)


def numbered(markup: str) -> str:
    """Make each word one of its own, without digits, so that nothing takes it for a number."""
    count = iter(range(10**6))

    def word(match: re.Match[str]) -> str:
        letters = "".join(chr(ord("a") + int(digit)) for digit in str(next(count)))
        return f"{'W' if match[0] == _WORD else 'H'}{letters}X"

    return re.sub(f"[{_WORD}{_HIDDEN_WORD}]", word, markup)


def parsed(body: str, abstract: str = "", back: str = "") -> Document:
    data = (
        f"<article {NAMESPACES}><front><article-meta><abstract>{abstract}</abstract></article-meta></front>"
        f"<body>{body}</body><back>{back}{reference_list(3)}</back></article>"
    )
    (document,) = parse(data.encode(), "file:article-0a1b2c3d")
    assert isinstance(document, Document)
    return document


@settings(max_examples=60, deadline=None)
@given(joined(BLOCKS, 0), joined(BLOCKS, 0), joined(BLOCKS, 0))
def test_every_shown_word_is_there_once_and_in_order(abstract: str, body: str, back: str) -> None:
    # A section without any block is not shown, nor is its heading.
    parts = numbered("\x01".join((abstract, f"{body}<p>{_WORD}</p>", back))).split("\x01")
    document = parsed(parts[1], abstract=parts[0], back=parts[2])
    assert_whole(document)
    shown = re.findall(r"[WH][a-j]+X", document.text)
    given_words = re.findall(r"W[a-j]+X", "".join(parts))
    assert shown == [word for word in given_words if word in set(shown)]
    lost = set(given_words) - set(shown)
    titles = "".join(re.findall(r"<(?:label|title)>.*?</(?:label|title)>", "".join(parts), re.DOTALL))
    assert all(word in titles for word in lost)


@settings(max_examples=60, deadline=None)
@given(st.lists(ROWS, min_size=1, max_size=3))
def test_every_cell_is_written_once_and_none_runs_into_another(tables: list[str]) -> None:
    body = numbered("".join(f"<table>{rows}</table>" for rows in tables))
    document = parsed(f"{body}<p>End.</p>")
    cells = [
        re.findall(r"W[a-j]+X", cell) for cell in re.findall(r"<t[dh][^>]*>(.*?)</t[dh]>", body, re.DOTALL)
    ]
    written = [
        re.findall(r"W[a-j]+X", cell)
        for table in document.tables
        for cell in re.split(r"[\t\n]", table.span.of(document.text))
    ]
    assert [words for words in written if words] == [words for words in cells if words]


@settings(max_examples=60, deadline=None)
@example("<p>&x;</p>", b"<!DOCTYPE article [<!ENTITY x '<b>'>]>")
@given(st.text(st.sampled_from("ab <>/=\"'&;!-#psec\x00é"), max_size=60), st.binary(max_size=60))
def test_anything_parses_or_is_refused_with_a_reason(text: str, data: bytes) -> None:
    for file in (
        text.encode(),
        data,
        data + b"<article><body><p>x</p></body></article>",
        f"<article><body>{text}</body></article>".encode(),
        b"<article><body><table><tr><td>" + data,
    ):
        try:
            found = list(parse(file, "file:article-0a1b2c3d"))
        except OriginError as error:
            found = [error]
        for document in found:
            if isinstance(document, Document):
                assert_whole(document)
            else:
                assert len(str(document).split()) >= 5
