"""Promises about the page that its files alone can show: how much there is of it, and in which order it comes."""

import gzip
import re
from pathlib import Path

FRONTEND = Path(__file__).parents[1] / "frontend"
KIB = 1024
MODULES_AT_FIRST = 8
FIRST_LOAD = 25 * KIB
SCRIPTS, STYLES = 60 * KIB, 12 * KIB
STATIC_IMPORT = re.compile(r"^(?:import|export)\s[^;]*?from '([^']+)'", re.MULTILINE)


def small(*files: Path) -> int:
    """Bytes on the wire."""
    return sum(len(gzip.compress(file.read_bytes(), 9)) for file in files)


def imports(file: Path) -> set[Path]:
    return {(file.parent / name).resolve() for name in STATIC_IMPORT.findall(file.read_text())}


def head() -> str:
    return (FRONTEND / "index.html").read_text().partition("<body>")[0]


def named(pattern: str) -> set[Path]:
    return {(FRONTEND / address).resolve() for address in re.findall(pattern, head())}


def first_modules() -> set[Path]:
    """What main.js imports before the composer takes text."""
    found: set[Path] = set()
    ahead = {FRONTEND / "js" / "main.js"}
    while ahead:
        found |= ahead
        ahead = {each for file in ahead for each in imports(file)} - found
    return found


def together(*files: Path) -> int:
    """How much there is of it, so that one idea a file costs nothing."""
    return len(gzip.compress(b"".join(file.read_bytes() for file in sorted(files)), 9))


def test_all_scripts_and_all_styles_stay_small() -> None:
    assert together(*(FRONTEND / "js").glob("*.js"), FRONTEND / "sw.js") <= SCRIPTS
    assert together(*(FRONTEND / "css").glob("*.css")) <= STYLES


def test_what_comes_first_is_preloaded_and_nothing_else() -> None:
    modules = first_modules()
    assert len(modules) <= MODULES_AT_FIRST
    assert named(r'rel="modulepreload" href="/([^"]+)"') == modules


def test_imports_are_two_deep_at_most() -> None:
    main = FRONTEND / "js" / "main.js"
    second = {each for file in imports(main) for each in imports(file)} - imports(main)
    assert {file.name for each in second for file in imports(each) - imports(main) - second} == set()


def test_the_first_load_is_small() -> None:
    others = named(r'<(?:script|link rel="stylesheet")[^>]* (?:src|href)="/([^"]+)"')
    assert small(FRONTEND / "index.html", *first_modules(), *others) <= FIRST_LOAD
