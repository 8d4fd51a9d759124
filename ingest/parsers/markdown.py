"""Markdown → document, with optional YAML front matter for the bibliographic record."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import yaml
from markdown_it import MarkdownIt
from markdown_it.token import Token
from pydantic import ValidationError

from corpus.document import BlockKind, Document
from corpus.errors import OriginError
from ingest.canonical import CanonicalText, fold
from ingest.parsers.decoding import decode
from ingest.parsers.marks import plain_pieces
from ingest.parsers.metadata import Metadata, in_one_line, title_of

_DEEPEST = 20
_FRONT_MATTER = re.compile(r"---[^\S\n]*\n(.*?)^(?:---|\.\.\.)[^\S\n]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)


def parse(data: bytes, fallback_id: str) -> Iterator[Document]:
    """Read one document: headings become sections; links and images give their text; raw HTML is left out.

    Args:
        data: The file's bytes: UTF-8, or UTF-16 with a byte order mark.
        fallback_id: The document's identity if its front matter gives none; its title too if it has none.

    Raises:
        OriginError: The encoding or the front matter is wrong, or there is no text.
    """
    text = decode(data)
    front = _FRONT_MATTER.match(text)
    metadata = _metadata(front[1]) if front else Metadata()
    tokens = MarkdownIt("commonmark").enable("table").parse(text[front.end() :] if front else text)
    title = _top_heading(tokens)
    if title and metadata.record.title in ("", title):
        del tokens[:3]
    canonical = CanonicalText()
    _write(tokens, canonical)
    yield metadata.document(canonical.finish(), fallback_id, title or title_of(fallback_id))


def _metadata(front_matter: str) -> Metadata:
    wrong = "the front matter between the lines of --- is wrong"
    try:
        _refuse_traps(front_matter, wrong)
        return Metadata.model_validate(yaml.safe_load(front_matter) or {})
    except yaml.MarkedYAMLError as error:
        line = f"line {error.problem_mark.line + 2}: " if error.problem_mark else ""
        raise OriginError(f"{line}{wrong}: {error.problem}") from error
    except yaml.YAMLError as error:
        raise OriginError(f"{wrong}: {fold(str(error))}") from error
    except ValidationError as error:
        raise OriginError(f"{wrong}: {in_one_line(error)}") from error
    except ValueError as error:
        raise OriginError(f"{wrong}: {fold(str(error))}") from error


def _refuse_traps(front_matter: str, wrong: str) -> None:
    """Refuse aliases, by which ten lines stand for gigabytes, and depths that keep PyYAML busy for long."""
    depth = 0
    for event in yaml.parse(front_matter, yaml.SafeLoader):
        if isinstance(event, yaml.AliasEvent):
            raise OriginError(f"{wrong}: YAML aliases are not read; write the value out")
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > _DEEPEST:
            raise OriginError(f"{wrong}: it is nested too deeply for a bibliographic record")


def _top_heading(tokens: Sequence[Token]) -> str:
    """Give the text of a first-level heading that opens the document, if there is no second one."""
    top = [place for place, token in enumerate(tokens) if token.type == "heading_open" and token.tag == "h1"]
    return fold(_plain(tokens[1])) if top == [0] else ""


def _write(tokens: Sequence[Token], canonical: CanonicalText) -> None:
    levels: list[int] = []
    lists = 0
    cells: list[str] = []
    for place, token in enumerate(tokens):
        kind = BlockKind.LIST_ITEM if lists else BlockKind.PARAGRAPH
        if token.type in ("bullet_list_open", "ordered_list_open"):
            lists += 1
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            lists -= 1
        elif token.type == "tr_close":
            canonical.add_block(plain_pieces(" | ".join(cells)), BlockKind.LIST_ITEM)
            cells = []
        elif token.type in ("fence", "code_block"):
            canonical.add_block(token.content, kind)
        elif token.type == "inline":
            _write_inline(token, tokens[place - 1], kind, canonical, levels, cells)


def _write_inline(
    token: Token,
    opening: Token,
    kind: BlockKind,
    canonical: CanonicalText,
    levels: list[int],
    cells: list[str],
) -> None:
    """Write what a heading, a table's cell or a paragraph says; one in a list or quote opens no section."""
    if opening.type in ("th_open", "td_open"):
        cells.append(fold(_plain(token)))
    elif opening.type == "heading_open" and opening.level == 0:
        level = int(opening.tag.removeprefix("h"))
        while levels and levels[-1] >= level:
            levels.pop()
            canonical.close_section()
        levels.append(level)
        canonical.open_section(plain_pieces(_plain(token)))
    else:
        canonical.add_block(plain_pieces(_plain(token)), kind)


def _plain(token: Token) -> str:
    """Give the words of an inline token without its markup."""
    words = []
    for child in token.children or ():
        if child.type == "image":
            words.append(_plain(child))
        elif child.type in ("softbreak", "hardbreak") or child.content.startswith("<br"):
            words.append(" ")
        elif child.type != "html_inline":
            words.append(child.content)
    return "".join(words)
