"""Running the server process and telling people where it is."""

import logging
import os
import socket
from ipaddress import ip_address

import typer
import uvicorn

from app.core.config import PREFIX, Settings


class Server(uvicorn.Server):
    """Prints the address once it can be opened."""

    def __init__(self, config: uvicorn.Config, chosen: Settings) -> None:
        super().__init__(config)
        self.chosen = chosen

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if not self.should_exit and self.servers:
            port = self.servers[0].sockets[0].getsockname()[1]
            announce(self.chosen, port)


def serve(chosen: Settings, workers: int) -> None:
    """Serve until stopped; requests under way are finished first."""
    logging.basicConfig(level=logging.INFO, format="%(levelname)s %(name)s %(message)s")
    options = {
        "host": chosen.host,
        "port": chosen.port,
        "http": "httptools",
        "ws": "none",
        "access_log": False,
        "server_header": False,
        "log_level": "warning",
        "proxy_headers": chosen.trusted_proxy,
        "forwarded_allow_ips": "*" if chosen.trusted_proxy else None,
        "timeout_graceful_shutdown": 15,
    }
    if workers > 1:
        os.environ[f"{PREFIX}DATABASE_URL"] = chosen.database_url
        if chosen.setup_code is not None:
            os.environ[f"{PREFIX}SETUP_CODE"] = chosen.setup_code
        announce(chosen, chosen.port)
        uvicorn.run("app.asgi:app", workers=workers, **options)
        return
    from app.main import create_app

    Server(uvicorn.Config(create_app(chosen), **options), chosen).run()


def announce(chosen: Settings, port: int) -> None:
    typer.echo(f"Sundown is at {chosen.public_url or f'http://{printable(chosen.host)}:{port}'}")
    if chosen.setup_code is not None:
        typer.echo(f"Setup code for the first account: {chosen.setup_code}")


def printable(host: str) -> str:
    """A host that can be typed into a browser on this machine."""
    try:
        address = ip_address(host)
    except ValueError:
        return host
    if address.is_unspecified or address.is_loopback:
        return "localhost"
    return f"[{host}]" if address.version == 6 else host
