"""The command line as an operator meets it: what it does, what it prints, and one plain line for what it refuses."""

import re
import signal
import socket
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI

from app.accounts.models import ACCOUNTS, INVITES, TOKENS
from app.cli import is_loopback, main, with_setup_code
from app.core.config import Settings
from app.core.migrate import EXPECTED
from app.core.security import digest
from app.serving import announce, printable
from tests.support import factories as make
from tests.support.clients import PASSWORD, ApiClient
from tests.support.commands import Outcome, Sundown
from tests.support.rows import count, stored
from tests.support.server import Server

ANA = ("--email", "ana@mail.example")
NEW_ACCOUNT = ("account", "create", *ANA, "--name", "Ana Abreu", "--timezone", "Europe/Lisbon")


@pytest.fixture
def sundown(data_dir: Path, database_url: str) -> Sundown:
    return Sundown(data_dir, database_url)


@pytest.fixture
def here(
    data_dir: Path, database_url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., Outcome]:
    """The same commands in this process, for refusals by the dozen."""

    def run(*arguments: str, **settings: str) -> Outcome:
        environment = {"DATA_DIR": str(data_dir), "DATABASE_URL": database_url, "PASSWORD_HASH_COST": "test"}
        for name, value in {**environment, **{name.upper(): value for name, value in settings.items()}}.items():
            monkeypatch.setenv(f"SUNDOWN_{name}", value)
        monkeypatch.setattr(sys, "argv", ["sundown", *arguments])
        with pytest.raises(SystemExit) as ended:
            main()
        said = capsys.readouterr()
        return Outcome(int(str(ended.value.code)), said.out, said.err)

    return run


async def sign_in(client: ApiClient, password: str) -> int:
    client.headers["Sec-Fetch-Site"] = "same-origin"
    answer = await client.post(f"{make.API}/session", json={"email": ANA[1], "password": password})
    return answer.status_code


@pytest.mark.server
async def test_an_account_is_made_and_signs_in(app: FastAPI, api: ApiClient, sundown: Sundown) -> None:
    made = sundown(*NEW_ACCOUNT, typed=f"{PASSWORD}\n")
    assert (made.status, made.out, made.err) == (0, "Account ana@mail.example is ready.\n", "")
    assert await sign_in(api, PASSWORD) == httpx.codes.CREATED
    sundown("account", "create", "--email", "Ana@Mail.example", *NEW_ACCOUNT[4:], typed=PASSWORD).refused("account")
    assert await count(app, ACCOUNTS) == 1


@pytest.mark.server
async def test_a_new_password_signs_out_everywhere(
    client: Callable[..., ApiClient], app: FastAPI, sundown: Sundown
) -> None:
    assert sundown(*NEW_ACCOUNT, "--password", PASSWORD).status == 0
    phone, later = client(), client()
    assert await sign_in(phone, PASSWORD) == httpx.codes.CREATED
    changed = sundown("account", "password", *ANA, typed="a ladder, a letter\n")
    assert (changed.status, changed.err) == (0, "")
    assert (await phone.get(f"{make.API}/me")).status_code == httpx.codes.UNAUTHORIZED
    assert await sign_in(later, PASSWORD) == httpx.codes.UNAUTHORIZED
    assert await sign_in(later, "a ladder, a letter") == httpx.codes.CREATED


@pytest.mark.server
async def test_a_token_is_printed_alone_and_works(app: FastAPI, api: ApiClient, sundown: Sundown) -> None:
    assert sundown(*NEW_ACCOUNT, "--password", PASSWORD).status == 0
    made = sundown("token", "create", *ANA, "--name", "laptop", "--scope", "write")
    assert (made.status, made.err) == (0, "")
    token = made.out.removesuffix("\n")
    assert re.fullmatch(r"sundown_[\w-]{43}", token)
    assert [(row["name"], row["scope"], row["secret_digest"]) for row in await stored(app, TOKENS)] == [
        ("laptop", "write", digest(token))
    ]
    me = await api.get(f"{make.API}/me", headers={"Authorization": f"Bearer {token}"})
    assert me.json()["name"] == "Ana Abreu"


