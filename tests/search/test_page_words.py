"""The page finds people it keeps as the server does: words are cut and folded alike, and people come in one order."""

import json
import random
import subprocess
from pathlib import Path
from typing import Any

from app.search.query import Nearness, Query
from app.search.words import indexed, words
from tests.search.test_words import CASES

ROOT = Path(__file__).parents[2]
NODE = ROOT / ".venv" / "node" / "node"
LETTERS = "aB1 '’-éßøΣςıİŁ田ก김🎉ﬁ\u0301\ufe0fकुД.,"
SCRIPT = """
import { indexed, nearness, queryOf, words } from './frontend/js/words.js';
let given = '';
for await (const part of process.stdin) given += part;
const { texts, asked } = JSON.parse(given);
const near = asked.map(([typed, head, body]) => {
  const query = queryOf(typed);
  return query && nearness(query, indexed(head), indexed(body));
});
console.log(JSON.stringify({ cut: texts.map((text) => [words(text), indexed(text)]), near }));
"""


def in_the_page(**given: Any) -> dict[str, Any]:
    node = subprocess.run(
        [NODE, "--input-type=module", "-e", SCRIPT],
        cwd=ROOT, input=json.dumps(given), capture_output=True, text=True, check=True,
    )  # fmt: skip
    return json.loads(node.stdout)


def near(typed: str, head: str, body: str) -> int | None:
    """The class of somebody, in plain words."""
    query = Query.of(typed)
    if query is None:
        return None
    asked = {*query.whole, f"{query.beginning}*"}
    called, told = (set().union(*map(query.asks_for, indexed(text))) for text in (head, body))
    if asked <= called:
        return Nearness.CALLED.value
    if not asked <= called | told:
        return 0
    return Nearness.PARTLY_CALLED.value if called else Nearness.ABOUT.value


def test_page_and_server_agree() -> None:
    chance = random.Random(4)
    some = [*CASES, *("".join(chance.choices(LETTERS, k=12)) for _ in range(500))]
    asked = [tuple(" ".join(chance.choices(("ana", "Jo", "josé", "an", "o'b"), k=count)) for count in (2, 2, 3))
             for _ in range(500)]  # fmt: skip
    page = in_the_page(texts=some, asked=asked)
    assert {text: cut for text, cut in zip(some, page["cut"], strict=True) if cut != [words(text), indexed(text)]} == {}
    assert page["near"] == [near(*each) for each in asked]
