"""What the database says when it fails is told by its code: the right reason for the person, and bugs stay bugs."""

from __future__ import annotations

import socket
import sqlite3
import struct
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from psycopg import errors
from sqlalchemy.exc import DBAPIError

from bench.postgres import Database, PostgresServer
from storage.errors import DatabaseAway
from storage.failures import NO_TABLES, away
from storage.unit import Store, Units, open_units

NOT_THERE = "the server has no database of that name: make it, or check the name"
NOT_LET_IN = "the database server refuses this user or password"
SSL_REQUEST, GSS_REQUEST = 80877103, 80877104
"""What libpq may ask for before it says who it is (postgresql.org/docs/current/protocol-message-formats.html)."""


class Doorman:
    """A PostgreSQL server that refuses everyone who comes, with that SQLSTATE and sentence."""

    def __init__(self, state: str, sentence: str) -> None:
        fields = f"SFATAL\0VFATAL\0C{state}\0M{sentence}\0\0".encode()
        self._refusal = b"E" + struct.pack("!i", len(fields) + 4) + fields
        self._door = socket.create_server(("127.0.0.1", 0))
        self.url = f"postgresql+psycopg://ann:secret@127.0.0.1:{self._door.getsockname()[1]}/weaver"
        self._thread = threading.Thread(target=self._stand, daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Go home."""
        self._door.shutdown(socket.SHUT_RDWR)
        self._door.close()
        self._thread.join()

    def _stand(self) -> None:
        while True:
            try:
                visitor, _ = self._door.accept()
            except OSError:
                return
            with visitor:
                while self._asked(visitor) in (SSL_REQUEST, GSS_REQUEST):
                    visitor.sendall(b"N")
                visitor.sendall(self._refusal)

    @staticmethod
    def _asked(visitor: socket.socket) -> int:
        length, code = struct.unpack("!ii", visitor.recv(8, socket.MSG_WAITALL))
        visitor.recv(length - 8, socket.MSG_WAITALL)
        return int(code)


@contextmanager
def units_on(url: str) -> Iterator[Units]:
    with closing(open_units(url)) as units:
        yield units


def ask(units: Units, statement: str) -> None:
    def work(store: Store) -> None:
        store._connection.exec_driver_sql(statement)

    units.run(work).result(10)


def why(units: Units, statement: str = "SELECT 1") -> str:
    with pytest.raises(DatabaseAway) as raised:
        ask(units, statement)
    return raised.value.why


@pytest.mark.parametrize(
    ("state", "sentence", "expected"),
    [
        ("28P01", 'password authentication failed for user "ann"', NOT_LET_IN),
        ("28000", 'role "ann" does not exist', NOT_LET_IN),
        ("28000", 'no pg_hba.conf entry for host "127.0.0.1", user "ann", database "weaver"', NOT_LET_IN),
        ("3D000", 'database "weaver" does not exist', NOT_THERE),
        ("53300", "sorry, too many clients already", "the database server has too many connections already"),
        ("57P03", "the database system is starting up", "the database server does not answer"),
    ],
)
def test_a_server_that_lets_nobody_in_says_why(state: str, sentence: str, expected: str) -> None:
    with closing(Doorman(state, sentence)) as doorman, units_on(doorman.url) as units:
        assert why(units) == expected


def test_a_database_that_the_server_does_not_have_is_not_one_without_tables(postgres_server: PostgresServer) -> None:
    with units_on(Database("nowhere", postgres_server.socket_folder).sqlalchemy) as units:
        assert why(units) == NOT_THERE


def test_a_database_without_tables_says_how_to_make_them(postgres_database: Database, tmp_path: Path) -> None:
    for url in (postgres_database.sqlalchemy, f"sqlite:///{tmp_path}/new.db"):
        with units_on(url) as units, pytest.raises(DatabaseAway) as raised:
            units.run(lambda store: store.people.by_id(1)).result(10)
        assert raised.value.why == NO_TABLES


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        (errors.InvalidPassword, NOT_LET_IN),
        (errors.InvalidCatalogName, NOT_THERE),
        (errors.UndefinedTable, NO_TABLES),
        (errors.InsufficientPrivilege, "the database does not allow this user enough"),
        (errors.ReadOnlySqlTransaction, "the database is read-only"),
        (errors.DiskFull, "the disk is full"),
        (errors.LockNotAvailable, "the database is locked"),
        (errors.QueryCanceled, "the database does not answer in time"),
        (errors.AdminShutdown, "the database server does not answer"),
        (errors.DataCorrupted, "the database is damaged"),
        (errors.DeadlockDetected, "the database failed"),
        (errors.UndefinedColumn, None),
        (errors.SyntaxError, None),
        (errors.UniqueViolation, None),
    ],
)
def test_an_error_of_postgresql_is_told_by_its_sqlstate(kind: type[errors.Error], expected: str | None) -> None:
    """The server's sentence may be in any language, and name anything."""
    wrapped = DBAPIError.instance("SELECT", {}, kind('Das Passwort für »database "x" timeout« ist voll'), errors.Error)
    found = away(wrapped)
    assert (found.why if found else None) == expected


@pytest.mark.parametrize(
    "statement",
    ["SELECT locked FROM alembic", "SELECT full", "SELEC readonly", "SELECT 1 FROM (SELECT 2) WHERE malformed"],
)
def test_a_wrong_statement_on_sqlite_is_a_bug_whatever_it_names(statement: str, tmp_path: Path) -> None:
    with units_on(f"sqlite:///{tmp_path}/new.db") as units:
        ask(units, "CREATE TABLE alembic (one)")
        with pytest.raises(DBAPIError, match=r"no such column|syntax error"):
            ask(units, statement)


def locked(file: Path) -> None:
    connection = sqlite3.connect(file, isolation_level=None)
    connection.execute("BEGIN IMMEDIATE")
    held.append(connection)


def a_text(file: Path) -> None:
    file.write_text("a text that is long enough to be looked at as a database\n" * 100)


def a_folder(file: Path) -> None:
    file.mkdir()


held: list[sqlite3.Connection] = []


@pytest.mark.parametrize(
    ("hurt", "expected"),
    [
        (locked, "the database is locked"),
        (a_text, "the file is not a database"),
        (a_folder, "the database file cannot be opened"),
    ],
)
def test_a_failure_of_sqlite_is_told_by_its_code(hurt: Callable[[Path], None], expected: str, tmp_path: Path) -> None:
    hurt(tmp_path / "weaver.db")
    with units_on(f"sqlite:///{tmp_path}/weaver.db") as units:
        assert why(units) == expected
    while held:
        held.pop().close()
