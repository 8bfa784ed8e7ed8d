"""A playbook as somebody proposes it: completed from the built-in rules and checked, every fault with its pointer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from app.scheduling.codec import DUES, Fault, Refused, decode_rule, due_fields, encode_rule
from app.scheduling.playbook import BUILT_IN, EMAIL_TITLE, LINKEDIN_TITLE, NOTE_TITLE, Playbook
from app.scheduling.rules import ADDRESS_OF, Rule, built_in_id

MOST_RULES = 100
FIXED = ("kind", "round", "role", "each", "only", "courtesy", "action")
REQUIRED = ("action", "channel", "due", "minutes")
MESSAGES = ("email", "linkedin", "sms")
CHANNELS: Mapping[str, Sequence[str]] = {
    "email_thank_you": ("email",),
    "handwritten_note": ("letter",),
    "send_link": MESSAGES,
    "phone_call": ("phone", "voicemail"),
    "linkedin_invite": ("linkedin",),
    "their_promise": (*MESSAGES, "phone", "voicemail", "in_person"),
    "finish_card_note": ("other",),
}
ADDRESSES = frozenset(ADDRESS_OF.values())
ELSEWHERE: Mapping[str, str] = {
    "reply": "A reply comes from what they wrote, not from a meeting.",
    "keep_in_touch": "Keeping in touch comes from a person's tier, not from a meeting.",
    "new_year_card": "Cards come from the yearly list, not from a meeting.",
    "finish_card_note": "Rule R7 asks for this where a note is thin.",
    "their_promise": "Rule R12 asks for this where something was promised.",
}
# A title and needs for a rule of somebody's own that gives none; what is not here has to say what it is.
USUAL: Mapping[str, tuple[str, Sequence[str]]] = {
    "email_thank_you": (EMAIL_TITLE, ("name", "email")),
    "handwritten_note": (NOTE_TITLE, ("name", "postal_address")),
    "linkedin_invite": (LINKEDIN_TITLE, ("name", "topic")),
    "phone_call": ("Call, or leave a short voicemail", ("name", "phone", "number", "benefit")),
}
ONLY: Mapping[str, tuple[str, str]] = {
    "phone_call": ("benefit", "A call is made only where it benefits the person: `benefit` (R10)."),
    "linkedin_invite": ("not_connected", "Only who is not connected yet is invited: `not_connected` (R13)."),
}
OWN_WHY = "A rule of your own."


@dataclass(slots=True)
class _Findings:
    """The faults of one rule, each noted where it was found."""

    at: str
    faults: list[Fault] = field(default_factory=list[Fault])

    def note(self, name: str, detail: str) -> None:
        self.faults.append(Fault(f"{self.at}/{name}", detail))


def proposed(document: Mapping[str, Any], in_force: Playbook) -> Playbook:
    """The playbook somebody sends, in the built-in rules' order with their own rules after them.

    The document is well-shaped: known fields of the right types. A built-in rule it leaves out is off; what a
    built-in rule leaves out is as it was built in. Raises Refused.
    """
    known = {rule.id: rule for rule in (*BUILT_IN.rules, *in_force.rules) if rule.built_in}
    rules: dict[str, Rule] = {}
    faults: list[Fault] = []
    if len(document["rules"]) > MOST_RULES:
        faults.append(Fault("/rules", f"At most {MOST_RULES} rules are taken."))
    for index, given in enumerate(document["rules"]):
        findings = _Findings(f"/rules/{index}")
        if given["id"] in rules:
            findings.note("id", "Another rule has this id.")
        rule = _rule(given, known.get(given["id"]), findings)
        faults += findings.faults
        if rule is not None:
            rules[rule.id] = rule
    if faults:
        raise Refused(faults)
    playbook = Playbook(
        version=in_force.version, write_by_email=document.get("write_by_email") or False, rules=tuple(rules.values())
    )
    whole = with_left_out(playbook, tuple(known.values()))
    if not any(_certain(rule) for rule in whole.rules):
        raise Refused([Fault("/rules", "With these rules nobody would get a task. Leave one on for some meeting.")])
    return whole


def with_left_out(playbook: Playbook, known: Sequence[Rule] = BUILT_IN.rules) -> Playbook:
    """With every built-in rule in it: one that is not there, such as a later release's, stands there switched off."""
    own = {rule.id: rule for rule in playbook.rules}
    built_in = [own.pop(rule.id, None) or replace(rule, on=False) for rule in known]
    return replace(playbook, rules=(*built_in, *own.values()))


def silent(playbook: Playbook) -> tuple[tuple[str, tuple[int, int] | None], ...]:
    """After which meetings somebody of no special role gets no task: kind, and for interviews the rounds (R1)."""
    quiet = [(kind, None) for kind in ("networking", "social", "other") if not _asked(playbook, kind, None)]
    runs: list[tuple[int, int]] = []
    for number in range(21):
        if _asked(playbook, "interview", number):
            continue
        if runs and runs[-1][1] == number - 1:
            runs[-1] = (runs[-1][0], number)
        else:
            runs.append((number, number))
    return (*(("interview", run) for run in runs), *quiet)


