"""What was promised in a talk, by either side, and what merely came to mind: R9 and "Ask once?"."""

from datetime import date, time
from typing import Any

import pytest

from tests.scheduling.meetings import (
    DANA,
    ELI,
    FAY,
    ITEM,
    OTHER_ITEM,
    actions,
    interview,
    local,
    meeting,
    person,
    preferences,
    promise,
    tasks,
)

THEIRS = promise("an introduction to Ana", by="theirs")


def test_a_promise_is_kept_by_sundown_the_next_day() -> None:
    task = tasks(meeting(promises=(promise(),)))["send_link"]
    assert (task.title, task.why, task.item_id) == ("Send: the trunk-based article", "You promised this.", ITEM)
    assert task.because == "sundown in Lisbon on Wednesday 4 March, 18:32"
    assert (task.rule, task.channel, task.minutes, task.requires) == ("R9", "email", 5, ("name", "email"))


def test_a_promise_with_a_date_is_kept_by_the_end_of_that_date() -> None:
    task = tasks(meeting(promises=(promise(due_on=date(2026, 3, 10)),)))["send_link"]
    assert local(task.due_at, "Europe/Lisbon") == "2026-03-10 23:59:59"
    assert task.because == "the date named, the end of the day in Lisbon, Tuesday 10 March, 23:59"
    assert local(task.start_at, "Europe/Lisbon") == "2026-03-03 16:00:00"


@pytest.mark.parametrize(
    ("at", "named", "due_at", "because"),
    [
        pytest.param(
            "2026-03-03T16:00+00:00",
            date(2026, 3, 3),
            "2026-03-03 23:59:59",
            "the date named, the end of the day in Lisbon, Tuesday 3 March, 23:59",
            id="today",
        ),
        pytest.param(
            "2026-03-04T00:40+00:00",
            date(2026, 3, 3),
            "2026-03-04 04:00:00",
            "the date named, the end of the evening of Tuesday 3 March in Lisbon, 04:00",
            id="today, past midnight",
        ),
        pytest.param(
            "2026-03-04T00:40+00:00",
            date(2026, 3, 4),
            "2026-03-04 23:59:59",
            "the date named, the end of the day in Lisbon, Wednesday 4 March, 23:59",
            id="tomorrow, past midnight",
        ),
        pytest.param(
            "2026-03-03T16:00+00:00",
            date(1900, 1, 1),
            "2026-03-03 23:59:59",
            "the date named had passed, so the end of the day in Lisbon, Tuesday 3 March, 23:59",
            id="long past",
        ),
        pytest.param(
            "2026-03-03T16:00+00:00",
            date(2200, 12, 31),
            "2200-12-31 23:59:59",
            "the date named, the end of the day in Lisbon, Wednesday 31 December, 23:59",
            id="the last date there is",
        ),
    ],
)
def test_a_date_named_is_never_before_the_end_of_the_talk(at: str, named: date, due_at: str, because: str) -> None:
    task = tasks(meeting(at, promises=(promise(due_on=named),)))["send_link"]
    assert (local(task.due_at, "Europe/Lisbon"), task.because) == (due_at, because)


def test_a_date_that_samoa_skipped_ends_with_the_day_before_it() -> None:
    met = meeting("2011-12-29T10:00-10:00", "Pacific/Apia", promises=(promise(due_on=date(2011, 12, 30)),))
    assert tasks(met, preferences("Pacific/Apia"))["send_link"].because == (
        "the date named, the end of the day in Apia, Thursday 29 December, 23:59"
    )


def test_a_useful_thought_is_sent_without_having_been_promised() -> None:
    task = tasks(meeting(promises=(promise(promised=False),)))["send_link"]
    assert task.why == "It came to mind in your talk and may be useful to them."


def test_what_was_kept_already_asks_for_nothing() -> None:
    assert actions(meeting(promises=(promise(kept=True),))) == ["R8 handwritten_note", "R13 linkedin_invite"]


def test_each_promise_is_a_task_with_the_person_it_was_made_to() -> None:
    told = (promise(contact_id=ELI), promise("a book", id=OTHER_ITEM, contact_id=ELI), promise("a tip", id=FAY))
    met = meeting(kind="interview", round=1, people=(person(DANA), person(ELI)), promises=told)
    assert actions(met, ELI).count("R9 send_link") == 2
    assert actions(met, DANA).count("R9 send_link") == 1, "to nobody in particular: the first person"


