"""What a comparison compares, and in what respects."""

from __future__ import annotations

import re
from collections.abc import Callable

from assistant.question.clauses import LONGEST_PATTERN, asked, tidied
from assistant.question.juxtaposing import headed, is_name, juxtaposed
from assistant.question.subjects import LIST, VERSUS, Compared, aspects_of, comparison_of, known_aspect

_COMPARATIVE = (
    r"(?:(?:more|less)\s+\w+|\w+ier|better|worse|safer|cheaper|longer|shorter|faster|slower|higher|lower|stronger|weaker|"
    r"larger|smaller|harder|greater|fewer|later|newer|older|simpler|bigger|quicker|milder|rarer|"
    r"(?!(?:other|rather|whether|never|ever|number|under|over|cancer)\b)[a-z]{3,}er(?=\s+th[ae]n\b))"
)
# Without one of these, "which" asks for the items of its list: "which cytokines, antibodies or drugs help".
_CHOOSING = (
    rf"{_COMPARATIVE}|best|worst|most|least|fewest|\w{{3,}}est|is|are|was|were|has|have|do|does|did|can|"
    r"will|works|wins"
)
_IN = r"in\s+terms\s+of|with\s+(?:regard|respect)\s+to|regarding|concerning|as\s+to|when\s+it\s+comes\s+to|in|on|for"
_ANY = re.compile(
    rf"\s*(?:,\s*)?\b(?:and|or|with|to|from|than|against|{VERSUS})\s+|\s*[,&]\s*", re.IGNORECASE
)
_OR = re.compile(rf"\s*(?:,\s*)?\b(?:or|{VERSUS})\s+|\s*,\s*", re.IGNORECASE)
_TAIL = re.compile(rf"\s*[:;–]\s*|\s+-\s+|\s*,?\s+(?:{_IN})\s+|\s*,\s*(?=which\b)", re.IGNORECASE)
_OF = re.compile(r"\s+of\s+", re.IGNORECASE)
_RESPECT_FIRST = re.compile(
    r"(?:in\s+terms\s+of|with\s+(?:regard|respect)\s+to|as\s+(?:to|for)|regarding|concerning|when\s+it\s+comes\s+to)\s+"
    r"(?P<respect>[^,?:;]+?),?\s+(?P<rest>(?:is|are|was|were|do|does|did|can|will|has|have|how|which|what|who)\s.+)",
    re.IGNORECASE,
)
_ABOUT = re.compile(rf"(?:what|how)\s+about\s+(?P<rest>.+\s(?:{VERSUS})\s.+)", re.IGNORECASE)
_AUXILIARY = r"(?:is|are|was|were|do|does|did|has|have|can|could|will|would|should)"
# "Cause fever as well as chills" adds; with a verb that takes no object, "as well as" compares.
_INTRANSITIVE = (
    r"(?:kill|work|persist|last|expand|perform|do|fare|survive|respond|grow|function|act|live|behave|home|"
    r"spread|sell|freeze|thaw)"
)
_AS_MUCH = r"(?!(?:an?|the)\s|(?:soon|far|many|few|little|well|such)\s+as\b)(?:much\s+|many\s+)?\w+(?:\s(?!as\b)\w+)?"
_CHOOSE = (
    r"(?:us(?:e|ed|es|ing)|choos(?:e|ing)|chose|pick(?:ed|ing)?|prefer(?:red)?|take|taking|give|giving|have|"
    r"get|getting|go\s+(?:for|with)|switch\s+to)"
)
_CIRCUMSTANCE = re.compile(r",?\s+(?:if|when|because|since|as|to|for|in|after|where|given)\s+", re.IGNORECASE)
_WORRY = re.compile(r".*\b(?:about|over|of)\s+", re.IGNORECASE)
_WORD = re.compile(r"[^\W_]+")
_PRONOUN = re.compile(
    r"(?:it|they|this|that|these|those|there|any\w*|some\w*|we|you|i|he|she)\Z", re.IGNORECASE
)
_ASKING = (
    r"(?:is|are|was|were|do|does|did|can|could|has|have|will|would|should|must|may|any|"
    r"what|which|how|why|when|who|where)\b"
)


