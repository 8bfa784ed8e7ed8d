"""What is no archive, or one that contradicts itself, changes nothing and is answered with places and reasons."""

import copy
import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from app.core.problems import Problem
from app.transfer import checking, reading
from tests.contract.answers import check_problem, pointers
from tests.support import factories as make
from tests.support.clients import ApiClient
from tests.support.clock import FrozenClock
from tests.transfer.lives import lived

INVALID, BAD = httpx.codes.UNPROCESSABLE_ENTITY, httpx.codes.BAD_REQUEST
IMPORT = f"{make.API}/me/import"
Archive = dict[str, Any]


@pytest.fixture
async def archive(alice: ApiClient) -> Archive:
    await lived(alice)
    return (await alice.get(f"{make.API}/me/export")).json()


def read(archive: Any) -> reading.Content:
    content = reading.read(json.dumps(archive).encode())
    checking.check(content)
    return content


def status_of(archive: Any) -> int | None:
    """The status of a refusal; None where the archive is taken."""
    try:
        read(archive)
    except Problem as problem:
        return problem.status
    return None


def refused_at(archive: Any) -> list[str]:
    """The pointers of a refusal."""
    with pytest.raises(Problem) as caught:
        read(archive)
    assert caught.value.status in (BAD, INVALID)
    assert all(error.detail for error in caught.value.errors)
    return [error.pointer for error in caught.value.errors]


def first(archive: Archive, table: str) -> dict[str, Any]:
    return archive["rows"][table][0]


def put(path: str, value: Any) -> Callable[[Archive], None]:
    """Set what a pointer leads to."""

    def change(archive: Archive) -> None:
        *way, last = path.removeprefix("#/").split("/")
        place: Any = archive
        for step in way:
            place = place[int(step) if isinstance(place, list) else step]
        place[int(last) if isinstance(place, list) else last] = value

    return change


def twice(table: str) -> Callable[[Archive], None]:
    return lambda archive: archive["rows"][table].append(copy.deepcopy(first(archive, table)))


def without(table: str) -> Callable[[Archive], None]:
    return lambda archive: archive["rows"].pop(table)


