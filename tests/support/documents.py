"""Tables in the documents that a command makes."""

import re
from pathlib import Path

from tests.support.commands import ROOT


def keep_table(document: str, command: str, table: str) -> None:
    """Put the table where `document`, in docs/, says that `command` made it."""
    path: Path = ROOT / "docs" / document
    made_by = re.compile(rf"(<!-- made by `{command}` -->\n).*?(<!-- end -->)", re.DOTALL)
    text, count = made_by.subn(lambda kept: kept[1] + table + kept[2], path.read_text())
    if count != 1:
        raise ValueError(f"docs/{document} has {count} places for the table of {command}")
    path.write_text(text)
