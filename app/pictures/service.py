"""Pictures of the cards, kept beside the meeting they came from."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, delete, func, insert, select

from app.accounts import service as account_service
from app.accounts.me import Me
from app.core.prepared import Prepared
from app.core.problems import Conflict, NotFound
from app.encounters.models import ENCOUNTERS, PICTURES
from app.pictures.imaging import Shown

# Both sides of a card, a badge, and the card of somebody else who was there.
MOST = 4
MINE = (PICTURES.c.owner_id == bindparam("owner_id")) & (PICTURES.c.id == bindparam("id"))
TOLD = [column for column in PICTURES.c if column.name not in ("owner_id", "position", "content")]
FIND = Prepared(select(*TOLD).where(MINE))
GET = Prepared(select(PICTURES.c.id, PICTURES.c.encounter_id, PICTURES.c.content).where(MINE))
MET = Prepared(
    select(ENCOUNTERS.c.id).where(ENCOUNTERS.c.owner_id == bindparam("owner_id"), ENCOUNTERS.c.id == bindparam("id"))
)
COUNTED = Prepared(
    select(func.count().label("pictures"), func.max(PICTURES.c.position).label("last")).where(
        PICTURES.c.owner_id == bindparam("owner_id"), PICTURES.c.encounter_id == bindparam("encounter_id")
    )
)
ADD, FORGET = Prepared(insert(PICTURES)), Prepared(delete(PICTURES).where(MINE))


class TooManyPictures(Conflict):
    slug, title = "too-many-pictures", "There are enough pictures"
    text = f"A meeting has at most {MOST} pictures. Remove one first."


def there_already(conn: Connection, me: Me, encounter_id: str, picture_id: str) -> dict[str, Any] | None:
    """The picture with this id, or None where it may be added. Raises NotFound, Gone, Conflict."""
    values = {"owner_id": me.owner_id, "id": encounter_id}
    if MET.first(conn, values) is None:
        account_service.refuse_buried(conn, me, encounter_id)
        raise NotFound("There is no such encounter in this account.")
    found = FIND.first(conn, {"owner_id": me.owner_id, "id": picture_id})
    if found is not None and found["encounter_id"] != encounter_id:
        raise Conflict("A picture of another meeting has this id.")
    if found is None:
        account_service.refuse_buried(conn, me, picture_id)
    return found


def add(
    conn: Connection, me: Me, encounter_id: str, picture_id: str, shown: Shown, *, now: datetime
) -> tuple[dict[str, Any], bool]:
    """Keep a picture; False where this id is there already. Raises as `there_already` does, and TooManyPictures."""
    found = there_already(conn, me, encounter_id, picture_id)
    if found is not None:
        return found, False
    counted = COUNTED.one(conn, {"owner_id": me.owner_id, "encounter_id": encounter_id})
    if counted["pictures"] >= MOST:
        raise TooManyPictures
    told = {"id": picture_id, "encounter_id": encounter_id, "width": shown.width, "height": shown.height}
    kept = {"owner_id": me.owner_id, "position": (counted["last"] or 0) + 1, "content": shown.content}
    ADD.run(conn, {**told, **kept, "created_at": now})
    return {**told, "created_at": now}, True


def get(conn: Connection, me: Me, encounter_id: str, picture_id: str) -> dict[str, Any]:
    """The picture with its bytes. Raises NotFound."""
    found = GET.first(conn, {"owner_id": me.owner_id, "id": picture_id})
    if found is None or found["encounter_id"] != encounter_id:
        raise NotFound("There is no such picture in this account.")
    return found


def remove(conn: Connection, me: Me, encounter_id: str, picture_id: str, *, now: datetime) -> None:
    """Raises NotFound."""
    values = {"owner_id": me.owner_id, "id": picture_id}
    found = FIND.first(conn, values)
    if found is None or found["encounter_id"] != encounter_id:
        raise NotFound("There is no such picture in this account.")
    FORGET.run(conn, values)
    account_service.bury(conn, me, [picture_id], now=now)