WRONG: dict[str, tuple[Callable[[Archive], Any], str]] = {
    "of something else": (put("#/format", "vcard"), "#/format"),
    "of a version to come": (put("#/version", 2), "#/version"),
    "of a version that is true": (put("#/version", True), "#/version"),
    "without an account": (lambda archive: archive.pop("account"), "#/account"),
    "without rows": (lambda archive: archive.pop("rows"), "#/rows"),
    "with rows in a list": (put("#/rows", []), "#/rows"),
    "with a field nobody knows": (put("#/color", "red"), "#/color"),
    "with a table nobody knows": (put("#/rows/secrets", []), "#/rows/secrets"),
    "with a table that is an object": (put("#/rows/contacts", {}), "#/rows/contacts"),
    "with a row that is a list": (put("#/rows/contacts/0", []), "#/rows/contacts/0"),
    "with another owner's id": (put("#/rows/contacts/0/owner_id", make.NOBODY), "#/rows/contacts/0/owner_id"),
    "with a digest": (put("#/account/password_hash", "x"), "#/account/password_hash"),
    "with a zone nobody knows": (put("#/account/timezone", "Europe/Atlantis"), "#/account/timezone"),
    "with half a place": (put("#/account/latitude", None), "#/account"),
    "with quiet hours that are none": (put("#/account/quiet_hours", {"from": "25:00"}), "#/account/quiet_hours/from"),
    "with an id that is none": (put("#/rows/contacts/0/id", "dana"), "#/rows/contacts/0/id"),
    "with a number for a name": (put("#/rows/contacts/0/name", 7), "#/rows/contacts/0/name"),
    "with nobody's name": (put("#/rows/contacts/2", {"name": None}), "#/rows/contacts/2/id"),
    "with a huge text": (put("#/rows/contacts/0/notes", "a" * 2_000_000), "#/rows/contacts/0/notes"),
    "with NUL": (put("#/rows/contacts/0/notes", "a\0b"), "#/rows/contacts/0/notes"),
    "with a lone surrogate": (put("#/rows/contacts/0/notes", "\ud800"), "#/rows/contacts/0/notes"),
    "with a tier nobody knows": (put("#/rows/contacts/0/tier", "Z"), "#/rows/contacts/0/tier"),
    "with an e-mail that is none": (put("#/rows/contacts/0/emails", ["dana"]), "#/rows/contacts/0/emails/0"),
    "with a day that is none": (put("#/rows/promises/0/due_on", "2026-02-30"), "#/rows/promises/0/due_on"),
    "with a time without an offset": (put("#/rows/tasks/0/due_at", "2026-03-03T12:00:00"), "#/rows/tasks/0/due_at"),
    "with a time past all time": (put("#/rows/tasks/0/due_at", "9999-12-31T23:59:59Z"), "#/rows/tasks/0/due_at"),
    "with a status nobody knows": (put("#/rows/tasks/0/status", "lost"), "#/rows/tasks/0/status"),
    "with a need nobody knows": (put("#/rows/tasks/0/needs", ["luck"]), "#/rows/tasks/0/needs/0"),
    "with a number beyond all columns": (put("#/rows/tasks/0/version", 2**40), "#/rows/tasks/0/version"),
    "with a gap that asks nothing": (put("#/rows/encounters/0/gaps", [{}]), "#/rows/encounters/0/gaps/0/asked"),
    "with a mixer of the third round": (put("#/rows/encounters/0/kind", "social"), "#/rows/encounters/0"),
    "with a playbook that is none": (put("#/rows/playbooks/0/document", "{}"), "#/rows/playbooks/0/document"),
    "with a playbook of another number": (put("#/rows/playbooks/0/number", 7), "#/rows/playbooks/0"),
    "with a picture that is no base64": (put("#/rows/pictures/0/content", "…"), "#/rows/pictures/0/content"),
    "with a picture that is none": (put("#/rows/pictures/0/content", "RGFuYQ=="), "#/rows/pictures/0"),
    "with a picture of other sides": (put("#/rows/pictures/1/width", 7), "#/rows/pictures/1"),
    "with a person twice": (twice("contacts"), "#/rows/contacts/{last}/id"),
    "with a task twice": (twice("tasks"), "#/rows/tasks/{last}/id"),
    "with tasks of nobody": (without("contacts"), "#/rows/tasks/0/contact_id"),
    "with promises of no encounter": (without("encounters"), "#/rows/promises/0/encounter_id"),
    "with encounters of nobody": (without("encounter_people"), "#/rows/encounters/0"),
    "with a task of somebody else": (put("#/rows/tasks/0/contact_id", make.NOBODY), "#/rows/tasks/0/contact_id"),
}


def interview_first(archive: Archive) -> Archive:
    archive["rows"]["encounters"].sort(key=lambda row: row["round"] is None)
    return archive


async def test_each_thing_that_is_not_right_is_named(archive: Archive, subtests: pytest.Subtests) -> None:
    interview_first(archive)
    read(archive)
    for what, (change, pointer) in WRONG.items():
        with subtests.test(what):
            changed = copy.deepcopy(archive)
            change(changed)
            table = pointer.split("/")[2] if pointer.startswith("#/rows/") else ""
            last = len(changed["rows"][table]) - 1 if "{last}" in pointer else 0
            assert pointer.format(last=last) in refused_at(changed)


