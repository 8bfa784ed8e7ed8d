"""Pictures of cards: kept with the meeting, made small, without metadata; and what is no picture is said."""

import asyncio
import subprocess
import sys
from collections.abc import AsyncIterator
from io import BytesIO
from typing import Any
from zlib import crc32

import httpx
import pytest
from PIL import Image

from app.pictures.imaging import LONGEST_SIDE, shown
from app.pictures.service import MOST
from tests.contract.answers import check_problem
from tests.support import factories as make
from tests.support import pictures
from tests.support.clients import ApiClient

INVALID, CONFLICT, GONE = httpx.codes.UNPROCESSABLE_ENTITY, httpx.codes.CONFLICT, httpx.codes.GONE
NOT_FOUND, CREATED = httpx.codes.NOT_FOUND, httpx.codes.CREATED
LIMIT = 10 * 1024 * 1024
# The beginning of a PNG that says it is 60,000 pixels on each side.
HEADER = b"IHDR" + (60_000).to_bytes(4) * 2 + bytes((8, 6, 0, 0, 0))
BOMB = b"\x89PNG\r\n\x1a\n" + (13).to_bytes(4) + HEADER + crc32(HEADER).to_bytes(4) + bytes(4) + b"IDAT" + bytes(8)


@pytest.fixture
async def met(alice: ApiClient) -> str:
    """The id of a meeting."""
    return (await make.add(alice, "captures", make.capture()))["id"]


async def seen(user: ApiClient, encounter_id: str, number: int = 1) -> Image.Image:
    answer = await user.get(pictures.address(encounter_id, number))
    assert answer.status_code == httpx.codes.OK, answer.text
    image = Image.open(BytesIO(answer.content))
    image.load()
    return image


def grey(image: Image.Image, at: tuple[int, int]) -> int:
    """How bright it is there, to 255."""
    return image.convert("L").crop((*at, at[0] + 1, at[1] + 1)).tobytes()[0]


async def test_a_picture_is_kept_with_the_meeting(alice: ApiClient, met: str) -> None:
    kept = await pictures.put(alice, met)
    assert kept == {
        "id": pictures.id_of(met, 1),
        "encounter_id": met,
        "width": 320,
        "height": 200,
        "created_at": kept["created_at"],
    }
    second = await pictures.put(alice, met, 2, pictures.card(200, 320))
    told = [{name: one[name] for name in ("id", "width", "height")} for one in (kept, second)]
    encounter = await make.get(alice, f"encounters/{met}")
    assert encounter["pictures"] == told
    assert (await make.get(alice, "encounters"))["items"][0]["pictures"] == told
    timeline = await make.get(alice, f"contacts/{encounter['contact_ids'][0]}/timeline")
    assert timeline["items"][0]["pictures"] == told
    again = await alice.post(f"{make.API}/captures", json=make.capture(id=met))
    assert again.json()["encounter"]["pictures"] == told


async def test_it_is_shown_as_what_it_is(alice: ApiClient, met: str) -> None:
    await pictures.put(alice, met)
    answer = await alice.get(pictures.address(met))
    expected = {
        "content-type": "image/jpeg",
        "cache-control": "no-store",
        "content-disposition": "inline",
        "x-content-type-options": "nosniff",
        "cross-origin-resource-policy": "same-origin",
    }
    assert {name: answer.headers[name] for name in expected} == expected
    same = await alice.get(pictures.address(met), headers={"If-None-Match": answer.headers["etag"]})
    assert (same.status_code, same.content) == (httpx.codes.NOT_MODIFIED, b"")


@pytest.mark.parametrize(
    ("raw", "media"),
    [
        (pictures.card(), pictures.JPEG),
        (pictures.card(kind="PNG"), pictures.PNG),
        (pictures.card(kind="PNG", mode="RGBA"), pictures.PNG),
        (pictures.card(kind="PNG", mode="L"), pictures.PNG),
        (pictures.card(kind="WEBP"), pictures.WEBP),
        (pictures.card(mode="CMYK"), pictures.JPEG),
        (pictures.card(kind="PNG"), pictures.JPEG),
    ],
    ids=["jpeg", "png", "png with alpha", "grey png", "webp", "cmyk jpeg", "png said to be a jpeg"],
)
@pytest.mark.database("sqlite")
async def test_every_kind_becomes_a_jpeg(alice: ApiClient, met: str, raw: bytes, media: dict[str, str]) -> None:
    answer = await alice.put(pictures.address(met), content=raw, headers=media)
    assert answer.status_code == CREATED, answer.text
    image = await seen(alice, met)
    assert (image.format, image.mode, image.size) == ("JPEG", "RGB", (320, 200))
    assert grey(image, (300, 180)) > 240
    assert grey(image, (20, 20)) < 15


