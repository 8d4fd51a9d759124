"""The page in the browser: chat on the left, the sources of the answer in view on the right."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from importlib.resources import files
from typing import Any

# Gradio reads this once, when it is imported: no request leaves the machine.
os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"

import gradio as gr
from gradio.data_classes import BlocksConfigDict
from starlette.middleware import Middleware
from starlette.routing import BaseRoute

from assistant import Assistant
from assistant.interface.answering.model import status
from assistant.interface.chatting import AskView
from assistant.interface.check.desk import CheckDesk
from assistant.interface.check.panel import check_view
from assistant.interface.check.routes import check_routes
from assistant.interface.compare.desk import CompareDesk
from assistant.interface.compare.panel import compare_view
from assistant.interface.compare.routes import compare_routes
from assistant.interface.conversations.desk import ConversationDesk
from assistant.interface.conversations.panel import CONVERSATIONS
from assistant.interface.conversations.routes import conversation_routes
from assistant.interface.conversations.welcome import WelcomeDesk
from assistant.interface.filtering.desk import FilterDesk
from assistant.interface.filtering.routes import filtering_routes
from assistant.interface.library.desk import Desk, status_line
from assistant.interface.library.panel import library_view
from assistant.interface.library.routes import library_routes
from assistant.interface.markup import shown
from assistant.interface.reader import DIALOG, in_context
from assistant.interface.serving.access import Access
from assistant.interface.serving.api import offer
from assistant.interface.serving.guard import Guard, reader_of
from assistant.interface.serving.listening import ListeningError, free_port
from assistant.interface.serving.mcp_server import NO_MCP, mcp_server
from assistant.interface.serving.sessions import Sessions
from assistant.interface.serving.tools import Tools
from corpus.readers import Readers

_FOLDER = files("assistant.interface")
# Gives page.js, which is loaded once for the page, the one function of the server that it calls.
_CONNECT = "window.loccit.connect(server)"
_START = "window.loccitLibrary.start(); window.loccitSignedIn.show()"
_SHOW_VIEW = "window.loccitViews.show()"
_STYLES = (
    "page",
    "reading/reading",
    "views",
    "answering/answers",
    "answering/actions",
    "library/library",
    "library/overview/overview",
    "check/check",
    "compare/compare",
    "filtering/filtering",
    "conversations/conversations",
    "serving/signed-in",
)
# In seconds; the first is what a question may wait for at the most.
_LOOKS_FOR_WORK, _LOOKS_FOR_PROGRESS = 0.02, 1.0
_SCRIPTS = (
    "views",
    "page",
    "reading/reader",
    "reading/preview",
    "answering/answers",
    "answering/actions",
    "library/library",
    "library/overview/plots",
    "library/overview/overview",
    "check/check",
    "compare/compare",
    "filtering/filtering",
    "conversations/stores",
    "conversations/links",
    "conversations/conversations",
    "conversations/welcome",
    "serving/signed-in",
)


def serve(
    assistant: Assistant, host: str, port: int, announce: Callable[[str], None], access: Access
) -> None:
    """Serve the page until Ctrl-C.

    Args:
        assistant: Answers the questions.
        host: The name or address to listen on.
        port: The port to listen on; 0 takes any that is free.
        announce: Is told the page's address once it answers.
        access: Who may come in, by which path, and by which protocols.

    Raises:
        LoccitError: If the port is taken, the host is not this machine's or the library cannot be searched.
    """
    free = free_port(host, port)
    # Loads the model and opens the indexes now, so that the first reader does not wait for them, or fails here.
    assistant.search("ready", 1)
    page = build_page(assistant)
    try:
        _, address, _ = page.launch(
            server_name=host,
            server_port=free,
            theme=gr.themes.Base(font=["system-ui", "sans-serif"], font_mono=["ui-monospace", "monospace"]),
            head=_head(),
            app_kwargs=around(assistant, access),
            auth_dependency=reader_of if access.readers else None,
            root_path=access.root_path,
            # Gradio's own tools give Python's notation in place of JSON, and their extra caps pydantic.
            mcp_server=False,
            favicon_path=str(_FOLDER / "favicon.svg"),
            footer_links=[],
            run_history=False,
            share=False,
            # What the environment may switch on in Gradio would listen on ports that nothing guards.
            ssr_mode=False,
            num_workers=0,
            quiet=True,
            prevent_thread_lock=True,
        )
    except OSError as error:
        raise ListeningError(
            f"The page did not come up at {host}:{free}. Start it again, or choose another port with --port."
        ) from error
    announce(address)
    try:
        threading.Event().wait()
    except KeyboardInterrupt:
        page.close(verbose=False)


def build_page(assistant: Assistant) -> gr.Blocks:
    """Build the page over an assistant; launching it is the caller's business."""
    page: gr.Blocks
    with _Page(title="Loccit", fill_height=True, fill_width=True, analytics_enabled=False) as page:
        gr.HTML(_header(assistant), elem_id="top", apply_default_css=False, js_on_load=_SHOW_VIEW)
        asking = AskView(assistant)
        gr.HTML(compare_view(assistant), elem_id="compare-view", apply_default_css=False)
        gr.HTML(check_view(), elem_id="check-view", apply_default_css=False)
        gr.HTML(library_view(), elem_id="library-view", apply_default_css=False, js_on_load=_START)
        gr.HTML(
            DIALOG,
            elem_id="reader-holder",
            apply_default_css=False,
            js_on_load=_CONNECT,
            server_functions=[_server_function(assistant)],
        )
        asking.wire(page)
        offer(Tools(assistant))
    return page


