"""The difference between a plan and the tasks there are (product.md, 2.9)."""

from dataclasses import fields, replace
from uuid import UUID

import pytest

from app.scheduling.facts import Occasion
from app.scheduling.plan import PlannedTask, plan
from app.scheduling.reconcile import COMPARED, Cancel, Create, Move, diff
from tests.scheduling.meetings import DANA, ELI, LISBON, OTHER_ITEM, coffee, interview, meeting, person, promise, stored

MIXER = meeting(promises=(promise(),))


def later(met: Occasion) -> Occasion:
    return replace(met, occurred_at=met.occurred_at.replace(day=20))


def test_a_new_meeting_gives_every_task_of_its_plan() -> None:
    planned = plan(MIXER, LISBON)
    assert diff(planned, []) == tuple(Create(task) for task in planned)


def test_planning_twice_changes_nothing() -> None:
    planned = plan(MIXER, LISBON)
    assert diff(planned, stored(planned)) == ()


def test_a_meeting_that_moves_takes_its_open_tasks_along() -> None:
    moved = plan(later(MIXER), LISBON)
    steps = diff(moved, stored(plan(MIXER, LISBON)))
    assert steps == tuple(Move(UUID(int=100 + number), task) for number, task in enumerate(moved))


@pytest.mark.parametrize("status", ["open", "done", "skipped"])
def test_what_somebody_touched_is_never_altered(status: str) -> None:
    touched = stored(plan(MIXER, LISBON), touched=True, status=status)
    assert diff(plan(later(MIXER), LISBON), touched) == ()
    assert diff((), touched) == ()


def test_what_the_rules_no_longer_give_is_cancelled_and_what_they_now_give_is_added() -> None:
    before, after = plan(coffee(), LISBON), plan(meeting(), LISBON)
    steps = diff(after, stored(before))
    emails = [number for number, task in enumerate(before) if task.action == "email_thank_you"]
    assert [step.id for step in steps if isinstance(step, Cancel)] == [UUID(int=100 + emails[0])]
    assert [step.planned.rule for step in steps if isinstance(step, Create)] == ["R13"]
    assert [step.planned.rule for step in steps if isinstance(step, Move)] == ["R8"], "the same rule, another reason"


def test_what_is_cancelled_already_is_not_cancelled_again() -> None:
    assert diff((), stored(plan(MIXER, LISBON), status="cancelled")) == ()


def test_a_plan_that_wants_a_cancelled_task_again_opens_it() -> None:
    planned = plan(MIXER, LISBON)
    steps = diff(planned, stored(planned, status="cancelled"))
    assert steps == tuple(Move(UUID(int=100 + number), task) for number, task in enumerate(planned))


def test_a_person_who_is_taken_out_takes_only_their_own_tasks_along() -> None:
    both = plan(meeting(people=(person(DANA), person(ELI))), LISBON)
    steps = diff(plan(meeting(people=(person(ELI),)), LISBON), stored(both))
    cancelled = {step.id for step in steps if isinstance(step, Cancel)}
    assert cancelled == {UUID(int=100 + n) for n, task in enumerate(both) if task.contact_id == DANA}
    assert len(steps) == len(cancelled)


def test_a_promise_keeps_its_task_whatever_its_words_become() -> None:
    before = plan(MIXER, LISBON)
    after = plan(meeting(promises=(promise("the article on trunks"),)), LISBON)
    steps = diff(after, stored(before))
    assert [(type(step), step.planned.title) for step in steps if not isinstance(step, Cancel)] == [
        (Move, "Send: the article on trunks")
    ]
    another = plan(meeting(promises=(promise(id=OTHER_ITEM),)), LISBON)
    assert {type(step) for step in diff(another, stored(before))} == {Create, Cancel}


@pytest.mark.parametrize("status", ["done", "skipped"])
def test_an_email_that_was_sent_or_skipped_is_not_asked_for_again_under_another_rule(status: str) -> None:
    first, second = plan(interview(1), LISBON), plan(interview(2), LISBON)
    settled = stored([first[0]], touched=True, status=status) + stored([first[1]])
    assert [task.rule for task in second] == ["R6", "R5"]
    assert diff(second, settled) == ()
    corrected = diff(second, stored([first[0]]))
    assert {type(step) for step in corrected} == {Create, Cancel}, "an open one gives way"


def test_a_promise_that_was_sent_does_not_stand_for_another() -> None:
    told = (promise(), promise("a book", id=OTHER_ITEM))
    planned = plan(meeting(promises=told), LISBON)
    sent = [task for task in stored(planned, touched=True, status="done") if task.key[2] != OTHER_ITEM]
    assert [step.planned.item_id for step in diff(planned, sent) if isinstance(step, Create)] == [OTHER_ITEM]


def test_everything_a_plan_says_is_compared() -> None:
    said = {field.name for field in fields(PlannedTask)} - {"contact_id", "rule", "item_id"}
    assert said == set(COMPARED)
    assert not {"snoozed_until", "planned_on", "status"} & set(COMPARED), "a snooze and a plan for a day are kept"


@pytest.mark.parametrize("name", COMPARED)
def test_any_difference_in_what_a_task_says_moves_it(name: str) -> None:
    (task, *_) = plan(MIXER, LISBON)
    (row,) = stored([task])
    value = getattr(row, name)
    other = None if name == "mail_hint" and value else ("another",) if name == "requires" else object()
    assert diff([task], [replace(row, **{name: other})]) == (Move(row.id, task),)