def test_what_shines_through_is_white() -> None:
    raw = pictures.encoded(Image.new("RGBA", (8, 8), (0, 0, 0, 0)), "PNG")
    assert grey(Image.open(BytesIO(shown(raw).content)), (4, 4)) > 240


@pytest.mark.database("sqlite")
async def test_it_stands_upright_and_tells_nothing_of_the_phone(alice: ApiClient, met: str) -> None:
    raw = pictures.taken_sideways()
    assert b"Phone" in raw
    assert b"shot by Ana" in raw
    assert (await pictures.put(alice, met, raw=raw))["width"] == 200
    image = await seen(alice, met)
    assert image.size == (200, 320)
    assert grey(image, (180, 20)) < 15, "the dark quarter is turned along"
    answer = await alice.get(pictures.address(met))
    assert not dict(image.getexif())
    assert b"Phone" not in answer.content
    assert b"shot by Ana" not in answer.content
    assert image.info.keys() <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}


@pytest.mark.parametrize("sides", [(4032, 3024), (3024, 4032), (8000, 40), (1, 1)])
def test_twelve_megapixels_become_small(sides: tuple[int, int]) -> None:
    small = shown(pictures.card(*sides))
    assert max(small.width, small.height) == min(LONGEST_SIDE, max(sides))
    assert small.width >= 1
    assert len(small.content) < 200_000


