"""Values that cannot be: each is a 422 that names the field and says what would be right, and nothing is stored."""

from collections.abc import Callable
from typing import Any

import httpx
import pytest

from tests.contract.answers import check_problem, pointers
from tests.support import factories as make
from tests.support.clients import ApiClient

INVALID = httpx.codes.UNPROCESSABLE_ENTITY
BAD_TIMES: dict[str, Any] = {
    "naive": "2026-03-03T15:30:00",
    "a date": "2026-03-03",
    "30 February": "2026-02-30T12:00:00Z",
    "29 February of a common year": "2026-02-29T12:00:00Z",
    "month 13": "2026-13-01T12:00:00Z",
    "hour 24": "2026-03-03T24:00:00Z",
    "minute 60": "2026-03-03T12:60:00Z",
    "an offset of a day": "2026-03-03T12:00:00+24:00",
    "a number": 1772551800,
    "a number as text": "1772551800",
    "a float": 1772551800.5,
    "true": True,
    "null": None,
    "a list": ["2026-03-03T12:00:00Z"],
    "an object": {},
    "empty": "",
    "year 1": "0001-01-01T00:00:00Z",
    "year 9999": "9999-12-31T23:59:59-14:00",
    "year 1899": "1899-12-31T23:59:59Z",
    "year 2201 in UTC": "2200-12-31T23:59:59-14:00",
    "five digits": "12026-03-03T12:00:00Z",
    "a week date": "2026-W10-2T12:00:00Z",
    "other digits": "２０２６-03-03T12:00:00Z",
    "words": "tomorrow at noon",
    "a trailing space": "2026-03-03T12:00:00Z ",
    "NUL": "2026-03-03T12:00:00Z\x00",
}
BAD_ZONES: dict[str, Any] = {
    "a continent": "Europe",
    "2000 letters": "E" * 2000,
    "a path": "../etc/passwd",
    "an absolute path": "/etc/localtime",
    "an offset": "+01:00",
    "nearly": "Europe/Lisboa",
    "other case": "europe/lisbon",
    "empty": "",
    "null": None,
    "a number": 1,
    "NUL": "Europe/Lisbon\x00",
    "a list": ["Europe/Lisbon"],
}
BAD_IDS: dict[str, Any] = {
    "a word": "dana",
    "a number": 7,
    "braces": f"{{{make.NOBODY}}}",
    "no hyphens": make.NOBODY.replace("-", ""),
    "urn": f"urn:uuid:{make.NOBODY}",
    "true": True,
    "a list": [make.NOBODY],
    "NUL": "\x00" * 36,
}
BAD_TEXTS: dict[str, Any] = {
    "NUL": "a\x00b",
    "a number": 7,
    "true": True,
    "a list": ["a"],
    "an object": {"a": "b"},
    "too long": "a" * 20_001,
}
BAD_NUMBERS: dict[str, Any] = {
    "true": True,
    "digits in quotes": "1",
    "a half": 1.5,
    "negative": -1,
    "above": 10_000,
    "huge": 10**30,
    "beyond 64 bits": 2**64,
    "a list": [1],
}


def refused(answer: httpx.Response, pointer: str) -> None:
    problem = check_problem(answer, INVALID)
    assert pointer in pointers(answer), answer.text
    assert all(error["detail"].endswith((".", "?")) for error in problem["errors"]), answer.text


async def all_refused(
    client: ApiClient,
    subtests: pytest.Subtests,
    path: str,
    bad: dict[str, Any],
    body: Callable[[Any], dict[str, Any]],
    pointer: str,
) -> None:
    for what, value in bad.items():
        with subtests.test(what, field=pointer, path=path):
            refused(await client.post(f"{make.API}/{path}", json=body(value)), pointer)
    assert (await client.get(f"{make.API}/me")).is_success
    assert (await make.get(client, "encounters"))["items"] == []


async def test_times(alice: ApiClient, subtests: pytest.Subtests) -> None:
    await all_refused(
        alice, subtests, "captures", BAD_TIMES, lambda bad: make.capture(captured_at=bad), "#/captured_at"
    )


