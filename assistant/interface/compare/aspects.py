"""The aspects that the Compare view offers, each to be chosen."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.comparing.comparison import SuggestedAspects
from assistant.interface.kinds import listed
from assistant.interface.markup import attributes, shown


def offered(suggested: SuggestedAspects) -> str:
    """Show aspects to choose from; those of which the sources speak stand apart, under words that say so."""
    missing = [f"“{shown(subject)}”" for subject in suggested.missing]
    parts = [f'<p class="missing">Nothing in the library mentions {listed(missing)}.</p>' if missing else ""]
    if suggested.told:
        parts.append(_group("The sources speak of", suggested.told, "told"))
    parts.append(_group("Others" if suggested.told else "", suggested.others, "others"))
    return "".join(parts)


def _group(heading: str, names: Sequence[str], kind: str) -> str:
    if not names:
        return ""
    words = f'<p class="of">{heading}</p>' if heading else ""
    return f'<div class="group {kind}">{words}<div class="pills">{"".join(map(_pill, names))}</div></div>'


def _pill(name: str) -> str:
    box = attributes(type="checkbox", class_="sr", value=name)
    return f'<label class="pill"><input{box}><span>{shown(name)}</span></label>'
