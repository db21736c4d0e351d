"""A connection that is cut after so many bytes: a socket between the program and the server."""

import socket
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

SOCKET = ".s.PGSQL.5432"
FOR_EVER = 1 << 60


@dataclass
class Proxy:
    """Passes bytes on, in both directions, until ``left`` of them have gone through.

    ``heals``: only the connection in which that happens is cut.
    """

    folder: Path
    server: Path
    left: int = FOR_EVER
    passed: int = 0
    heals: bool = False
    lock: threading.Lock = field(default_factory=threading.Lock)
    open: list[socket.socket] = field(default_factory=list)

    def cut_after(self, count: int) -> None:
        """Cut every connection once so many more bytes have passed."""
        with self.lock:
            self.left = count

    def mend(self) -> None:
        """Let everything pass again; what was cut stays cut."""
        self.cut_after(FOR_EVER)

    def serve(self, listening: socket.socket) -> None:
        """Take connections until the listening socket is closed."""
        while True:
            try:
                client, _ = listening.accept()
            except OSError:
                return
            server = socket.socket(socket.AF_UNIX)
            server.connect(str(self.server / SOCKET))
            self.open += [client, server]
            for one, other in ((client, server), (server, client)):
                threading.Thread(target=self._pump, args=(one, other), daemon=True).start()

    def _pump(self, one: socket.socket, other: socket.socket) -> None:
        with suppress(OSError):
            while data := one.recv(65536):
                with self.lock:
                    part = data[: self.left]
                    self.left -= len(part)
                    if self.heals and len(part) < len(data):
                        self.left = FOR_EVER
                    self.passed += len(part)
                other.sendall(part)
                if len(part) < len(data):
                    break
        for end in (one, other):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)


@contextmanager
def proxied(server: Path) -> Iterator[Proxy]:
    """Put a proxy before a server; its folder is the host to connect to."""
    with tempfile.TemporaryDirectory(prefix="px-", dir=server.parent) as folder:
        proxy = Proxy(Path(folder), server)
        listening = socket.socket(socket.AF_UNIX)
        listening.bind(str(proxy.folder / SOCKET))
        listening.listen()
        thread = threading.Thread(target=proxy.serve, args=(listening,), daemon=True)
        thread.start()
        try:
            yield proxy
        finally:
            listening.shutdown(socket.SHUT_RDWR)
            listening.close()
            thread.join()
            for one in proxy.open:
                one.close()