@pytest.mark.parametrize(
    "good",
    [
        *("2026-03-03T12:00:00Z", "2026-03-03t12:00:00z", "2026-03-03 12:00:00+00:00", "2026-03-03T12:00:00-00:00"),
        *("2026-03-03T12:00:00.123456789Z", "2026-03-03T17:45:00+05:45", "2024-02-29T12:00:00Z"),
        *("1900-01-01T00:00:00Z", "2200-12-31T12:00:00Z"),
    ],
)
async def test_times_that_are_right(alice: ApiClient, good: str) -> None:
    made = await make.add(alice, "captures", make.capture(captured_at=good))
    assert made["encounter"]["occurred_at"] == (await make.get(alice, f"encounters/{made['id']}"))["occurred_at"]


async def test_zones(alice: ApiClient, subtests: pytest.Subtests) -> None:
    await all_refused(alice, subtests, "captures", BAD_ZONES, lambda bad: make.capture(timezone=bad), "#/timezone")


@pytest.mark.parametrize("zone", ["UTC", "Asia/Calcutta", "Europe/Kiev", "Etc/GMT+12", "US/Pacific"])
async def test_zones_are_kept_as_they_are_sent(alice: ApiClient, zone: str) -> None:
    made = await make.add(alice, "captures", make.capture(timezone=zone))
    assert made["encounter"]["timezone"] == zone


@pytest.mark.database("sqlite")
async def test_ids(alice: ApiClient, subtests: pytest.Subtests) -> None:
    await all_refused(alice, subtests, "captures", BAD_IDS, lambda bad: make.capture(id=bad), "#/id")
    await all_refused(
        alice, subtests, "encounters", BAD_IDS, lambda bad: make.meeting(bad, kind="social"), "#/contact_ids/0"
    )


async def test_texts(alice: ApiClient, subtests: pytest.Subtests) -> None:
    await all_refused(alice, subtests, "captures", BAD_TEXTS, lambda bad: make.capture(text=bad), "#/text")
    await all_refused(
        alice, subtests, "captures", BAD_TEXTS, lambda bad: make.capture(promises=[{"what": bad}]), "#/promises/0/what"
    )
    long = {"201 letters": "a" * 201, "NUL": "\x00", "blank": " \t\n", "empty": ""}
    await all_refused(alice, subtests, "contacts", long, lambda bad: make.contact(name=bad), "#/name")
    await all_refused(alice, subtests, "contacts", long, lambda bad: make.contact(tags=["ok", bad]), "#/tags/1")


async def test_numbers(alice: ApiClient, subtests: pytest.Subtests) -> None:
    await all_refused(
        alice, subtests, "captures", BAD_NUMBERS, lambda bad: make.capture(kind="interview", round=bad), "#/round"
    )
    for name, bad in (("latitude", 90.01), ("longitude", -180.01), ("latitude", True), ("longitude", "9")):
        place = {"latitude": 38.7, "longitude": -9.1, name: bad}
        refused(await alice.post(f"{make.API}/captures", json=make.capture(**place)), f"#/{name}")


@pytest.mark.parametrize("half", [{"latitude": 38.7}, {"longitude": -9.1}, {"latitude": 38.7, "longitude": None}])
async def test_latitude_and_longitude_come_together(alice: ApiClient, half: dict[str, Any]) -> None:
    check_problem(await alice.post(f"{make.API}/captures", json=make.capture(**half)), INVALID)
    check_problem(await alice.patch(f"{make.API}/me", json=half), INVALID)


async def test_one_coordinate_is_not_taken_away_from_the_other(alice: ApiClient) -> None:
    place = {"latitude": 38.7, "longitude": -9.1}
    made = await make.add(alice, "captures", make.capture(**place))
    await make.change(alice, "me", place)
    for path in (f"encounters/{made['id']}", "me"):
        for name in place:
            check_problem(await alice.patch(f"{make.API}/{path}", json={name: None}), INVALID)
        assert {name: (await make.get(alice, path))[name] for name in place} == place
        assert (await make.change(alice, path, dict.fromkeys(place)))["latitude"] is None