def around(assistant: Assistant, access: Access) -> dict[str, Any]:
    """Give what is served beside Gradio's own, and what stands before all of it, as its application takes them."""
    desk = Desk(assistant.library)
    offered = mcp_server(Tools(assistant)) if access.mcp else NO_MCP
    routes: list[BaseRoute] = [
        *library_routes(desk),
        *compare_routes(CompareDesk(assistant)),
        *check_routes(CheckDesk(assistant, desk.listing)),
        *filtering_routes(FilterDesk(assistant.library, desk.listing)),
        *conversation_routes(ConversationDesk(Readers.open(assistant.library.path)), WelcomeDesk(assistant)),
        *offered.routes,
    ]
    sessions = Sessions(access.readers) if access.readers else None
    guard = Middleware(Guard, sessions=sessions, own_host=access.own_host)
    return {"routes": routes, "middleware": [guard], "lifespan": offered.lifespan}


class _Page(gr.Blocks):
    """A page that holds a connection to the server only while an answer is made.

    A browser opens six to one server at the most. Gradio's page keeps one for as long as it is open, and another while
    an answer comes: with a few tabs, a reader's wish to stop would find none left. That a reader has gone is seen
    without it, as nobody takes what is sent.

    Gradio's queue looks for work every millisecond and for progress, of which this page tells by itself, every ten:
    an idle server would take a sixteenth of a core for it.
    """

    def queue(self, *arguments: Any, **options: Any) -> gr.Blocks:
        queued: gr.Blocks = super().queue(*arguments, **options)
        self._queue.sleep_when_free = _LOOKS_FOR_WORK
        self._queue.progress_update_sleep_when_free = _LOOKS_FOR_PROGRESS
        return queued

    def get_config_file(self) -> BlocksConfigDict:
        config = super().get_config_file()
        config["connect_heartbeat"] = False
        return config


def _head() -> str:
    """Give the page's own style and script. Gradio's `css` would prefix every selector with its container's."""
    styles = "".join((_FOLDER / f"{name}.css").read_text("utf-8") for name in _STYLES)
    scripts = "".join((_FOLDER / f"{name}.js").read_text("utf-8") for name in _SCRIPTS)
    return f"<style>{styles}</style><script>{scripts}</script>"


def _header(assistant: Assistant) -> str:
    """Show what is there when the page is built; `library.js` keeps the counts as they are."""
    return (
        '<header><h1 class="logo"><a href="?">loc<b>·</b>cit</a></h1>'
        '<nav aria-label="Views"><a href="#ask">Ask</a><a href="#compare">Compare</a><a href="#check">Check</a>'
        '<a href="#library">Library</a></nav>'
        f'<div class="past">{CONVERSATIONS}'
        '<a class="anew" href="?" aria-label="New conversation">New<span> conversation</span></a></div>'
        f'<p class="status"><span class="counts">{status_line(assistant.library)}</span>'
        f'<span class="model"> · {shown(status(assistant.model))}</span></p></header>'
    )


def _server_function(assistant: Assistant) -> Callable[[object], str]:
    # Gradio takes the name that the page calls from the function itself.
    def context(request: object) -> str:
        return in_context(assistant.library, request)

    return context
