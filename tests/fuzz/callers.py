"""Who calls: accounts over HTTP, what requests are signed with, and the ids of what an account has."""

import re
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

import httpx

from tests.support import factories as make
from tests.support.pictures import CARD, JPEG

ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
LISTS = {
    "contact_id": "contacts",
    "contact_ids": "contacts",
    "encounter_id": "encounters",
    "ids": "tasks",
    "into": "contacts",
    "other_id": "contacts",
    "session_id": "sessions",
    "task_id": "tasks",
    "token_id": "tokens",
}
SAME_ORIGIN = {"Sec-Fetch-Site": "same-origin"}


@dataclass(frozen=True)
class Caller:
    """The value of a session cookie and a bearer token. Nobody has neither."""

    session: str = ""
    token: str = ""

    def headers(self, *, by_token: bool) -> dict[str, str]:
        if by_token and self.token:
            return {"Authorization": f"Bearer {self.token}"}
        return {"Cookie": f"sundown_session={self.session}", **SAME_ORIGIN} if self.session else {}


def web(url: str) -> httpx.Client:
    return httpx.Client(base_url=url + make.API, trust_env=False)


def sign_in(page: httpx.Client, email: str, password: str) -> Caller:
    return _entered(page, "session", {"email": email, "password": password})


def sign_up(page: httpx.Client) -> Caller:
    return _entered(page, "accounts", make.account(email=f"{uuid4()}@mail.example"))


def _entered(page: httpx.Client, way: str, body: dict[str, Any]) -> Caller:
    entered = Caller(page.post(way, json=body).raise_for_status().cookies["sundown_session"])
    page.cookies.clear()  # many go in by one client
    return entered


class Account:
    """What a signed-in caller has, by the names that ids go by."""

    def __init__(self, page: httpx.Client, caller: Caller) -> None:
        self._page, self._headers = page, caller.headers(by_token=False)
        self._listed: dict[str, list[str]] = {}

    def add(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        return self._page.post(path, json=body, headers=self._headers).raise_for_status().json()

    def look_again(self) -> None:
        self._listed.clear()

    def one_for(self, name: str, invented: str, path: dict[str, str]) -> str | None:
        """Of something there is, of a new one where each is soon used up; None if `name` is not that of an id."""
        match name:
            case "capture_id":
                return self.add("captures", make.capture())["id"]
            case "merge_id":
                stays, goes = (self.add("contacts", make.contact())["id"] for _ in range(2))
                return self.add(f"contacts/{goes}/merge", {"into": stays})["merge_id"]
            case "touch_id" if path["contact_id"] in self._ids("contacts"):
                return self.add(f"contacts/{path['contact_id']}/touches", make.touch())["id"]
            case "picture_id" if path["encounter_id"] in self._ids("encounters"):
                return self._picture(path["encounter_id"])
            case _ if name in LISTS:
                ids = self._ids(LISTS[name])
                return ids[UUID(invented).int % len(ids)] if ids else None
            case _:
                return None

    def _picture(self, encounter_id: str) -> str:
        address = f"encounters/{encounter_id}"
        there = self._page.get(address, headers=self._headers).raise_for_status().json()["pictures"]
        if there:
            return there[0]["id"]
        made = f"{address}/pictures/{uuid4()}"
        return self._page.put(made, content=CARD, headers={**self._headers, **JPEG}).raise_for_status().json()["id"]

    def _ids(self, path: str) -> list[str]:
        if path not in self._listed:
            answer = self._page.get(path, params={"limit": 10}, headers=self._headers).raise_for_status()
            self._listed[path] = [row["id"] for row in answer.json()["items"]]
        return self._listed[path]


def is_id(value: Any) -> bool:
    return isinstance(value, str) and ID.fullmatch(value) is not None
