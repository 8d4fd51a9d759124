"""Tells words that ask the library nothing, and what to say to them."""

from __future__ import annotations

import re
from types import MappingProxyType

from assistant.question.background import Background
from assistant.question.shape import Reply
from corpus.folding import folded

WORDING = MappingProxyType(
    {
        Reply.EMPTY: "Nothing was asked. Ask a question about what the library's documents say.",
        Reply.GREETING: "Hello. Ask a question about what the library's documents say.",
        Reply.THANKS: "You are welcome. Ask on whenever you like.",
        Reply.ABOUT: (
            "Loccit answers questions from the documents of this library and cites the place of every statement. "
            "Ask about anything that they study, compare two or more things, or narrow a question to years or kinds of "
            "papers; what the documents do not say is not answered."
        ),
        Reply.INSTRUCTION: (
            "Loccit only answers questions from the documents of this library; it takes no other instructions."
        ),
        Reply.UNREADABLE: "This cannot be read as a question. Ask in plain words.",
    }
)
_END = r"[\s!?.,:;)(-]*\Z"
_ADDRESS = r"(?:\s+(?:there|loccit|everyone|all|again|team|assistant|bot|friend|you))?"
_HELLO = (
    rf"(?:hi+|hello+|hey+|hallo|greetings|good\s+(?:morning|afternoon|evening|day)|howdy|welcome){_ADDRESS}"
)
_HOW_ARE_YOU = (
    r"(?:how\s+are\s+(?:you|things)(?:\s+doing)?(?:\s+today)?|how\s+do\s+you\s+do|how['’]?s\s+it\s+going|what['’]?s\s+up|"
    r"nice\s+to\s+meet\s+you|are\s+you\s+there)"
)
_PRAISE = r"(?:ok(?:ay)?|great|good|cool|nice|perfect|wonderful|excellent|awesome|super|well\s+done|got\s+it|i\s+see)"
_THANKED = (
    r"(?:(?:many\s+)?thanks|thank\s+you|thx|ty|cheers|bye(?:[\s-]?bye)?|good\s?bye|see\s+you)"
    r"(?:\s+(?:so|very)\s+much|\s+a\s+lot|\s+again|\s+for\s+(?:that|this|the|your)(?:\s+(?:help|answers?))?|\s+later)*"
)
_RULES = r"(?:instructions?|prompts?|rules|guidelines|guardrails|restrictions|programming|training)"
_YOURS = r"(?:(?:all|any|your|the|these|those|my|previous|prior|above|earlier|system|initial|hidden|safety|of)\s+){1,5}"
_FORMS = tuple(
    (reply, re.compile(pattern, re.IGNORECASE))
    for reply, pattern in (
        (Reply.GREETING, rf"(?:{_HELLO}[\s,.!]*)?(?:and\s+)?{_HOW_ARE_YOU}{_ADDRESS}{_END}|{_HELLO}{_END}"),
        (
            Reply.THANKS,
            rf"(?:{_PRAISE}[\s,.!]*)*{_THANKED}{_ADDRESS}(?:[\s,.!]*{_PRAISE})?{_END}|{_PRAISE}{_END}",
        ),
        (
            Reply.ABOUT,
            rf"(?:(?:{_HELLO})[\s,.!]*)?(?:help(?:\s+me)?|what\s+(?:can|do)\s+you\s+do(?:\s+for\s+me)?|who\s+(?:are\s+you|made\s+you|"
            r"built\s+you|is\s+loccit)|what\s+(?:are\s+you|is\s+(?:loccit|this(?:\s+(?:tool|app|site|page|program))?))|"
            r"how\s+(?:do\s+you|does\s+(?:this|it|loccit))\s+work|how\s+do\s+i\s+use\s+(?:this|you|loccit|it)|"
            r"what\s+(?:can|should|may)\s+i\s+ask(?:\s+you)?|what\s+do\s+you\s+know(?:\s+about)?|"
            r"are\s+you\s+(?:an?\s+)?(?:ai|bot|robot|human|person|machine|language\s+model|chatgpt|llm)|"
            rf"(?:please\s+)?introduce\s+yourself|what['’]?s\s+your\s+name|what\s+is\s+your\s+name){_END}",
        ),
        (
            Reply.INSTRUCTION,
            rf"(?:please\s+|now\s+)*(?:ignore|disregard|forget|override|bypass)\s+(?:{_YOURS}{_RULES}|everything\s+(?:above|before))\b|"
            rf"(?:please\s+|can\s+you\s+|could\s+you\s+)*(?:print|show|reveal|repeat|output|display|give|tell|write|leak)\s+(?:me\s+)?"
            rf"(?:(?:what|out)\s+)?{_YOURS}{_RULES}\b|what\s+(?:is|are|was|were)\s+your\s+(?:system\s+|initial\s+)?{_RULES}\b|"
            r"you\s+are\s+now\s+|pretend\s+(?:to\s+be|you\s+are|that\s+you)\b|act\s+as\s+(?:if\s+you|an?\s+)|"
            r"(?:enter|enable|activate)\s+(?:developer|debug|dan|god)\s+mode|"
            r"(?:write|tell)\s+(?:me\s+)?(?:a|an)\s+(?:poem|joke|song|story|limerick|haiku)\b",
        ),
    )
)
# Two letters together, or a letter and a number, as in "p53" and "N-803".
_SPOKEN = re.compile(r"[^\W\d_]{2}|[^\W\d_]-?\d{2}")
_WORD = re.compile(r"[^\W\d_]{5,}")
_TOKEN = re.compile(r"\w+")
_UNPRONOUNCEABLE = re.compile(
    r"[^aeiouy]{5,}|(\w)\1{3,}|asdf|qwer|zxcv|hjkl|\A[^aeiouy]+\Z|(\w{2,3})\2{2,}", re.IGNORECASE
)
_LONGEST_TALK = 120


def reply_to(text: str, background: Background | None) -> Reply | None:
    """Give what to reply to words that ask the library nothing; None to a question.

    Args:
        text: As the reader wrote it, white space folded.
        background: What is known; without it, nothing is taken for gibberish.
    """
    if not any(map(str.isalnum, text)):
        return Reply.EMPTY
    for reply, form in _FORMS:
        if (len(text) <= _LONGEST_TALK or reply is Reply.INSTRUCTION) and form.match(text):
            return reply
    if not _SPOKEN.search(text):
        return Reply.UNREADABLE
    return Reply.UNREADABLE if background and _is_gibberish(text, background) else None


def _is_gibberish(text: str, background: Background) -> bool:
    """Tell keys struck at random: nothing but words that nobody knows and nobody can say."""
    words = [folded(word) for word in _WORD.findall(text[:_LONGEST_TALK])]
    if not words or len(words) < len(_TOKEN.findall(text[:_LONGEST_TALK])):
        return False
    return all(_UNPRONOUNCEABLE.search(word) and not background.knows(word) for word in words)
