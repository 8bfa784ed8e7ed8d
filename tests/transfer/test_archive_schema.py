"""The format of an archive is written down, and what was exported once can always be imported.

After a change that is meant, renew the schema and look at the difference:

    RENEW=1 make pytest ARGS=tests/transfer/test_archive_schema.py
"""

import json
import os
from pathlib import Path

import jsonschema
import pytest

import app.models
from app.transfer.archive import schema
from tests.support import factories as make
from tests.support.clients import ApiClient
from tests.support.server import ROOT

WRITTEN = ROOT / "docs" / "export.schema.json"
KEPT = Path(__file__).with_name("data")
METADATA = app.models.METADATA


def test_the_schema_is_the_one_that_is_written_down() -> None:
    text = json.dumps(schema(), indent=1, ensure_ascii=False) + "\n"
    if os.environ.get("RENEW"):
        WRITTEN.write_text(text, encoding="utf-8")
    assert json.loads(text) == json.loads(WRITTEN.read_text(encoding="utf-8")), "see the top of this file"


def test_the_schema_is_one() -> None:
    jsonschema.Draft202012Validator.check_schema(schema())
    assert METADATA.tables


async def test_an_archive_of_every_earlier_version_is_still_taken(alice: ApiClient, subtests: pytest.Subtests) -> None:
    """A column that came later may be missing in it; whoever adds one without a default breaks this."""
    kept = sorted(KEPT.glob("archive-*.json"))
    assert kept
    for path in kept:
        with subtests.test(path.name):
            answer = await alice.post(f"{make.API}/me/import", content=path.read_bytes(), headers=JSON)
            assert answer.is_success, answer.text
            assert all(answer.json()["imported"][name] for name in ("contacts", "encounters", "tasks", "touches"))
            for contact in (await make.get(alice, "contacts"))["items"]:
                await make.remove(alice, f"contacts/{contact['id']}")


JSON = {"Content-Type": "application/json"}
