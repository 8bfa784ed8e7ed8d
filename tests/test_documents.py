"""What the documents say is so: settings are all listed, and the commands and programs shown run."""

import os
import re
import subprocess
import sys
from dataclasses import fields
from pathlib import Path

import pytest

from app.core.config import PREFIX, Settings
from tests.support.clients import PASSWORD
from tests.support.server import Server

ROOT = Path(__file__).parents[1]
COMPUTED = {"data_dir": "`~/.local/share/sundown`", "database_url": "SQLite in the data folder"}


def shown(name: str, default: object) -> str:
    if name in COMPUTED:
        return COMPUTED[name]
    if isinstance(default, bool):
        return f"`{str(default).lower()}`"
    if isinstance(default, tuple):
        return f"`{','.join(default)}`"
    return "" if default is None else f"`{default}`"


def test_every_setting_is_documented_as_it_is() -> None:
    rows = {
        name: (default.strip(), meaning.strip())
        for name, default, meaning in re.findall(
            r"^\| `(SUNDOWN_\w+)` \|([^|]*)\|([^|]*)\|$", (ROOT / "docs/configuration.md").read_text(), re.MULTILINE
        )
    }
    assert rows == {
        f"{PREFIX}{field.name.upper()}": (shown(field.name, field.default), field.metadata["help"])
        for field in fields(Settings)
    }


def test_no_document_names_a_setting_that_is_none() -> None:
    known = {f"{PREFIX}{field.name.upper()}" for field in fields(Settings)}
    for document in (*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), ROOT / "compose.yaml", ROOT / "Dockerfile"):
        named = {name for name in re.findall(r"SUNDOWN_[A-Z_]+\b", document.read_text()) if "_TEST_" not in name}
        assert named <= known, document.name


def test_links_between_the_documents_lead_somewhere() -> None:
    for document in (*ROOT.glob("*.md"), *ROOT.glob("docs/*.md")):
        for target in re.findall(r"\]\((?!https?:)([^)#]+)", document.read_text()):
            assert (document.parent / target).exists(), f"{document.name}: {target}"


@pytest.fixture
def environment(server: Server, tmp_path: Path) -> dict[str, str]:
    """A server with Ana's account and a token of hers, as the tour asks for."""
    with server.client() as client:
        account = {
            "email": "ana@mail.example",
            "password": PASSWORD,
            "name": "Ana Almeida",
            "timezone": "Europe/Lisbon",
        }
        client.post("/api/v1/accounts", json=account).raise_for_status()
        token = client.post("/api/v1/tokens", json={"name": "tour", "scope": "write"}).raise_for_status().json()
    return {"PATH": os.environ["PATH"], "HOME": str(tmp_path), "SUNDOWN": server.url, "TOKEN": token["token"]}


@pytest.mark.database("sqlite")
def test_the_tour_of_the_api_runs_as_it_is_written(environment: dict[str, str]) -> None:
    tour = (ROOT / "docs/api-tour.md").read_text()
    shell = "\n".join(re.findall(r"^```sh\n(.*?)^```", tour, re.MULTILINE | re.DOTALL))
    walked = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", shell], env=environment, capture_output=True, text=True, check=False
    )
    assert walked.returncode == 0, walked.stdout + walked.stderr
    assert "sundown in Lisbon on Wednesday 4 March, 18:32" in walked.stdout
    assert '"version":"mine-1"' in walked.stdout
    assert "#/captured_at" in walked.stdout
    (program,) = re.findall(r"^```python\n(.*?)^```", tour, re.MULTILINE | re.DOTALL)
    printed = subprocess.run(
        [sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=False
    )
    assert printed.returncode == 0, printed.stderr
    assert "Mail a handwritten note - sundown in Lisbon on Wednesday 4 March, 18:32" in printed.stdout


@pytest.mark.database("sqlite")
def test_the_first_call_of_the_readme_runs_as_it_is_written(environment: dict[str, str]) -> None:
    block = re.search(
        r"^curl http://localhost:8600(.*?)^```", (ROOT / "README.md").read_text(), re.MULTILINE | re.DOTALL
    )
    assert block is not None
    command = f"curl --fail-with-body --silent {environment['SUNDOWN']}{block[1]}"
    answer = subprocess.run(["bash", "-c", command], env=environment, capture_output=True, text=True, check=False)
    assert answer.returncode == 0, answer.stdout
    assert '"action":"handwritten_note"' in answer.stdout


def test_the_table_of_faults_shows_no_note_lost_or_doubled() -> None:
    rows = re.findall(
        r"^\| .* \| (?:SQLite|PostgreSQL) \|.*\| ([\d,]+) \| (\d+) \| (\d+) \|$",
        (ROOT / "docs/reliability.md").read_text(),
        re.MULTILINE,
    )
    assert len(rows) >= 10, "run `make faults`"
    assert all(acknowledged != "0" and (lost, doubled) == ("0", "0") for acknowledged, lost, doubled in rows)
