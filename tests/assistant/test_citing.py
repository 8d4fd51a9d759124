"""Escaping: nothing that a document says is markup, a link or a citation of ours."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from assistant.citing import escaped


def shown(markdown: str) -> str:
    """Render with links recognised and give the text that a reader sees."""
    tokens = MarkdownIt("gfm-like", {"linkify": False}).parse(markdown)
    return "".join(
        child.content
        for token in tokens
        for child in token.children or ()
        if child.type in {"text", "text_special"}
    )


@pytest.mark.parametrize(
    "text",
    [
        "cells [12] and [1](https://example.org)",
        "**bold** _under_ `code` ~~gone~~",
        "<script>alert(1)</script> & <img src=x onerror=y>",
        "| a | b |",
        "![x](https://example.org/x.png)",
        "costs $5 and $6",
        "1. not a list",
        "# no heading",
    ],
)
def test_markup_of_a_document_is_shown_as_it_stands(text: str) -> None:
    assert shown(escaped(text)) == text


@given(
    st.text(alphabet=st.characters(codec="utf-8", categories=("L", "N", "P", "S")), min_size=1, max_size=60)
)
def test_words_survive_escaping(text: str) -> None:
    assert shown(escaped(f"a {text} z")) == f"a {text} z"


@pytest.mark.parametrize(
    "text", ["see https://example.org/x", "see www.example.org", "write to a@example.org"]
)
def test_an_address_in_a_document_is_no_link(text: str) -> None:
    safe = escaped(text)
    assert "://" not in safe
    assert "www." not in safe
    assert "@" not in safe
