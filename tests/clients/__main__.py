"""`make clients`: generate a TypeScript and a Python client, check their types, and use both against a real server."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from uuid import uuid4

from tests.support import factories as make
from tests.support.server import ROOT, Server

HERE = Path(__file__).parent
DOCUMENT = ROOT / "tests" / "contract" / "openapi.json"
NODE_TOOLS = HERE / "node_modules" / ".bin"
# Made by the Makefile, beside our own environment.
PYTHON_TOOLS = Path(sys.prefix) / "clients" / "bin"


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="clients_") as name:
        folder = Path(name)
        data = folder / "data"
        data.mkdir()
        with Server(data, f"sqlite:///{data}/sundown.db") as server:
            use_typescript(folder / "typescript", server)
            use_python(folder / "python", server)
    return 0


def use_typescript(folder: Path, server: Server) -> None:
    folder.mkdir()
    for name in ("in_typescript.ts", "package.json", "tsconfig.json"):
        shutil.copy(HERE / name, folder)
    (folder / "node_modules").symlink_to(HERE / "node_modules")
    # Else what has a default would have to be sent.
    run(NODE_TOOLS / "openapi-typescript", DOCUMENT, "--default-non-nullable=false", "-o", folder / "generated.ts")
    run(NODE_TOOLS / "tsc", "--project", folder)
    run("node", folder / "in_typescript.ts", server.url, new_token(server))


def use_python(folder: Path, server: Server) -> None:
    generator = PYTHON_TOOLS / "openapi-python-client"
    config = HERE / "generator.yml"
    run(generator, "generate", "--path", DOCUMENT, "--output-path", folder, "--config", config, "--fail-on-warning")
    shutil.copy(HERE / "in_python.py", folder)
    checked = {"include": ["."], "typeCheckingMode": "standard", "reportUnnecessaryTypeIgnoreComment": False}
    (folder / "pyrightconfig.json").write_text(json.dumps(checked))
    run("basedpyright", "--project", folder, "--pythonpath", PYTHON_TOOLS / "python", "--warnings")
    run(PYTHON_TOOLS / "python", folder / "in_python.py", server.url, new_token(server))


def new_token(server: Server) -> str:
    """A write token of a new account."""
    with server.client() as page:
        page.post(f"{make.API}/accounts", json=make.account(email=f"{uuid4()}@mail.example")).raise_for_status()
        made = page.post(f"{make.API}/tokens", json={"name": "A generated client", "scope": "write"})
        return made.raise_for_status().json()["token"]


def run(*command: str | Path) -> None:
    path = os.pathsep.join([str(PYTHON_TOOLS), str(Path(sys.prefix) / "bin"), os.environ["PATH"]])
    subprocess.run(command, env={**os.environ, "PATH": path}, check=True)


if __name__ == "__main__":
    sys.exit(main())