def compared(text: str) -> Compared | None:
    """Read what a text compares; None if it compares nothing."""
    if len(text) > LONGEST_PATTERN:
        return None
    text = tidied(text.strip().rstrip("?!. "))
    respect = _RESPECT_FIRST.match(text) or _ABOUT.match(text)
    if respect:
        found = compared(respect["rest"])
        aspects = aspects_of(respect.groupdict().get("respect"))
        return Compared(found.subjects, aspects or found.aspects) if found else None
    for form, read in _FORMS:
        match = form.match(text)
        found = read(match) if match else None
        if found is not None:
            return found
    # "Going by the labels, which is safer, A or B": the question begins after its first comma.
    question = asked(text)
    return compared(question) if len(question) < len(text) and "?" not in question else None


def _named(items: str, between: re.Pattern[str], aspect: str | None = None) -> Compared | None:
    """Read a list of subjects, with the aspect before an "of" or after an "in" if none is known."""
    before = None
    first = between.search(items)
    of = _of_before(items, first.start()) if first else None
    if of and aspect is None:
        before, items = items[: of.start()], items[of.end() :]
        first = between.search(items)
    if first is None:
        return None
    tail = _TAIL.search(items, first.end())
    after = items[tail.end() :] if tail else None
    subjects = between.split(items[: tail.start()] if tail else items)
    return comparison_of(
        subjects, aspects_of(aspect if aspect is not None else before if before is not None else after)
    )


def _of_before(items: str, connector: int) -> re.Match[str] | None:
    """Give the "of" that parts aspects from subjects: "mode of action of A and B", "safety and cost of A and B"."""
    found = list(_OF.finditer(items))
    before = [of for of in found if of.start() < connector]
    if before:
        return before[-1]
    return found[0] if found and LIST.search(items, found[0].end()) else None


def _all(match: re.Match[str]) -> Compared | None:
    return _named(match["items"], _ANY)


def _joined(match: re.Match[str]) -> Compared | None:
    return _named(f"{match['one']} {match['rest']}", _ANY)


def _between(match: re.Match[str]) -> Compared | None:
    return _named(match["items"], LIST, match["aspect"])


def _listed(match: re.Match[str]) -> Compared | None:
    return _named(match["items"], LIST, match.groupdict().get("aspect"))


def _chosen(match: re.Match[str]) -> Compared | None:
    """Read "which lasts longer, A or B": the subjects are joined by "or"."""
    return _named(match["items"], _OR, match.groupdict().get("aspect"))


def _set_against(match: re.Match[str]) -> Compared | None:
    """Read "does A cause less harm than B": the verb belongs to neither the subject nor the aspect."""
    one, aspect = match["one"], match["aspect"]
    if match["verb"].lower() in {"do", "does", "did", "can", "will"} and len(one.split()) > 1:
        one, _, verb = one.rpartition(" ")
        aspect = known_aspect(verb) or aspect
    return _named(f"{one} or {match['other']}", _OR, aspect)


def _as_much(match: re.Match[str]) -> Compared | None:
    """Read "does A work as well as B" and "is A as safe as B"."""
    if _PRONOUN.match(match["one"]) or _PRONOUN.match(match["other"]):
        return None
    return _named(f"{match['one']} or {match['other']}", _OR, match["aspect"])


def _slipped(match: re.Match[str]) -> Compared | None:
    """Read "less harm then B" as "than B", if what follows is a name rather than the next step."""
    one, other = (set(_WORD.findall(match[side].lower())) for side in ("one", "other"))
    return _set_against(match) if is_name(match["other"]) or one & other else None


def _preferred(match: re.Match[str]) -> Compared | None:
    """Read "why use A instead of B", with the circumstance that follows as the aspect."""
    other, *circumstance = _CIRCUMSTANCE.split(match["other"], maxsplit=1)
    worry = _WORRY.sub("", circumstance[0]) if circumstance else ""
    return comparison_of([match["one"], other], aspects_of(worry))


def _which_of_them(match: re.Match[str]) -> Compared | None:
    """Read "response rate in A and B, which of them is higher": what leads to the names is the aspect."""
    names = LIST.split(match["items"])
    if len(names) != len(list(filter(None, names))) or len(names) == 1 or _OF.search(names[0]):
        return _listed(match)
    said, first = headed(names[0], names[1])
    return comparison_of([first, *names[1:]], aspects_of(said)) if said else _listed(match)


def _in_brief(match: re.Match[str]) -> Compared | None:
    """Read a bare "A or B"; with an "of" in it, it is about one thing."""
    return None if _OF.search(match["items"]) else _named(match["items"], _OR)


def _juxtaposed(match: re.Match[str]) -> Compared | None:
    return juxtaposed(match["text"])


