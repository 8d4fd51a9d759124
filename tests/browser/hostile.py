"""A document whose every field would rather be a program. The address is one that nobody has (RFC 5737)."""

from __future__ import annotations

TITLE = (
    '<img src=x onerror="window.hacked=1"> ${window.hacked=2} {{window.hacked=3}} `code` '
    "![x](http://192.0.2.1/t.png)"
)
TEXT = (
    "The zebrafish reporter <script>window.hacked=6</script> glows ${window.hacked=7} under "
    '![pixel](http://192.0.2.1/pixel.png) <img src="http://192.0.2.1/i.png" onerror="window.hacked=8"> light [1] '
    "and [9] beside [a link](http://192.0.2.1/a) | a pipe | `${window.hacked=9}`.\n\n"
    "The zebrafish reporter 𝒢𝒻𝓅 was seen in 12 embryos; \u202eoverridden\u202c words stay where they are."
)
HOSTILE = {
    "id": "hostile",
    "title": TITLE,
    "author": [{"literal": f"<b>Author {n}</b>"} for n in range(40)],
    "container-title": "</p><script>window.hacked=4</script>",
    "URL": "javascript:window.hacked=5",
    "source_type": "web",
    "retracted": True,
    "text": TEXT,
}
