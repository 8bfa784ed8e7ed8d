"""The command line: serve, migrate, and the accounts and tokens of an installation."""

import asyncio
import ipaddress
import os
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Annotated, Any, NoReturn

import typer
from sqlalchemy.exc import DBAPIError

from app.core import migrate as migrations
from app.core.clock import SystemClock
from app.core.config import Settings, SettingsError
from app.transfer import commands as transfer
from app.transfer.sealing import BackupRefused

cli = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Sundown keeps a job seeker's word.",
)
account = typer.Typer(no_args_is_help=True, help="Accounts of this installation.")
token = typer.Typer(no_args_is_help=True, help="Bearer tokens for other programs.")
cli.add_typer(account, name="account")
cli.add_typer(token, name="token")
cli.command()(transfer.backup)
cli.command()(transfer.restore)

Email = Annotated[str, typer.Option(help="The account's e-mail address.")]


def main() -> None:
    try:
        cli()
    except Exception as error:
        told = explained(error)
        if told is None:
            raise
        stop(told)


def explained(error: Exception) -> str | None:
    """What an operator can do something about, in one line; None for a failure of our own."""
    from app.core.problems import Problem

    match error:
        case SettingsError() | migrations.NewerDatabase() | migrations.MigrationFailed() | BackupRefused():
            return str(error)
        case Problem():
            return error.detail
        case DBAPIError():
            return f"The database cannot be used: {' '.join(str(error.orig).split())}"
        case OSError():
            return f"{error.strerror or error}: {error.filename}" if error.filename else str(error)
        case _:
            return None


def stop(reason: str) -> NoReturn:
    typer.echo(reason, err=True)
    raise SystemExit(1)


def settings() -> Settings:
    return Settings.from_environment(os.environ)


