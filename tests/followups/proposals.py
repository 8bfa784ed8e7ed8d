"""Playbooks as a client sends them: what the built-in one shows, with what matters changed."""

import copy
from typing import Any

from app.scheduling.codec import encode_playbook
from app.scheduling.playbook import BUILT_IN

SHOWN = encode_playbook(BUILT_IN)
ALL_OFF = [rule.id for rule in BUILT_IN.rules]


def document(*own: dict[str, Any], off: list[str] | None = None, **changed: dict[str, Any]) -> dict[str, Any]:
    """The built-in playbook with `own` rules after it, some switched off; `R8={"minutes": 20}` changes one."""
    found = copy.deepcopy(SHOWN)
    found["rules"] += own
    for rule in found["rules"]:
        rule.update(changed.get(rule["id"], {}))
        if rule["id"] in (off or ()):
            rule["on"] = False
    return found


def own(**given: Any) -> dict[str, Any]:
    """A rule of somebody's own for hiring managers met in rounds 2 and 3; `...` leaves a field out."""
    usual: dict[str, Any] = {
        "id": "portfolio",
        "kind": "interview",
        "round": [2, 3],
        "role": "hiring_manager",
        "action": "custom",
        "channel": "email",
        "due": {"type": "at", "hour": "12:00", "days": 3},
        "minutes": 15,
        "title": "Send the portfolio",
        "why": "They like to see work.",
    }
    return {name: value for name, value in (usual | given).items() if value is not ...}
