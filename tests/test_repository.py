"""Promises about the repository itself that no linter keeps."""

import re
import subprocess
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
LONGEST = 300
# Names that say nothing of what is inside, so that anything ends up there.
EMPTY_NAMES = {"base", "common", "helper", "helpers", "manager", "managers", "misc", "util", "utils"}
# The brackets keep these patterns from finding themselves.
REGISTRY_HOSTS = r"python[h]osted|py[p]i\.org|registry\.npm[j]s|registry\.yarn[p]kg|deb\.deb[i]an\.org"
MACHINE_PATHS = r"(?<![\w.~-])/(?:roo[t]|wor[k]|far[m])/"
ADDRESS_LOCKS = {"Pipfile.lock", "poetry.lock", "uv.lock", "yarn.lock"}


def tracked_files() -> Iterator[Path]:
    listing = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True)
    for name in listing.stdout.split("\0"):
        if name and (ROOT / name).is_file():
            yield Path(name)


def modules() -> Iterator[Path]:
    for folder, suffix in (("app", "*.py"), ("frontend/js", "*.js"), ("tests", "*.py")):
        for path in (ROOT / folder).rglob(suffix):
            if "node_modules" not in path.parts:
                yield path.relative_to(ROOT)


def lines_matching(pattern: str) -> list[str]:
    found = re.compile(pattern)
    matching: list[str] = []
    for path in tracked_files():
        try:
            text = (ROOT / path).read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        matching += [
            f"{path}:{number}: {line.strip()[:120]}"
            for number, line in enumerate(text.splitlines(), 1)
            if found.search(line)
        ]
    return matching


def test_no_module_is_longer_than_a_reader_holds_in_mind() -> None:
    lengths = {path: len((ROOT / path).read_text().splitlines()) for path in modules()}
    assert {str(path): length for path, length in lengths.items() if length > LONGEST} == {}


def test_modules_are_named_for_what_is_in_them() -> None:
    empty = [str(path) for path in modules() if EMPTY_NAMES & {path.stem, *path.parent.parts}]
    assert empty == []


def test_make_commands_in_the_documents_exist() -> None:
    targets = set(re.findall(r"^([a-z-]+):(?!=)", (ROOT / "Makefile").read_text(), re.MULTILINE))
    documents = [path for path in tracked_files() if path.suffix == ".md"]
    named = {
        (str(path), target)
        for path in documents
        for target in re.findall(r"(?:^|`|\$ )make ([a-z-]+)", (ROOT / path).read_text(), re.MULTILINE)
    }
    assert {(path, target) for path, target in named if target not in targets} == set()


def test_readme_says_how_to_run_and_to_test() -> None:
    readme = (ROOT / "README.md").read_text()
    assert "make run" in readme
    assert "make test" in readme


def test_no_file_names_the_host_of_a_package_registry() -> None:
    assert lines_matching(REGISTRY_HOSTS) == []


def test_no_file_names_a_folder_of_a_developers_machine() -> None:
    own = "|".join(re.escape(str(path)) for path in (ROOT, Path.home()) if len(path.parts) > 2)
    assert lines_matching("|".join(filter(None, (MACHINE_PATHS, own)))) == []


def test_no_lock_file_records_download_addresses() -> None:
    assert [str(path) for path in tracked_files() if path.name in ADDRESS_LOCKS] == []


@pytest.mark.parametrize(
    ("lock_file", "groups"),
    [
        ("requirements.txt", ["build"]),
        ("requirements-dev.txt", ["build", "dev"]),
        ("tests/clients/requirements.txt", ["clients"]),
    ],
)
def test_lock_files_hold_what_the_project_asks_for(lock_file: str, groups: list[str]) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    asked = list(project["project"]["dependencies"]) if "build" in groups else []
    for group in groups:
        asked += [entry for entry in project["dependency-groups"][group] if isinstance(entry, str)]
    pinned = re.findall(r"^([\w.-]+)==([\w.+!-]+)", (ROOT / lock_file).read_text(), re.MULTILINE)
    locked = {canonicalize_name(name): version for name, version in pinned}
    requirements = [Requirement(text) for text in asked]
    stale = [
        str(requirement)
        for requirement in requirements
        if not requirement.specifier.contains(locked.get(canonicalize_name(requirement.name), "0"))
    ]
    assert stale == [], "run `make lock`"