_Reader = Callable[[re.Match[str]], Compared | None]
_FORMS: tuple[tuple[re.Pattern[str], _Reader], ...] = tuple(
    (re.compile(pattern + r"\Z", re.IGNORECASE), read)
    for pattern, read in (
        (r"(?:compare|contrast|(?:a\s+)?comparison\s+(?:of|between))\s+(?P<items>.+)", _all),
        (
            r"how\s+(?:do|does|did|is|are)\s+(?P<one>.+?)\s+(?:compared?|differ|differs|different|(?:stack|measure|line|shape)s?\s+up)\b\s*(?P<rest>.*)",
            _joined,
        ),
        (
            r"[\w' ]{0,40}?\b(?:differences?|distinctions?|similarit(?:y|ies))\s+(?:in\s+(?P<aspect>.+?)\s+)?"
            r"between\s+(?P<items>.+)",
            _between,
        ),
        (r"(?:the\s+)?(?:differences|similarities|parallels)\s+(?:of|among)\s+(?P<items>.+)", _listed),
        (
            r"(?P<aspect>[\w-]+(?:\s[\w-]+){0,3})\s+(?:differences|similarities|comparison)\s*[,:–]\s*(?P<items>.+)",
            _between,
        ),
        (
            r"how\s+(?:different|similar|alike|comparable|close)\s+(?:is|are|was|were)\s+(?P<items>.+)",
            _all,
        ),
        (
            r"(?P<items>.+?)\s*[,:;–-]\s+(?:the\s+)?(?:same|similar|alike|equal)(?:\s+thing)?\s+or\s+(?:different|not|else)",
            _listed,
        ),
        (
            r"(?:do|does|did)\s+(?:both\s+)?(?P<items>[^,:;]+?\sand\s[^,:;]+?)\s+(?:dis)?(?:agree|concur|differ)"
            r"(?:\s+(?:on|about|over|in|as\s+to)\s+(?P<aspect>.+))?",
            lambda match: _named(match["items"], LIST, match["aspect"] or ""),
        ),
        (
            rf"{_AUXILIARY}\s+(?P<one>.+?)\s+(?P<aspect>{_INTRANSITIVE})\s+as\s+(?:well|{_AS_MUCH})\s+as\s+(?P<other>.+)",
            _as_much,
        ),
        (
            rf"(?:is|are|was|were)\s+(?P<one>.+?)\s+as\s+(?P<aspect>{_AS_MUCH})\s+as\s+"
            r"(?!(?:possible|expected|hoped|claimed|needed|planned|usual|before|ever|in|on|with|for|when|if)\b)(?P<other>.+)",
            _as_much,
        ),
        (
            rf"(?:why|when|{_AUXILIARY})\b[^,:;]*?\s{_CHOOSE}\s+(?P<one>[^,:;]+?)\s+(?:instead\s+of|rather\s+than|in\s+preference\s+to)\s+"
            r"(?P<other>.+)",
            _preferred,
        ),
        (
            r"[^,:;]{0,60}?\b(?:choos(?:e|ing)|chose|pick(?:ed|ing)?|prefer(?:red|ring)?)\s+(?P<one>[^,:;]+?)\s+over\s+(?P<other>.+)",
            _preferred,
        ),
        (
            rf"{_AUXILIARY}\s[^,:;]*?\s(?:better|worse|safer)\s+off\s+(?P<items>(?:with|on|in|under|after)\s[^,:;]+\sor\s.+)",
            lambda match: _named(match["items"], _OR, ""),
        ),
        (
            rf"(?!how|what|why|which|who|where)(?:{_AUXILIARY}\s+)?(?P<aspect>[^,:;?]{{2,60}}?)(?<!\sor)\s+(?:more|less)\s+\w+\s+"
            r"(?:in|with|after|for|on|under|among)\s+(?P<items>[^,:;]+\sor\s+(?!other|any|so\b|more|not\b).+)",
            _chosen,
        ),
        (
            r"what\s+(?:makes|distinguishes|separates|sets)\s+(?:apart\s+)?(?P<one>.+?)(?:\s+(?:different|apart))?\s+(?P<rest>from\s.+)",
            _joined,
        ),
        (
            r"(?:is|are)\s+(?:the\s+)?(?P<aspect>[\w\s-]{3,40}?)\s+(?:higher|lower|better|worse|more\s\w+|less\s\w+)\s+"
            r"(?:with|in|for|after)\s+(?P<items>.+?\sthan\s(?:with|in|for|after)\s.+)",
            lambda match: _named(match["items"], re.compile(r"\s+than\s+"), match["aspect"]),
        ),
        (
            r"(?:which|what)\s+of\s+(?P<items>.+?)\s+(?P<aspect>(?:is|are|has|have|had|does|do|did|can|will|costs?|lasts?|persists?|"
            r"gives?|gave|causes?|shows?|works?|makes?|keeps?|takes?|needs?|leads?|offers?|brings?|achieves?|produces?|kills?)\b.*)",
            _listed,
        ),
        (
            rf"(?!(?:which|what)\s+[\w-]+s\s+(?:are|were|have\s+been)\s+\w+(?:ed|en|wn)\b)(?=[^,:;–]*?\b(?:{_CHOOSING})\b)(?P<aspect>(?:which|what|who)\b[^,:;]*?)\s*[,:;–]\s*(?P<items>.+)",
            _chosen,
        ),
        (
            r"(?P<items>.+?)(?:\s*[,:;–?]|\s-)\s*which\s+(?:one\s+)?of\s+(?:them|these|the\s+two)\s+(?P<aspect>.+)",
            _which_of_them,
        ),
        (r"(?P<items>.+?)(?:\s*[,:;–?]|\s-)\s*(?P<aspect>which\b.+)", _listed),
        (
            r"(?P<items>.+?)(?:\s*[,:;–?]|\s-)\s*(?:in|for|with|on)\s+which\s+(?:one\s+)?"
            r"(?:is|are|was|were|do|does|did|can|will)\s+(?P<aspect>.+)",
            _listed,
        ),
        (
            rf"(?P<verb>is|are|do|does|did|has|have|can|will)\s+(?P<one>.+?)(?:\s+(?:any|much|far|even|still))?\s+"
            rf"(?P<aspect>{_COMPARATIVE}\b.*?)\s+than\s+(?P<other>.+)",
            _set_against,
        ),
        (
            rf"(?P<verb>is|are|do|does|did|has|have|can|will)\s+(?P<one>.+?)\s+(?P<aspect>{_COMPARATIVE}\b.*?)\s+then\s+"
            r"(?P<other>.+)",
            _slipped,
        ),
        (
            rf"how\s+(?:much|many|far)\s+(?P<aspect>{_COMPARATIVE}|\w+er)\s+(?:is|are|was|were)\s+(?P<one>.+?)\s+than\s+(?P<other>.+)",
            _as_much,
        ),
        (
            r"(?P<items>[^,:;?]+\s(?:and|or)\s[^,:;?]+?)\s*[,:;?–]\s*(?:is\s+there\s+)?(?:any|an?|much(?:\s+of\s+a)?|what)\s+"
            r"differences?(?:\s+in\s+(?P<aspect>.+))?",
            _listed,
        ),
        (
            r"(?:is|are)\s+(?P<one>[^?]+?)\s+(?P<aspect>[\w-]+)\s+(?:compared\s+(?:to|with)|versus|vs\.?|relative\s+to)\s+"
            r"(?P<other>.+)",
            lambda match: _named(f"{match['one']} or {match['other']}", _OR, match["aspect"]),
        ),
        (
            rf"(?:is|are|do|does)\s+(?P<items>[\w-]+(?:\s[\w-]+){{0,2}}\s+or\s+[\w-]+(?:\s[\w-]+){{0,2}}?)\s+"
            rf"(?P<aspect>(?:\w+\s+)?{_COMPARATIVE}.*)",
            _chosen,
        ),
        # What is laid out side by side; a question between two names is read below.
        (
            rf"(?!(?:what|how)\s(?:\w+\s+)?(?:is|are|do|does)\s[^:;,-]+\s(?:{VERSUS})\s)(?P<text>.+)",
            _juxtaposed,
        ),
        (
            rf"(?:what|how)\s+(?P<aspect>\w+\s+)?(?:is|are|do|does)\s+(?P<items>.+\s(?:{VERSUS})\s.+)",
            _chosen,
        ),
        (
            rf"(?!{_ASKING}|.*\s[-–]\s)(?P<items>[\w\s+/-]{{2,40}}(?:,[\w\s+/-]{{2,40}})*,?\sor\s[\w\s+/-]{{2,60}}(?:[:,].*)?)",
            _in_brief,
        ),
    )
)
