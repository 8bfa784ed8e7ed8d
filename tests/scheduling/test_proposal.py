"""A playbook somebody sends is completed and checked before it is anybody's."""

from dataclasses import replace
from datetime import time
from typing import Any

import pytest

from app.scheduling.codec import Refused, encode_playbook
from app.scheduling.playbook import BUILT_IN, Playbook
from app.scheduling.proposal import MOST_RULES, proposed, silent, with_left_out
from app.scheduling.rules import At, Rule, Sundown
from tests.followups.proposals import ALL_OFF, SHOWN, document, own


def rule_of(playbook: Playbook, rule_id: str) -> Rule:
    return next(rule for rule in playbook.rules if rule.id == rule_id)


def faults(sent: dict[str, Any]) -> dict[str, str]:
    with pytest.raises(Refused) as refused:
        proposed(sent, BUILT_IN)
    return {fault.pointer: fault.detail for fault in refused.value.faults}


def test_what_was_shown_is_taken_as_it_is() -> None:
    assert proposed(SHOWN, BUILT_IN) == BUILT_IN


def test_what_was_taken_is_taken_again_as_it_is() -> None:
    first = proposed(document(own(), R8={"due": {"type": "sundown", "days": 3}}, off=["R13"]), BUILT_IN)
    assert proposed(encode_playbook(first), first) == first
    assert proposed(encode_playbook(first), BUILT_IN) == first


def test_the_order_of_built_in_rules_is_ours() -> None:
    shuffled = SHOWN | {"rules": list(reversed(SHOWN["rules"]))}
    assert proposed(shuffled, BUILT_IN) == BUILT_IN


def test_switches_offsets_minutes_and_words_of_a_built_in_rule_are_the_users() -> None:
    sent = document(
        R8={
            "due": {"type": "at", "hour": "12:30", "days": 2, "working": True},
            "minutes": 20,
            "needs": ["name"],
            "title": "Uma nota",
            "why": "Porque sim.",
            "else": {"no_address": "email"},
        },
        off=["R13"],
    )
    found = proposed(sent, BUILT_IN)
    note = rule_of(found, "R8")
    assert note.due == At(hour=time(12, 30), days=2, working=True)
    assert (note.minutes, note.needs, note.title, note.why) == (20, ("name",), "Uma nota", "Porque sim.")
    assert (note.light, note.no_address) == ("email", "email")
    assert not rule_of(found, "R13").on


def test_a_built_in_rule_that_is_left_out_is_off_and_still_there() -> None:
    sent = {"rules": [rule for rule in SHOWN["rules"] if rule["id"] != "R13"]}
    found = proposed(sent, BUILT_IN)
    assert not rule_of(found, "R13").on
    assert len(found.rules) == len(BUILT_IN.rules)


def test_what_a_built_in_rule_leaves_out_is_as_it_was_built_in() -> None:
    found = proposed({"rules": [{"id": "R8", "on": True}]}, BUILT_IN)
    assert rule_of(found, "R8") == rule_of(BUILT_IN, "R8")


def test_a_rule_of_a_later_release_stands_in_an_older_playbook_switched_off() -> None:
    older = replace(BUILT_IN, version="mine-1", rules=tuple(rule for rule in BUILT_IN.rules if rule.id != "R13"))
    shown = with_left_out(older)
    assert not rule_of(shown, "R13").on
    assert proposed(encode_playbook(shown), older) == shown


def test_a_rule_keeps_what_it_was_stored_with_when_a_later_release_words_it_anew() -> None:
    older = replace(
        BUILT_IN,
        version="mine-1",
        rules=tuple(replace(rule, rounds=(1, 3)) if rule.id == "R5" else rule for rule in BUILT_IN.rules),
    )
    assert proposed(encode_playbook(older), older) == older


def test_a_rule_of_ones_own_is_for_its_kind_rounds_and_role() -> None:
    found = rule_of(proposed(document(own()), BUILT_IN), "portfolio")
    assert (found.kind, found.rounds, found.role) == ("interview", (2, 3), "hiring_manager")
    assert (found.action, found.title, found.why) == ("custom", "Send the portfolio", "They like to see work.")
    assert (found.on, found.each, found.courtesy, found.needs) == (True, "person", True, ("name", "email"))
    assert found.number == "portfolio"


@pytest.mark.parametrize(
    ("action", "channel", "title", "only", "needs"),
    [
        ("handwritten_note", "letter", "Mail a handwritten note", None, ("name", "postal_address")),
        ("email_thank_you", "email", "Send a thank-you e-mail", None, ("name", "email")),
        (
            *("phone_call", "voicemail", "Call, or leave a short voicemail", "benefit"),
            ("name", "phone", "number", "benefit"),
        ),
        ("linkedin_invite", "linkedin", "Ask to connect on LinkedIn", "not_connected", ("name", "topic")),
    ],
)
def test_a_rule_of_ones_own_with_a_known_action_has_its_words_and_conditions(
    action: str, channel: str, title: str, only: str | None, needs: tuple[str, ...]
) -> None:
    sent = document(own(action=action, channel=channel, title=..., why=...))
    found = rule_of(proposed(sent, BUILT_IN), "portfolio")
    assert (found.title, found.only, found.needs) == (title, only, needs)
    assert found.why == "A rule of your own."


