"""Load by wrk: what many clients at once get out of a server."""

import json
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.bench.calls import Call

# Each thread of wrk begins elsewhere in the list, so that two are not in step.
SCRIPT = """
local calls, at, threads = {%s}, 0, 0
function setup(thread) thread:set("first", threads * 37); threads = threads + 1 end
function init() at = first end
function request() at = at %% #calls + 1; return calls[at] end
function done(summary, latency)
  local errors, line = summary.errors, '\\n{"requests": %%d, "seconds": %%f, "refused": %%d, "broken": %%d, '
  io.write(string.format(line .. '"p50": %%f, "p99": %%f}\\n',
    summary.requests, summary.duration / 1e6, errors.status,
    errors.connect + errors.read + errors.write + errors.timeout,
    latency:percentile(50) / 1e3, latency:percentile(99) / 1e3))
end
"""


@dataclass(frozen=True, slots=True)
class Load:
    """`done` were answered with success; latencies are in milliseconds."""

    done: int
    seconds: float
    refused: int
    broken: int
    p50: float
    p99: float

    @property
    def rate(self) -> float:
        return self.done / self.seconds


def begin(url: str, calls: Sequence[Call], folder: Path, *, clients: int, seconds: int) -> "subprocess.Popen[str]":
    """Start the load; `result` waits for its end."""
    script = folder / f"load-{abs(hash((url, calls[0]))):x}.lua"
    script.write_text(SCRIPT % ",\n".join(_quoted(_request(call)) for call in calls))
    command = ["wrk", "--threads", "1", f"--connections={clients}", f"--duration={seconds}s", "--timeout", "30s"]
    return subprocess.Popen([*command, "--script", str(script), url], stdout=subprocess.PIPE, text=True)


def result(process: "subprocess.Popen[str]") -> Load:
    output, _ = process.communicate()
    if process.returncode != 0:
        raise RuntimeError(f"wrk failed:\n{output}")
    told = json.loads(output.strip().splitlines()[-1])
    done = told["requests"] - told["refused"]
    return Load(done, told["seconds"], told["refused"], told["broken"], told["p50"], told["p99"])


def load(url: str, calls: Sequence[Call], folder: Path, *, clients: int, seconds: int) -> Load:
    return result(begin(url, calls, folder, clients=clients, seconds=seconds))


def _request(call: Call) -> bytes:
    """The whole request as bytes, which wrk sends as they are."""
    head = [f"{call.method} {call.address} HTTP/1.1", "Host: localhost", f"Authorization: Bearer {call.token}"]
    if call.body:
        head += ["Content-Type: application/json", f"Content-Length: {len(call.body)}"]
    return "\r\n".join([*head, "", ""]).encode() + call.body


def _quoted(raw: bytes) -> str:
    """A Lua string of any bytes."""
    return '"' + "".join(f"\\{byte:03}" for byte in raw) + '"'
