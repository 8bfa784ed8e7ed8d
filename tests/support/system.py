"""What the tests need that pip cannot bring: Chromium, fonts and PostgreSQL.

`python -m tests.support.system` installs what is missing on Debian when run as root, and says what to type
elsewhere. It uses the standard library alone, since nothing else need be installed yet.
"""

import os
import re
import shutil
import subprocess
import sys
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


def find_postgres() -> Path:
    """The folder of PostgreSQL's server programs: SUNDOWN_TEST_PG_BIN, Debian's newest, or pg_config's."""
    named = os.environ.get("SUNDOWN_TEST_PG_BIN")
    for folder in (Path(named),) if named else _postgres_folders():
        if all(os.access(folder / program, os.X_OK) for program in POSTGRES_PROGRAMS):
            return folder
    raise Missing("PostgreSQL's server programs: run `make test`, or set SUNDOWN_TEST_PG_BIN to their folder.")


def _postgres_folders() -> list[Path]:
    def version(folder: Path) -> tuple[int, ...]:
        return tuple(int(part) for part in re.findall(r"\d+", folder.parent.name))

    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=version, reverse=True)
    pg_config = shutil.which("pg_config")
    if pg_config:
        answer = subprocess.run([pg_config, "--bindir"], capture_output=True, text=True, check=False)
        folders.append(Path(answer.stdout.strip()))
    return folders


def missing_packages() -> list[str]:
    """Debian's names of what is not here; fonts only where dpkg can be asked."""
    packages: list[str] = []
    for find, package in ((find_chromium, "chromium"), (find_postgres, "postgresql")):
        try:
            find()
        except Missing:
            packages.append(package)
    if shutil.which("dpkg-query"):
        packages += [package for package in FONT_PACKAGES if not _installed(package)]
    return packages


def _installed(package: str) -> bool:
    query = ["dpkg-query", "--show", "--showformat=${db:Status-Status}", package]
    return subprocess.run(query, capture_output=True, text=True, check=False).stdout == "installed"


def main() -> int:
    packages = missing_packages()
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
    left = missing_packages()
    if left:
        print(f"Installed, yet not found: {', '.join(left)}", file=sys.stderr)
    return 1 if left else 0


if __name__ == "__main__":
    sys.exit(main())