def run_op(chosen: Settings, write: bool, op: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
    """Run one op through the same doors the server uses, on a database brought to head first."""
    from app.accounts.models import LOCK_OWNER
    from app.core.db import open_database

    migrations.upgrade(chosen.database_url)

    async def run() -> Any:
        db = open_database(chosen.database_url, lock_owner=LOCK_OWNER, pool_size=1)
        await db.start()
        try:
            return await (db.write if write else db.read)(op, *args, **kwargs)
        finally:
            await db.stop()

    return asyncio.run(run())


def is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


@cli.command()
def serve(
    host: Annotated[str | None, typer.Option(help="Address to listen on.")] = None,
    port: Annotated[int | None, typer.Option(min=0, max=65535, help="Port to listen on; 0 takes a free one.")] = None,
    workers: Annotated[int, typer.Option(min=1, help="Processes; more than one needs PostgreSQL.")] = 1,
) -> None:
    """Bring the database to head, then serve the API and the page."""
    chosen = settings()
    chosen = replace(chosen, host=host or chosen.host, port=chosen.port if port is None else port)
    if workers > 1 and chosen.sqlite:
        stop(
            "More than one worker needs PostgreSQL: SQLite takes one writing process, and a second only makes "
            "writers wait longer. Set SUNDOWN_DATABASE_URL=postgresql://… or leave out --workers."
        )
    migrations.upgrade(chosen.database_url)
    chosen = with_setup_code(chosen)
    from app.serving import serve as run_server

    run_server(chosen, workers)


def with_setup_code(chosen: Settings) -> Settings:
    """A server others can reach asks whoever makes the first account for a code printed here."""
    from app.accounts import service as account_service
    from app.core.security import new_code

    if chosen.setup_code is not None or chosen.signup != "first" or is_loopback(chosen.host):
        return chosen
    if not run_op(chosen, False, account_service.check_signup, "first"):
        return chosen
    return replace(chosen, setup_code=new_code())


@cli.command()
def migrate() -> None:
    """Bring the database to the schema this version needs."""
    chosen = settings()
    migrations.upgrade(chosen.database_url)
    typer.echo(f"The database is at {migrations.EXPECTED}.")


@account.command("create")
def account_create(
    email: Email,
    name: Annotated[str, typer.Option(help="The person's name, as it stands under a letter.")],
    timezone: Annotated[str, typer.Option(help="IANA time zone, such as Europe/Lisbon.")],
    password: Annotated[str | None, typer.Option(help="Read from standard input or asked for when left out.")] = None,
) -> None:
    """Make an account, whatever the sign-up setting."""
    from app.accounts import service as account_service
    from app.accounts.schemas import AccountCreate

    chosen = settings()
    given = {"email": email, "name": name, "timezone": timezone, "password": password or read_password()}
    data = checked(AccountCreate, given)
    run_op(
        chosen,
        True,
        account_service.create_account,
        None,
        email=data.email,
        password_hash=hash_password(chosen, data.password),
        name=data.name,
        timezone=data.timezone,
        mode="open",
        now=SystemClock().now(),
    )
    typer.echo(f"Account {data.email} is ready.")


@account.command("password")
def account_password(
    email: Email,
    password: Annotated[str | None, typer.Option(help="Read from standard input or asked for when left out.")] = None,
) -> None:
    """Set a new password and sign the account out everywhere."""
    from app.accounts import credentials
    from app.accounts import service as account_service
    from app.accounts.me import Me
    from app.accounts.schemas import PasswordChange

    chosen = settings()
    me = Me(owner_of(chosen, email))
    new = checked(PasswordChange, {"current": "", "new": password or read_password()}).new

    def op(conn: Any, me: Me, hashed: str, *, now: Any) -> None:
        account_service.set_password(conn, me, hashed, now=now)
        credentials.end_other_sessions(conn, me)

    run_op(chosen, True, op, me, hash_password(chosen, new), now=SystemClock().now())
    typer.echo(f"The password of {email} is changed; every session is signed out.")


@account.command("invite")
def account_invite() -> None:
    """Print one single-use code for SUNDOWN_SIGNUP=invite."""
    from app.accounts import service as account_service
    from app.core.security import new_code

    code = new_code()
    run_op(settings(), True, account_service.create_invite, None, code, now=SystemClock().now())
    typer.echo(code)


@token.command("create")
def token_create(
    email: Email,
    name: Annotated[str, typer.Option(help="What the token is for.")],
    scope: Annotated[str, typer.Option(help="capture, read or write.")],
) -> None:
    """Print a new bearer token, alone on its line."""
    from app.accounts import credentials
    from app.accounts.me import Me
    from app.accounts.schemas import TokenCreate

    chosen = settings()
    data = checked(TokenCreate, {"name": name, "scope": scope})
    me, now = Me(owner_of(chosen, email)), SystemClock().now()
    made = run_op(chosen, True, credentials.create_token, me, name=data.name, scope=data.scope, now=now)
    typer.echo(made["token"])


@cli.command()
def demo(
    email: Annotated[str, typer.Option(help="Address to sign in with.")] = "ines@sundown.example",
    seed: Annotated[int, typer.Option(help="Another number is another year of the same people.")] = 1,
    today: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="The day it is looked at; now when left out.")
    ] = None,
) -> None:
    """Make an account with a year of invented people and meetings in it, to look around in."""
    from app.core.problems import Problem
    from app.core.security import new_code
    from app.demo import service as demo_service

    chosen, password = settings(), new_code()
    now = SystemClock().now() if today is None else demo_service.afternoon_of(today.date())
    hashed = hash_password(chosen, password)
    try:
        run_op(chosen, True, demo_service.create, None, email=email, password_hash=hashed, seed=seed, now=now)
    except Problem as problem:
        stop(f"{problem.detail} Nothing was changed; another address can be given with --email.")
    typer.echo(f"A year of {demo_service.NAME} is ready. Sign in as\n  {email}\n  {password}")


def checked(schema: Any, values: dict[str, Any]) -> Any:
    """The values as the API would take them; stops with a line for each that it would refuse."""
    from pydantic import ValidationError

    from app.core.errors import field_error

    try:
        return schema(**values)
    except ValidationError as error:
        refused = [field_error({**item, "loc": ("body", *item["loc"])}) for item in error.errors()]
        stop("\n".join(f"{item.pointer.removeprefix('#/')}: {item.detail}" for item in refused))


def owner_of(chosen: Settings, email: str) -> str:
    from app.accounts import service as account_service
    from app.accounts.schemas import SessionCreate

    known = checked(SessionCreate, {"email": email, "password": ""}).email
    found = run_op(chosen, False, account_service.find_account, known)
    if found is None:
        stop(f"There is no account with the e-mail address {email}.")
    return found[0]


def hash_password(chosen: Settings, password: str) -> str:
    from app.core.security import Passwords

    return Passwords(chosen.password_hash_cost).hash_now(password)


def read_password() -> str:
    """From a pipe, or asked for twice on a terminal; never on the screen."""
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    return typer.prompt("Password", hide_input=True, confirmation_prompt=True)
