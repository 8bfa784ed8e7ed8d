"""SQLite: reads on the event loop over one connection, writes through one thread with group commit."""

import asyncio
import queue
import sqlite3
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any, cast

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError, OperationalError

from app.core.db import Busy
from app.core.problems import InsufficientStorage, Unavailable

QUEUE_LIMIT = 1024
BATCH_LIMIT = 128
BEGIN_TRIES = 6
# How long the loop and the writer let each other wait for the interpreter; each needs it many times for one answer.
SWITCH_SECONDS = 0.001
PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "foreign_keys=ON",
    "busy_timeout=5000",
    "cache_size=-32000",
    "mmap_size=268435456",
    "temp_store=MEMORY",
)
READ_ONLY = "query_only=ON"
# A full disk shows as one of these: no room for a page, none to map the log's index, or a quota that is used up.
FULL = frozenset({sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR_SHMSIZE, sqlite3.SQLITE_IOERR_WRITE})


def sqlite_engine(url: str, begin: str, *pragmas: str) -> Engine:
    """An engine whose transactions open with `begin`; the driver's own transaction handling is off."""
    engine = create_engine(url, connect_args={"isolation_level": None}, pool_size=8, max_overflow=0)

    @event.listens_for(engine, "connect")
    def _configure(connection: sqlite3.Connection, _record: object) -> None:
        for pragma in (*PRAGMAS, *pragmas):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begin(conn: Connection) -> None:
        conn.exec_driver_sql(begin)

    return engine


def storage_error(error: BaseException) -> Exception | None:
    """What a full disk or a busy file means to a client; None for any other error."""
    cause = error.orig if isinstance(error, DBAPIError) else error
    code = getattr(cause, "sqlite_errorcode", None)
    if code is None:
        return None
    if code in FULL:
        return InsufficientStorage()
    if code & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return Unavailable(retry_after=5)
    return None


@contextmanager
def told() -> Iterator[None]:
    """Raise what `storage_error` makes of an error inside the block."""
    try:
        yield
    except (DBAPIError, sqlite3.Error) as error:
        raise storage_error(error) or error from error


@dataclass(slots=True)
class Job:
    op: Callable[..., Any]
    args: tuple[Any, ...]
    kwargs: dict[str, Any]
    future: Future[Any]
    value: Any = None
    error: BaseException | None = None

    def run(self, conn: Connection) -> None:
        try:
            self.value = self.op(conn, *self.args, **self.kwargs)
        except Exception as error:  # noqa: BLE001 - handed to the caller, whatever it is
            self.error = error

    def settle(self) -> None:
        if self.error is None:
            self.future.set_result(self.value)
        else:
            self.future.set_exception(storage_error(self.error) or self.error)


class SqliteDatabase:
    def __init__(self, url: str) -> None:
        self._readers = sqlite_engine(url, "BEGIN", READ_ONLY)
        self._writers = sqlite_engine(url, "BEGIN IMMEDIATE")
        self.engines = (self._readers, self._writers)
        self._queue: queue.Queue[Job | None] = queue.Queue(QUEUE_LIMIT)
        self._scans = ThreadPoolExecutor(4, thread_name_prefix="scan")
        self._taking = False

    async def start(self) -> None:
        sys.setswitchinterval(SWITCH_SECONDS)
        self._reader = self._readers.connect()
        self._reader.begin()  # SQLAlchemy's own, left open: `read` opens and ends the driver's itself
        self._snapshot = driver_connection(self._reader)
        self._snapshot.commit()
        self._writer = threading.Thread(target=self._write_batches, name="writer", daemon=True)
        self._writer.start()
        self._taking = True

    async def stop(self) -> None:
        self._taking = False
        await asyncio.to_thread(self._queue.put, None)
        await asyncio.to_thread(self._writer.join)
        self._scans.shutdown()
        self._reader.close()
        for engine in self.engines:
            engine.dispose()

    async def read(self, op: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        with told():
            self._snapshot.execute("BEGIN")
            try:
                return op(self._reader, *args, **kwargs)
            finally:
                self._snapshot.rollback()

    async def scan(self, op: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        def run() -> Any:
            with told(), self._readers.begin() as conn:
                return op(conn, *args, **kwargs)

        return await asyncio.get_running_loop().run_in_executor(self._scans, run)

    async def write(self, op: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        if not self._taking:
            raise Unavailable("The server is stopping. Nothing was changed.", retry_after=5)
        job = Job(op, args, kwargs, Future())
        try:
            self._queue.put_nowait(job)
        except queue.Full:
            raise Busy from None
        return await asyncio.wrap_future(job.future)

    def _write_batches(self) -> None:
        with self._writers.connect() as conn:
            open_ = True
            while open_:
                jobs = [self._queue.get()]
                while len(jobs) < BATCH_LIMIT and not self._queue.empty():
                    jobs.append(self._queue.get_nowait())
                open_ = None not in jobs
                running = [job for job in jobs if job is not None and job.future.set_running_or_notify_cancel()]
                if running:
                    run_batch(conn, running)
            with suppress(sqlite3.Error):  # statistics that are a little older do no harm
                driver_connection(conn).execute("PRAGMA optimize")


def run_batch(conn: Connection, jobs: list[Job]) -> None:
    """Run the jobs in one transaction and settle them after its commit; a failed commit fails them all."""
    try:
        transaction = _begin(conn)
        for job in jobs:
            _run_apart(conn, job, alone=len(jobs) == 1)
            if not _in_transaction(conn):
                raise job.error or RuntimeError("the transaction ended inside an op")
        if len(jobs) == 1 and jobs[0].error is not None:
            transaction.rollback()
        else:
            transaction.commit()
    except Exception as error:  # noqa: BLE001 - every client of the batch is told
        _abandon(conn)
        for job in jobs:
            job.error = job.error or error
    for job in jobs:
        job.settle()


def _begin(conn: Connection) -> Any:
    for _ in range(BEGIN_TRIES - 1):
        try:
            return conn.begin()
        except OperationalError as error:
            conn.rollback()
            if not isinstance(storage_error(error), Unavailable):
                raise
    return conn.begin()


def _abandon(conn: Connection) -> None:
    """Leave a failed transaction, in whatever state the failure left it; a connection that cannot is replaced."""
    try:
        conn.rollback()
        driver_connection(conn).rollback()  # after a COMMIT that failed, SQLAlchemy leaves this one to us
    except Exception:  # noqa: BLE001 - the writer has to go on
        conn.invalidate()
        conn.rollback()


def _run_apart(conn: Connection, job: Job, *, alone: bool) -> None:
    if alone:
        job.run(conn)
        return
    driver = driver_connection(conn)
    driver.execute("SAVEPOINT op")
    job.run(conn)
    if not driver.in_transaction:
        return
    if job.error is not None:
        driver.execute("ROLLBACK TO op")
    driver.execute("RELEASE op")


def _in_transaction(conn: Connection) -> bool:
    """Ask the driver: SQLITE_FULL and SQLITE_IOERR may have rolled the whole batch back."""
    return driver_connection(conn).in_transaction


def driver_connection(conn: Connection) -> sqlite3.Connection:
    return cast("sqlite3.Connection", conn.connection.driver_connection)
