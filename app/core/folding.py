"""Text without case and accents, alike on both databases because it is done here."""

import unicodedata


def fold(text: str) -> str:
    """Lower case, compatibility forms unified, accents dropped: "José" and "jose" become the same."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(character for character in decomposed if not unicodedata.combining(character))
