"""Reading the tasks of a meeting."""

from typing import Any

from tests.support import factories as make
from tests.support.clients import ApiClient

EMAIL, NOTE, INVITE, CALL = "email_thank_you", "handwritten_note", "linkedin_invite", "phone_call"
SEND, ITEM, ASK = "send_link", "requested_item", "their_promise"


def actions(met: dict[str, Any], person: str | None = None) -> list[str]:
    return sorted(task["action"] for task in met["tasks"] if person in (None, task["contact_id"]))


def of(met: dict[str, Any], action: str, person: str | None = None) -> dict[str, Any]:
    """The one task of this action, of this person where one is named."""
    (task,) = [one for one in met["tasks"] if one["action"] == action and person in (None, one["contact_id"])]
    return task


async def as_it_is(client: ApiClient, task: dict[str, Any]) -> dict[str, Any]:
    return await make.get(client, f"tasks/{task['id']}")


async def everything(client: ApiClient, met: dict[str, Any]) -> list[dict[str, Any]]:
    """Every task of the meeting, the cancelled ones too."""
    return (await make.get(client, f"tasks?encounter_id={met['id']}"))["items"]
