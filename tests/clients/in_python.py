"""What another program does with the generated client: log a note and find it among what is due."""

# pyright: reportMissingImports=false
# (sundown_client is there once it was generated; then this file is checked beside it.)
import sys
from datetime import UTC, datetime

from sundown_client import AuthenticatedClient
from sundown_client.api.captures import create_capture
from sundown_client.api.contacts import get_contact
from sundown_client.api.tasks import get_upcoming
from sundown_client.models import CaptureCreate, CaptureRead, Problem, PromiseWrite, Upcoming

url, token = sys.argv[1:]
client = AuthenticatedClient(url, token)

note = CaptureCreate(
    text="Dana, VP Eng at Northwind, promised her the trunk-based article",
    captured_at=datetime.now(UTC),
    timezone="Europe/Lisbon",
    promises=[PromiseWrite(what="the trunk-based article")],
)
capture = create_capture.sync(client=client, body=note)
assert isinstance(capture, CaptureRead), capture

upcoming = get_upcoming.sync(client=client, timezone="Europe/Lisbon")
assert isinstance(upcoming, Upcoming), upcoming
due = [task for group in upcoming.groups for task in group.tasks if task.contact_id == capture.contact.id]
assert any(task.action == "send_link" and task.because for task in due), due

unknown = get_contact.sync(contact_id=capture.id, client=client)
assert isinstance(unknown, Problem), unknown
assert unknown.title == "Not found"
