"""Text without case and accents, alike on both databases because it is done here."""

import unicodedata

# Letters with a stroke, and the two-letter ones, are letters of their own to Unicode and an accent to who types them.
_PLAIN = str.maketrans("øđðħıłŧƀɨƶ", "oddhiltbiz") | str.maketrans({"æ": "ae", "œ": "oe", "þ": "th", "ŋ": "ng"})


def fold(text: str) -> str:
    """Lower case, compatibility forms unified, accents dropped: "José" and "jose" become the same.

    Compatibility caseless matching (Unicode 3.13, D146) without combining marks. Character by character it gives
    the same, and twice changes nothing.
    """
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text.casefold()).casefold())
    return "".join(character for character in decomposed if not unicodedata.combining(character)).translate(_PLAIN)