@pytest.mark.parametrize(
    ("sent", "pointer"),
    [
        (document({"id": "R99", "on": True}), "/rules/18/id"),
        (document({"id": "r5", "on": True}), "/rules/18/id"),
        (document({"id": "R5.mine", "on": True}), "/rules/18/id"),
        (document({"id": "R8"}), "/rules/18/id"),
        (document(own(), own()), "/rules/19/id"),
        (document(R5={"kind": "social"}), "/rules/2/kind"),
        (document(R5={"round": [2, 20]}), "/rules/2/round"),
        (document(R5={"role": "recruiter"}), "/rules/2/role"),
        (document(R5={"action": "custom"}), "/rules/2/action"),
        (document(R5={"only": None}), "/rules/2/only"),
        (document(R9={"courtesy": True}), "/rules/11/courtesy"),
        (document(R9={"each": "person"}), "/rules/11/each"),
        (document(R9={"else": {"light": "drop"}}), "/rules/11/else/light"),
        (document(R3={"else": {"light": "email"}}), "/rules/0/else/light"),
        (document(R3={"else": {"no_address": "email"}}), "/rules/0/else/no_address"),
        (document(R5={"channel": "email"}), "/rules/2/channel"),
        (document(R3={"channel": "letter"}), "/rules/0/channel"),
        (document(R10={"channel": "email", "needs": []}), "/rules/12/channel"),
        (document(R3={"needs": ["name", "postal_address"]}), "/rules/0/needs/1"),
        (document(R3={"needs": ["name", "email", "name"]}), "/rules/0/needs/2"),
        (document(R3={"due": {"type": "sundown", "days": 0}}), "/rules/0/due/days"),
        (document(R3={"due": {"type": "at", "days": 0, "hour": "12:00"}}), "/rules/0/due/days"),
        (document(R3={"due": {"type": "at"}}), "/rules/0/due/hour"),
        (document(R3={"due": {"type": "at", "hour": "12:00", "opens": "12:01"}}), "/rules/0/due/opens"),
        (document(R3={"due": {"type": "sundown", "hour": "12:00"}}), "/rules/0/due/hour"),
        (document(R3={"due": {"type": "end_of_day", "evening": True}}), "/rules/0/due/evening"),
        (document(R3={"due": {"type": "after_date"}}), "/rules/0/due/type"),
        (document(R12={"due": {"type": "sundown"}}), "/rules/13/due/type"),
        (document(own(round=[3, 2])), "/rules/18/round"),
        (document(own(kind="social", role=None)), "/rules/18/round"),
        (document(own(kind=None)), "/rules/18/round"),
        (document(own(title=...)), "/rules/18/title"),
        (document(own(action="send_link", title=...)), "/rules/18/title"),
        (document(own(action=...)), "/rules/18/action"),
        (document(own(channel=...)), "/rules/18/channel"),
        (document(own(due=...)), "/rules/18/due"),
        (document(own(minutes=...)), "/rules/18/minutes"),
        (document(own(each="promise")), "/rules/18/each"),
        (document(own(courtesy=False)), "/rules/18/courtesy"),
        (document(own(action="reply")), "/rules/18/action"),
        (document(own(action="keep_in_touch")), "/rules/18/action"),
        (document(own(action="new_year_card", channel="letter")), "/rules/18/action"),
        (document(own(action="finish_card_note", channel="other")), "/rules/18/action"),
        (document(own(action="phone_call", channel="phone", only="thin")), "/rules/18/only"),
        (document(own(action="linkedin_invite", channel="linkedin", only="benefit")), "/rules/18/only"),
        (document(own(**{"else": {"light": "email"}})), "/rules/18/else/light"),
        (document(*(own(id=f"own-{number}") for number in range(MOST_RULES))), "/rules"),
        (document(off=ALL_OFF), "/rules"),
        ({"rules": []}, "/rules"),
        ({"rules": [{"id": "R7"}, {"id": "R10"}]}, "/rules"),
    ],
)
def test_what_cannot_be_is_refused_where_it_stands(sent: dict[str, Any], pointer: str) -> None:
    found = faults(sent)
    assert pointer in found, found
    assert all(detail.endswith(".") for detail in found.values())


def test_every_fault_is_told_at_once() -> None:
    sent = document(own(round=[3, 2], channel="letter", needs=["email"]), R3={"due": {"type": "at"}}, R5={"kind": None})
    assert list(faults(sent)) == ["/rules/0/due/hour", "/rules/2/kind", "/rules/18/needs/0", "/rules/18/round"]


def test_what_is_refused_for_a_note_points_to_the_switch() -> None:
    assert "`write_by_email`" in faults(document(R5={"channel": "email"}))["/rules/2/channel"]


def test_the_built_in_playbook_leaves_nobody_out() -> None:
    assert silent(BUILT_IN) == ()


def test_meetings_after_which_nobody_gets_a_task_are_told_with_their_rounds() -> None:
    found = proposed(document(off=["R3", "R5", "R8.social", "R13.social", "R8.other"]), BUILT_IN)
    assert silent(found) == (("interview", (0, 1)), ("social", None))
    later = proposed(document(own(role=None), off=["R6", "R5"]), BUILT_IN)
    assert silent(later) == (("interview", (4, 20)),)


def test_a_rule_for_one_role_alone_leaves_the_others_out() -> None:
    found = proposed(document(own(kind="social", round=None), off=["R8.social", "R13.social"]), BUILT_IN)
    assert silent(found) == (("social", None),)


def test_a_rule_of_ones_own_is_enough_for_a_meeting() -> None:
    mine = own(kind="social", round=None, role=None)
    assert silent(proposed(document(mine, off=["R8.social", "R13.social"]), BUILT_IN)) == ()


def test_the_switch_for_e_mail_is_off_unless_it_is_sent() -> None:
    assert proposed(document() | {"write_by_email": True}, BUILT_IN).write_by_email
    assert not proposed({"rules": SHOWN["rules"]}, BUILT_IN).write_by_email


def test_offsets_that_are_left_out_are_the_usual_ones() -> None:
    assert rule_of(proposed(document(R8={"due": {"type": "sundown"}}), BUILT_IN), "R8").due == Sundown(days=1)
