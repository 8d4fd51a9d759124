"""Takes the markup out of a pasted text: what is checked are its words."""

from __future__ import annotations

import html
import re

# Only names of HTML: what stands between "<" and ">" in a paper is mostly a comparison or a marker, "CD4<low>".
_ELEMENTS = (
    "a|abbr|article|b|blockquote|body|br|caption|cite|code|dd|div|dl|dt|em|figcaption|figure|font|footer|h[1-6]|head|header|"
    "hr|html|i|img|input|li|main|mark|meta|nav|ol|p|pre|q|s|script|section|small|span|strong|style|sub|sup|svg|table|tbody|td|"
    "tfoot|th|thead|title|tr|u|ul"
)
_UNSEEN = re.compile(r"<(script|style|head)\b[^>]*>.*?</\1\s*>|<!--.*?-->", re.DOTALL | re.IGNORECASE)
_TAG = re.compile(rf"</?({_ELEMENTS})(?:\s[^<>]*)?/?>", re.IGNORECASE)
# An end of these ends a line, and with it a sentence.
_BREAKING = re.compile(
    r"(?:br|p|div|li|h[1-6]|tr|blockquote|section|article|dd|dt|caption|figcaption|pre|hr|table|ul|ol)\Z"
)
# The number of a reference is no word of the sentence; a power of ten keeps its meaning.
_REFERENCE = re.compile(r"(?<=[a-z]{4}|[a-z]{3}[.,;:)])<sup\b[^<>]*>[\d\s,\[\]–-]+</sup>", re.IGNORECASE)
_POWER = re.compile(r"(?<=\d)<sup\b[^<>]*>(?=[\s]*[-−–+]?\d)", re.IGNORECASE)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z]{2,8});", re.IGNORECASE)
# Not the sign of a comparison: "> 50 % of patients".
_LINE_OPENING = re.compile(
    r"^[ \t]{0,3}(?:#{1,6}[ \t]+|>(?![ \t]*[\d.=])[ \t]?|[-*+][ \t]+(?=\S))+", re.MULTILINE
)
_RULE = re.compile(
    r"^[ \t]*(?:[-*_=][ \t]*){3,}$|^[ \t]*\|?(?:[ \t]*:?-{3,}:?[ \t]*\|)+[ \t:-]*$", re.MULTILINE
)
_IMAGE = re.compile(r"!\[([^\]\n]*)\]\([^()\s]*(?:\s+\"[^\"\n]*\")?\)")
_LINK = re.compile(
    r"\[([^\]\n]+)\]\((?:https?://|#|/|mailto:)[^()\s]*(?:\([^()\s]*\)[^()\s]*)*(?:\s+\"[^\"\n]*\")?\)"
)
_STRONG = re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1")
_CODE = re.compile(r"(?<!`)(`{1,3})(?!`)([^`\n]+)\1(?!`)")
# Not the star of an allele: "HLA-A*02:01 and HLA-B*07:02".
_EMPHASIS = re.compile(r"(?<![\w*])([*_])(?=[^\s*_])([^*_\n]+?)(?<=[^\s*_])\1(?![\w*])")


def without_markup(text: str) -> str:
    """Give a text without its HTML or Markdown; one that has none stays as it is.

    Args:
        text: As it was pasted, for example from a web page's source or from a chat.
    """
    return _without_markdown(_without_html(text))


def _without_html(text: str) -> str:
    text = _UNSEEN.sub(" ", text)
    if not _TAG.search(text):
        return text
    text = _POWER.sub("^", _REFERENCE.sub("", text))
    text = _TAG.sub(lambda tag: "\n" if _BREAKING.match(tag[1].lower()) else "", text)
    return _ENTITY.sub(lambda entity: html.unescape(entity[0]), text)


def _without_markdown(text: str) -> str:
    text = _RULE.sub("", text)
    text = _LINE_OPENING.sub("", text)
    text = _IMAGE.sub("", text)
    text = _LINK.sub(r"\1", text)
    text = _STRONG.sub(r"\2", text)
    text = _EMPHASIS.sub(r"\2", text)
    return _CODE.sub(r"\2", text)
