"""Rules as JSON and back again: nothing is lost on the way."""

import json
from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.scheduling.codec import (
    Fault,
    Refused,
    decode_due,
    decode_playbook,
    decode_rule,
    encode_due,
    encode_playbook,
    encode_rule,
)
from app.scheduling.playbook import BUILT_IN, Playbook
from app.scheduling.rules import AfterDate, At, Due, EndOfDay, Rule, Sundown

HOURS = st.builds(time, st.integers(0, 23), st.integers(0, 59))
DUES: st.SearchStrategy[Due] = st.one_of(
    st.builds(EndOfDay, days=st.integers(0, 90)),
    st.builds(Sundown, days=st.integers(0, 90), evening=st.booleans()),
    st.builds(AfterDate, working_days=st.integers(0, 90)),
    st.builds(
        At,
        hour=HOURS,
        days=st.integers(0, 90),
        working=st.booleans(),
        opens=st.none() | HOURS,
        theirs=st.booleans(),
    ),
)
RULES = st.builds(
    Rule,
    id=st.text(min_size=1, max_size=20),
    on=st.booleans(),
    kind=st.none() | st.sampled_from(["interview", "networking", "social", "other"]),
    rounds=st.none() | st.tuples(st.integers(0, 20), st.integers(0, 20)),
    role=st.none() | st.sampled_from(["recruiter", "referrer"]),
    each=st.sampled_from(["person", "promise", "their_promise", "requested"]),
    only=st.none() | st.sampled_from(["first_interview", "benefit", "thin", "not_connected"]),
    courtesy=st.booleans(),
    action=st.sampled_from(["email_thank_you", "custom"]),
    channel=st.sampled_from(["email", "other"]),
    due=DUES,
    minutes=st.integers(0, 1440),
    needs=st.lists(st.sampled_from(["name", "topic"])).map(tuple),
    light=st.sampled_from(["keep", "drop", "email"]),
    no_address=st.sampled_from(["keep", "email"]),
    title=st.text(max_size=200),
    why=st.text(max_size=200),
)


@given(RULES)
def test_a_rule_comes_back_as_it_went(rule: Rule) -> None:
    assert decode_rule(json.loads(json.dumps(encode_rule(rule)))) == rule


def test_the_built_in_playbook_comes_back_as_it_went() -> None:
    assert decode_playbook(json.loads(json.dumps(encode_playbook(BUILT_IN)))) == BUILT_IN


@given(st.lists(RULES, max_size=3), st.booleans())
def test_a_playbook_keeps_its_version_and_its_switch(rules: list[Rule], by_email: bool) -> None:
    playbook = Playbook(version="mine-7", write_by_email=by_email, rules=tuple(rules))
    assert decode_playbook(encode_playbook(playbook)) == playbook


@pytest.mark.parametrize(
    ("due", "document"),
    [
        (EndOfDay(), {"type": "end_of_day", "days": 0}),
        (Sundown(days=2, evening=True), {"type": "sundown", "days": 2, "evening": True}),
        (AfterDate(), {"type": "after_date", "working_days": 2}),
        (
            At(hour=time(16), opens=time(0), working=True, theirs=True),
            {"type": "at", "hour": "16:00", "days": 1, "working": True, "opens": "00:00", "theirs": True},
        ),
        (
            At(hour=time(0)),
            {"type": "at", "hour": "00:00", "days": 1, "working": False, "opens": None, "theirs": False},
        ),
    ],
)
def test_a_due_time_says_its_type_and_its_offsets(due: Due, document: dict[str, object]) -> None:
    assert encode_due(due) == document
    assert decode_due(document) == due


def test_what_a_due_time_leaves_out_has_its_usual_value() -> None:
    assert decode_due({"type": "sundown"}) == Sundown()
    assert decode_due({"type": "at", "hour": "12:00", "opens": None}) == At(hour=time(12))


def test_a_refusal_says_every_fault_and_where_it_is() -> None:
    refused = Refused([Fault("/rules/0/id", "Another rule has this id."), Fault("/rules", "Too many.")])
    assert str(refused) == "/rules/0/id: Another rule has this id.; /rules: Too many."
    assert [fault.pointer for fault in refused.faults] == ["/rules/0/id", "/rules"]
