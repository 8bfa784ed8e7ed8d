"""What the tests need that pip cannot bring: browsers, fonts and PostgreSQL, and for `make bench` wrk.

`python -m tests.support.system` installs what is missing on Debian when run as root, and says what to type
elsewhere; Debian's names of packages as arguments are looked after alone. It uses the standard library alone,
since nothing else need be installed yet.
"""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome")
FONT_PACKAGES = ("fonts-noto-core", "fonts-noto-color-emoji")
POSTGRES_PROGRAMS = ("initdb", "postgres")


class Missing(Exception):
    """Something the tests cannot do without; they fail rather than leave a part of themselves out."""


def find_chromium() -> Path:
    """The Chromium named by SUNDOWN_TEST_CHROMIUM, else the first on the PATH."""
    named = os.environ.get("SUNDOWN_TEST_CHROMIUM")
    for name in (named,) if named else CHROMIUM_NAMES:
        found = shutil.which(name)
        if found:
            return Path(found)
    raise Missing(f"Chromium ({named or ', '.join(CHROMIUM_NAMES)}): run `make test`, or set SUNDOWN_TEST_CHROMIUM.")


def find_firefox() -> Path:
    """Firefox ESR: the one named by SUNDOWN_TEST_FIREFOX, else the one on the PATH."""
    named = os.environ.get("SUNDOWN_TEST_FIREFOX", "firefox-esr")
    found = shutil.which(named)
    if found is None:
        raise Missing(f"Firefox ESR ({named}): run `make test`, or set SUNDOWN_TEST_FIREFOX.")
    return Path(found)


def find_webkit() -> Path:
    """WebKitGTK's driver."""
    return _on_path("WebKitWebDriver")


def find_xvfb() -> Path:
    """A screen for a browser that cannot do without."""
    return _on_path("Xvfb")


def _on_path(program: str) -> Path:
    found = shutil.which(program)
    if found is None:
        raise Missing(f"{program}: run `make test`, for wrk `make bench`.")
    return Path(found)


def find_postgres() -> Path:
    """The folder of PostgreSQL's server programs: SUNDOWN_TEST_PG_BIN, Debian's newest, or pg_config's."""
    named = os.environ.get("SUNDOWN_TEST_PG_BIN")
    for folder in (Path(named),) if named else _postgres_folders():
        if all(os.access(folder / program, os.X_OK) for program in POSTGRES_PROGRAMS):
            return folder
    raise Missing("PostgreSQL's server programs: run `make test`, or set SUNDOWN_TEST_PG_BIN to their folder.")


def find_wrk() -> Path:
    """The load generator of `make bench`."""
    return _on_path("wrk")


def _postgres_folders() -> list[Path]:
    def version(folder: Path) -> tuple[int, ...]:
        return tuple(int(part) for part in re.findall(r"\d+", folder.parent.name))

    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=version, reverse=True)
    pg_config = shutil.which("pg_config")
    if pg_config:
        answer = subprocess.run([pg_config, "--bindir"], capture_output=True, text=True, check=False)
        folders.append(Path(answer.stdout.strip()))
    return folders


FINDERS = {
    "chromium": find_chromium,
    "firefox-esr": find_firefox,
    "webkit2gtk-driver": find_webkit,
    "xvfb": find_xvfb,
    "postgresql": find_postgres,
    "wrk": find_wrk,
}
OF_TESTS = ("chromium", "firefox-esr", "webkit2gtk-driver", "xvfb", "postgresql", *FONT_PACKAGES)


def missing_packages(wanted: Sequence[str] = OF_TESTS) -> list[str]:
    """Debian's names of what is wanted and not here; fonts only where dpkg can be asked."""
    return [package for package in wanted if not _there(package)]


def _there(package: str) -> bool:
    if package not in FINDERS:
        return shutil.which("dpkg-query") is None or _installed(package)
    try:
        FINDERS[package]()
    except Missing:
        return False
    return True


def _installed(package: str) -> bool:
    query = ["dpkg-query", "--show", "--showformat=${db:Status-Status}", package]
    return subprocess.run(query, capture_output=True, text=True, check=False).stdout == "installed"


def main(wanted: Sequence[str] = OF_TESTS) -> int:
    packages = missing_packages(wanted)
    if not packages:
        return 0
    install = ["apt-get", "install", "--yes", "--no-install-recommends", *packages]
    if not shutil.which("apt-get"):
        print(f"The tests need {', '.join(packages)} (Debian's names). Please install them.", file=sys.stderr)
        return 1
    if os.geteuid() != 0:
        print("The tests need packages that only root can install. As root, type:", file=sys.stderr)
        print(f"  apt-get update && {' '.join(install)}", file=sys.stderr)
        return 1
    print(f"Installing {', '.join(packages)} ...", flush=True)
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (["apt-get", "--quiet", "update"], install):
        if subprocess.run(command, env=quiet, stdout=subprocess.DEVNULL, check=False).returncode != 0:
            print(f"This failed: {' '.join(command)}", file=sys.stderr)
            return 1
    left = missing_packages(wanted)
    if left:
        print(f"Installed, yet not found: {', '.join(left)}", file=sys.stderr)
    return 1 if left else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:] or OF_TESTS))
