"""`python -m tests.migrations.record`: keep a filled database of this revision, for later ones to migrate.

Run at each release. What it writes is rows and answers: released/<revision>.json.
"""

import asyncio
import json
import tempfile
from base64 import b64encode
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, MetaData, create_engine, select, update

from app.accounts.models import TOKENS
from app.core.config import Settings
from app.core.migrate import EXPECTED, upgrade
from app.core.security import digest
from app.main import create_app
from tests.support import factories as make
from tests.support.clients import ALICE, BOB, ApiClient
from tests.support.clock import FrozenClock

RELEASED = Path(__file__).parent / "released"
SECRETS = {"Alice": "alices-lantern", "Bob": "bobs-lantern"}
ANSWERS = ("me", "contacts?limit=200", "encounters?limit=200", "tasks?limit=200")
# A session is left out: a token signs in as well, and does not expire.
LEFT_OUT = {"alembic_version", "sessions", "sign_in_failures"}


async def fill(user: ApiClient) -> None:
    """A row of every kind, and of what is null, done, skipped, snoozed, pinned and cancelled as well."""
    dana = await make.add(
        user,
        "contacts",
        make.contact(emails=["dana@mail.example"], tags=["go", "lisbon"], postal_address="1 Quay St", notes="“Ça va”"),
    )
    ira = await make.add(user, "contacts", {"descriptor": "tall, red scarf"})
    met = await make.add(
        user,
        "encounters",
        make.interview(
            people=[{"contact_id": dana["id"], "role": "hiring_manager"}, {"contact_id": ira["id"]}],
            promises=[{"what": "the trunk-based article", "due_on": "2026-03-09"}],
            latitude=38.7,
            longitude=-9.1,
            requested=[{"what": "references"}],
        ),
    )
    first, second, *_ = met["tasks"]
    await user.post(f"{make.API}/tasks/{first['id']}/complete", json={"note": "Sent."})
    await user.post(f"{make.API}/tasks/{second['id']}/skip", json={"reason": "They moved away"})
    captured = await make.add(user, "captures", make.capture(event="PyData mixer", name="Noor"))
    await user.post(f"{make.API}/tasks/{captured['tasks'][0]['id']}/snooze", json={"until": make.moment(days=4)})
    undone = await make.add(user, "captures", make.capture())
    await make.remove(user, f"captures/{undone['id']}")
    by_hand = await make.add(user, "tasks", make.task(dana["id"], planned_on="2026-03-04"))
    await make.change(user, f"tasks/{by_hand['id']}", {"due_at": make.moment(days=3)})
    await user.post(f"{make.API}/contacts", json=make.contact(name="Kept"), headers={"Idempotency-Key": "kept"})
    await make.change(user, "me", {"phone": "+1 555 010 0199", "quiet_hours": {"from": "21:00", "to": "07:00"}})


def plain(value: Any) -> Any:
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    return {"base64": b64encode(value).decode()} if isinstance(value, bytes) else value


def rows(conn: Connection) -> dict[str, list[dict[str, Any]]]:
    found = MetaData()
    found.reflect(conn)
    return {
        table.name: [
            {name: plain(value) for name, value in row.items()} for row in conn.execute(select(table)).mappings()
        ]
        for table in found.sorted_tables
        if table.name not in LEFT_OUT and not table.name.startswith("search_")
    }


async def record(folder: Path) -> dict[str, Any]:
    url = f"sqlite:///{folder}/sundown.db"
    upgrade(url)
    settings = Settings(data_dir=folder, database_url=url, signup="open", password_hash_cost="test")
    app = create_app(settings, clock=FrozenClock())
    answers: dict[str, Any] = {}
    async with app.router.lifespan_context(app):
        for account in (ALICE, BOB):
            async with ApiClient(app) as user:
                await user.sign_up(**account)
                await fill(user)
                await make.token(user, "write")
                secret = SECRETS[account["name"].split()[0]]
                mine = TOKENS.c.owner_id == user.account["id"]
                known = update(TOKENS).where(mine).values(secret_digest=digest(secret))
                await app.state.db.write(lambda conn, _me, known=known: conn.execute(known) and None, None)
                answers[secret] = {path: await make.get(user, path) for path in ANSWERS}
    engine = create_engine(url)
    with engine.connect() as conn:
        kept = rows(conn)
    engine.dispose()
    return {"revision": EXPECTED, "rows": kept, "answers": answers}


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as name:
        made = asyncio.run(record(Path(name)))
    RELEASED.mkdir(exist_ok=True)
    (RELEASED / f"{EXPECTED}.json").write_text(json.dumps(made, indent=1, ensure_ascii=False) + "\n")
