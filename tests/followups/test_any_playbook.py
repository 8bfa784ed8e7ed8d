"""Whatever is sent in the right shape is refused with pointers, or is a playbook to plan by."""

from typing import Any, get_args

from hypothesis import event, given, settings
from hypothesis import strategies as st

from app.core.schemas import Channel, Kind, Role
from app.followups.schemas import Each, Need, Only, PlaybookWrite
from app.scheduling.codec import Fault, Refused, encode_playbook
from app.scheduling.plan import plan
from app.scheduling.playbook import BUILT_IN, Playbook
from app.scheduling.proposal import proposed, silent
from app.tasks.schemas import Action
from tests.scheduling.meetings import DANA, ELI, LISBON, interview, meeting, person, promise, requested

HOURS = st.sampled_from(["00:00", "08:30", "12:00", "16:00", "23:59"])
DUES = st.fixed_dictionaries(
    {"type": st.sampled_from(["end_of_day", "sundown", "at", "after_date"])},
    optional={
        "days": st.integers(0, 90),
        "evening": st.booleans(),
        "hour": HOURS,
        "working": st.booleans(),
        "opens": st.none() | HOURS,
        "theirs": st.booleans(),
        "working_days": st.integers(0, 90),
    },
)


def one_of(literal: Any) -> st.SearchStrategy[Any]:
    return st.none() | st.sampled_from(get_args(literal))


IDS = st.sampled_from([*(rule.id for rule in BUILT_IN.rules), "mine", "other-one", "R99", "r8"])
RULES = st.fixed_dictionaries(
    {"id": IDS},
    optional={
        "on": st.booleans(),
        "kind": one_of(Kind),
        "round": st.none() | st.integers(0, 20) | st.lists(st.integers(0, 20), min_size=2, max_size=2),
        "role": one_of(Role),
        "each": one_of(Each),
        "only": one_of(Only),
        "courtesy": st.booleans(),
        "action": one_of(Action),
        "channel": one_of(Channel),
        "due": DUES,
        "needs": st.lists(st.sampled_from(get_args(Need)), max_size=4),
        "else": st.fixed_dictionaries(
            {},
            optional={
                "light": st.sampled_from(["keep", "drop", "email"]),
                "no_address": st.sampled_from(["keep", "email"]),
            },
        ),
        "minutes": st.integers(0, 1440),
        "title": st.just("Send the portfolio"),
        "why": st.just("They like to see work."),
    },
)
# A rule that is wholly made up seldom holds, so most change one thing in a rule that does.
OWN = {"id": "mine", "action": "custom", "channel": "other", "minutes": 5, "title": "Look back"}
SOUND = st.sampled_from([*({"id": rule.id} for rule in BUILT_IN.rules), OWN | {"due": {"type": "sundown"}}])
CHANGED = st.sampled_from(["on", "due", "minutes", "else", "needs", "title", "role"])
NEARLY = st.builds(
    lambda sound, name, made: sound | ({name: made[name]} if name in made else {}), SOUND, CHANGED, RULES
)
SENT = st.fixed_dictionaries(
    {"rules": st.lists(NEARLY, max_size=6, unique_by=lambda rule: rule["id"]) | st.lists(RULES, max_size=3)},
    optional={"write_by_email": st.booleans()},
)
PEOPLE = (person(DANA, role="hiring_manager", benefit="A lead", thin=True), person(ELI, follow_up="light"))
MEETINGS = (
    interview(1, people=PEOPLE, promises=(promise(), promise(id=DANA, by="theirs")), requested=(requested(),)),
    interview(0, people=PEOPLE),
    meeting(people=PEOPLE),
    meeting(kind="social", people=PEOPLE),
    meeting("2026-03-04T00:40:00+00:00", kind="other", people=PEOPLE),
)


def outcome(sent: dict[str, Any]) -> Playbook | tuple[Fault, ...]:
    document = PlaybookWrite.model_validate(sent).model_dump(exclude_unset=True, by_alias=True)
    try:
        return proposed(document, BUILT_IN)
    except Refused as refused:
        return refused.faults


@given(SENT)
@settings(max_examples=300)
def test_it_is_refused_or_it_can_be_planned_by(sent: dict[str, Any]) -> None:
    found = outcome(sent)
    event(type(found).__name__)
    if not isinstance(found, Playbook):
        assert found
        assert all(fault.pointer.startswith("/rules") for fault in found)
        return
    assert proposed(encode_playbook(found), BUILT_IN) == found
    quiet = {kind for kind, _ in silent(found)}
    for occasion in MEETINGS:
        tasks = plan(occasion, LISBON, found)
        assert all(task.start_at <= task.due_at and task.due_at >= occasion.end for task in tasks)
        assert len({task.key for task in tasks}) == len(tasks)
        if occasion.kind not in quiet:
            assert DANA in {task.contact_id for task in tasks}