@pytest.mark.database("sqlite")
async def test_what_is_no_picture_is_said(alice: ApiClient, met: str, subtests: pytest.Subtests) -> None:
    whole = pictures.card(1200, 800)
    png = pictures.card(kind="PNG")
    bad = {
        "words": b"Dana, VP Eng at Northwind",
        "nothing but a beginning": whole[:2],
        "cut off": whole[: len(whole) // 2],
        "a png cut off": png[: len(png) // 2],
        "a gif": pictures.encoded(Image.new("P", (8, 8)), "GIF"),
        "a bitmap": pictures.encoded(Image.new("RGB", (8, 8)), "BMP"),
        "markup": b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
        "zeros": bytes(1000),
    }
    for what, raw in bad.items():
        with subtests.test(what):
            answer = await alice.put(pictures.address(met), content=raw, headers=pictures.JPEG)
            assert check_problem(answer, INVALID)["type"] == "/problems/no-picture"
    with subtests.test("too many pixels"):
        answer = await alice.put(pictures.address(met), content=BOMB, headers=pictures.PNG)
        assert check_problem(answer, INVALID)["type"] == "/problems/too-many-pixels"
    with subtests.test("nothing"):
        check_problem(await alice.put(pictures.address(met), headers=pictures.JPEG), INVALID)
    assert (await make.get(alice, f"encounters/{met}"))["pictures"] == []


@pytest.mark.database("sqlite")
async def test_other_types_and_larger_bodies_are_refused(alice: ApiClient, met: str) -> None:
    for media_type in ("application/json", "image/gif", "image/svg+xml", "text/plain", ""):
        answer = await alice.put(pictures.address(met), content=b"{}", headers={"Content-Type": media_type})
        assert "image/jpeg" in check_problem(answer, httpx.codes.UNSUPPORTED_MEDIA_TYPE)["detail"]

    async def pieces() -> AsyncIterator[bytes]:
        for _ in range(11):
            yield bytes(2**20)

    for body in (bytes(LIMIT + 1), pieces()):
        answer = await alice.put(pictures.address(met), content=body, headers=pictures.JPEG)
        assert "smaller" in check_problem(answer, httpx.codes.REQUEST_ENTITY_TOO_LARGE)["detail"]
    answer = await alice.put(pictures.address(met), content=bytes(LIMIT), headers=pictures.JPEG)
    check_problem(answer, INVALID)


async def test_a_phone_may_send_it_again(alice: ApiClient, met: str) -> None:
    first = await pictures.put(alice, met)
    again = await alice.put(pictures.address(met), content=pictures.card(50, 50), headers=pictures.JPEG)
    assert (again.status_code, again.json()) == (httpx.codes.OK, first)
    await make.remove(alice, pictures.address(met).removeprefix(f"{make.API}/"))
    answer = await alice.put(pictures.address(met), content=pictures.CARD, headers=pictures.JPEG)
    check_problem(answer, GONE)
    check_problem(await alice.delete(pictures.address(met)), NOT_FOUND)
    assert (await make.get(alice, f"encounters/{met}"))["pictures"] == []


async def test_two_at_once_are_one(alice: ApiClient, met: str) -> None:
    answers = await asyncio.gather(
        *(alice.put(pictures.address(met), content=pictures.CARD, headers=pictures.JPEG) for _ in range(4))
    )
    assert sorted(answer.status_code for answer in answers) == [200, 200, 200, 201]
    assert len((await make.get(alice, f"encounters/{met}"))["pictures"]) == 1


async def test_a_meeting_has_at_most_four_and_they_keep_their_order(alice: ApiClient, met: str) -> None:
    numbers = (9, 3, 7, 1)
    for number in numbers:
        await pictures.put(alice, met, number)
    answer = await alice.put(pictures.address(met, 5), content=pictures.CARD, headers=pictures.JPEG)
    assert check_problem(answer, CONFLICT)["type"] == "/problems/too-many-pictures"
    told = (await make.get(alice, f"encounters/{met}"))["pictures"]
    assert [one["id"] for one in told] == [pictures.id_of(met, number) for number in numbers]
    assert len(told) == MOST
    await make.remove(alice, pictures.address(met, 9).removeprefix(f"{make.API}/"))
    await pictures.put(alice, met, 5)
    told = (await make.get(alice, f"encounters/{met}"))["pictures"]
    assert [one["id"] for one in told] == [pictures.id_of(met, number) for number in (3, 7, 1, 5)]


async def test_an_id_belongs_to_one_meeting(alice: ApiClient, met: str) -> None:
    other = (await make.add(alice, "captures", make.capture()))["id"]
    kept = await pictures.put(alice, met)
    elsewhere = f"{make.API}/encounters/{other}/pictures/{kept['id']}"
    check_problem(await alice.put(elsewhere, content=pictures.CARD, headers=pictures.JPEG), CONFLICT)
    check_problem(await alice.get(elsewhere), NOT_FOUND)
    check_problem(await alice.delete(elsewhere), NOT_FOUND)
    assert (await alice.get(pictures.address(met))).is_success


async def test_somebody_else_may_use_the_same_ids(alice: ApiClient, bob: ApiClient, met: str) -> None:
    theirs = (await make.add(bob, "captures", make.capture(id=met)))["id"]
    assert theirs == met
    await pictures.put(alice, met)
    check_problem(await bob.get(pictures.address(met)), NOT_FOUND)
    await pictures.put(bob, met, raw=pictures.card(40, 40))
    await make.remove(bob, pictures.address(met).removeprefix(f"{make.API}/"))
    assert (await seen(alice, met)).size == (320, 200)


GOES_ALONG: dict[str, Any] = {
    "the capture is undone": lambda rows: f"captures/{rows['id']}",
    "the meeting is deleted": lambda rows: f"encounters/{rows['id']}",
    "the person is deleted": lambda rows: f"contacts/{rows['contact']['id']}",
}


@pytest.mark.parametrize("how", GOES_ALONG)
async def test_pictures_go_with_the_meeting(alice: ApiClient, how: str) -> None:
    captured = await make.add(alice, "captures", make.capture())
    await pictures.put(alice, captured["id"])
    await make.remove(alice, GOES_ALONG[how](captured))
    check_problem(await alice.get(pictures.address(captured["id"])), NOT_FOUND)
    answer = await alice.put(pictures.address(captured["id"], 2), content=pictures.CARD, headers=pictures.JPEG)
    check_problem(answer, GONE)
    assert (await make.get(alice, "me/export"))["rows"]["pictures"] == []


async def test_pictures_stay_when_people_are_merged_and_parted(alice: ApiClient, met: str) -> None:
    await pictures.put(alice, met)
    person = (await make.get(alice, f"encounters/{met}"))["contact_ids"][0]
    other = await make.add(alice, "contacts", make.contact())
    merged = await alice.post(f"{make.API}/contacts/{person}/merge", json={"into": other["id"]})
    assert (await make.get(alice, f"contacts/{other['id']}/timeline"))["items"][0]["pictures"]
    assert (await alice.post(f"{make.API}/merges/{merged.json()['merge_id']}/undo")).is_success
    assert (await make.get(alice, f"contacts/{person}/timeline"))["items"][0]["pictures"]


def test_a_server_starts_without_what_reads_pictures() -> None:
    code = "import sys; import app.main; print('PIL' in sys.modules)"
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert said.stdout == "False\n"
