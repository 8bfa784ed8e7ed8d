"""What holds for every meeting, zone and date: properties, looked for by hypothesis."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo, available_timezones

from hypothesis import given, settings
from hypothesis import strategies as st

from app.scheduling.agenda import edges, group_of
from app.scheduling.almanac import (
    day_of,
    end_of_day,
    following_day,
    last_second,
    opening,
    preceding_day,
    sundown_of,
    wall_time,
)
from app.scheduling.facts import Occasion, Person, Preferences, Promise, Requested
from app.scheduling.places import place_of
from app.scheduling.plan import plan
from app.scheduling.reconcile import Cancel, Create, Existing, Move, Step, diff
from tests.scheduling.meetings import stored

few = settings(max_examples=min(40, settings().max_examples))  # a whole meeting takes long to make up
GROUPS = {"replies", "today", "overdue", "tomorrow", "this_week", "later"}
ZONES = st.sampled_from(sorted(available_timezones() - {"localtime"}))
DAYS = st.dates(date(1900, 1, 1), date(2200, 12, 31))
INSTANTS = st.datetimes(datetime(1900, 1, 2), datetime(2200, 12, 30), timezones=st.just(UTC))  # noqa: DTZ001
HOURS = st.builds(time, st.integers(0, 23), st.integers(0, 59))
BOUNDARIES = st.builds(time, st.integers(0, 5), st.integers(0, 59)) | st.just(time(6))
SPOTS = st.just((None, None)) | st.tuples(st.floats(-90, 90), st.floats(-180, 180))
IDS = st.integers(1, 5).map(lambda number: UUID(int=number))
WORDS = st.sampled_from(["a lead for their team", "x", "word " * 60, "o" * 300, "Grüße\n\u202e 🙂"])
ROLES = st.sampled_from([None, "recruiter", "hiring_manager", "interviewer"])


@st.composite
def somebodys_preferences(draw: st.DrawFn) -> Preferences:
    latitude, longitude = draw(SPOTS)
    return Preferences(
        timezone=draw(ZONES),
        latitude=latitude,
        longitude=longitude,
        day_boundary=draw(BOUNDARIES),
        sundown_at=draw(st.none() | HOURS),
    )


@st.composite
def meetings(draw: st.DrawFn) -> Occasion:
    latitude, longitude = draw(SPOTS)
    begins = draw(INSTANTS)
    lasts = draw(st.none() | st.timedeltas(timedelta(0), timedelta(days=3)))
    kind = draw(st.sampled_from(["interview", "networking", "social", "other"]))
    people = st.builds(
        Person,
        contact_id=IDS,
        role=ROLES,
        follow_up=st.sampled_from(["full", "light", "none"]),
        no_follow_up_because=st.none() | st.just("we are related"),
        benefit=st.none() | WORDS,
        timezone=st.none() | ZONES,
        linkedin_state=st.sampled_from(["none", "invited", "connected"]),
        do_not_contact=st.booleans(),
        first_interview=st.booleans(),
        linkedin_asked=st.booleans(),
        thin=st.booleans(),
    )
    promises = st.builds(
        Promise,
        id=IDS,
        what=WORDS,
        contact_id=st.none() | IDS,
        by=st.sampled_from(["mine", "theirs"]),
        promised=st.booleans(),
        due_on=st.none() | DAYS,
        kept=st.booleans(),
    )
    requested = st.builds(Requested, id=IDS, what=WORDS, ready=st.booleans())
    return Occasion(
        id=UUID(int=10),
        kind=kind,
        round=draw(st.none() | st.integers(0, 20)) if kind == "interview" else None,
        occurred_at=begins,
        ends_at=None if lasts is None else begins + lasts,
        timezone=draw(ZONES),
        latitude=latitude,
        longitude=longitude,
        event=None,
        position=None,
        people=tuple(draw(st.lists(people, min_size=1, max_size=3, unique_by=lambda person: person.contact_id))),
        promises=tuple(draw(st.lists(promises, max_size=3, unique_by=lambda promise: promise.id))),
        requested=tuple(draw(st.lists(requested, max_size=2, unique_by=lambda item: item.id))),
    )


def applied(steps: Sequence[Step], rows: Sequence[Existing]) -> list[Existing]:
    """What the shell makes of a difference."""
    by_id = {row.id: row for row in rows}
    for step in steps:
        match step:
            case Create():
                fresh = replace(stored([step.planned])[0], id=UUID(int=1000 + len(by_id)))
                by_id[fresh.id] = fresh
            case Move():
                by_id[step.id] = replace(stored([step.planned])[0], id=step.id)
            case Cancel():
                by_id[step.id] = replace(by_id[step.id], status="cancelled")
    return list(by_id.values())


@few
@given(meetings(), somebodys_preferences())
def test_nothing_is_due_before_the_talk_is_over_or_startable_after_it_is_due(met: Occasion, home: Preferences) -> None:
    """To the second: the last second of a day is the whole of it."""
    end = met.end.replace(microsecond=0)
    for task in plan(met, home):
        assert end <= task.start_at <= task.due_at


@few
@given(meetings(), somebodys_preferences())
def test_the_sentence_names_the_local_time_at_which_a_task_is_due(met: Occasion, home: Preferences) -> None:
    for task in plan(met, home):
        assert f"{task.due_at.astimezone(ZoneInfo(task.timezone)):%H:%M}" in task.because
        assert task.why
        assert task.channel
        assert 0 < len(task.title) <= 200
        assert task.by in {"sundown", "midnight", "hour"}


@few
@given(meetings(), somebodys_preferences())
def test_everyone_met_has_a_task_or_there_is_a_reason_why_not(met: Occasion, home: Preferences) -> None:
    given_a_task = {task.contact_id for task in plan(met, home)}
    for person in met.people:
        excused = person.do_not_contact or person.follow_up == "none" or person.no_follow_up_because
        assert person.contact_id in given_a_task or excused
        if person.do_not_contact:
            assert person.contact_id not in given_a_task


@few
@given(meetings(), somebodys_preferences())
def test_planning_twice_changes_nothing(met: Occasion, home: Preferences) -> None:
    planned = plan(met, home)
    assert plan(met, home) == planned
    assert len({task.key for task in planned}) == len(planned)
    assert diff(planned, stored(planned)) == ()


@few
@given(meetings(), meetings(), somebodys_preferences())
def test_an_edited_meeting_comes_to_rest_after_one_replanning(
    before: Occasion, after: Occasion, home: Preferences
) -> None:
    rows = stored(plan(before, home))
    planned = plan(after, home)
    settled = applied(diff(planned, rows), rows)
    assert diff(planned, settled) == ()
    assert {row.key for row in settled if row.status == "open"} == {task.key for task in planned}
    assert {row.id for row in rows} <= {row.id for row in settled}, "nothing is deleted"


@few
@given(meetings(), meetings(), somebodys_preferences(), st.sampled_from(["open", "done", "skipped"]))
def test_what_was_touched_never_moves(before: Occasion, after: Occasion, home: Preferences, status: str) -> None:
    rows = stored(plan(before, home), touched=True, status=status)
    steps = diff(plan(after, home), rows)
    assert all(isinstance(step, Create) for step in steps)
    assert {step.planned.key for step in steps if isinstance(step, Create)}.isdisjoint(row.key for row in rows)


@given(DAYS, ZONES)
def test_the_day_before_the_day_after_is_the_day(day: date, timezone: str) -> None:
    was_there = following_day(preceding_day(day, timezone), timezone) == day
    assert was_there == (preceding_day(following_day(day, timezone), timezone) == day)
    if not was_there:
        assert wall_time(day, time(0), timezone).astimezone(ZoneInfo(timezone)).date() > day, "skipped, as in Samoa"


@given(DAYS, HOURS, ZONES)
def test_every_wall_time_is_an_instant(day: date, hour: time, timezone: str) -> None:
    """The same wall time again, or, where clocks skip it, one later by no more than a day."""
    at = wall_time(day, hour, timezone)
    shown = at.astimezone(ZoneInfo(timezone)).replace(tzinfo=None)
    assert timedelta(0) <= shown - datetime.combine(day, hour) <= timedelta(days=1)


@given(INSTANTS, ZONES, BOUNDARIES)
def test_every_instant_belongs_to_one_day_and_is_over_with_it(at: datetime, timezone: str, boundary: time) -> None:
    day = day_of(at, timezone, boundary)
    assert opening(day, timezone, boundary) <= at < opening(following_day(day, timezone), timezone, boundary)
    assert at.replace(microsecond=0) <= end_of_day(at, timezone, boundary)
    assert day in (
        at.astimezone(ZoneInfo(timezone)).date(),
        preceding_day(at.astimezone(ZoneInfo(timezone)).date(), timezone),
    )


@given(DAYS, somebodys_preferences(), SPOTS)
def test_a_sundown_lies_between_noon_and_the_end_of_its_day(
    day: date, home: Preferences, spot: tuple[float | None, float | None]
) -> None:
    place = place_of(home.timezone, *spot, home)
    found = sundown_of(day, place)
    noon, end = (
        moment(day, home.timezone) for moment in (lambda day, zone: wall_time(day, time(12), zone), last_second)
    )
    assert found.reason in {"sunset", "no_place", "no_sun", "after_midnight"}
    assert noon <= found.at
    assert found.at <= max(end, wall_time(day, time(18), home.timezone))
    assert found.at.microsecond == 0


@given(INSTANTS, somebodys_preferences(), ZONES, INSTANTS, INSTANTS, st.sampled_from(["reply", "custom"]))
def test_a_task_stands_in_exactly_one_group(
    now: datetime, home: Preferences, zone: str, act_at: datetime, due_at: datetime, action: str
) -> None:
    around = edges(now, zone, home)
    assert now < around.today_ends < around.tomorrow_ends < around.week_ends
    assert opening(around.today, zone, home.day_boundary) <= now
    assert group_of(action, act_at, due_at, around) in GROUPS
    assert (group_of(action, act_at, due_at, around) == "replies") == (action == "reply")
    assert group_of("custom", due_at, due_at, around) != "today" or now <= due_at <= around.today_ends
