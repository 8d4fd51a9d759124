"""The Ask view: the chat, the question box below it and the sources beside it."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import aclosing
from importlib.resources import files
from typing import Any

import gradio as gr
import yaml
from pydantic import BaseModel, ConfigDict

from assistant import Assistant
from assistant.interface.answering.model import promise
from assistant.interface.conversation import Conversation, Message
from assistant.interface.markup import shown
from assistant.interface.sources import held_panel, sources_column

LONGEST_QUESTION = 2000
# How long a conversation stays after its last answer, in seconds: two days.
KEPT = 172_800
_WELCOME = """
<h2>Ask the literature</h2>
<p><em>loc. cit.</em>, in the place cited: every statement of an answer shows the passage that it rests on. {writer}</p>
"""
_ANSWERED = "() => window.loccit.answered()"
# Their words are data: no markup of theirs, no template, no script.
_HTML: dict[str, Any] = {"js_on_load": None, "apply_default_css": False}


class _Examples(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    questions: tuple[str, ...]


class AskView:
    """The chat of one page; each reader has a conversation of their own."""

    def __init__(self, assistant: Assistant) -> None:
        """Build the view inside the page that is being built."""
        self._assistant = assistant
        self._conversation = gr.State(Conversation(), time_to_live=KEPT)
        with gr.Row(elem_id="desk"):
            with gr.Column(elem_id="chat-column", min_width=0):
                self._examples = self._welcome()
                self._chat = gr.Chatbot(
                    elem_id="chat",
                    show_label=False,
                    container=False,
                    height=None,
                    autoscroll=False,
                    buttons=[],
                    latex_delimiters=[],
                    feedback_options=None,
                )
                self._box = gr.Textbox(
                    elem_id="question",
                    label="Your question",
                    show_label=False,
                    container=False,
                    placeholder="Ask the library…",
                    lines=1,
                    max_lines=6,
                    max_length=LONGEST_QUESTION,
                    autofocus=True,
                    submit_btn="Ask",
                )
            with gr.Column(elem_id="sources-column", elem_classes="sources-column", min_width=0):
                self._sources = gr.HTML(
                    held_panel(assistant.library), elem_id="sources", apply_default_css=False
                )

    def wire(self, page: gr.Blocks) -> None:
        """Let the question box, the examples and the page's address ask, and the reader stop what they asked for."""
        options: dict[str, Any] = {
            "outputs": [self._chat, self._box, self._sources, self._conversation],
            "api_visibility": "private",
            "show_progress": "hidden",
            "concurrency_limit": None,
        }
        asked = [
            self._box.submit(self._ask, [self._box, self._conversation], **options),
            page.load(self._ask_from_address, self._conversation, **options),
            *(
                example.click(self._ask, [example, self._conversation], **options)
                for example in self._examples
            ),
        ]
        for event in asked:
            event.then(None, js=_ANSWERED, api_visibility="private")
        # Past the queue, and on the loop: neither waits for any answer, or for a thread.
        self._box.stop(
            self._stop, self._conversation, queue=False, show_progress="hidden", api_visibility="private"
        )

    async def _ask(self, question: str, state: Conversation) -> AsyncGenerator[dict[Any, Any], None]:
        question = question.strip()[:LONGEST_QUESTION]
        if not question:
            yield {self._conversation: state}
            return
        label = self._assistant.model.label if self._assistant.model else ""
        begun: dict[Any, Any] = {self._box: self._box_while_writing()}
        known: list[Message] = []
        async with aclosing(state.ask(self._assistant, question, label)) as pauses:
            async for _ in pauses:
                # What is new, or nothing: but for these pauses, Gradio would not notice that a reader has gone.
                news = {self._chat: _in_chat(state.messages)} if state.messages != known else {}
                known = list(state.messages)
                yield {**begun, **news, self._conversation: state}
                begun = {}
        yield {
            self._chat: _in_chat(state.messages),
            self._box: gr.update(submit_btn="Ask", stop_btn=False),
            self._sources: sources_column(state.panels) if state.panels else gr.skip(),
            self._conversation: state,
        }

    async def _ask_from_address(
        self, request: gr.Request, state: Conversation
    ) -> AsyncGenerator[dict[Any, Any], None]:
        async with aclosing(self._ask(request.query_params.get("q", ""), state)) as updates:
            async for update in updates:
                yield update

    async def _stop(self, state: Conversation) -> None:
        state.stop()

    def _box_while_writing(self) -> Any:
        """Empty the box; where a model writes, its button stops it."""
        if self._assistant.model is None:
            return gr.update(value="")
        return gr.update(value="", submit_btn=False, stop_btn="Stop")

    def _welcome(self) -> list[gr.Button]:
        """Greet a reader before the first question, with questions that the starter corpus answers."""
        with gr.Column(elem_id="welcome"):
            gr.HTML(_WELCOME.format(writer=shown(promise(self._assistant.model))), apply_default_css=False)
            return [
                gr.Button(question, elem_classes="example")
                for question in _example_questions(self._assistant)
            ]


def _in_chat(messages: list[Message]) -> list[dict[str, Any]]:
    """Give messages as Gradio's chatbot takes them. HTML is patched where it changes: focus and selection stay."""
    return [
        {
            "role": message.role,
            "content": message.content if message.role == "user" else gr.HTML(message.content, **_HTML),
        }
        for message in messages
    ]


def _example_questions(assistant: Assistant) -> tuple[str, ...]:
    if all(document.document_id != "source-article" for document in assistant.library.documents()):
        return ()
    examples = yaml.safe_load((files("corpus") / "starter" / "examples.yaml").read_text("utf-8"))
    return _Examples.model_validate(examples).questions
