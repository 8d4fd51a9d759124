"""The page in the browser: chat on the left, the sources of the answer in view on the right."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from importlib.resources import files
from socket import socket
from typing import Any

# Gradio reads this once, when it is imported: no request leaves the machine.
os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"

import gradio as gr
import yaml
from pydantic import BaseModel, ConfigDict

from assistant import Assistant
from assistant.interface.check.desk import CheckDesk
from assistant.interface.check.panel import check_view
from assistant.interface.check.routes import check_routes
from assistant.interface.conversation import Conversation
from assistant.interface.library.desk import Desk, status_line
from assistant.interface.library.panel import library_view
from assistant.interface.library.routes import library_routes
from assistant.interface.reader import DIALOG, in_context
from assistant.interface.sources import held_panel, sources_column
from corpus.errors import LoccitError

LONGEST_QUESTION = 2000
_FOLDER = files("assistant.interface")
# Gives page.js, which is loaded once for the page, the one function of the server that it calls.
_CONNECT = "window.loccit.connect(server)"
_START = "window.loccitLibrary.start()"
_SHOW_VIEW = "window.loccitViews.show()"
_STYLES = ("page", "views", "library/library", "check/check")
_SCRIPTS = ("views", "page", "library/library", "check/check")
_WELCOME = """
<h2>Ask the literature</h2>
<p><em>loc. cit.</em>, in the place cited: every statement of an answer shows the passage that it rests on.</p>
"""


class _Examples(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    questions: tuple[str, ...]


def serve(assistant: Assistant, host: str, port: int, announce: Callable[[str], None]) -> None:
    """Serve the page until Ctrl-C.

    Args:
        assistant: Answers the questions.
        host: The name or address to listen on.
        port: The port to listen on; 0 takes any that is free.
        announce: Is told the page's address once it answers.

    Raises:
        LoccitError: If the port is taken, the host is not this machine's or the library cannot be searched.
    """
    # Loads the model and opens the indexes now, so that the first reader does not wait for them, or fails here.
    assistant.search("ready", 1)
    desk = Desk(assistant.library)
    page = build_page(assistant)
    try:
        _, address, _ = page.launch(
            server_name=host,
            server_port=port or _free_port(host),
            theme=gr.themes.Base(font=["system-ui", "sans-serif"], font_mono=["ui-monospace", "monospace"]),
            head=_head(),
            app_kwargs={"routes": [*library_routes(desk), *check_routes(CheckDesk(assistant, desk.listing))]},
            favicon_path=str(_FOLDER / "favicon.svg"),
            footer_links=[],
            run_history=False,
            share=False,
            quiet=True,
            prevent_thread_lock=True,
        )
    except OSError as error:
        raise LoccitError(
            f"The page cannot be served at {host}:{port}, most likely because the port is taken. "
            "Choose another with --port."
        ) from error
    announce(address)
    try:
        threading.Event().wait()
    except KeyboardInterrupt:
        page.close(verbose=False)


def build_page(assistant: Assistant) -> gr.Blocks:
    """Build the page over an assistant; launching it is the caller's business."""
    page: gr.Blocks
    with gr.Blocks(title="Loccit", fill_height=True, fill_width=True, analytics_enabled=False) as page:
        conversation = gr.State(Conversation())
        gr.HTML(_header(assistant), elem_id="top", apply_default_css=False, js_on_load=_SHOW_VIEW)
        with gr.Row(elem_id="desk"):
            with gr.Column(elem_id="chat-column", min_width=0):
                examples = _welcome(assistant)
                chat = gr.Chatbot(
                    elem_id="chat",
                    show_label=False,
                    container=False,
                    height=None,
                    autoscroll=False,
                    buttons=[],
                    latex_delimiters=[],
                    feedback_options=None,
                )
                box = gr.Textbox(
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
                sources = gr.HTML(held_panel(assistant.library), elem_id="sources", apply_default_css=False)
        gr.HTML(check_view(), elem_id="check-view", apply_default_css=False)
        gr.HTML(library_view(), elem_id="library-view", apply_default_css=False, js_on_load=_START)
        gr.HTML(
            DIALOG,
            elem_id="reader-holder",
            apply_default_css=False,
            js_on_load=_CONNECT,
            server_functions=[_server_function(assistant)],
        )
        _wire(page, assistant, conversation, box, examples, chat, sources)
    return page


def _free_port(host: str) -> int:
    with socket() as probe:
        probe.bind((host, 0))
        return int(probe.getsockname()[1])


def _head() -> str:
    """Give the page's own style and script. Gradio's `css` would prefix every selector with its container's."""
    styles = "".join((_FOLDER / f"{name}.css").read_text("utf-8") for name in _STYLES)
    scripts = "".join((_FOLDER / f"{name}.js").read_text("utf-8") for name in _SCRIPTS)
    return f"<style>{styles}</style><script>{scripts}</script>"


def _welcome(assistant: Assistant) -> list[gr.Button]:
    """Greet a reader before the first question, with questions that the starter corpus answers."""
    with gr.Column(elem_id="welcome"):
        gr.HTML(_WELCOME, apply_default_css=False)
        return [gr.Button(question, elem_classes="example") for question in _example_questions(assistant)]


def _example_questions(assistant: Assistant) -> tuple[str, ...]:
    if all(document.document_id != "source-article" for document in assistant.library.documents()):
        return ()
    examples = yaml.safe_load((files("corpus") / "starter" / "examples.yaml").read_text("utf-8"))
    return _Examples.model_validate(examples).questions


def _header(assistant: Assistant) -> str:
    """Show what is there when the page is built; `library.js` keeps the counts as they are."""
    return (
        '<header><h1 class="logo"><a href="?">loc<b>·</b>cit</a></h1>'
        '<nav aria-label="Views"><a href="#ask">Ask</a><a href="#check">Check</a><a href="#library">Library</a></nav>'
        '<a class="anew" href="?" aria-label="New conversation">New<span> conversation</span></a>'
        f'<p class="status"><span class="counts">{status_line(assistant.library)}</span>'
        '<span class="model"> · no language model</span></p></header>'
    )


def _server_function(assistant: Assistant) -> Callable[[object], str]:
    # Gradio takes the name that the page calls from the function itself.
    def context(request: object) -> str:
        return in_context(assistant.library, request)

    return context


def _wire(
    page: gr.Blocks,
    assistant: Assistant,
    conversation: gr.State,
    box: gr.Textbox,
    examples: list[gr.Button],
    chat: gr.Chatbot,
    sources: gr.HTML,
) -> None:
    """Let the question box, the examples and the page's address ask."""

    def ask(question: str, state: Conversation) -> Iterator[dict[Any, Any]]:
        question = question.strip()[:LONGEST_QUESTION]
        if not question:
            yield {conversation: state}
            return
        for _ in state.ask(assistant, question):
            yield {chat: state.messages, box: ""}
        yield {chat: state.messages, sources: sources_column(state.panels), conversation: state}

    def ask_from_address(request: gr.Request, state: Conversation) -> Iterator[dict[Any, Any]]:
        yield from ask(request.query_params.get("q", ""), state)

    options: dict[str, Any] = {
        "outputs": [chat, box, sources, conversation],
        "api_visibility": "private",
        "show_progress": "hidden",
        "concurrency_limit": None,
    }
    asked = [
        box.submit(ask, [box, conversation], **options),
        page.load(ask_from_address, conversation, **options),
        *(example.click(ask, [example, conversation], **options) for example in examples),
    ]
    for event in asked:
        event.then(None, js="() => window.loccit.answered()", api_visibility="private")