def test_a_promise_to_somebody_who_is_no_longer_in_the_encounter_is_with_the_first_person() -> None:
    assert "R9 send_link" in actions(meeting(promises=(promise(contact_id=FAY),)), DANA)


@pytest.mark.parametrize("facts", [{"follow_up": "none"}, {"no_follow_up_because": "we are related"}])
def test_no_follow_up_stops_courtesy_but_not_promises(facts: dict[str, Any]) -> None:
    met = interview(
        1,
        people=(person(benefit="a lead", thin=True, role="recruiter", **facts),),
        promises=(promise(), promise("a thought", id=OTHER_ITEM, promised=False), promise("x", id=DANA, by="theirs")),
    )
    assert actions(met) == ["R9 send_link", "R12 their_promise"]


def test_one_short_message_keeps_what_was_promised_and_what_came_to_mind() -> None:
    told = (promise(), promise("a thought", id=OTHER_ITEM, promised=False))
    met = meeting(people=(person(follow_up="light"),), promises=told)
    assert sorted(actions(met)) == ["R8 email_thank_you", "R9 send_link", "R9 send_link"]


def test_do_not_contact_ends_everything() -> None:
    met = interview(
        1,
        people=(person(do_not_contact=True, benefit="a lead", thin=True, role="recruiter"),),
        promises=(promise(), THEIRS),
    )
    assert actions(met) == []


@pytest.mark.parametrize(
    ("named", "ask_by", "because"),
    [
        pytest.param(
            date(2026, 3, 10),
            "2026-03-12 23:59:59",
            "two working days after the day they named: the end of the day in Lisbon, Thursday 12 March, 23:59",
            id="in the week",
        ),
        pytest.param(
            date(2026, 3, 6),
            "2026-03-10 23:59:59",
            "two working days after the day they named: the end of the day in Lisbon, Tuesday 10 March, 23:59",
            id="over a weekend",
        ),
        pytest.param(
            date(2026, 4, 2),
            "2026-04-07 23:59:59",
            "two working days after the day they named: the end of the day in Lisbon, Tuesday 7 April, 23:59",
            id="over Good Friday",
        ),
        pytest.param(
            None,
            "2026-03-12 23:59:59",
            "two working days after a week, since no day was named: "
            "the end of the day in Lisbon, Thursday 12 March, 23:59",
            id="no date",
        ),
        pytest.param(
            date(2026, 2, 1),
            "2026-03-05 23:59:59",
            "two working days after you met, since the day they named had passed: "
            "the end of the day in Lisbon, Thursday 5 March, 23:59",
            id="a date that had passed",
        ),
    ],
)
def test_what_they_promised_is_asked_for_once_two_working_days_later(
    named: date | None, ask_by: str, because: str
) -> None:
    theirs = promise("an introduction to Ana", by="theirs", due_on=named)
    task = tasks(meeting(promises=(theirs,)))["their_promise"]
    assert (local(task.due_at, "Europe/Lisbon"), task.because) == (ask_by, because)
    assert local(task.start_at, "Europe/Lisbon")[11:] == "09:00:00", "no earlier than that morning"
    assert (task.rule, task.title, task.minutes) == ("R12", "Ask once: an introduction to Ana", 5)


def test_a_sundown_hour_of_ones_own_that_passed_before_the_end_gives_way_to_the_next() -> None:
    owl = preferences(sundown_at=time(2))
    met = meeting("2026-03-04T03:00+00:00", promises=(promise(),))
    assert tasks(met, owl)["send_link"].because == "your sundown hour in Lisbon on Thursday 5 March, 02:00"
    assert tasks(meeting(promises=(promise(),)), preferences(sundown_at=time(17)))["send_link"].because == (
        "your sundown hour in Lisbon on Wednesday 4 March, 17:00"
    )


def test_a_long_promise_is_cut_at_a_word_in_the_title() -> None:
    long = tasks(meeting(promises=(promise("word\n" * 80),)))["send_link"].title
    assert len(long) <= 200
    assert long.endswith("word…")
    endless = tasks(meeting(promises=(promise("x" * 500),)))["send_link"].title
    assert endless == f"Send: {'x' * 193}…"
