"""What no HTTP library would send: a real server answers it with a refusal, logs no failure, and goes on."""

import socket
from contextlib import suppress

import httpx
import pytest

from app.core.middleware import BODY_LIMIT
from tests.support import factories as make
from tests.support.clients import PASSWORD
from tests.support.server import Server

pytestmark = pytest.mark.database("sqlite")

PATIENCE = 30
HOST = b"Host: localhost\r\n"
JSON = b"Content-Type: application/json\r\n"
CHUNKED = b"Transfer-Encoding: chunked\r\n"
POST = b"POST /api/v1/contacts HTTP/1.1\r\n"
TOO_MUCH = BODY_LIMIT + 1
REFUSED: dict[str, bytes] = {
    "no HTTP": b"\x16\x03\x01\x02\x00\x01\x00\r\n\r\n",
    "no method": b"/api/v1/me\r\n\r\n",
    "a method of no kind": b"GE T /api/v1/me HTTP/1.1\r\n" + HOST + b"\r\n",
    "bytes in the path": b"GET /api/v1/contacts/\xff\xfe HTTP/1.1\r\n" + HOST + b"\r\n",
    "escaped bytes in the path": b"GET /api/v1/contacts/%ff%00%zz HTTP/1.1\r\n" + HOST + b"\r\n",
    "bytes in the query": b"GET /api/v1/contacts?after=\xff HTTP/1.1\r\n" + HOST + b"\r\n",
    "escaped bytes in the query": b"GET /api/v1/contacts?after=%ff%00&%00=1 HTTP/1.1\r\n" + HOST + b"\r\n",
    "an endless path": b"GET /" + b"a" * 100_000 + b" HTTP/1.1\r\n" + HOST + b"\r\n",
    "NUL in a header": b"GET /api/v1/me HTTP/1.1\r\nX-A: a\x00b\r\n" + HOST + b"\r\n",
    "a length of no kind": POST + HOST + JSON + b"Content-Length: ten\r\n\r\n",
    "a negative length": POST + HOST + JSON + b"Content-Length: -5\r\n\r\n",
    "a length of 5,000 digits": POST + HOST + JSON + b"Content-Length: " + b"9" * 5000 + b"\r\n\r\n",
    "a length that is too large": POST + HOST + JSON + b"Content-Length: 9999999999\r\n\r\n",
    "two lengths": POST + HOST + JSON + b"Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}",
    "a length beside chunks": POST + HOST + JSON + CHUNKED + b"Content-Length: 2\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
    "a chunk of no length": POST + HOST + JSON + CHUNKED + b"\r\nzz\r\n",
    "chunks that are too much": POST
    + HOST
    + JSON
    + CHUNKED
    + b"\r\n%x\r\n" % (BODY_LIMIT + 1)
    + b" " * (BODY_LIMIT + 1),
    "a media type of bytes": POST + HOST + b"Content-Type: \xff\xfe\r\nContent-Length: 2\r\n\r\n{}",
    "a key of bytes": POST + HOST + JSON + b"Idempotency-Key: \xe9\r\nContent-Length: 14\r\n\r\n" + b'{"name":"Dan"}',
    "a switch to tunnels": b"CONNECT other.example:443 HTTP/1.1\r\n" + HOST + b"\r\n",
}


def first_line(server: Server, request: bytes) -> str:
    with socket.create_connection(("127.0.0.1", server.port), PATIENCE) as connection:
        with suppress(ConnectionError):  # refused before it was all sent
            connection.sendall(request)
        return connection.recv(65_536).split(b"\r\n")[0].decode()


def test_malformed_requests_are_refused_one_by_one(server: Server, subtests: pytest.Subtests) -> None:
    with server.client() as client:
        account = client.post("/api/v1/accounts", json=make.account(password=PASSWORD))
        assert account.status_code == httpx.codes.CREATED
        token = client.post("/api/v1/tokens", json={"name": "A program", "scope": "write"}).json()["token"]
        for what, request in REFUSED.items():
            with subtests.test(what):
                line, rest = request.split(b"\r\n", 1)
                known = b"\r\n".join([line, f"Authorization: Bearer {token}".encode(), b"Connection: close", rest])
                status = first_line(server, known)
                assert status.startswith("HTTP/1.1 4"), status
        assert client.get("/api/v1/contacts").json() == {"items": [], "next": None}


def test_a_client_that_leaves_in_the_middle_is_no_failure(server: Server) -> None:
    with server.client() as client:
        assert client.post("/api/v1/accounts", json=make.account()).status_code == httpx.codes.CREATED
        cookie = f"Cookie: sundown_session={client.cookies['sundown_session']}\r\n".encode()
        site = b"Sec-Fetch-Site: same-origin\r\n"
        for sent in (b'{"name"', b"", b'{"name":"Dan"}'):
            length = b"Content-Length: %d\r\n\r\n" % (len(sent) if sent.endswith(b"}") else 200)
            with socket.create_connection(("127.0.0.1", server.port), PATIENCE) as connection:
                connection.sendall(POST + HOST + JSON + cookie + site + length + sent)
        assert client.get("/readyz").status_code == httpx.codes.OK
    server.stop()
    assert "Traceback" not in server.log.read_text()