BROKEN: dict[str, bytes] = {
    "nothing": b"",
    "blanks": b" \n\t ",
    "no JSON": b"Dear Dana,",
    "half": b'{"format": "sundown-archive", "rows": {"contacts": [{',
    "no end": b'{"format": "sundown-archive"',
    "more behind": b'{"format": "sundown-archive"} {}',
    "a comma too many": b'{"rows": {"contacts": [,]}}',
    "a comma at the end": b'{"rows": {"contacts": [],}}',
    "no name": b'{"rows": {contacts: []}}',
    "a number as a name": b"{1: 2}",
    "not UTF-8": b'{"format": "\xff"}',
    "UTF-16": '{"format": "sundown-archive"}'.encode("utf-16"),
    "NaN": b'{"account": NaN}',
    "Infinity": b'{"account": -Infinity}',
    "a number of 5000 digits": b'{"account": ' + b"1" * 5000 + b"}",
    "deep": b'{"account": ' + b"[" * 100_000 + b"]" * 100_000 + b"}",
    "deep rows": b'{"rows": {"contacts": [' + b'{"a":' * 40 + b"1" + b"}" * 40 + b"]}}",
    "deep names": b'{"a":' * 50_000 + b"1" + b"}" * 50_000,
    "a bare list": b"[]",
    "a bare text": b'"archive"',
    "null": b"null",
    "a byte order mark": b"\xef\xbb\xbf{}",
}


async def test_what_is_no_archive_at_all_is_refused(
    bob: ApiClient, subtests: pytest.Subtests, clock: FrozenClock
) -> None:
    for what, raw in BROKEN.items():
        with subtests.test(what):
            clock.advance(timedelta(minutes=10))
            answer = await bob.post(IMPORT, content=raw, headers={"Content-Type": "application/json"})
            assert answer.status_code in (BAD, INVALID), answer.text
            check_problem(answer)
    assert (await make.get(bob, "contacts"))["items"] == []


async def test_a_refusal_lists_what_a_person_can_read(archive: Archive, bob: ApiClient) -> None:
    archive["rows"]["contacts"] = [{"name": number} for number in range(1000)]
    answer = await bob.post(IMPORT, json=archive)
    check_problem(answer, INVALID)
    assert 0 < len(pointers(answer)) <= reading.ERRORS_LISTED
    answer = await bob.post(IMPORT, content=b"{}", headers={"Content-Type": "text/plain"})
    check_problem(answer, httpx.codes.UNSUPPORTED_MEDIA_TYPE)


@pytest.mark.database("sqlite")
async def test_whatever_is_changed_in_an_archive_it_is_taken_or_refused(
    archive: Archive, bob: ApiClient, clock: FrozenClock
) -> None:
    """Never an error of the server: not in reading, and not in the database when it was taken."""
    odd = st.recursive(
        st.none()
        | st.booleans()
        | st.integers(-(2**70), 2**70)
        | st.floats(allow_nan=False, allow_infinity=False)
        | st.text(max_size=30)
        | st.sampled_from(["", "\0", "2026-03-03T12:00:00Z", make.NOBODY, "open", "interview", "17:00", "UTC"]),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
        max_leaves=4,
    )
    taken = list[Archive]()

    @hypothesis_settings(max_examples=400)
    @given(st.data())
    def check(data: st.DataObject) -> None:
        changed = copy.deepcopy(archive)
        for _ in range(data.draw(st.integers(1, 2))):
            place: Any = data.draw(st.sampled_from([changed["account"], *changed["rows"].values()]))
            if isinstance(place, list):
                place = data.draw(st.sampled_from(place))
            name = data.draw(st.sampled_from(sorted(place)))
            place[name] = data.draw(odd)
        status = status_of(changed)
        assert status in (None, BAD, INVALID)
        if status is None:
            taken.append(changed)

    check()
    assert taken, "some changes are harmless"
    for changed in taken[:40]:
        clock.advance(timedelta(minutes=10))
        answer = await bob.post(IMPORT, json=changed)
        assert answer.status_code in (httpx.codes.OK, httpx.codes.CONFLICT, INVALID), answer.text
        for path in ("contacts", "encounters", "tasks", "upcoming", "me"):
            assert (await bob.get(f"{make.API}/{path}")).is_success
        for encounter in (await make.get(bob, "encounters"))["items"]:
            assert (await bob.post(f"{make.API}/encounters/{encounter['id']}/replan")).is_success
        for contact in (await make.get(bob, "contacts"))["items"]:
            await make.remove(bob, f"contacts/{contact['id']}")
