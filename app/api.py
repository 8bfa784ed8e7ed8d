"""The one list of /api/v1 routers and their operations."""

from fastapi.routing import APIRoute

from app.accounts.card_router import router as own_card
from app.accounts.router import router as accounts
from app.agenda.router import router as agenda
from app.captures.router import router as captures
from app.encounters.router import router as encounters
from app.events.router import router as events
from app.followups.router import router as followups
from app.people.duplicates_router import router as duplicates
from app.people.history_router import router as history
from app.people.merge_router import router as merges
from app.people.router import router as people
from app.pictures.router import ADDRESS as PICTURE
from app.pictures.router import router as pictures
from app.transfer.router import router as transfer

ROUTERS = (
    *(agenda, people, encounters, pictures, captures, history, merges, duplicates, events, followups, accounts),
    *(own_card, transfer),
)
ROUTES = [route for router in ROUTERS for route in router.routes if isinstance(route, APIRoute)]

TAGS = {
    "tasks": "What is due, when and why, and what was done about it.",
    "captures": "A note becomes a person, an encounter and due tasks.",
    "contacts": "People, the touches there were with them, and finding them.",
    "encounters": "Meetings and the follow-ups they ask for.",
    "pictures": "Of the cards people gave, beside the meeting they came from.",
    "events": "Where many people were met at once.",
    "playbook": "The rules in force.",
    "me": "The account's settings, its sky, its archive.",
    "accounts": "Signing up, signing in and out.",
    "tokens": "Bearer tokens for other programs.",
}

# Bodies larger than the usual megabyte, in bytes by address.
BODY_LIMITS = {"/api/v1/me/import": 64 * 1024 * 1024, PICTURE: 10 * 1024 * 1024}
