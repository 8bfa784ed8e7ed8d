"""Settings, read once from the environment and passed to whoever needs them."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

PREFIX = "SUNDOWN_"
SIGNUP_MODES = ("first", "closed", "invite", "open")
CHOICES = {"signup": SIGNUP_MODES, "password_hash_cost": ("normal", "test")}
RANGES = {"port": (0, 65535), "pool_size": (1, 1000)}


class SettingsError(ValueError):
    """A setting that cannot be used, with its name and what would be right."""


def _data_dir(environment: Mapping[str, str]) -> Path:
    base = environment.get("XDG_DATA_HOME") or str(Path(environment.get("HOME") or ".") / ".local" / "share")
    return Path(base) / "sundown"


def setting(default: object, help_text: str) -> Any:
    return field(default=default, metadata={"help": help_text})


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """One field a setting; the environment variable is SUNDOWN_ and the field's name in capitals."""

    data_dir: Path = field(metadata={"help": "Folder of the embedded database; made when missing."})
    database_url: str = field(metadata={"help": "sqlite:////path/to/file.db or postgresql://user:password@host/name."})
    host: str = setting("127.0.0.1", "Address the server listens on.")
    port: int = setting(8600, "Port the server listens on; 0 takes a free one.")
    public_url: str | None = setting(None, "Origin people use, such as https://sundown.example, behind a proxy.")
    allowed_hosts: tuple[str, ...] = setting(("*",), "Host names that are answered, comma separated; * is any.")
    signup: str = setting("first", "Who may sign up: first (one account), closed, invite or open.")
    setup_code: str | None = setting(None, "Code asked at sign-up; made at start when not bound to loopback.")
    password_hash_cost: str = setting("normal", "normal, or test for throwaway databases only.")
    trusted_proxy: bool = setting(False, "Believe X-Forwarded-For and -Proto from a reverse proxy in front.")
    pool_size: int = setting(10, "PostgreSQL connections a process keeps.")
    pg_bin: str | None = setting(None, "Folder of pg_dump and pg_restore; else they are looked for on the PATH.")

    @property
    def sqlite(self) -> bool:
        return self.database_url.startswith("sqlite")

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> "Settings":
        """Build from variables named SUNDOWN_…; SettingsError for a value that is not understood or a name unknown."""
        given = {
            name.removeprefix(PREFIX).lower(): value
            for name, value in environment.items()
            if name.startswith(PREFIX) and not name.startswith(f"{PREFIX}TEST_") and value != ""
        }
        known = {item.name: item for item in fields(cls)}
        for name in given.keys() - known.keys():
            raise SettingsError(f"{PREFIX}{name.upper()} is not a setting.")
        values: dict[str, Any] = {name: _parse(name, text, known[name].default) for name, text in given.items()}
        data_dir = Path(given.get("data_dir") or _data_dir(environment)).expanduser()
        values["data_dir"] = data_dir
        values.setdefault("database_url", f"sqlite:///{(data_dir / 'sundown.db').absolute()}")
        return cls(**values)


def _parse(name: str, text: str, default: object) -> Any:
    if name in CHOICES and text not in CHOICES[name]:
        raise SettingsError(f"{PREFIX}{name.upper()} is one of {', '.join(CHOICES[name])}, not {text}.")
    if name == "database_url":
        _check_database(text)
    if name == "public_url":
        return _origin(text)
    if isinstance(default, bool):
        if text.lower() not in ("true", "false", "1", "0", "yes", "no"):
            raise SettingsError(f"{PREFIX}{name.upper()} is true or false, not {text}.")
        return text.lower() in ("true", "1", "yes")
    if isinstance(default, int):
        low, high = RANGES.get(name, (0, 999_999_999))
        if not text.isdecimal() or len(text) > 9 or not low <= int(text) <= high:
            raise SettingsError(f"{PREFIX}{name.upper()} is a whole number from {low} to {high}, not {text}.")
        return int(text)
    if isinstance(default, tuple):
        return tuple(part.strip() for part in text.split(",") if part.strip())
    return text


def _check_database(url: str) -> None:
    from sqlalchemy import make_url
    from sqlalchemy.exc import ArgumentError

    if not url.startswith(("sqlite:///", "postgresql://", "postgresql+psycopg://")):
        raise SettingsError(f"{PREFIX}DATABASE_URL begins with sqlite:/// or postgresql://.")
    try:
        path = make_url(url).database
    except (ArgumentError, ValueError):  # which repeat the address, and with it a password
        detail = "cannot be read; write signs that are special in an address as %40 for @."
        raise SettingsError(f"{PREFIX}DATABASE_URL {detail}") from None
    if url.startswith("sqlite") and path in (None, "", ":memory:"):
        raise SettingsError(f"{PREFIX}DATABASE_URL names a file after sqlite:///, such as sqlite:////srv/sundown.db.")


def _origin(text: str) -> str:
    parts = urlsplit(text.rstrip("/"))
    if parts.scheme not in ("http", "https") or not parts.netloc or parts.path or parts.query or parts.fragment:
        raise SettingsError(f"{PREFIX}PUBLIC_URL is an origin such as https://sundown.example, not {text}.")
    return text.rstrip("/")
