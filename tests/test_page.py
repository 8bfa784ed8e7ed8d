"""Promises about the page that its files alone can show: how much there is of it, and in which order it comes."""

import gzip
import re
import subprocess
from pathlib import Path

import orjson
from PIL import Image

from app.web import as_sent

FRONTEND = Path(__file__).parents[1] / "frontend"
KIB = 1024
MODULES_AT_FIRST = 8
FIRST_LOAD = 25 * KIB
SCRIPTS, STYLES = 60 * KIB, 12 * KIB
NIGHT_AND_SEA = {(0x25, 0x1C, 0x3D), (0x16, 0x12, 0x1E)}
# The words of two versions of each module, in order and with their lines.
SAME_WORDS = """
import { readFileSync } from 'node:fs';
import { tokenize } from 'espree';
const options = { ecmaVersion: 'latest', sourceType: 'module', loc: true };
const words = (text) => JSON.stringify(tokenize(text, options).map(({ value, loc }) => [value, loc]));
const files = Object.entries(JSON.parse(readFileSync(0, 'utf8')));
console.log(JSON.stringify(files.filter(([, [one, other]]) => words(one) !== words(other)).map(([name]) => name)));
"""
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
    """How much of it is sent, so that one idea a file costs nothing."""
    return len(gzip.compress(b"".join(sent(file) for file in sorted(files)), 9))


def sent(file: Path) -> bytes:
    return as_sent(file, 0).encode() if file.parent == FRONTEND / "js" else file.read_bytes()


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


def test_no_two_templates_have_one_name() -> None:
    """They all end up in one document, where the first of a name would be taken for both."""
    pages = [FRONTEND / "index.html", *(FRONTEND / "templates").glob("*.html")]
    names = [name for page in pages for name in re.findall(r'<template id="([^"]+)"', page.read_text())]
    assert {name for name in names if names.count(name) > 1} == set()


def test_icons_are_as_large_as_the_manifest_says_and_fit_into_any_shape() -> None:
    manifest = orjson.loads((FRONTEND / "manifest.webmanifest").read_bytes())
    shown = [*manifest["icons"], *(icon for shortcut in manifest["shortcuts"] for icon in shortcut["icons"])]
    assert {icon.get("purpose", "any") for icon in shown} == {"any", "maskable"}, "one drawing cannot be both"
    for icon in shown:
        file = FRONTEND / icon["src"].removeprefix("/")
        if file.suffix == ".svg":
            continue
        with Image.open(file) as picture:
            assert "{}x{}".format(*picture.size) == icon["sizes"]
            if icon.get("purpose") == "maskable":
                assert outside_the_circle(picture) <= NIGHT_AND_SEA, file.name


def outside_the_circle(picture: Image.Image) -> set[tuple[int, ...]]:
    """The colours of what a phone may cut away, all but a circle of four fifths; four numbers if one looks through."""
    seen = picture.convert("RGB") if min(picture.convert("RGBA").getchannel("A").tobytes()) == 255 else picture
    half, kept = seen.width / 2, (seen.width * 0.4) ** 2
    colours, numbers = seen.tobytes(), len(seen.getbands())
    return {
        tuple(colours[(at := (y * seen.width + x) * numbers) : at + numbers])
        for x in range(seen.width)
        for y in range(seen.height)
        if (x + 0.5 - half) ** 2 + (y + 0.5 - half) ** 2 > kept and abs(y - half * 290 / 256) > 2
    }


def test_phones_get_every_word_of_a_script_on_its_line() -> None:
    scripts = {file.name: [file.read_text(), sent(file).decode()] for file in (FRONTEND / "js").glob("*.js")}
    assert any(whole != phones for whole, phones in scripts.values())
    node = FRONTEND.parent / ".venv" / "node" / "node"
    command = [node, "--input-type=module", "--eval", SAME_WORDS]
    said = subprocess.run(
        command, cwd=FRONTEND, input=orjson.dumps(scripts).decode(), capture_output=True, text=True, check=True
    )
    assert orjson.loads(said.stdout) == []


def test_each_template_has_a_name_of_its_own() -> None:
    """They come into one document, in whichever order they were asked for."""
    pages = [FRONTEND / "index.html", *(FRONTEND / "templates").glob("*.html")]
    names = [name for page in pages for name in re.findall(r'<template id="([^"]+)"', page.read_text())]
    assert [name for name in sorted(set(names)) if names.count(name) > 1] == []
