"""My own card: what the settings say, in the form every phone reads."""

import subprocess
import sys

import pytest

from app.accounts.card import FOLDED_AT, qr_code, vcard
from tests.support import factories as make
from tests.support.clients import ApiClient

EMPTY = dict.fromkeys(("phone", "contact_email", "linkedin_url", "website", "postal_address"))
FULL = {
    "name": "Inês Duarte",
    "phone": "+1 555 010 0142",
    "contact_email": "ines@mail.example",
    "linkedin_url": "https://www.linkedin.com/in/ines-duarte",
    "website": "https://ines.example/work,play",
    "postal_address": "1 Quay Street; second floor\nLisbon",
}
CARD = r"""BEGIN:VCARD
VERSION:3.0
N:Duarte;Inês;;;
FN:Inês Duarte
TEL;TYPE=CELL:+1 555 010 0142
EMAIL;TYPE=INTERNET:ines@mail.example
URL:https://www.linkedin.com/in/ines-duarte
URL:https://ines.example/work\,play
LABEL:1 Quay Street\; second floor\nLisbon
END:VCARD
"""


async def test_it_says_what_the_settings_say(alice: ApiClient) -> None:
    await make.change(alice, "me", FULL)
    answer = await alice.get(f"{make.API}/me/card")
    assert answer.text == CARD.replace("\n", "\r\n")
    assert answer.headers["content-type"] == "text/vcard; charset=utf-8"
    assert answer.headers["cache-control"] == "no-store"
    assert (await alice.get(f"{make.API}/me")).headers["etag"] == answer.headers["etag"]


async def test_the_address_to_sign_in_with_is_not_on_it(alice: ApiClient) -> None:
    answer = await alice.get(f"{make.API}/me/card")
    assert alice.account["email"] not in answer.text
    assert "FN:Alice Almeida" in answer.text


async def test_the_code_is_a_picture(alice: ApiClient) -> None:
    answer = await alice.get(f"{make.API}/me/card.svg")
    assert answer.headers["content-type"] == "image/svg+xml"
    assert answer.text.startswith("<svg ")
    assert "script" not in answer.text


@pytest.mark.parametrize("name", ["Cher", "Ana Maria da Silva", "  Ana  ", "A;B,C\\D", "李 小龙"])
def test_any_name_stands_on_it(name: str) -> None:
    card = vcard({**EMPTY, "name": name})
    assert card.count("\r\n") == 5
    assert card.startswith("BEGIN:VCARD\r\nVERSION:3.0\r\nN:")


def test_long_lines_are_folded_between_letters() -> None:
    address = "Ünter den Linden " * 40
    card = vcard({**EMPTY, "name": "Ana", "postal_address": address})
    assert all(len(line.encode()) <= FOLDED_AT for line in card.split("\r\n"))
    assert f"LABEL:{address}" in card.replace("\r\n ", "")


def test_what_is_too_much_for_a_code_is_left_out_from_the_end() -> None:
    long = {**FULL, "website": f"https://ines.example/{'a' * 1900}", "postal_address": "x" * 20_000}
    assert qr_code(long) == qr_code({**FULL, "website": None, "postal_address": None})
    assert qr_code({**EMPTY, "name": "é" * 200}).startswith(b"<svg ")


def test_a_server_starts_without_what_draws_codes() -> None:
    code = "import sys; import app.main; print('segno' in sys.modules)"
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert said.stdout == "False\n"
