"""Rules as plain JSON, in the shape of GET and PUT /playbook."""

from typing import Any

from app.scheduling.playbook import Playbook
from app.scheduling.rules import AfterDate, At, Due, EndOfDay, Rule, Sundown


def encode_playbook(playbook: Playbook) -> dict[str, Any]:
    return {"version": playbook.version, "rules": [encode_rule(rule) for rule in playbook.rules]}


def encode_rule(rule: Rule) -> dict[str, Any]:
    """`round` is [from, to]; what does not narrow the rule is null."""
    return {
        "id": rule.id,
        "on": rule.on,
        "kind": rule.kind,
        "round": list(rule.rounds) if rule.rounds else None,
        "role": rule.role,
        "action": rule.action,
        "channel": rule.channel,
        "due": encode_due(rule.due),
        "needs": list(rule.needs),
        "else": {"action": "email_thank_you", "channel": "email"} if rule.light == "email" else None,
        "minutes": rule.minutes,
        "why": rule.why,
    }


def encode_due(due: Due) -> dict[str, Any]:
    """A tagged object: `type` says which of the four it is."""
    match due:
        case EndOfDay():
            return {"type": "end_of_day", "days": due.days}
        case Sundown():
            return {"type": "sundown", "days": due.days, "evening": due.evening}
        case AfterDate():
            return {"type": "after_date", "working_days": due.working_days}
        case At():
            return {
                "type": "at",
                "hour": f"{due.hour:%H:%M}",
                "days": due.days,
                "working": due.working,
                "opens": None if due.opens is None else f"{due.opens:%H:%M}",
                "theirs": due.theirs,
            }
