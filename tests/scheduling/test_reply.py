"""R18: what they wrote is answered within a day, over a weekend or holiday by noon of the next working day there."""

from datetime import UTC, datetime

import pytest

from app.scheduling.due import reply_due_at
from app.scheduling.places import principal_place


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)


@pytest.mark.parametrize(
    ("wrote", "zone", "due", "because"),
    [
        (
            "2026-03-03T15:30:00+00:00",
            "Europe/Lisbon",
            "2026-03-04T15:30:00+00:00",
            "24 hours after they wrote, Wednesday 4 March, 15:30 in Lisbon",
        ),
        (
            "2026-03-06T15:30:00+00:00",
            "Europe/Lisbon",
            "2026-03-09T12:00:00+00:00",
            "noon of the next working day after they wrote, Monday 9 March, 12:00 in Lisbon",
        ),
        (
            "2026-03-14T23:30:00-04:00",
            "America/New_York",
            "2026-03-16T12:00:00-04:00",
            "noon of the next working day after they wrote, Monday 16 March, 12:00 in New York",
        ),
        (
            "2026-03-08T22:00:00+00:00",
            "Europe/Lisbon",
            "2026-03-09T22:00:00+00:00",
            "24 hours after they wrote, Monday 9 March, 22:00 in Lisbon",
        ),
        (
            "2026-12-24T18:00:00+01:00",
            "Europe/Berlin",
            "2026-12-28T12:00:00+01:00",
            "noon of the next working day after they wrote, Monday 28 December, 12:00 in Berlin",
        ),
        (
            "2026-07-03T09:00:00+00:00",
            "UTC",
            "2026-07-06T12:00:00+00:00",
            "noon of the next working day after they wrote, Monday 6 July, 12:00 (UTC)",
        ),
        (
            "2026-03-28T15:00:00+00:00",
            "Europe/Lisbon",
            "2026-03-30T12:00:00+01:00",
            "noon of the next working day after they wrote, Monday 30 March, 12:00 in Lisbon",
        ),
    ],
)
def test_what_they_wrote_is_answered_within_a_working_day(wrote: str, zone: str, due: str, because: str) -> None:
    moment = reply_due_at(at(wrote), principal_place(zone))
    assert (moment.due_at, moment.because, moment.start_at, moment.by) == (at(due), because, at(wrote), "hour")
