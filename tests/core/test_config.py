"""Settings come from the environment alone, are checked at once, and tell what would be right."""

from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest

from app.core.config import Settings, SettingsError

HOME = {"HOME": "/home/ana"}


def settings(**given: str) -> Settings:
    return Settings.from_environment({**HOME, **{f"SUNDOWN_{name.upper()}": value for name, value in given.items()}})


def test_nothing_has_to_be_set() -> None:
    chosen = settings()
    assert chosen.data_dir == Path("/home/ana/.local/share/sundown")
    assert chosen.database_url == "sqlite:////home/ana/.local/share/sundown/sundown.db"
    assert (chosen.host, chosen.port, chosen.signup, chosen.sqlite) == ("127.0.0.1", 8600, "first", True)


def test_the_data_folder_follows_the_desktops_own_setting() -> None:
    chosen = Settings.from_environment({**HOME, "XDG_DATA_HOME": "/srv/data"})
    assert chosen.data_dir == Path("/srv/data/sundown")


def test_the_database_lies_in_the_data_folder_unless_it_is_named() -> None:
    assert settings(data_dir="/srv/s").database_url == "sqlite:////srv/s/sundown.db"
    assert settings(data_dir="/srv/s", database_url="sqlite:////elsewhere/a.db").database_url == (
        "sqlite:////elsewhere/a.db"
    )
    relative = settings(data_dir="here")
    assert relative.database_url == f"sqlite:///{Path('here/sundown.db').absolute()}"


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("host", "::1", "::1"),
        ("port", "0", 0),
        ("port", "65535", 65535),
        ("public_url", "https://sundown.example/", "https://sundown.example"),
        ("public_url", "http://box.example:8600", "http://box.example:8600"),
        ("allowed_hosts", "a.example, b.example,", ("a.example", "b.example")),
        ("signup", "invite", "invite"),
        ("setup_code", "abcde-fghjk", "abcde-fghjk"),
        ("password_hash_cost", "test", "test"),
        ("trusted_proxy", "Yes", True),
        ("trusted_proxy", "0", False),
        ("pool_size", "3", 3),
        ("database_url", "postgresql://ana:p%40ss@db.example/s", "postgresql://ana:p%40ss@db.example/s"),
        ("database_url", "postgresql://postgres@/s?host=/run/pg", "postgresql://postgres@/s?host=/run/pg"),
    ],
)
def test_a_setting_is_read_as_what_it_is(name: str, text: str, value: Any) -> None:
    assert getattr(settings(**{name: text}), name) == value


def test_every_setting_can_be_left_empty() -> None:
    assert settings(**{item.name: "" for item in fields(Settings)}) == settings()


@pytest.mark.parametrize(
    ("name", "text", "right"),
    [
        ("port", "eighty", "0 to 65535"),
        ("port", "-1", "0 to 65535"),
        ("port", "65536", "0 to 65535"),
        ("port", "9" * 5000, "0 to 65535"),
        ("port", "0" * 9 + "9" * 5000, "0 to 65535"),
        ("pool_size", "0", "1 to 1000"),
        ("pool_size", "1.5", "1 to 1000"),
        ("signup", "everyone", "first, closed, invite, open"),
        ("password_hash_cost", "low", "normal, test"),
        ("trusted_proxy", "maybe", "true or false"),
        ("public_url", "sundown.example", "https://sundown.example"),
        ("public_url", "https://box.example/sundown", "https://sundown.example"),
        ("public_url", "ftp://box.example", "https://sundown.example"),
        ("database_url", "mysql://a@b/c", "sqlite:/// or postgresql://"),
        ("database_url", "/srv/sundown.db", "sqlite:/// or postgresql://"),
        ("database_url", "sqlite:///", "names a file"),
        ("database_url", "sqlite:///:memory:", "names a file"),
        ("database_url", "postgresql://ana:pass@db.example:five/s", "cannot be read"),
        ("databse_url", "sqlite:////srv/a.db", "not a setting"),
    ],
)
def test_what_is_not_understood_is_named_with_what_would_be_right(name: str, text: str, right: str) -> None:
    with pytest.raises(SettingsError) as refused:
        settings(**{name: text})
    told = str(refused.value)
    assert told.startswith(f"SUNDOWN_{name.upper()} ")
    assert right in told


def test_an_address_that_cannot_be_read_is_not_repeated_with_its_password() -> None:
    with pytest.raises(SettingsError) as refused:
        settings(database_url="postgresql://ana:lantern@db.example:five/s")
    assert "lantern" not in str(refused.value)


def test_other_programs_variables_and_those_of_the_tests_are_left_alone() -> None:
    assert Settings.from_environment({**HOME, "PORT": "x", "SUNDOWN_TEST_CHROMIUM": "/bin/c"}) == settings()


def test_settings_cannot_be_changed_later() -> None:
    with pytest.raises(AttributeError):
        settings().port = 1  # pyright: ignore[reportAttributeAccessIssue]