@pytest.mark.parametrize(
    ("path", "body", "pointer"),
    [
        ("contacts", {}, "#"),
        ("contacts", {"name": None, "descriptor": None}, "#"),
        ("contacts", {"name": "Dana", "emails": ["dana"]}, "#/emails/0"),
        ("contacts", {"name": "Dana", "emails": "dana@mail.example"}, "#/emails"),
        ("contacts", {"name": "Dana", "linkedin_url": "javascript:alert(1)"}, "#/linkedin_url"),
        ("contacts", {"name": "Dana", "website": "ftp://a.example"}, "#/website"),
        ("contacts", {"name": "Dana", "tier": "D"}, "#/tier"),
        ("contacts", {"name": "Dana", "new_year_card": 1}, "#/new_year_card"),
        ("contacts", {"name": "Dana", "do_not_contact": "yes"}, "#/do_not_contact"),
        ("contacts", {"name": "Dana", "tags": ["x"] * 51}, "#/tags"),
        ("contacts", {"name": "Dana", "keep_in_touch_days": 0}, "#/keep_in_touch_days"),
        ("contacts", {"name": "Dana", "color": "red"}, "#/color"),
        ("contacts", {"name": "Dana", "a/b~c": 1}, "#/a~1b~0c"),
        ("contacts", {"name": "Dana", "owner_id": make.NOBODY}, "#/owner_id"),
        ("contacts", [], "#"),
        ("contacts", "Dana", "#"),
        ("contacts", None, "#"),
        ("captures", make.capture(round=1), "#/round"),
        ("captures", make.capture(text=" \n"), "#"),
        ("captures", make.capture(contact_id=make.NOBODY), "#/contact_id"),
        ("captures", make.capture(promises=[{"what": "it", "contact_id": make.NOBODY}]), "#/promises/0/contact_id"),
        ("captures", make.capture(promises=[{"what": "it", "due_on": "2026-02-30"}]), "#/promises/0/due_on"),
        ("captures", make.capture(promises=[{"what": "it"}] * 51), "#/promises"),
        ("captures", make.capture(captured_by="me"), "#/captured_by"),
        ("encounters", make.meeting(), "#/contact_ids"),
        ("encounters", make.meeting(people=[]), "#/people"),
        ("encounters", make.meeting(make.NOBODY), "#/contact_ids/0"),
        ("encounters", make.meeting(people=[{"contact_id": make.NOBODY}]), "#/people/0/contact_id"),
        ("encounters", make.meeting(make.NOBODY, make.NOBODY), "#/contact_ids"),
        ("encounters", make.meeting(people=[{"contact_id": make.NOBODY, "role": "boss"}]), "#/people/0/role"),
        ("encounters", make.meeting(make.NOBODY, kind="party"), "#/kind"),
        ("encounters", make.interview(make.NOBODY, round=21), "#/round"),
        ("encounters", make.interview(make.NOBODY, ends_at=make.moment(hours=-2)), "#/ends_at"),
        ("tasks", make.task(make.NOBODY), "#/contact_id"),
        ("tasks", make.task(make.NOBODY, action="dance"), "#/action"),
        ("tasks", make.task(make.NOBODY, minutes=-1), "#/minutes"),
        ("tasks/batch", {"ids": [], "do": "complete"}, "#/ids"),
        ("tasks/batch", {"ids": [make.NOBODY] * 101, "do": "complete"}, "#/ids"),
        ("tasks/batch", {"ids": [make.NOBODY], "do": "forget"}, "#/do"),
        ("tasks/batch", {"ids": [make.NOBODY], "do": "snooze"}, "#"),
        ("tasks/batch", {"ids": [make.NOBODY], "do": "skip", "until": make.moment()}, "#"),
        ("tasks/batch", {"ids": [make.NOBODY], "do": "complete"}, "#/ids/0"),
        ("tokens", {"name": "x", "scope": "admin"}, "#/scope"),
        ("tokens", {"name": "x", "scope": "read", "expires_at": "soon"}, "#/expires_at"),
    ],
)
@pytest.mark.database("sqlite")
async def test_what_contradicts_itself_or_names_nobody(alice: ApiClient, path: str, body: Any, pointer: str) -> None:
    refused(await alice.post(f"{make.API}/{path}", json=body), pointer)
    for kind in ("contacts", "encounters", "tasks"):
        assert (await make.get(alice, kind))["items"] == []
