"""The user's own card as a vCard 3.0 (RFC 2426) and as a QR code of it, for the person they just met."""

from collections.abc import Mapping
from io import BytesIO
from typing import Any

FOLDED_AT = 75
# What the camera of an older phone still reads from a screen; a code may hold three times as much.
MOST_BYTES = 700
LINES = (
    ("TEL;TYPE=CELL", "phone"),
    ("EMAIL;TYPE=INTERNET", "contact_email"),
    ("URL", "linkedin_url"),
    ("URL", "website"),
    ("LABEL", "postal_address"),
)


def vcard(me: Mapping[str, Any]) -> str:
    """With what the settings say under "Under your letters"; never the address one signs in with."""
    return _written(_lines(me))


def qr_code(me: Mapping[str, Any]) -> bytes:
    """An SVG that scales. What comes last on the card is left out where all of it would be too fine to read."""
    import segno

    lines = _lines(me)
    while len(_written(lines).encode()) > MOST_BYTES and len(lines) > 2:
        lines.pop()
    out = BytesIO()
    code = segno.make_qr(_written(lines), error="L", encoding="utf-8")
    code.save(out, kind="svg", xmldecl=False, svgclass=None, lineclass=None, omitsize=True, dark="#000", light="#fff")
    return out.getvalue()


def _lines(me: Mapping[str, Any]) -> list[str]:
    given, _, family = me["name"].strip().rpartition(" ")
    name = f"{_escaped(family)};{_escaped(given)};;;"
    return [
        *(f"N:{name}", f"FN:{_escaped(me['name'].strip())}"),
        *(f"{label}:{_escaped(me[field])}" for label, field in LINES if me[field]),
    ]


def _escaped(text: str) -> str:
    for sign in "\\;,":
        text = text.replace(sign, f"\\{sign}")
    return "\\n".join(text.splitlines())


def _written(lines: list[str]) -> str:
    whole = ["BEGIN:VCARD", "VERSION:3.0", *lines, "END:VCARD"]
    return "".join(f"{_folded(line)}\r\n" for line in whole)


def _folded(line: str) -> str:
    """In parts of at most 75 bytes, none of which ends inside a letter."""
    parts, part = list[str](), ""
    for letter in line:
        if len((part + letter).encode()) > FOLDED_AT:
            parts.append(part)
            part = " "
        part += letter
    return "\r\n".join([*parts, part])
