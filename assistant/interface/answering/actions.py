"""Does what a reader wants of an answer beside asking: files of it, an opinion kept, questions to go on with."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

import gradio as gr
from pydantic import BaseModel, ConfigDict, ValidationError

from assistant import Assistant
from assistant.interface.answering.exporting import Export, exported
from assistant.interface.answering.judging import Judgement, judge
from assistant.interface.answering.naming import turn_of
from assistant.interface.conversation import Conversation
from assistant.interface.conversations.kept import Turn
from assistant.suggesting import Answered, suggested
from corpus.errors import LoccitError
from corpus.readers import Opinion, Readers

GONE = "Loccit no longer has this answer. Ask again."
_UNREADABLE = "Loccit cannot read this. Reload the page."
# The names of the events must stand here in quotes.
_CONNECT = """window.loccitActions.connect({
  export: (wish) => trigger('export', wish),
  judge: (wish) => trigger('judge', wish),
  follow: (wish) => trigger('follow', wish),
})"""
_EXPORTED = "(told) => window.loccitActions.exported(told)"
_JUDGED = "(told) => window.loccitActions.judged(told)"
_FOLLOWED = "(told) => window.loccitActions.followed(told)"


class _Of(BaseModel):
    """What the page asks for, of the answer with a name."""

    model_config = ConfigDict(frozen=True)

    answer: str


class _ToExport(_Of):
    kind: Export


class _ToJudge(_Of, Judgement):
    pass


class _ToFollow(_Of):
    shown: tuple[str, ...] = ()


class Told(BaseModel):
    """What the page is told of an answer; `error` says in a sentence why it is not told the rest.

    Attributes:
        answer: Its name.
        file: How an exported file is called.
        media_type: What it is.
        text: What it holds.
        opinion: What the reader thinks of it now.
        wrong: The number that is wrong.
        questions: What to ask next.
        opinions: What readers think of the answers that the page shows, by name.
    """

    model_config = ConfigDict(frozen=True)

    answer: str = ""
    error: str = ""
    file: str = ""
    media_type: str = ""
    text: str = ""
    opinion: Opinion | None = None
    wrong: int | None = None
    questions: tuple[str, ...] = ()
    opinions: dict[str, Judgement] = {}


class AnswerActions:
    """What the page's script asks of the server about the answers of a conversation."""

    def __init__(self, assistant: Assistant, conversation: gr.State) -> None:
        """Build the doors, which nobody sees, inside the page that is being built."""
        self._assistant = assistant
        self._conversation = conversation
        self._readers = Readers.open(assistant.library.path)
        # Which answer the next question takes the place of; the page knows.
        self.replaced = gr.Textbox(visible="hidden", elem_id="replaced")
        self._told = [
            gr.Textbox(visible="hidden", elem_id=f"told-{name}") for name in ("export", "opinion", "next")
        ]
        self._door = gr.HTML("", elem_id="answer-door", apply_default_css=False, js_on_load=_CONNECT)

    def wire(self) -> None:
        """Let the page's script in."""
        options: dict[str, Any] = {
            "inputs": self._conversation,
            "api_visibility": "private",
            "show_progress": "hidden",
            "trigger_mode": "multiple",
        }
        exported, judged, followed = self._told
        events = [
            (self._door.export(self._export, outputs=exported, queue=False, **options), exported, _EXPORTED),
            (self._door.judge(self._judge, outputs=judged, queue=False, **options), judged, _JUDGED),
            # One at a time: answers come first.
            (
                self._door.follow(self._follow, outputs=followed, concurrency_limit=1, **options),
                followed,
                _FOLLOWED,
            ),
        ]
        for event, told, show in events:
            event.then(None, told, js=show, api_visibility="private")

    async def before(self, state: Conversation, answer: str) -> Conversation:
        """Give a conversation as it was before an answer; as it is, if it has no such answer.

        Args:
            state: The conversation.
            answer: The answer's name.
        """
        library = self._assistant.library
        found = await asyncio.to_thread(turn_of, library, state.turns, answer) if answer else None
        if found is None:
            return state
        state.stop()
        return await asyncio.to_thread(Conversation.restored, library, state.turns[: found[0]])

    def _export(self, state: Conversation, event: gr.EventData) -> str:
        def told(wish: _ToExport) -> Told:
            answer = self._turn(state, wish.answer).answer
            file = exported(self._assistant.library, answer, wish.kind)
            return Told(answer=wish.answer, file=file.name, media_type=file.media_type, text=file.text)

        return _answered(_ToExport, event, told)

    def _judge(self, state: Conversation, request: gr.Request, event: gr.EventData) -> str:
        def told(wish: _ToJudge) -> Told:
            answer = self._turn(state, wish.answer).answer
            judge(self._readers, answer, wish, request.username)
            return Told(answer=wish.answer, opinion=wish.opinion, wrong=wish.wrong)

        return _answered(_ToJudge, event, told)

    def _follow(self, state: Conversation, event: gr.EventData) -> str:
        newest = state.messages[-1:]

        def told(wish: _ToFollow) -> Told:
            turn = self._turn(state, wish.answer)
            questions = suggested(
                self._assistant,
                Answered.of(turn.answer),
                state.questions,
                turn.filters.as_filter(),
                # Whoever has asked on meanwhile needs none.
                is_wanted=lambda: state.messages[-1:] == newest,
            )
            opinions = {
                one.answer: Judgement(opinion=one.opinion, wrong=one.wrong)
                for one in self._readers.feedback(wish.shown)
            }
            return Told(answer=wish.answer, questions=tuple(questions), opinions=opinions)

        return _answered(_ToFollow, event, told)

    def _turn(self, state: Conversation, answer: str) -> Turn:
        found = turn_of(self._assistant.library, state.turns, answer)
        if found is None:
            raise LoccitError(GONE)
        return found[1]


def _answered(shape: type[Any], event: gr.EventData, told: Callable[[Any], Told]) -> str:
    """Do what the page wishes, or say why not."""
    try:
        wish = shape.model_validate(event._data)
    except ValidationError:
        return Told(error=_UNREADABLE).model_dump_json()
    try:
        return told(wish).model_dump_json()
    except LoccitError as error:
        return Told(answer=wish.answer, error=str(error)).model_dump_json()
