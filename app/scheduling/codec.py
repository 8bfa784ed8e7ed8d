"""Rules as plain JSON, in the shape of GET and PUT /playbook, and back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import time
from typing import Any

from app.scheduling.playbook import Playbook
from app.scheduling.rules import AfterDate, At, Due, EndOfDay, Rule, Sundown

DUES: Mapping[str, type[Due]] = {"end_of_day": EndOfDay, "sundown": Sundown, "at": At, "after_date": AfterDate}
HOURS = frozenset({"hour", "opens"})


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong in a playbook: `pointer` (RFC 6901) says where, `detail` what would be right."""

    pointer: str
    detail: str


class Refused(ValueError):
    """A playbook that cannot be, with every fault in it."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("; ".join(f"{fault.pointer}: {fault.detail}" for fault in faults))


def encode_playbook(playbook: Playbook) -> dict[str, Any]:
    return {
        "version": playbook.version,
        "write_by_email": playbook.write_by_email,
        "rules": [encode_rule(rule) for rule in playbook.rules],
    }


def decode_playbook(document: Mapping[str, Any]) -> Playbook:
    """The inverse of `encode_playbook`, for a document that is known to be sound."""
    return Playbook(
        version=document["version"],
        write_by_email=document["write_by_email"],
        rules=tuple(decode_rule(rule) for rule in document["rules"]),
    )


def encode_rule(rule: Rule) -> dict[str, Any]:
    """`round` is [from, to]; what does not narrow the rule is null."""
    return {
        "id": rule.id,
        "on": rule.on,
        "kind": rule.kind,
        "round": list(rule.rounds) if rule.rounds else None,
        "role": rule.role,
        "each": rule.each,
        "only": rule.only,
        "courtesy": rule.courtesy,
        "action": rule.action,
        "channel": rule.channel,
        "due": encode_due(rule.due),
        "needs": list(rule.needs),
        "else": {"light": rule.light, "no_address": rule.no_address},
        "minutes": rule.minutes,
        "title": rule.title,
        "why": rule.why,
    }


def decode_rule(document: Mapping[str, Any]) -> Rule:
    """The inverse of `encode_rule`."""
    low_high = document["round"]
    return Rule(
        id=document["id"],
        on=document["on"],
        kind=document["kind"],
        rounds=(low_high[0], low_high[1]) if low_high else None,
        role=document["role"],
        each=document["each"],
        only=document["only"],
        courtesy=document["courtesy"],
        action=document["action"],
        channel=document["channel"],
        due=decode_due(document["due"]),
        needs=tuple(document["needs"]),
        light=document["else"]["light"],
        no_address=document["else"]["no_address"],
        minutes=document["minutes"],
        title=document["title"],
        why=document["why"],
    )


def encode_due(due: Due) -> dict[str, Any]:
    """A tagged object: `type` says which of the four it is, the rest are its fields."""
    tag = next(name for name, kind in DUES.items() if isinstance(due, kind))
    shown: dict[str, Any] = {"type": tag}
    for name in due_fields(tag):
        value = getattr(due, name)
        shown[name] = f"{value:%H:%M}" if isinstance(value, time) else value
    return shown


def decode_due(document: Mapping[str, Any]) -> Due:
    """The inverse of `encode_due`; what is left out has its usual value."""
    values = {name: value for name, value in document.items() if name != "type" and value is not None}
    for name in HOURS & values.keys():
        values[name] = time.fromisoformat(values[name])
    return DUES[document["type"]](**values)


def due_fields(tag: str) -> list[str]:
    return [field.name for field in fields(DUES[tag])]
