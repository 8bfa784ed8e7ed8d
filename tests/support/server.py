"""A real `sundown serve`, for what only a process can show: kills, restarts and browsers."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Self

import httpx
import pytest

ROOT = Path(__file__).parents[2]
START_SECONDS = 30
STOP_SECONDS = 15


class Server:
    """`start()`, and `url` answers; `stop()` asks it to end, `kill()` does not; data stay for `restart()`.

    `with Server(…) as server:` starts it and leaves none running.
    """

    def __init__(self, data_dir: Path, database_url: str, environment: Mapping[str, str] | None = None) -> None:
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.log = data_dir.parent / "server.log"
        self.environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(data_dir.parent),
            "SUNDOWN_DATA_DIR": str(data_dir),
            "SUNDOWN_DATABASE_URL": database_url,
            "SUNDOWN_SIGNUP": "open",
            "SUNDOWN_PASSWORD_HASH_COST": "test",
            **(environment or {}),
        }
        self.command = [sys.executable, "-m", "app", "serve", "--host", "127.0.0.1", "--port", str(self.port)]
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def pid(self) -> int:
        assert self._process is not None, "not started"
        return self._process.pid

    def start(self) -> None:
        assert self._process is None, "already running"
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                self.command, cwd=ROOT, env=self.environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log
            )
        self._wait_until_ready(self._process)

    def _wait_until_ready(self, process: subprocess.Popen[bytes]) -> None:
        deadline = time.monotonic() + START_SECONDS
        with self.client() as client:
            while time.monotonic() < deadline and process.poll() is None:
                try:
                    if client.get("/readyz").status_code == httpx.codes.OK:
                        return
                except httpx.TransportError:
                    pass
                time.sleep(0.01)
        self.kill()
        raise AssertionError(f"`sundown serve` did not become ready; it said:\n{self.log.read_text()}")

    def client(self) -> httpx.Client:
        """A client of another program, or of the page once it has signed in: it sends what browsers send."""
        return httpx.Client(base_url=self.url, headers={"Sec-Fetch-Site": "same-origin"}, trust_env=False)

    def stop(self) -> int:
        """End it as an operator would, and give its exit status."""
        process, self._process = self._process, None
        if process is None:
            return 0
        process.terminate()
        try:
            return process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            raise AssertionError(f"`sundown serve` did not stop; it said:\n{self.log.read_text()}") from None

    def kill(self) -> None:
        """kill -9: nothing is finished, nothing is flushed."""
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.wait()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.kill()

    def restart(self) -> None:
        """The same data under the same address, after a stop unless it was killed before."""
        self.stop()
        self.start()


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return probe.getsockname()[1]


@pytest.fixture
def server(data_dir: Path, database_url: str) -> Iterator[Server]:
    """A running server of this test's own, over a fresh database; tests that need another start a Server."""
    running = Server(data_dir, database_url)
    running.start()
    yield running
    running.stop()
