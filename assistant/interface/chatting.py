"""The Ask view: the chat, the question box below it and the sources beside it."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import aclosing
from typing import Any

import gradio as gr

from assistant import Assistant
from assistant.interface.answering.actions import AnswerActions
from assistant.interface.conversation import Conversation, Message
from assistant.interface.conversations.kept import kept_turns, recorded
from assistant.interface.conversations.panel import conversations_panel
from assistant.interface.conversations.welcome import welcome
from assistant.interface.filtering.panel import filters_row
from assistant.interface.sources import held_panel, sources_column

LONGEST_QUESTION = 2000
# How long a conversation stays after its last answer, in seconds: two days.
KEPT = 172_800
_ANSWERED = "() => { window.loccit.answered(); window.loccitConversations.answered(); }"
_OPENED = "() => window.loccitConversations.opened()"
# What the page knows better than Gradio: the filters that are on, and which answer is replaced.
_NARROWED = """(question, state) => {
  const replaced = window.loccitActions.replaced();
  window.loccitConversations.asking(replaced);
  return [question, state, window.loccitFiltering.chosen(), replaced];
}"""
# The names of the events must stand here in quotes.
_KEEPING = """window.loccitConversations.connect({
  show: (turns) => trigger('restore', { turns }),
  record: (known, of) => trigger('record', { known, of }),
})"""
_KEEP = "(record) => window.loccitConversations.keep(record)"
_RESTORED = "() => window.loccitConversations.restored()"
# Their words are data: no markup of theirs, no template, no script.
_HTML: dict[str, Any] = {"js_on_load": None, "apply_default_css": False}


class AskView:
    """The chat of one page; each reader has a conversation of their own."""

    def __init__(self, assistant: Assistant) -> None:
        """Build the view inside the page that is being built."""
        self._assistant = assistant
        self._conversation = gr.State(Conversation(), time_to_live=KEPT)
        with gr.Row(elem_id="desk"):
            with gr.Column(elem_id="chat-column", min_width=0):
                gr.HTML(welcome(assistant), elem_id="welcome", apply_default_css=False)
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
                with gr.Column(elem_id="asking"):
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
                    gr.HTML(filters_row(), elem_id="filters", apply_default_css=False)
            with gr.Column(elem_id="sources-column", elem_classes="sources-column", min_width=0):
                self._sources = gr.HTML(
                    held_panel(assistant.library), elem_id="sources", apply_default_css=False
                )
        # Nobody sees them: what comes from the page's script, and what goes to it.
        self._chosen = gr.Textbox(visible="hidden", elem_id="chosen-filters")
        self._record = gr.Textbox(visible="hidden", elem_id="record")
        self._actions = AnswerActions(assistant, self._conversation)
        self._keeper = gr.HTML(
            conversations_panel(), elem_id="keeper", apply_default_css=False, js_on_load=_KEEPING
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
            self._box.submit(
                self._ask,
                [self._box, self._conversation, self._chosen, self._actions.replaced],
                js=_NARROWED,
                **options,
            ),
            page.load(self._ask_from_address, self._conversation, **options),
        ]
        for event, told in zip(asked, (_ANSWERED, _OPENED), strict=True):
            event.then(None, js=told, api_visibility="private")
        # Past the queue, and on the loop: neither waits for any answer, or for a thread.
        self._box.stop(
            self._stop, self._conversation, queue=False, show_progress="hidden", api_visibility="private"
        )
        self._wire_keeping(options)
        self._actions.wire()

    def _wire_keeping(self, options: dict[str, Any]) -> None:
        """Let the page's script take what is to be kept, and show what was kept."""
        self._keeper.record(
            self._recorded,
            self._conversation,
            self._record,
            queue=False,
            trigger_mode="multiple",
            api_visibility="private",
        ).then(None, self._record, js=_KEEP, api_visibility="private")
        self._keeper.restore(self._restored, None, **options).then(
            None, js=_RESTORED, api_visibility="private"
        )

    async def _ask(
        self, question: str, state: Conversation, chosen: str = "", replaced: str = ""
    ) -> AsyncGenerator[dict[Any, Any], None]:
        question = question.strip()[:LONGEST_QUESTION]
        if not question:
            yield {self._conversation: state}
            return
        state = await self._actions.before(state, replaced)
        label = self._assistant.model.label if self._assistant.model else ""
        begun: dict[Any, Any] = {self._box: self._box_while_writing()}
        known: list[Message] = []
        async with aclosing(state.ask(self._assistant, question, label, chosen)) as pauses:
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

    def _recorded(self, state: Conversation, event: gr.EventData) -> str:
        """Write the turns that the page does not know yet, for it to keep."""
        return recorded(state.turns, event.known, event.of)

    def _restored(self, event: gr.EventData) -> dict[Any, Any]:
        """Show a conversation that was kept; without turns, a new one."""
        state = Conversation.restored(self._assistant.library, kept_turns(event.turns))
        library = self._assistant.library
        return {
            self._chat: _in_chat(state.messages),
            self._sources: sources_column(state.panels) if state.panels else held_panel(library),
            self._conversation: state,
        }


def _in_chat(messages: list[Message]) -> list[dict[str, Any]]:
    """Give messages as Gradio's chatbot takes them. HTML is patched where it changes: focus and selection stay."""
    return [
        {
            "role": message.role,
            "content": message.content if message.role == "user" else gr.HTML(message.content, **_HTML),
        }
        for message in messages
    ]
