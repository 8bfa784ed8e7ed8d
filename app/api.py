"""The one list of /api/v1 routers and their operations."""

from fastapi.routing import APIRoute

from app.accounts.router import router as accounts
from app.agenda.router import router as agenda
from app.captures.router import router as captures
from app.encounters.router import router as encounters
from app.events.router import router as events
from app.followups.router import router as followups
from app.people.history_router import router as history
from app.people.merge_router import router as merges
from app.people.router import router as people
from app.transfer.router import router as transfer

ROUTERS = (agenda, people, encounters, captures, history, merges, events, followups, accounts, transfer)
ROUTES = [route for router in ROUTERS for route in router.routes if isinstance(route, APIRoute)]

# Bodies larger than the usual megabyte, in bytes by address.
BODY_LIMITS = {"/api/v1/me/import": 64 * 1024 * 1024}