@pytest.mark.server
async def test_an_invite_is_printed_alone(app: FastAPI, sundown: Sundown) -> None:
    codes = [sundown("account", "invite").out.strip() for _ in range(2)]
    assert {row["code_digest"] for row in await stored(app, INVITES)} == {digest(code) for code in codes}


@pytest.mark.database("sqlite")
@pytest.mark.server
def test_migrating_makes_the_data_folder_and_says_where_the_database_stands(tmp_path: Path) -> None:
    sundown = Sundown(tmp_path / "not" / "there" / "yet")
    for _ in range(2):
        assert sundown("migrate").out == f"The database is at {EXPECTED}.\n"
    assert (sundown.data_dir / "sundown.db").is_file()
    assert sundown.data_dir.stat().st_mode & 0o777 == 0o700, "for its owner alone"


@pytest.mark.parametrize(
    ("arguments", "settings", "words"),
    [
        (["migrate"], {"databse_url": "x"}, ["SUNDOWN_DATABSE_URL", "not a setting"]),
        (["serve"], {"signup": "everyone"}, ["SUNDOWN_SIGNUP", "first, closed, invite, open"]),
        (["serve"], {"pool_size": "0"}, ["SUNDOWN_POOL_SIZE", "1 to 1000"]),
        (["serve", "--workers", "2"], {}, ["More than one worker needs PostgreSQL", "SUNDOWN_DATABASE_URL"]),
        ([*NEW_ACCOUNT[:-1], "Lisbon", "--password", PASSWORD], {}, ["timezone:", "Europe/Lisbon"]),
        ([*NEW_ACCOUNT, "--password", "short"], {}, ["password:", "8"]),
        ([*NEW_ACCOUNT, "--email", "ana", "--password", PASSWORD], {}, ["email:", "ana@mail.example"]),
        ([*NEW_ACCOUNT, "--name", " ", "--password", PASSWORD], {}, ["name:"]),
        ([*NEW_ACCOUNT, "--name", "\udcff", "--password", PASSWORD], {}, ["name:"]),
        (["token", "create", *ANA, "--name", "a", "--scope", "all"], {}, ["scope:", "'capture', 'read' or 'write'"]),
        (["token", "create", *ANA, "--name", "", "--scope", "read"], {}, ["name:"]),
        (["token", "create", *ANA, "--name", "a", "--scope", "read"], {}, ["no account", "ana@mail.example"]),
        (["token", "create", "--email", "\udcff", "--name", "a", "--scope", "read"], {}, ["email:"]),
        (["account", "password", *ANA, "--password", PASSWORD], {}, ["no account", "ana@mail.example"]),
        (["migrate"], {"database_url": "postgresql://ana:lantern@127.0.0.1:1/none"}, ["database cannot be used"]),
        (["migrate"], {"database_url": "sqlite:////proc/none/sundown.db"}, ["/proc/none"]),
    ],
)
@pytest.mark.database("sqlite")
def test_what_cannot_be_is_refused_in_plain_lines(
    here: Callable[..., Outcome], arguments: list[str], settings: dict[str, str], words: list[str]
) -> None:
    outcome = here(*arguments, **settings)
    outcome.refused(*words)
    assert "lantern" not in outcome.err, "a password is not repeated"