def _asked(playbook: Playbook, kind: str, number: int | None) -> bool:
    return any(
        _certain(rule)
        and rule.role is None
        and rule.kind in (None, kind)
        and (number is None or rule.rounds is None or rule.rounds[0] <= number <= rule.rounds[1])
        for rule in playbook.rules
    )


def _certain(rule: Rule) -> bool:
    """Whether it asks for something whatever was said in the conversation."""
    return rule.on and rule.each == "person" and rule.only not in ("benefit", "thin")


def _rule(given: Mapping[str, Any], original: Rule | None, findings: _Findings) -> Rule | None:
    """The completed rule, or None where something is wrong with it, which `findings` then say."""
    if original is not None:
        document = _of_built_in(given, encode_rule(original), findings)
    elif built_in_id(given["id"]):
        findings.note("id", "No rule of this id is built in. Ids such as R3 are kept for those; choose another.")
        return None
    else:
        document = _of_own(given, findings)
    if findings.faults:
        return None
    _check_due(document, findings)
    _check_channel(document, findings)
    _check_else(document, findings)
    if document["round"] and document["kind"] != "interview":
        findings.note("round", "Only an interview has a round.")
    elif document["round"] and document["round"][0] > document["round"][1]:
        findings.note("round", "The first round comes before the last: [1, 3].")
    return None if findings.faults else decode_rule(document)


def _of_built_in(given: Mapping[str, Any], shown: dict[str, Any], findings: _Findings) -> dict[str, Any]:
    for name in FIXED:
        if name in given and given[name] != shown[name]:
            findings.note(name, f"{shown['id']} is built in and keeps this. Switch it off and add a rule of your own.")
    told = {name: value for name, value in given.items() if value is not None and name not in FIXED}
    return shown | told | {"else": shown["else"] | (told.get("else") or {})}


def _of_own(given: Mapping[str, Any], findings: _Findings) -> dict[str, Any]:
    told = {name: value for name, value in given.items() if value is not None}
    action = told.get("action", "custom")
    missing = [name for name in REQUIRED if name not in told]
    if action not in USUAL and "title" not in told:
        missing.append("title")
    for name in missing:
        findings.note(name, "A rule of your own needs this.")
    if action in ELSEWHERE:
        findings.note("action", ELSEWHERE[action])
    if told.get("each", "person") != "person":
        findings.note("each", "A rule of your own is for each person.")
    if told.get("courtesy") is False:
        findings.note("courtesy", "A rule of your own is a courtesy.")
    only, reason = ONLY.get(action, (told.get("only"), ""))
    if told.get("only", only) != only:
        findings.note("only", reason)
    address = ADDRESS_OF.get(told.get("channel", ""))
    title, needs = USUAL.get(action, (None, ("name", address) if address else ()))
    usual = {"on": True, "kind": None, "round": None, "role": None, "each": "person", "only": only, "courtesy": True}
    usual |= {"needs": list(needs), "title": title, "why": OWN_WHY}
    return usual | told | {"else": {"light": "drop", "no_address": "keep"} | (told.get("else") or {})}


def _check_due(document: dict[str, Any], findings: _Findings) -> None:
    due = document["due"]
    tag = due["type"]
    if (tag == "after_date") != (document["each"] == "their_promise"):
        of_promise = "This rule counts from the date they named: after_date."
        findings.note("due/type", of_promise if tag != "after_date" else "Only R12 counts from a date they named.")
    for name in due:
        if name != "type" and due[name] is not None and name not in due_fields(tag):
            owner = next(other for other in DUES if name in due_fields(other))
            findings.note(f"due/{name}", f"This goes with a due time of type {owner}.")
    if tag == "at" and due.get("hour") is None:
        findings.note("due/hour", 'An hour is needed, such as "16:00".')
    elif tag == "at" and due.get("opens") is not None and due["opens"] > due["hour"]:
        findings.note("due/opens", "It may first be done no later than it is due.")
    if tag in ("sundown", "at") and due.get("days") == 0:
        findings.note("due/days", "At least 1, since a meeting may end after that time. `end_of_day` is the same day.")


def _check_channel(document: dict[str, Any], findings: _Findings) -> None:
    action, channel, needs = document["action"], document["channel"], document["needs"]
    taken = CHANNELS.get(action)
    if taken is not None and channel not in taken:
        by_email = " `write_by_email` turns every note into an e-mail." if action == "handwritten_note" else ""
        findings.note("channel", f"{action} goes by {' or '.join(taken)}.{by_email}")
    for index, need in enumerate(needs):
        if need in needs[:index]:
            findings.note(f"needs/{index}", "This need is listed twice.")
        elif need in ADDRESSES and need != ADDRESS_OF.get(channel):
            findings.note(f"needs/{index}", f"Nothing that goes by {channel} needs this.")


def _check_else(document: dict[str, Any], findings: _Findings) -> None:
    otherwise = document["else"]
    for name in ("light", "no_address"):
        if otherwise[name] == "email" and document["action"] != "handwritten_note":
            findings.note(f"else/{name}", "Only a note by hand can become an e-mail.")
    if otherwise["light"] == "drop" and not document["courtesy"]:
        findings.note("else/light", "What was promised is kept, however short the follow-up is.")
