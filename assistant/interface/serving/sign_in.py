"""The page on which a reader signs in: a form, and no script."""

from __future__ import annotations

from html import escape
from importlib.resources import files
from string import Template
from urllib.parse import urlsplit

from starlette.responses import HTMLResponse


def sign_in_page(root: str, reason: str, status: int, name: str, wanted: str) -> HTMLResponse:
    """Ask a reader to sign in.

    Args:
        root: The path that everything is below.
        reason: Why it is asked again; empty at first.
        status: Of the response.
        name: What the reader has typed before.
        wanted: Where the reader wants to, below the root.
    """
    page = Template((files("assistant.interface.serving") / "sign-in.html").read_text("utf-8"))
    told = f'<p id="reason" role="alert">{escape(reason)}</p>' if reason else ""
    fields = {
        "root": escape(root),
        "reason": told,
        "described": ' aria-describedby="reason" aria-invalid="true"' if reason else "",
        "name": escape(name),
        # A name once typed is most likely right.
        "at_name": "" if name else " autofocus",
        "at_password": " autofocus" if name else "",
        "next": escape(wanted if is_inside(wanted) else "/"),
    }
    return HTMLResponse(page.substitute(fields), status, {"Cache-Control": "no-store"})


def is_inside(wanted: str) -> bool:
    """Tell whether an address leads to a page of ours: a path of no other host, with nothing that browsers mend."""
    if not wanted.startswith("/") or wanted.startswith("//") or not wanted.isprintable() or "\\" in wanted:
        return False
    try:
        parts = urlsplit(wanted)
    except ValueError:
        return False
    return not parts.scheme and not parts.netloc
