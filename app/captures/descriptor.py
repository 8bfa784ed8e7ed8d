"""From a card note to what the person is called until there is a name (R7)."""

import re

LONGEST = 40
# Commas, dashes, full stops and line ends of other scripts too; a hyphen or a dot inside a word is none.
_ENDS = re.compile(r"[,،、，–—―。．\r\n\v\f\x1c-\x1e\x85\u2028\u2029]|\s-+\s|\.(?=\s|$)")


def descriptor_of(text: str) -> str | None:
    """The text up to the first comma, dash, full stop or line end, at most 40 characters at a word boundary."""
    whole = text.strip()
    first = _ENDS.split(whole, maxsplit=1)[0].strip() or " ".join(_ENDS.sub(" ", whole).split()) or whole
    if len(first) <= LONGEST:
        return first or None
    cut = first[: LONGEST + 1]
    head, space, _ = cut.rpartition(" ")
    return head.rstrip() if space and head.strip() else first[:LONGEST]
