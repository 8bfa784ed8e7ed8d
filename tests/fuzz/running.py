"""The user, another user and nobody, each through schemathesis against one server."""

import json
import os
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path

from tests.fuzz.callers import Account, Caller, sign_in, sign_up, web
from tests.support.commands import Sundown
from tests.support.server import ROOT, Server

CONFIG = Path(__file__).with_name("schemathesis.toml")


def callers_found_wanting(data_dir: Path, database_url: str, *options: str) -> list[str]:
    """Those to whom something was answered that is not the contract; `options` are those of `st run`."""
    said = Sundown(data_dir, database_url)("demo")
    assert said.status == 0, said
    email, password = said.out.split()[-2:]
    with Server(data_dir, database_url) as server, web(server.url) as page:
        user, other = sign_in(page, email, password), sign_up(page)
        token = Account(page, other).add("tokens", {"name": "Another program", "scope": "write"})["token"]
        callers = {"the user": user, "another user": Caller(other.session, token), "nobody": Caller()}
        wanting = [name for name, caller in callers.items() if not _holds(server.url, user, name, caller, options)]
        log = server.log.read_text()
        assert "Traceback" not in log, log
    return wanting


def _holds(url: str, user: Caller, name: str, caller: Caller, options: tuple[str, ...]) -> bool:
    sys.stdout.write(f"\nAs {name}:\n\n")
    sys.stdout.flush()
    given = {"url": url, "user": asdict(user), "caller": asdict(caller)}
    command = [sys.executable, "-m", "schemathesis.cli", "--config-file", CONFIG, "run", f"{url}/api/v1/openapi.json"]
    environment = {**os.environ, "SUNDOWN_FUZZ": json.dumps(given)}
    return subprocess.run([*command, *options], cwd=ROOT, env=environment, check=False).returncode == 0
