"""What schemathesis loads: every request it makes is one of `Calls`."""

import json
import os
from typing import Any

import schemathesis
from schemathesis import Case, CheckContext, HookContext, Response

from tests.fuzz.callers import Caller, web
from tests.fuzz.calls import Calls
from tests.fuzz.lifelike import days, moments

GIVEN = "SUNDOWN_FUZZ"
given = json.loads(os.environ[GIVEN])
calls = Calls(web(given["url"]), Caller(**given["user"]), Caller(**given["caller"]))
schemathesis.openapi.format("date", days)
schemathesis.openapi.format("date-time", moments)


@schemathesis.hook
def before_call(context: HookContext, case: Case, kwargs: dict[str, Any]) -> None:
    calls.prepare(case)


@schemathesis.check
def no_caller_gets_what_is_not_theirs(ctx: CheckContext, response: Response, case: Case) -> None:
    calls.judge(case, response)
