"""Whoever answers at the address of a server gets no password that could be used again."""

import socket
import threading
from collections.abc import Iterator
from contextlib import closing, suppress

import pytest
from typing_extensions import override

from erpdesk.storage.database import open_database
from erpdesk.storage.refusals import UnsafeServerError

PLAIN, MD5 = b"R\0\0\0\x08\0\0\0\x03", b"R\0\0\0\x0c\0\0\0\x05salt"
"""How a server of PostgreSQL asks for a password in plain, and for its MD5."""


class FalseServer(threading.Thread):
    """Asks one caller for a password, and keeps what it is sent after that."""

    def __init__(self, asks: bytes) -> None:
        super().__init__(daemon=True)
        self.asks, self.given = asks, b""
        self.door = socket.create_server(("127.0.0.1", 0))
        self.address = f"postgresql://127.0.0.1:{self.door.getsockname()[1]}/firm"

    @override
    def run(self) -> None:
        with suppress(OSError), closing(self.door), self.door.accept()[0] as line:
            line.settimeout(10)
            while len(line.recv(1024)) == 8:  # asks whether the line may be encrypted
                line.sendall(b"N")
            line.sendall(self.asks)
            self.given = line.recv(1024)


@pytest.fixture(params=[PLAIN, MD5], ids=["plain", "md5"])
def server(request: pytest.FixtureRequest) -> Iterator[FalseServer]:
    made = FalseServer(request.param)
    made.start()
    yield made
    made.join(10)


def test_that_a_server_that_asks_for_the_password_itself_is_not_given_it(
    server: FalseServer,
) -> None:
    with (
        closing(open_database(server.address, person="alice", password="secret")) as database,
        pytest.raises(UnsafeServerError),
        database.reading(),
    ):
        pytest.fail("nobody may be let in")

    server.join(10)
    assert server.given == b""
