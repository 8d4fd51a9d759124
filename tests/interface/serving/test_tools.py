"""Programs get what readers get, in plain JSON, and a sentence where they get nothing."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any

import pytest
from mcp.client import Client
from mcp.types import CallToolResult, TextContent

from assistant import Assistant
from assistant.interface.serving.mcp_tools import SentenceServer
from assistant.interface.serving.passages import PlaceError
from assistant.interface.serving.tools import ToolError, Tools
from corpus.document import SourceType
from corpus.errors import LoccitError, UnknownDocumentError

NAMES = ("ask", "compare", "check", "search", "passage")
QUESTION = "What regrows in weeks?"


@pytest.fixture
def tools(assistant: Assistant) -> Tools:
    return Tools(assistant)


def called(tools: Tools, name: str, arguments: Mapping[str, Any]) -> CallToolResult:
    """Call a tool as an assistant does that speaks MCP."""

    async def calling() -> CallToolResult:
        async with Client(SentenceServer.of(tools)) as client:
            return await client.call_tool(name, dict(arguments))

    return asyncio.run(calling())


def words(result: CallToolResult) -> str:
    [content] = result.content
    assert isinstance(content, TextContent)
    return content.text


def test_an_answer_is_the_assistants(tools: Tools, assistant: Assistant) -> None:
    answer = tools.ask(QUESTION)
    assert answer.statements and answer.answer == assistant.ask(QUESTION).answer
    assert {citation.document_id for citation in answer.citations} == {"marker"}


def test_what_narrows_a_question_narrows_it(tools: Tools) -> None:
    assert tools.ask(QUESTION, documents=["10.5/a b"]).abstained
    assert tools.ask(QUESTION, source_types=[SourceType.REVIEW]).abstained
    assert tools.ask(QUESTION, year_from=2050).abstained


def test_a_found_passage_can_be_read_with_what_stands_around_it(tools: Tools) -> None:
    [found, *_] = tools.search("axolotls at noon", 1).passages
    place = tools.passage(found.passage_id, 100)
    assert found.text in place.text and place.title == "Sleep of axolotls"
    inner = tools.passage("10.5/a b@0-8", 7)
    assert (inner.text, inner.before, inner.after) == ("Axolotls", "", " sleep ")
    assert inner.link == "?doc=10.5%2Fa+b&span=0-8"


@pytest.mark.parametrize(
    ("name", "arguments", "error", "why"),
    [
        ("ask", {"question": ""}, ToolError, "question: string should have at least 1 character."),
        ("ask", {"question": "  "}, ToolError, "question: "),
        ("ask", {"question": "x" * 3000}, ToolError, "question: string should have at most 2000 characters."),
        ("ask", {"question": "x", "source_types": ["gossip"]}, ToolError, "source_types: input should be"),
        ("ask", {"question": "x", "documents": ["none"]}, UnknownDocumentError, "none"),
        ("compare", {"subjects": ["one"]}, ToolError, "subjects: list should have at least 2 items"),
        ("check", {"text": "Fins.", "document": "none"}, UnknownDocumentError, "none"),
        ("search", {"query": "fins", "k": 1000}, ToolError, "k: input should be less than or equal to 100."),
        ("passage", {"passage_id": "marker"}, PlaceError, "'marker' names no passage."),
        ("passage", {"passage_id": "marker@5-5"}, PlaceError, "nothing stands from 5 to 5"),
        ("passage", {"passage_id": "marker@0-99999"}, PlaceError, "nothing stands from 0 to 99999"),
        ("passage", {"passage_id": "none@0-1"}, UnknownDocumentError, "none"),
    ],
)
def test_what_cannot_be_answered_is_told_in_a_sentence(
    tools: Tools, name: str, arguments: dict[str, Any], error: type[LoccitError], why: str
) -> None:
    with pytest.raises(error) as refused:
        getattr(tools, name)(**arguments)
    assert why in str(refused.value)
    told = called(tools, name, arguments)
    assert told.is_error and why in words(told)
    assert "\n" not in words(told) and "Error executing" not in words(told)


def test_mcp_offers_the_same_five_and_says_what_they_give(tools: Tools) -> None:
    async def listed() -> list[Any]:
        async with Client(SentenceServer.of(tools)) as client:
            return list((await client.list_tools()).tools)

    offered = asyncio.run(listed())
    assert tuple(tool.name for tool in offered) == NAMES == tuple(tool.__name__ for tool in tools)
    for tool in offered:
        assert tool.description.count("\n") > 3 and tool.annotations.read_only_hint
        assert tool.output_schema["type"] == "object"


def test_mcp_gives_what_the_function_gives(tools: Tools) -> None:
    result = called(tools, "check", {"text": "Axolotls sleep at noon."})
    assert not result.is_error
    given = tools.check("Axolotls sleep at noon.").model_dump(mode="json")
    assert result.structured_content and result.structured_content["claims"] == given["claims"]


def test_a_tool_that_there_is_not_is_told(tools: Tools) -> None:
    assert "Unknown tool: sing" in words(called(tools, "sing", {}))
