"""The Dockerfile's steps carried out without an engine: `python -m tests.support.image` (`make image-proof`).

Each stage is a copy of the Debian that the Dockerfile names, made by debootstrap; each RUN is run in it as root by
chroot. Then the image is used as compose.yaml does: not as root, the root file system read-only, one writable volume.
"""

import json
import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from tests.support.server import free_port

ROOT = Path(__file__).resolve().parents[2]
# Whom this machine trusts, so that the steps reach what it reaches.
CERTIFICATES, TRUSTED = Path("/etc/ssl/certs/ca-certificates.crt"), "/etc/ssl/trusted-by-this-machine.crt"
SEARCH_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
USER = 10001
PASSWORD = "a lantern, a ladder and a letter"


@dataclass
class Stage:
    """A file system and what the Dockerfile says of running it."""

    root: Path
    directory: str = "/"
    environment: dict[str, str] = field(default_factory=lambda: {"PATH": SEARCH_PATH})
    health: list[str] = field(default_factory=list)
    entry: list[str] = field(default_factory=list)
    command: list[str] = field(default_factory=list)


def instructions(text: str) -> Iterator[tuple[str, str]]:
    """Name and argument of each instruction; continued lines joined, comments left out."""
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    for line in re.sub(r"\\\n", " ", "\n".join(lines)).splitlines():
        if line.strip():
            name, _, rest = line.partition(" ")
            yield name.upper(), rest.strip()


def build(folder: Path) -> Stage:
    """Carry out the Dockerfile; the last stage is the image."""
    stages: dict[str, Stage] = {}
    stage = Stage(folder)
    for name, rest in instructions((ROOT / "Dockerfile").read_text()):
        print(f"  {name} {rest[:100]}", flush=True)
        if name == "FROM":
            image, _, alias = rest.partition(" AS ")
            stage = stages[alias or "image"] = Stage(base_of(image, folder, alias or "image"))
        elif name == "COPY":
            copy(stage, rest, stages)
        else:
            step(stage, name, rest)
    return stage


def step(stage: Stage, name: str, rest: str) -> None:
    match name:
        case "WORKDIR":
            stage.directory = rest
            inside(stage, rest).mkdir(parents=True, exist_ok=True)
        case "ENV":
            key, _, value = rest.partition("=")
            stage.environment[key] = value
        case "RUN":
            run(stage, f"cd {shlex.quote(stage.directory)}; {rest}")
        case "HEALTHCHECK":
            stage.health = shlex.split(rest.partition(" CMD ")[2])
        case "ENTRYPOINT":
            stage.entry = json.loads(rest)
        case "CMD":
            stage.command = json.loads(rest)
        case "USER" | "VOLUME" | "EXPOSE":
            pass
        case _:
            raise SystemExit(f"The proof does not know {name}.")


def base_of(image: str, folder: Path, alias: str) -> Path:
    """A fresh copy of the Debian release the image is made of."""
    release = re.fullmatch(r"debian:(\w+)-slim", image)
    if release is None:
        raise SystemExit(f"The proof knows Debian's images alone, not {image}.")
    clean = folder / f"debian-{release[1]}"
    if not clean.exists():
        subprocess.run(
            ["debootstrap", "--variant=minbase", release[1], str(clean)], check=True, stdout=subprocess.DEVNULL
        )
    root = folder / alias
    subprocess.run(["cp", "-a", str(clean), str(root)], check=True)
    for path, name in ((Path("/etc/resolv.conf"), "/etc/resolv.conf"), (CERTIFICATES, TRUSTED)):
        if path.exists():
            target = root / Path(name).relative_to("/")
            target.parent.mkdir(parents=True, exist_ok=True)
            target.unlink(missing_ok=True)
            shutil.copyfile(path, target)
    return root


def inside(stage: Stage, path: str) -> Path:
    whole = Path(stage.directory, path)
    return stage.root / whole.relative_to("/")


def copy(stage: Stage, rest: str, stages: dict[str, Stage]) -> None:
    """COPY from the build context, less what .dockerignore leaves out, or from another stage."""
    words = rest.split()
    if words[0].startswith("--from="):
        source = stages[words.pop(0).removeprefix("--from=")]
        target = inside(stage, words[1])
        target.parent.mkdir(parents=True, exist_ok=True)
        subprocess.run(["cp", "-a", str(inside(source, words[0])), str(target)], check=True)
        return
    *sources, target_name = words
    for name in context():
        if "." in sources or str(name) in sources:
            target = inside(stage, target_name) / name
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / name, target)


