"""What scripted models write around evidence: forms of keys, markup, other languages, things made up."""

from __future__ import annotations

from collections.abc import Mapping

# How a model may write one key, or two, with what it says.
KEY_FORMS: Mapping[str, str] = {
    "before the stop": "{text} [{key}].",
    "after the stop": "{text}. [{key}]",
    "at the start": "[{key}] {text}.",
    "in the middle": "{head} [{key}] {tail}.",
    "on its own line": "{text}.\n[{key}]",
    "without a space": "{text}[{key}].",
    "padded": "{text} [ {key} ].",
    "upper case": "{text} [{KEY}].",
    "twice": "{text} [{key}] [{key}].",
    "round": "{text} ({key}).",
    "curly": "{text} {{{key}}}.",
    "full width": "{text}【{key}】.",
    "doubled": "{text} [[{key}]].",
    "bare": "{text} {key}.",
    "unclosed": "{text} [{key}.",
    "escaped": "{text} \\[{key}\\].",
    "bold": "{text} **[{key}]**.",
    "code": "{text} `[{key}]`.",
    "footnote": "{text} [^{key}].",
    "linked": "{text} [{key}](https://papers.invalid/{key}).",
    "raised": "{text}<sup>[{key}]</sup>.",
    "named": "{text} [key {key}].",
    "as a source": "{text} (Source: [{key}]).",
}
TWO_KEY_FORMS: Mapping[str, str] = {
    "by a comma": "{text} [{key}, {other}].",
    "by a semicolon": "{text} [{key}; {other}].",
    "by and": "{text} [{key} and {other}].",
    "run together": "{text} [{key}][{other}].",
    "apart": "{text} [{key}] [{other}].",
    "round": "{text} ({key}, {other}).",
    "by a dash": "{text} [{key}-{other}].",
    "around the stop": "{text} [{key}]. [{other}]",
}
FICTIONS = (
    "Every single participant recovered completely within three days [{key}].",
    "This finding has since been confirmed by eleven independent groups [{key}].",
    "The approach costs about 40 euros and has been in general use since 1987 [{key}].",
    "No adverse event of any kind has ever been reported [{key}].",
)
LANGUAGES: Mapping[str, str] = {
    "German": "Nach dieser Arbeit besserte sich der Zustand bei den meisten Beteiligten [{key}].",
    "French": "Selon cette étude, l’état de la plupart des participants s’est amélioré [{key}].",
    "Chinese": "根据这项研究,大多数参与者的情况有所改善[{key}]。",
    "Arabic": "وفقًا لهذه الدراسة، تحسنت حالة معظم المشاركين [{key}].",
}
MARKUP = (
    '<img src="x" onerror="alert(1)">{text} [{key}].',
    "<script>alert('{key}')</script>{text} [{key}].",
    "{text} [{key}]. ![](https://tracker.invalid/pixel.png?key={key})",
    "[{text}](https://papers.invalid/{key}) [{key}].",
    "[{text}](javascript:alert(1)) [{key}].",
    "{text} [1] [{key}].",
    "{text} [{key}] [99].",
    '<a href="https://papers.invalid">{text}</a> <b>[2]</b> [{key}].',
    "{text} [{key}]. See https://papers.invalid/{key} or www.papers.invalid.",
    "<table><tr><td>{text} [{key}].</td></tr></table>",
)
