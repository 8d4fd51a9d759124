"""Random pages: every word that is shown is in the text once and in its place, none that is hidden ever is."""

from __future__ import annotations

import re
from dataclasses import dataclass

from hypothesis import example, given, settings
from hypothesis import strategies as st

from corpus.document import Document
from corpus.errors import OriginError
from ingest.parsers.html import parse

_WORD = "\ue000"
_HIDDEN_WORD = "\ue001"
INLINE = (
    "b",
    "i",
    "em",
    "span",
    "a",
    "sub",
    "code",
    "u",
    "x-custom",
    'a href="#elsewhere"',
    'a href="https://x.org"',
)
HIDDEN = (
    "script",
    "style",
    "template",
    "noscript",
    "svg",
    "select",
    'span style="display: none"',
    'span class="sr-only"',
    "span hidden",
    'span aria-hidden="true"',
)
HIDDEN_BLOCKS = ("nav", "form", 'div class="cookie-banner"', 'div style="visibility:hidden"', "dialog")


@dataclass(frozen=True)
class Markup:
    """HTML in which each shown and each hidden word is still one sign."""

    text: str


def element(tag: str, inside: str) -> str:
    return f"<{tag}>{inside}</{tag.split(maxsplit=1)[0]}>"


def elements(tags: tuple[str, ...], inside: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.builds(element, st.sampled_from(tags), inside)


def joined(parts: st.SearchStrategy[str], least: int = 1, most: int = 3) -> st.SearchStrategy[str]:
    return st.lists(parts, min_size=least, max_size=most).map("".join)


WORDS = st.sampled_from((_WORD, f" {_WORD}", f"{_WORD} ", f" {_WORD}\n{_WORD} ", " ", "<br>", "&nbsp;"))
HIDDEN_PARTS = elements(HIDDEN, st.just(_HIDDEN_WORD)) | st.just(f"<!-- {_HIDDEN_WORD} -->")
RUNNING = st.recursive(WORDS | HIDDEN_PARTS, lambda inner: elements(INLINE, joined(inner, 0)), max_leaves=5)
LINES = joined(RUNNING, 1, 4)
CELLS = elements(("td", "th", 'td colspan="2"', 'td rowspan="2"'), LINES)
TABLES = joined(elements(("tr",), joined(CELLS)), 1, 3).map(lambda rows: element("table", rows))
LEAVES = (
    elements(("p", "pre", "div", "address-like"), LINES)
    | LINES
    | TABLES
    | elements(HIDDEN_BLOCKS, st.just(f"<p>{_HIDDEN_WORD}</p>"))
    | st.just(f"<p hidden>{_HIDDEN_WORD}</p>")
    | st.builds(
        lambda level, words: f"<h{level}>{_WORD}{words}</h{level}><p>{_WORD}</p>", st.integers(2, 6), LINES
    )
    | elements(("figure",), elements(("figcaption",), LINES))
)
BLOCKS = st.recursive(
    LEAVES,
    lambda inner: (
        elements(("div", "section", "blockquote", "details"), joined(inner, 0))
        | joined(elements(("li",), joined(inner))).map(lambda items: element("ul", items))
    ),
    max_leaves=8,
)


def numbered(markup: str) -> str:
    """Make each word one of its own."""
    numbers = iter(range(10**6))
    return re.sub(
        f"[{_WORD}{_HIDDEN_WORD}]",
        lambda match: f"{'w' if match[0] == _WORD else 'h'}{next(numbers)}x",
        markup,
    )


def parsed(page: str) -> Document:
    (document,) = parse(page.encode(), "file:page-0a1b2c3d")
    return document


@settings(max_examples=60, deadline=None)
@given(joined(BLOCKS, 1, 5), st.sampled_from(("<main>{}</main>", "<body>{}</body>", "<article>{}</article>")))
def test_every_shown_word_is_there_once_and_in_order(markup: str, page: str) -> None:
    if "<body>" in page:
        # A page that does not say where its article is loses what is nothing but links to elsewhere.
        markup = markup.replace("https://x.org", "#here")
    markup = numbered(f"<p>{_WORD}</p>{markup}")
    document = parsed(page.format(markup))
    assert re.findall(r"[wh]\d+x", document.text) == re.findall(r"w\d+x", markup)


@settings(max_examples=60, deadline=None)
@given(LINES)
def test_a_line_reads_as_its_markup_does_without_the_tags(line: str) -> None:
    line = numbered(f"{_WORD}{line}")
    shown = re.sub(
        r"<(script|style|template|noscript|svg|select|span [^>]*)>h\d+x</\w+>|<!--.*?-->", "", line
    )
    if "<br><br>" in re.sub(r"<(?!br)[^>]*>|\s", "", shown):
        return
    shown = re.sub(r"<[^>]+>", "", shown.replace("<br>", " ")).replace("&nbsp;", " ")
    assert parsed(f"<main><p>{line}</p></main>").text == " ".join(shown.split())


@settings(max_examples=60, deadline=None)
@example("<b<>", b"")
@example("<m:b<>x", b"")
@given(st.text(st.sampled_from("ab <>/=\"'&;!-#xscript\n\x00é"), max_size=60), st.binary(max_size=60))
def test_anything_parses_or_is_refused(text: str, data: bytes) -> None:
    for page in (
        text.encode(),
        data,
        b"<table><tr>" + text.encode(),
        b"<ol class=references><li>2001" + data,
    ):
        try:
            (document,) = parse(page, "file:page-0a1b2c3d")
        except OriginError:
            continue
        assert document.text == document.text.strip() != ""
