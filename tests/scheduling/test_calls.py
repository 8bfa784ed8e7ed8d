"""A call only where it benefits the person, at an hour of theirs: R10."""

from typing import Any

import pytest

from tests.scheduling.meetings import actions, interview, local, meeting, person, preferences, tasks

CALL = "phone_call"


def met(at: str = "2026-03-03T16:00+00:00", zone: str = "Europe/Lisbon", **facts: Any) -> dict[str, Any]:
    return {"at": at, "timezone": zone, "people": (person(**{"benefit": "a lead for their team", **facts}),)}


def test_without_a_stated_benefit_nobody_is_called() -> None:
    for benefit in (None, ""):
        assert "R10 phone_call" not in actions(meeting(people=(person(benefit=benefit),)))


def test_a_call_is_made_by_four_on_the_next_working_day_from_ten() -> None:
    call = tasks(meeting(**met()))[CALL]
    assert local(call.due_at, "Europe/Lisbon") == "2026-03-04 16:00:00"
    assert local(call.start_at, "Europe/Lisbon") == "2026-03-04 10:00:00"
    assert call.because == "16:00 in Lisbon on the next working day, Wednesday 4 March, 16:00"
    assert (call.rule, call.channel, call.minutes) == ("R10", "phone", 5)
    assert call.requires == ("name", "phone", "number", "benefit")


@pytest.mark.parametrize(
    ("at", "zone", "theirs", "because"),
    [
        pytest.param(
            "2026-03-06T16:00+00:00",
            "Europe/Lisbon",
            None,
            "16:00 in Lisbon on the next working day, Monday 9 March, 16:00",
            id="after a Friday",
        ),
        pytest.param(
            "2026-04-02T16:00+01:00",
            "Europe/Lisbon",
            None,
            "16:00 in Lisbon on the next working day, Monday 6 April, 16:00",
            id="over Good Friday, Easter Monday being a working day in Portugal",
        ),
        pytest.param(
            "2026-03-03T20:00-08:00",
            "America/Los_Angeles",
            "Asia/Tokyo",
            "16:00 in Tokyo on the next working day, Thursday 5 March, 16:00",
            id="in Tokyo it is the 4th already",
        ),
        pytest.param(
            "2026-03-06T09:00+09:00",
            "Asia/Tokyo",
            "America/New_York",
            "16:00 in New York on the next working day, Friday 6 March, 16:00",
            id="in New York it is still the 5th",
        ),
        pytest.param(
            "2021-06-02T16:00+01:00",
            "Europe/Lisbon",
            "Asia/Dubai",
            "16:00 in Dubai on the next working day, Thursday 3 June, 16:00",
            id="Dubai's week of 2021 ends on Thursday",
        ),
        pytest.param(
            "2021-06-03T18:00+01:00",
            "Europe/Lisbon",
            "Asia/Dubai",
            "16:00 in Dubai on the next working day, Sunday 6 June, 16:00",
            id="and begins on Sunday",
        ),
    ],
)
def test_the_working_day_is_counted_at_their_place(at: str, zone: str, theirs: str | None, because: str) -> None:
    call = tasks(meeting(**met(at, zone, timezone=theirs)), preferences(zone))[CALL]
    assert call.because == because
    assert call.timezone == (theirs or zone)


def test_a_call_is_a_courtesy() -> None:
    for facts in ({"follow_up": "none"}, {"follow_up": "light"}, {"no_follow_up_because": "retired"}):
        assert "R10 phone_call" not in actions(meeting(**met(**facts)))
    assert "R10 phone_call" in actions(interview(1, **met()))