@pytest.mark.database("sqlite")
def test_a_data_folder_that_cannot_be_used_is_named(here: Callable[..., Outcome], tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("not a database, " * 100)
    here("migrate", database_url=f"sqlite:///{file}/sundown.db").refused(str(file))
    here("serve", database_url=f"sqlite:///{file}").refused("The database cannot be used: file is not a database")
    assert file.read_text() == "not a database, " * 100


@pytest.mark.parametrize(
    "arguments", [["serve", "--port", "70000"], ["serve", "--workers", "0"], ["token", "create"], ["sing"]]
)
@pytest.mark.database("sqlite")
def test_what_is_no_command_is_told_with_status_two(here: Callable[..., Outcome], arguments: list[str]) -> None:
    here(*arguments).refused("Usage: ", status=2)


@pytest.mark.database("sqlite")
def test_help_lists_the_commands(here: Callable[..., Outcome]) -> None:
    helped = here("--help")
    assert helped.status == 0
    assert all(name in helped.out for name in ("serve", "migrate", "account", "token"))


@pytest.mark.database("sqlite")
@pytest.mark.server
def test_a_port_that_is_taken_is_told(sundown: Sundown) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        outcome = sundown("serve", "--port", str(taken.getsockname()[1]))
    assert outcome.status != 0
    assert "address already in use" in outcome.err
    assert "Traceback" not in outcome.err


def test_serving_says_where_it_is_and_ends_when_it_is_told_to(server: Server) -> None:
    with server.client() as client:
        assert client.get("/healthz").text == "ok\n"
    assert server.stop() in (0, -signal.SIGTERM)
    said = server.log.read_text()
    assert f"Sundown is at http://localhost:{server.port}\n" in said
    assert "Traceback" not in said


@pytest.mark.server
def test_a_setup_code_is_asked_of_the_first_account(data_dir: Path, database_url: str) -> None:
    running = Server(data_dir, database_url, {"SUNDOWN_SIGNUP": "first", "SUNDOWN_SETUP_CODE": "abcde-fghjk"})
    running.start()
    with running.client() as client:
        for given, status in (({}, 403), ({"setup_code": "other"}, 403), ({"setup_code": " abcde-fghjk "}, 201)):
            assert client.post(f"{make.API}/accounts", json=make.account(**given)).status_code == status
    running.stop()
    assert "Setup code for the first account: abcde-fghjk\n" in running.log.read_text()


@pytest.mark.server
def test_a_server_others_can_reach_makes_a_setup_code(
    settings: Settings, sundown: Sundown, capsys: pytest.CaptureFixture[str]
) -> None:
    chosen = replace(settings, signup="first")
    assert with_setup_code(chosen).setup_code is None, "nobody else can reach this one"
    reachable = with_setup_code(replace(chosen, host="192.0.2.7"))
    assert re.fullmatch(r"[a-z2-9]{5}-[a-z2-9]{5}", reachable.setup_code or "")
    announce(reachable, 8600)
    address, code = capsys.readouterr().out.splitlines()
    assert address == "Sundown is at http://192.0.2.7:8600"
    assert code == f"Setup code for the first account: {reachable.setup_code}"
    for mode in ("closed", "invite", "open"):
        assert with_setup_code(replace(reachable, signup=mode, setup_code=None)).setup_code is None
    assert sundown(*NEW_ACCOUNT, "--password", PASSWORD).status == 0
    assert with_setup_code(replace(reachable, setup_code=None)).setup_code is None, "there is an account"


@pytest.mark.parametrize(
    ("host", "loopback", "shown"),
    [
        ("127.0.0.1", True, "localhost"),
        ("127.8.9.1", True, "localhost"),
        ("::1", True, "localhost"),
        ("localhost", True, "localhost"),
        ("0.0.0.0", False, "localhost"),  # noqa: S104 - an address to look at, not to bind
        ("::", False, "localhost"),
        ("192.0.2.7", False, "192.0.2.7"),
        ("2001:db8::7", False, "[2001:db8::7]"),
        ("box.example", False, "box.example"),
    ],
)
def test_an_address_is_shown_as_it_is_typed_into_a_browser(host: str, loopback: bool, shown: str) -> None:
    assert is_loopback(host) == loopback
    assert printable(host) == shown


@pytest.mark.database("postgresql")
@pytest.mark.server
def test_several_workers_serve_one_postgresql_database(data_dir: Path, database_url: str) -> None:
    running = Server(data_dir, database_url)
    running.command += ["--workers", "2"]
    running.start()
    with running.client() as client:
        assert client.post(f"{make.API}/accounts", json=make.account()).status_code == httpx.codes.CREATED
        answers = [client.post(f"{make.API}/captures", json=make.capture()).status_code for _ in range(20)]
    assert answers == [httpx.codes.CREATED] * 20
    assert running.stop() in (0, -signal.SIGTERM)
    assert "Traceback" not in running.log.read_text()
