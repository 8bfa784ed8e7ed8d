"""Every request that schemathesis makes, on its way out and back."""

from typing import Any

import httpx
from schemathesis import Case, Response

from tests.fuzz.callers import ID, Account, Caller, is_id, sign_up
from tests.fuzz.lifelike import make_lifelike

# What ends a session, or is for an empty account: each such request gets an account of its own.
SPENDING = {"delete_me", "delete_session", "end_session", "change_password", "import_me"}


class Calls:
    """The requests of `caller`: prepared before they are sent, judged when they are answered.

    Invented ids in them become ids of what `user` has at that moment; ids from earlier answers stay.
    """

    def __init__(self, page: httpx.Client, user: Caller, caller: Caller) -> None:
        self._page, self._caller, self._own = page, caller, caller == user
        self._user = Account(page, user)
        self._told: set[str] = set()
        self._aimed: dict[str, set[str]] = {}

    def prepare(self, case: Case) -> None:
        operation = case.operation.definition.raw
        caller, account = self._caller, self._user
        if not operation["security"]:
            caller = Caller()
        elif caller.session and operation["operationId"] in SPENDING:
            caller = sign_up(self._page)
            account = Account(self._page, caller) if self._own else account
        make_lifelike(case)
        if caller.session:
            self._aim(case, account)
        case.headers.update(caller.headers(by_token={"token": []} in operation["security"]))

    def _aim(self, case: Case, account: Account) -> None:
        def aimed(name: str, value: Any) -> Any:
            if isinstance(value, dict):
                return {key: aimed(key, item) for key, item in value.items()}
            if isinstance(value, list):
                return [aimed(name, item) for item in value]
            if not is_id(value) or value in self._told:
                return value
            found = account.one_for(name, value, case.path_parameters)
            if found is None:
                return value
            self._aimed.setdefault(case.id, set()).add(found)
            return found

        account.look_again()
        for name, value in case.path_parameters.items():
            case.path_parameters[name] = aimed(name, value)
        if case.query:
            case.query = aimed("", case.query)
        if isinstance(case.body, dict):
            case.body = aimed("", case.body)

    def judge(self, case: Case, response: Response) -> None:
        """Raises AssertionError for an answer that this caller must not get."""
        if response.status_code < httpx.codes.BAD_REQUEST:
            self._told.update(ID.findall(response.content.decode(errors="replace")))  # a picture is no text
        operation = case.operation.definition.raw
        if not operation["security"] or case.method.lower() != case.operation.method.lower():
            return
        if not self._caller.session:
            assert response.status_code == httpx.codes.UNAUTHORIZED, "nobody is let in"
        elif not self._own and response.status_code < httpx.codes.BAD_REQUEST:
            theirs = self._aimed.get(case.id, set())
            assert not theirs & set(case.path_parameters.values()), "what is somebody else's is not there"
            told = response.text.partition('"gone":')[0]  # which says back what is not there
            assert not theirs & set(ID.findall(told)), "nothing of somebody else is told"
