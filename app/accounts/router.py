"""Accounts, sessions, me and tokens over HTTP."""

from datetime import timedelta
from typing import Any

from fastapi import APIRouter
from starlette.responses import Response

from app.accounts import credentials, service, throttle
from app.accounts.gate import COOKIE, SESSION_DAYS, GatedRoute, set_session_cookie
from app.accounts.me import Caller, Me
from app.accounts.schemas import (
    AccountCreate,
    MeRead,
    PasswordChange,
    SessionCreate,
    SessionPage,
    TokenCreate,
    TokenCreated,
    TokenPage,
)
from app.core.answers import nothing, one, plain
from app.core.documented import After, Limit, problems
from app.core.pagination import DEFAULT_LIMIT

router = APIRouter(prefix="/api/v1", route_class=GatedRoute)


async def _signed_in(call: Caller, owner_id: str, tries: list[str]) -> Response:
    """Open a session and answer 201 with the account and the cookie."""

    def op(conn: Any, me: Me) -> tuple[str, dict[str, Any]]:
        throttle.forgive(conn, tries)
        shown = service.get_me(conn, me)
        secret = credentials.open_session(
            conn,
            me.owner_id,
            user_agent=call.request.headers.get("user-agent"),
            expires_at=call.now + timedelta(days=SESSION_DAYS),
            now=call.now,
        )
        return secret, shown

    secret, shown = await call.db.write(op, Me(owner_id))
    response = one(shown, 201).response()
    set_session_cookie(call.request, response, secret)
    return response


@router.post(
    "/accounts",
    operation_id="create_account",
    summary="Create an account and sign in",
    tags=["accounts"],
    status_code=201,
    response_model=MeRead,
    responses=problems(409, body=True),
)
async def create_account(call: Caller, data: AccountCreate) -> Response:
    """Sets the session cookie. Who may sign up is the setting SUNDOWN_SIGNUP."""
    state = call.request.app.state
    if not await call.db.read(service.check_signup, state.settings.signup):
        raise service.SignUpClosed
    service.check_setup_code(state.settings.setup_code, data.setup_code)
    hashed = await state.passwords.hash(data.password)
    owner_id = await call.db.write(
        service.create_account,
        None,
        email=data.email,
        password_hash=hashed,
        name=data.name,
        timezone=data.timezone,
        mode=state.settings.signup,
        invite=data.invite,
        now=call.now,
    )
    return await _signed_in(call, owner_id, [])


@router.post(
    "/session",
    operation_id="create_session",
    summary="Sign in",
    tags=["accounts"],
    status_code=201,
    response_model=MeRead,
    responses=problems(429, body=True),
)
async def create_session(call: Caller, data: SessionCreate) -> Response:
    """Sets the session cookie. Ten failed tries in fifteen minutes, per account and per address, give 429."""
    client = call.request.client
    tries = await call.db.write(throttle.begin_try, None, data.email, client.host if client else None, now=call.now)
    found = await call.db.read(service.find_account, data.email)
    fits = await call.request.app.state.passwords.verify(data.password, found[1] if found else None)
    if found is None or not fits:
        raise service.WrongPassword
    return await _signed_in(call, found[0], tries)


@router.delete(
    "/session",
    operation_id="delete_session",
    summary="Sign out",
    tags=["accounts"],
    status_code=204,
    responses=problems(),
)
async def delete_session(call: Caller) -> Response:
    """Ends this session and clears its cookie."""
    response = await call.write(credentials.end_session, None, answer=nothing)
    response.delete_cookie(COOKIE)
    return response


@router.get(
    "/sessions",
    operation_id="list_sessions",
    summary="Where the account is signed in",
    tags=["accounts"],
    response_model=SessionPage,
    responses=problems(),
)
async def list_sessions(call: Caller, limit: Limit = DEFAULT_LIMIT, after: After = None) -> Response:
    """Oldest first; `current` is the one that asks."""
    return await call.page(credentials.list_sessions, limit=limit, after=after, now=call.now)


@router.delete(
    "/sessions/{session_id}",
    operation_id="end_session",
    summary="Sign out somewhere else",
    tags=["accounts"],
    status_code=204,
    responses=problems(404),
)
async def end_session(call: Caller, session_id: str) -> Response:
    """The cookie there no longer holds."""
    return await call.write(credentials.end_session, session_id, answer=nothing)


@router.get(
    "/me",
    operation_id="get_me",
    summary="The account and its settings",
    tags=["me"],
    response_model=MeRead,
    responses=problems(),
)
async def get_me(call: Caller) -> Response:
    """Who is signed in, where they are at home and how they want their days."""
    return await call.read(service.get_me, answer=one)


@router.put(
    "/me/password",
    operation_id="change_password",
    summary="Change the password",
    tags=["me"],
    status_code=204,
    responses=problems(429, body=True),
)
async def change_password(call: Caller, data: PasswordChange) -> Response:
    """Needs the current password; signs out every other session."""
    passwords = call.request.app.state.passwords
    tries = await call.db.write(throttle.begin_try, None, call.me.owner_id, None, now=call.now)
    if not await passwords.verify(data.current, await call.db.read(service.password_hash, call.me)):
        raise service.CurrentPasswordWrong
    hashed = await passwords.hash(data.new)

    def op(conn: Any, me: Me, *, now: Any) -> None:
        throttle.forgive(conn, tries)
        service.set_password(conn, me, hashed, now=now)
        credentials.end_other_sessions(conn, me)

    return await call.write(op, answer=nothing)


@router.get(
    "/tokens",
    operation_id="list_tokens",
    summary="Bearer tokens",
    tags=["tokens"],
    response_model=TokenPage,
    responses=problems(),
)
async def list_tokens(call: Caller, limit: Limit = DEFAULT_LIMIT, after: After = None) -> Response:
    """Without their secrets."""
    return await call.page(credentials.list_tokens, limit=limit, after=after)


@router.post(
    "/tokens",
    operation_id="create_token",
    summary="Create a bearer token",
    tags=["tokens"],
    status_code=201,
    response_model=TokenCreated,
    responses=problems(body=True),
)
async def create_token(call: Caller, data: TokenCreate) -> Response:
    """`capture` may only post captures, `read` reads, `write` all but account matters."""
    response = await call.write(
        credentials.create_token, name=data.name, scope=data.scope, expires_at=data.expires_at, answer=plain
    )
    response.status_code = 201
    return response


@router.delete(
    "/tokens/{token_id}",
    operation_id="delete_token",
    summary="Revoke a token",
    tags=["tokens"],
    status_code=204,
    responses=problems(404),
)
async def delete_token(call: Caller, token_id: str) -> Response:
    """It no longer holds, at once."""
    return await call.write(credentials.delete_token, token_id, answer=nothing)