def context() -> Iterator[Path]:
    """The files a build is given, as .dockerignore says: all left out, some let in again, parts of those left out."""
    lines = (ROOT / ".dockerignore").read_text().split("\n")
    patterns = [line for line in lines if line and not line.startswith("#") and line != "*"]
    let_in = [line.removeprefix("!") for line in patterns if line.startswith("!")]
    left_out = [line for line in patterns if not line.startswith("!")]
    for top in let_in:
        found = [ROOT / top] if (ROOT / top).is_file() else (ROOT / top).rglob("*")
        for path in found:
            name = path.relative_to(ROOT)
            parts = {str(name), *(str(parent) for parent in name.parents)}
            if path.is_file() and not any(
                line in parts or (line.startswith("**/") and line[3:] in name.parts) for line in left_out
            ):
                yield name


def run(stage: Stage, script: str) -> None:
    trusted = {"PIP_CERT": TRUSTED, "SSL_CERT_FILE": TRUSTED} if CERTIFICATES.exists() else {}
    command = wrapped(stage, ["sh", "-ec", script])
    subprocess.run(command, env=stage.environment | trusted, check=True, stdout=sys.stderr)


def wrapped(stage: Stage, command: list[str], user: int = 0, volume: Path | None = None) -> list[str]:
    """The command in its own mount namespace; with a volume the rest of the file system is read-only."""
    root = shlex.quote(str(stage.root))
    mounts = [f"mount --bind {root} {root}", f"mount -t proc proc {root}/proc", f"mount --bind /dev {root}/dev"]
    if volume is not None:
        mounts += [
            f"mount -o remount,ro,bind {root}",
            f"mount --bind {shlex.quote(str(volume))} {root}/data",
            f"mount -t tmpfs tmpfs {root}/tmp",
        ]
    who = f"--userspec={user}:{user}" if user else "--userspec=0:0"
    script = " && ".join([*mounts, f"exec chroot {who} {root} {shlex.join(command)}"])
    return ["unshare", "--mount", "sh", "-ec", script]


def use(image: Stage, volume: Path) -> None:
    """Start it, ask its health, sign up with the printed code, stop it, start it again: the account is still there."""
    port = free_port()
    environment = image.environment | {"SUNDOWN_PORT": str(port)}
    signing_up = {"email": "ana@mail.example", "password": PASSWORD, "name": "Ana", "timezone": "Europe/Lisbon"}
    for start in ("first", "second"):
        command = wrapped(image, [*image.entry, *image.command], USER, volume)
        with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as running:
            assert running.stdout is not None
            address = running.stdout.readline()
            assert "Sundown is at" in address, address
            wait_for_health(image, environment, volume)
            assert "Card note" in httpx.get(f"http://127.0.0.1:{port}/").text
            with httpx.Client(base_url=f"http://127.0.0.1:{port}/api/v1") as client:
                if start == "first":
                    code = running.stdout.readline().rpartition(" ")[2].strip()
                    answer = client.post("/accounts", json={**signing_up, "setup_code": code})
                    assert answer.status_code == httpx.codes.CREATED, answer.text
                else:
                    held = {name: signing_up[name] for name in ("email", "password")}
                    answer = client.post("/session", json=held)
                    assert answer.status_code < httpx.codes.MULTIPLE_CHOICES, answer.text
            running.send_signal(signal.SIGTERM)
            assert running.wait(20) in (0, -signal.SIGTERM)
        print(f"  {start} start: healthy, answered, stopped", flush=True)


def wait_for_health(image: Stage, environment: dict[str, str], volume: Path) -> None:
    command = wrapped(image, image.health, USER, volume)
    for _ in range(100):
        if subprocess.run(command, env=environment, stderr=subprocess.DEVNULL, check=False).returncode == 0:
            return
        time.sleep(0.1)
    raise SystemExit("The health check never passed.")


def main() -> int:
    if os.geteuid() != 0 or not shutil.which("debootstrap"):
        print("The proof needs root and debootstrap: apt-get install debootstrap", file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory(prefix="sundown-image-") as folder:
        image = build(Path(folder))
        volume = Path(folder) / "volume"
        volume.mkdir(mode=0o700)
        os.chown(volume, USER, USER)
        use(image, volume)
    print("The image builds, runs without root on a read-only file system and keeps its volume.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
