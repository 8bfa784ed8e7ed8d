"""The named cases of product.md, section 2, each as a whole plan: when it is due, and the sentence to check it by.

The talk is a coffee, which asks for an e-mail by the end of its day and for a note by sundown the next day.
"""

import time as process_time
from collections.abc import Iterator

import pytest

from app.scheduling.plan import plan
from tests.scheduling.meetings import coffee, due, instant, interview, local, preferences, promise, tasks

EMAIL, NOTE = "email_thank_you", "handwritten_note"


@pytest.fixture
def server_zone(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> Iterator[str]:
    """The zone of the machine the server runs on, which must not matter."""
    monkeypatch.setenv("TZ", request.param)
    process_time.tzset()
    yield request.param
    monkeypatch.undo()
    process_time.tzset()


@pytest.mark.parametrize("server_zone", ["UTC", "Pacific/Kiritimati", "Pacific/Pago_Pago"], indirect=True)
@pytest.mark.parametrize(
    ("at", "timezone", "email", "note", "because"),
    [
        pytest.param(
            "2026-03-03T19:30+14:00",
            "Pacific/Kiritimati",
            "2026-03-03T09:59:59Z",
            "2026-03-04T04:43:34Z",
            "sundown in Kiritimati on Wednesday 4 March, 18:43",
            id="Pacific/Kiritimati",
        ),
        pytest.param(
            "2026-03-03T19:30+13:00",
            "Pacific/Auckland",
            "2026-03-03T10:59:59Z",
            "2026-03-04T06:56:10Z",
            "sundown in Auckland on Wednesday 4 March, 19:56",
            id="Pacific/Auckland",
        ),
        pytest.param(
            "2026-03-03T19:30-07:00",
            "America/Phoenix",
            "2026-03-04T06:59:59Z",
            "2026-03-05T01:27:37Z",
            "sundown in Phoenix on Wednesday 4 March, 18:27",
            id="America/Phoenix",
        ),
        pytest.param(
            "2026-03-03T19:30+05:45",
            "Asia/Kathmandu",
            "2026-03-03T18:14:59Z",
            "2026-03-04T12:20:49Z",
            "sundown in Kathmandu on Wednesday 4 March, 18:05",
            id="Asia/Kathmandu",
        ),
        pytest.param(
            "2026-03-03T19:30-08:00",
            "America/Los_Angeles",
            "2026-03-04T07:59:59Z",
            "2026-03-05T01:51:58Z",
            "sundown in Los Angeles on Wednesday 4 March, 17:51",
            id="19:30 in Los Angeles",
        ),
    ],
)
def test_a_day_is_the_users_wherever_the_server_stands(
    server_zone: str, at: str, timezone: str, email: str, note: str, because: str
) -> None:
    planned = tasks(coffee(at, timezone), preferences(timezone))
    assert planned[EMAIL].due_at == instant(email)
    assert abs(planned[NOTE].due_at - instant(note)).total_seconds() <= 60
    assert planned[NOTE].because == because
    assert {task.timezone for task in planned.values()} == {timezone}


def test_shanghai_time_in_urumqi_goes_by_the_sun_over_urumqi() -> None:
    home = preferences("Asia/Shanghai", latitude=43.83, longitude=87.62)
    planned = tasks(coffee("2026-03-03T19:30+08:00", "Asia/Shanghai"), home)
    assert local(planned[EMAIL].due_at, "Asia/Shanghai") == "2026-03-03 23:59:59"
    assert planned[NOTE].because == "sundown where you met on Wednesday 4 March, 20:01"
    in_shanghai = tasks(coffee("2026-03-03T19:30+08:00", "Asia/Shanghai"), preferences("Asia/Shanghai"))
    assert in_shanghai[NOTE].because == "sundown in Shanghai on Wednesday 4 March, 17:54"


def test_at_00_40_after_a_mixer_it_is_still_the_evening_before() -> None:
    planned = tasks(coffee("2026-03-04T00:40+00:00"))
    assert local(planned[EMAIL].due_at, "Europe/Lisbon") == "2026-03-04 04:00:00"
    assert planned[EMAIL].because == "the end of the evening of Tuesday 3 March in Lisbon, 04:00"
    assert planned[NOTE].because == "sundown in Lisbon on Wednesday 4 March, 18:32"


def test_at_00_40_with_a_boundary_of_midnight_it_is_the_new_day() -> None:
    planned = tasks(coffee("2026-03-04T00:40+00:00"), preferences(boundary=instant("2026-03-04T00:00Z").time()))
    assert planned[EMAIL].because == "the end of the day in Lisbon, Wednesday 4 March, 23:59"
    assert planned[NOTE].because == "sundown in Lisbon on Thursday 5 March, 18:33"


@pytest.mark.parametrize(
    ("at", "ends"),
    [("2026-03-28T23:30+00:00", "2026-03-28 23:59:59"), ("2026-03-29T03:30+01:00", "2026-03-29 04:00:00")],
)
def test_the_spring_forward_night_is_an_hour_shorter(at: str, ends: str) -> None:
    assert due(coffee(at), EMAIL) == ends
    assert tasks(coffee(at))[NOTE].because == "sundown in Lisbon on Sunday 29 March, 19:57"


@pytest.mark.parametrize(
    ("at", "ends"),
    [
        ("2026-10-24T23:30+01:00", "2026-10-24 23:59:59"),
        ("2026-10-25T01:30+01:00", "2026-10-25 04:00:00"),
        ("2026-10-25T01:30+00:00", "2026-10-25 04:00:00"),
    ],
)
def test_the_fall_back_night_has_an_hour_twice(at: str, ends: str) -> None:
    assert due(coffee(at), EMAIL) == ends
    assert tasks(coffee(at))[NOTE].because == "sundown in Lisbon on Sunday 25 October, 17:44"


def test_a_boundary_in_the_hour_that_comes_twice_is_passed_the_first_time() -> None:
    early = preferences(boundary=instant("2026-10-25T01:30Z").time())
    assert due(coffee("2026-10-25T01:15+01:00"), EMAIL, early) == "2026-10-25 01:30:00"
    assert due(coffee("2026-10-25T01:15+00:00"), EMAIL, early) == "2026-10-25 23:59:59"


def test_lord_howe_changes_its_clocks_by_half_an_hour() -> None:
    zone = "Australia/Lord_Howe"
    home = preferences(zone)
    in_spring = tasks(coffee("2026-10-03T23:30+10:30", zone), home)
    assert in_spring[EMAIL].due_at == instant("2026-10-03T23:59:59+10:30")
    assert in_spring[NOTE].because == "sundown in Lord Howe on Sunday 4 October, 18:27"
    in_autumn = tasks(coffee("2026-04-05T01:45+11:00", zone), home)
    assert in_autumn[EMAIL].due_at == instant("2026-04-05T04:00+10:30")
    assert in_autumn[NOTE].because == "sundown in Lord Howe on Sunday 5 April, 17:45"


def test_santiago_skips_the_midnight_that_would_end_5_september() -> None:
    home = preferences("America/Santiago")
    that_evening = tasks(coffee("2026-09-05T20:00-04:00", "America/Santiago"), home)
    assert that_evening[EMAIL].due_at == instant("2026-09-06T03:59:59Z")
    assert that_evening[EMAIL].because == "the end of the day in Santiago, Saturday 5 September, 23:59"
    past_midnight = tasks(coffee("2026-09-06T01:10-03:00", "America/Santiago"), home)
    assert past_midnight[EMAIL].due_at == instant("2026-09-06T04:00-03:00")
    assert past_midnight[NOTE].because == that_evening[NOTE].because
    assert that_evening[NOTE].because == "sundown in Santiago on Sunday 6 September, 19:28"


def test_29_february_is_a_day_like_any_other() -> None:
    assert tasks(coffee("2028-02-28T20:00+00:00"))[NOTE].because == "sundown in Lisbon on Tuesday 29 February, 18:28"
    planned = tasks(coffee("2028-02-29T20:00+00:00"))
    assert planned[EMAIL].because == "the end of the day in Lisbon, Tuesday 29 February, 23:59"
    assert planned[NOTE].because == "sundown in Lisbon on Wednesday 1 March, 18:29"
    assert tasks(coffee("2027-02-28T20:00+00:00"))[NOTE].because == "sundown in Lisbon on Monday 1 March, 18:29"


@pytest.mark.parametrize(
    ("met", "due_at", "because"),
    [
        pytest.param(
            "2026-01-13T18:00+01:00",
            "2026-01-14T18:00:00+01:00",
            "18:00 where you met on Wednesday 14 January, since the sun does not set there that day",
            id="14 January: the last day of the long night",
        ),
        pytest.param(
            "2026-01-14T18:00+01:00",
            "2026-01-15T12:18:08+01:00",
            "sundown where you met on Thursday 15 January, 12:18",
            id="15 January: the sun is back",
        ),
        pytest.param(
            "2026-05-16T18:00+02:00",
            "2026-05-17T23:59:59+02:00",
            "the end of Sunday 17 May where you met, 23:59, since the sun sets after midnight",
            id="17 May: the sun sets after midnight",
        ),
        pytest.param(
            "2026-05-17T18:00+02:00",
            "2026-05-18T18:00:00+02:00",
            "18:00 where you met on Monday 18 May, since the sun does not set there that day",
            id="18 May: the long day",
        ),
        pytest.param(
            "2026-06-20T18:00+02:00",
            "2026-06-21T18:00:00+02:00",
            "18:00 where you met on Sunday 21 June, since the sun does not set there that day",
            id="June",
        ),
        pytest.param(
            "2026-12-20T18:00+01:00",
            "2026-12-21T18:00:00+01:00",
            "18:00 where you met on Monday 21 December, since the sun does not set there that day",
            id="December",
        ),
    ],
)
def test_in_tromso_the_sentence_says_what_the_sun_does(met: str, due_at: str, because: str) -> None:
    planned = tasks(coffee(met, "Europe/Oslo", latitude=69.65, longitude=18.96))
    assert abs(planned[NOTE].due_at - instant(due_at)).total_seconds() <= 60
    assert planned[NOTE].because == because


def test_in_fairbanks_on_21_june_the_sun_sets_after_midnight_and_the_day_is_over_first() -> None:
    met = coffee("2026-06-20T18:00-08:00", "America/Anchorage", latitude=64.84, longitude=-147.72)
    planned = tasks(met, preferences("America/Anchorage"))
    assert planned[NOTE].due_at == instant("2026-06-21T23:59:59-08:00")
    assert planned[NOTE].because == (
        "the end of Sunday 21 June where you met, 23:59, since the sun sets after midnight"
    )


def test_an_interview_in_berlin_keeps_to_berlin_after_a_flight_to_new_york() -> None:
    met = interview(at="2026-03-03T14:00+01:00", timezone="Europe/Berlin")
    before = plan(met, preferences("Europe/Berlin"))
    in_new_york = plan(met, preferences("America/New_York", latitude=40.71, longitude=-74.01))
    assert [(task.due_at, task.because) for task in in_new_york] == [(task.due_at, task.because) for task in before]
    assert [task.because for task in in_new_york] == [
        "the end of the day in Berlin, Tuesday 3 March, 23:59",
        "sundown in Berlin on Wednesday 4 March, 17:50",
    ]


def test_captured_offline_at_23_50_it_is_due_by_its_own_day_though_it_arrives_the_next_morning() -> None:
    """Nothing in a plan knows when a note was received: what is late is created late, never moved."""
    planned = tasks(coffee("2026-03-03T23:50+00:00", promises=(promise(),)))
    assert planned[EMAIL].because == "the end of the day in Lisbon, Tuesday 3 March, 23:59"
    assert planned[EMAIL].start_at == planned[EMAIL].due_at
    assert planned[NOTE].because == "sundown in Lisbon on Wednesday 4 March, 18:32"
    assert planned["send_link"].because == planned[NOTE].because


def test_utc_has_no_sun_and_says_so() -> None:
    planned = tasks(coffee("2026-03-03T19:00+00:00", "UTC"), preferences("UTC"))
    assert planned[NOTE].due_at == instant("2026-03-04T18:00Z")
    assert planned[NOTE].because == "18:00 on Wednesday 4 March (UTC), since this zone has no city and so no sun"
    assert planned[EMAIL].because == "the end of the day (UTC), Tuesday 3 March, 23:59"


def test_meetings_may_lie_in_the_future() -> None:
    assert tasks(coffee("2199-12-31T19:00+00:00"))[NOTE].because.startswith("sundown in Lisbon on Wednesday 1 January")
