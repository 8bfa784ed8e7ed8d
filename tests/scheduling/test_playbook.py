"""The built-in playbook against the tables of product.md, section 1: "Due times" and "Kinds"."""

from datetime import time

import pytest

from app.scheduling.codec import encode_playbook
from app.scheduling.plan import plan
from app.scheduling.playbook import BUILT_IN
from app.scheduling.rules import AfterDate, At, Due, EndOfDay, Rule, Sundown
from tests.scheduling.meetings import (
    DANA,
    ELI,
    LISBON,
    OTHER_ITEM,
    coffee,
    interview,
    meeting,
    person,
    promise,
    requested,
)

DUE_TIMES: dict[str, tuple[Due, int, str]] = {
    "email_thank_you": (EndOfDay(), 8, "email"),
    "handwritten_note": (Sundown(days=1, evening=True), 10, "letter"),
    "send_link": (Sundown(days=1), 5, "email"),
    "requested_item": (Sundown(days=1), 15, "other"),
    "finish_card_note": (At(hour=time(12)), 2, "other"),
    "linkedin_invite": (Sundown(days=2), 2, "linkedin"),
    "phone_call": (At(hour=time(16), working=True, opens=time(10), theirs=True), 5, "phone"),
    "their_promise": (AfterDate(working_days=2), 5, "email"),
}
NEEDS = {"postal_address", "email", "phone", "topic", "position", "name", "number", "benefit"}


def by_id(rule: Rule) -> str:
    return rule.id


@pytest.mark.parametrize("rule", BUILT_IN.rules, ids=by_id)
def test_each_rule_has_the_due_time_and_minutes_of_the_table(rule: Rule) -> None:
    assert (rule.due, rule.minutes, rule.channel) == DUE_TIMES[rule.action]


@pytest.mark.parametrize("rule", BUILT_IN.rules, ids=by_id)
def test_each_rule_has_a_reason_in_plain_words_and_known_needs(rule: Rule) -> None:
    assert rule.why.endswith(".")
    assert "!" not in rule.why + rule.title
    assert set(rule.needs) <= NEEDS


def test_ids_are_not_used_twice_and_only_the_switches_are_off() -> None:
    ids = [rule.id for rule in BUILT_IN.rules]
    assert len(ids) == len(set(ids))
    assert [rule.id for rule in BUILT_IN.rules if not rule.on] == ["R5.again", "R13.interviewer"]


def test_every_planned_task_carries_its_channel_a_reason_and_the_rule() -> None:
    people = (person(benefit="a lead", thin=True, role="recruiter"), person(ELI, role="hiring_manager"))
    said = (promise(), promise("an introduction", id=OTHER_ITEM, by="theirs"))
    for met in (
        *(interview(number, people=people, promises=said, requested=(requested(),)) for number in (0, 1, 2)),
        *(meeting(kind=kind, people=people, promises=said) for kind in ("networking", "social", "other")),
    ):
        for task in plan(met, LISBON):
            assert task.channel
            assert task.why
            assert task.rule in {"R3", "R5", "R6", "R7", "R8", "R9", "R10", "R12", "R13"}


def test_tasks_come_by_due_time_then_what_was_promised_then_as_people_are_listed_then_by_rule() -> None:
    met = coffee(people=(person(ELI), person(DANA)), promises=(promise(contact_id=DANA),))
    assert [(task.contact_id, task.rule) for task in plan(met, LISBON)] == [
        (ELI, "R3"),
        (DANA, "R3"),
        (DANA, "R9"),
        (ELI, "R8"),
        (DANA, "R8"),
    ]


def test_promised_ones_outrank_courtesy_and_a_thought_is_a_courtesy() -> None:
    said = (promise(promised=False), promise("a book", id=OTHER_ITEM))
    met = meeting(promises=said, requested=(requested("references", id=DANA),))
    assert [task.title for task in plan(met, LISBON)] == [
        "Get ready: references",
        "Send: a book",
        "Mail a handwritten note",
        "Send: the trunk-based article",
        "Ask to connect on LinkedIn",
    ]


def test_the_playbook_is_shown_in_the_shape_of_the_api() -> None:
    shown = encode_playbook(BUILT_IN)
    rules = {rule["id"]: rule for rule in shown["rules"]}
    assert shown["version"] == BUILT_IN.version
    assert rules["R6"]["round"] == [2, 20]
    assert rules["R8"]["round"] is None
    assert (rules["R5.screen"]["role"], rules["R5.again"]["on"]) == ("hiring_manager", False)
    assert [rules[number]["due"]["type"] for number in ("R3", "R8", "R10", "R12")] == [
        "end_of_day",
        "sundown",
        "at",
        "after_date",
    ]
    assert (rules["R10"]["due"]["hour"], rules["R7"]["due"]["opens"]) == ("16:00", None)
