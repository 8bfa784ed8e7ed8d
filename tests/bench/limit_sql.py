"""The statements of the limit app, and what their rows look like as JSON."""

import base64
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import orjson


@dataclass(frozen=True, slots=True)
class Shape:
    """The columns of a row by name: which are instants, documents and flags, the others go as they are."""

    names: tuple[str, ...]
    instants: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()

    @property
    def columns(self) -> str:
        """To be selected: "2026-03-04 18:27:00.000000" becomes "2026-03-04T18:27:00Z" (RFC 3339) on the way."""
        return ", ".join(
            f"replace(replace({name}, ' ', 'T'), '.000000', '') || 'Z'" if name in self.instants else name
            for name in self.names
        )

    def of(self, row: Any) -> dict[str, Any]:
        """A selected row as JSON."""
        value = dict(zip(self.names, row, strict=False))
        for name in self.documents:
            value[name] = orjson.Fragment(value[name])
        for name in self.flags:
            if value[name] is not None:
                value[name] = bool(value[name])
        return value

    def written(self, row: Any) -> dict[str, Any]:
        """A row as JSON that was put together to be inserted."""
        value = self.of(row)
        for name in self.instants:
            if value[name] is not None:
                value[name] = instant(value[name])
        return value


def instant(text: str) -> str:
    return text.replace(" ", "T").replace(".000000", "") + "Z"


def stored(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y-%m-%d %H:%M:%S.%f}"


def cursor(at: str, row_id: str) -> str:
    return base64.urlsafe_b64encode(orjson.dumps((at, row_id))).decode().rstrip("=")


CONTACT = Shape(
    (
        *(
            "id",
            "name",
            "descriptor",
            "salutation",
            "company",
            "title",
            "emails",
            "phones",
            "postal_address",
            "timezone",
        ),
        *("linkedin_url", "linkedin_state", "website", "tags", "how_met", "how_i_can_help", "about_company", "notes"),
        *("tier", "keep_in_touch_days", "new_year_card", "do_not_contact", "created_at", "updated_at"),
    ),
    instants=("created_at", "updated_at"),
    documents=("emails", "phones", "tags"),
    flags=("new_year_card", "do_not_contact"),
)
NEXT_TASK = Shape(
    ("id", "action", "channel", "title", "due_at", "act_at", "timezone", "because"), instants=("due_at", "act_at")
)
TASK = Shape(
    (
        *(
            "id",
            "contact_id",
            "encounter_id",
            "action",
            "channel",
            "title",
            "why",
            "rule",
            "start_at",
            "due_at",
            "act_at",
        ),
        *("timezone", "because", "minutes", "needs", "status", "snoozed_until", "planned_on", "pinned", "stack"),
        *("mail_hint", "skip_reason", "completed_at", "outcome", "created_at", "updated_at"),
    ),
    instants=("start_at", "due_at", "act_at", "snoozed_until", "completed_at", "created_at", "updated_at"),
    documents=("needs",),
    flags=("pinned",),
)
ACT_AT = TASK.names.index("act_at")
ENCOUNTER = Shape(
    (
        *(
            "id",
            "kind",
            "round",
            "mode",
            "occurred_at",
            "ends_at",
            "timezone",
            "latitude",
            "longitude",
            "place",
            "event",
        ),
        *("position", "card_note", "talked_about", "benefit", "follow_up", "no_follow_up_because", "gaps", "requested"),
        *("self_rating", "outcome", "playbook_version", "captured_at", "received_at", "created_at", "updated_at"),
    ),
    instants=("occurred_at", "ends_at", "captured_at", "received_at", "created_at", "updated_at"),
    documents=("gaps", "requested"),
)
PERSON = Shape(("contact_id", "role", "talked_about", "benefit", "follow_up", "no_follow_up_because"))
PICTURE = Shape(("id", "width", "height"))
PROMISE = Shape(
    ("id", "what", "url", "why", "contact_id", "by", "promised", "due_on", "kept_at"),
    instants=("kept_at",),
    flags=("promised",),
)

GET_TOKEN = "SELECT owner_id, scope, expires_at FROM tokens WHERE secret_digest = ?"
GET_CONTACT = f"SELECT {CONTACT.columns}, version FROM contacts WHERE owner_id = ? AND id = ?"
GET_TOUCH = "SELECT max(at) FROM touches WHERE owner_id = ? AND contact_id = ?"
GET_NEXT = f"""SELECT {NEXT_TASK.columns} FROM tasks WHERE owner_id = ? AND contact_id = ? AND status = 'open'
    ORDER BY act_at, id LIMIT 1"""
LIST_TASKS = f"SELECT {TASK.columns} FROM tasks WHERE owner_id = ? AND status = 'open' ORDER BY act_at, id LIMIT ?"
GET_ENCOUNTER = f"SELECT {ENCOUNTER.columns}, version FROM encounters WHERE owner_id = ? AND id = ?"
GET_PEOPLE = f"""SELECT {PERSON.columns} FROM encounter_people WHERE owner_id = ? AND encounter_id = ?
    ORDER BY position"""
GET_PROMISES = f"SELECT {PROMISE.columns} FROM promises WHERE owner_id = ? AND encounter_id = ? ORDER BY position"
GET_PICTURES = "SELECT id, width, height FROM pictures WHERE owner_id = ? AND encounter_id = ? ORDER BY position"
GET_TASKS = f"""SELECT {TASK.columns} FROM tasks WHERE owner_id = ? AND encounter_id = ? AND status <> 'cancelled'
    ORDER BY act_at, id"""

GET_HOME = "SELECT day_boundary FROM profiles WHERE owner_id = ?"
GET_FACTS = """SELECT name, emails, postal_address, linkedin_state, do_not_contact FROM contacts
    WHERE owner_id = ? AND id = ?"""
GET_ASKED = """SELECT 1 FROM tasks WHERE owner_id = ? AND contact_id = ? AND action = 'linkedin_invite'
    AND status <> 'cancelled' LIMIT 1"""


def insert(table: str, *columns: str) -> str:
    return f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})"


ADD_ENCOUNTER = insert("encounters", "owner_id", *ENCOUNTER.names, "event_folded", "version")
ADD_PERSON = insert("encounter_people", "owner_id", "encounter_id", "position", *PERSON.names)
ADD_PROMISE = insert("promises", "owner_id", "encounter_id", "position", *PROMISE.names)
ADD_TASK = insert("tasks", "owner_id", *TASK.names, "item_id", "by", "requires", "draft_edited", "version")
