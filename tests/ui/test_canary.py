"""A secret that is used everywhere turns up in no log, diagnostics, manifest, note or setting."""

import base64
import zipfile
from collections.abc import Iterator
from contextlib import ExitStack
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot
from sqlalchemy import text

from erpdesk import keys, logs, paths
from erpdesk.bootstrap import Desk, open_desk
from erpdesk.errors import ErpdeskError
from erpdesk.keys import WrongPasswordError
from erpdesk.services.importing.tables import ImportSource
from tests.commands.asking import ask
from tests.fakes import FakeClock
from tests.ui import rooms
from tests.ui.rooms import Here
from ui.main_window import MainWindow

pytestmark = [pytest.mark.usefixtures("app"), pytest.mark.journey]
PASSWORD, PHONE, WRONG = "Kanarie-7713", "0571-77134471", "Falsch-9931"
SECRETS = (PASSWORD, PHONE, WRONG)


@pytest.fixture
def place(template: Path, tmp_path: Path) -> Path:
    """Give books with the secrets in them: a password, and the phone of a customer."""
    place = rooms.copied(template, tmp_path)
    desk = rooms.desk_of(place, "maker")
    table = tmp_path / "c.csv"
    table.write_text(f"编码,名称,电话\nKH00777,金丝雀,{PHONE}\n", "utf-8")
    desk.importing_customers.load(ImportSource(table))
    desk.changing_password.change("pw of maker", PASSWORD)
    desk.close()
    table.unlink()
    return place


@pytest.fixture
def logged() -> Iterator[Path]:
    """Write the log as the program does."""
    with logs.logging_to(paths.log_folder()):
        yield paths.log_folder()


@pytest.fixture
def private(monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
    """Return the private keys that are unwrapped from now on, as bytes."""
    unwrapped, unwrap = list[bytes](), keys.unwrap

    def caught(key: keys.WrappedKey, password: str) -> keys.SigningKey:
        found = unwrap(key, password)
        unwrapped.append(found._private.private_bytes_raw())  # type: ignore[attr-defined]
        return found

    monkeypatch.setattr(keys, "unwrap", caught)
    return unwrapped


def opened(place: Path, password: str) -> Desk:
    return open_desk(str(place), person="maker", password=lambda _: password, clock=FakeClock())


def failing(desk: Desk) -> None:
    """Ask the books something that cannot be answered, with a secret as its parameter."""
    with desk.company.database.reading() as connection:
        connection.execute(text("SELECT * FROM nowhere WHERE phone = :phone"), {"phone": PHONE})


def failing_out_of_the_blue(desk: Desk) -> None:
    with desk.company.database.engine.connect() as connection:
        connection.execute(text("SELECT * FROM nowhere WHERE phone = :phone"), {"phone": PHONE})


def everything_kept(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Return what the program left on this computer, but the books themselves."""
    for path in folder.rglob("*"):
        if path.is_file() and not path.name.startswith("firm.erpdesk"):
            yield path.name, path.read_bytes()
            if zipfile.is_zipfile(path):
                with zipfile.ZipFile(path) as archive:
                    for name in archive.namelist():
                        yield f"{path.name} {name}", archive.read(name)


def test_that_secrets_turn_up_in_nothing_that_leaves_the_books(
    place: Path, private: list[bytes], logged: Path, tmp_path: Path, qtbot: QtBot,
    expect_log: list[str],
) -> None:  # fmt: skip
    expect_log.append("E-")
    said = list[str]()

    with pytest.raises(WrongPasswordError) as refused:
        opened(place, WRONG)
    said.append(str(refused.value))
    with ExitStack() as ending:
        desk = opened(place, PASSWORD)
        said.append(repr(desk))
        room = ending.enter_context(rooms.room_of(place, "chief"))
        window = window_of(room, qtbot)
        for work in (failing, failing_out_of_the_blue):
            room.room.runner.query(window, partial(work, desk), done=lambda _: None)
            room.settle(qtbot)
        with pytest.raises(ErpdeskError) as broken:
            failing(desk)
        said += [str(broken.value), str(broken.value.facts)]
        window.sheets.show_about()
        window.sheets.about.copy.click()
        said.append(QGuiApplication.clipboard().text())
        desk.backing_up.back_up(tmp_path / "kept.erpbackup", anyway=True)
        desk.close()
        window.close()
        room.settle(qtbot)
    asked = ask(
        "--company", place, "--as", "maker", "people", "--password-stdin", stdin=f"{WRONG}\n"
    )
    said += [asked.out, asked.err]

    log = (logged / logs.FILE_NAME).read_text("utf-8")
    assert log.count("no such table") >= 1
    assert "[parameters: ***" in log or "hide_parameters" in log
    everything = [("said", one.encode()) for one in said] + [*everything_kept(tmp_path)]
    found = {(name, secret) for name, body in everything for secret in SECRETS
             if secret.encode() in body}  # fmt: skip
    assert found == {("kept.erpbackup company.db", PHONE)}
    assert any(name.endswith("manifest.json") for name, _ in everything)
    in_books = Path(place).read_bytes()
    assert PHONE.encode() in in_books
    keyed = [in_books, *(body for _, body in everything)]
    assert private
    assert not [key for key in private for body in keyed if any(way in body for way in spelt(key))]
    assert PASSWORD.encode() not in in_books


def spelt(key: bytes) -> tuple[bytes, ...]:
    """Return the ways in which a key may be written."""
    return key, key.hex().encode(), base64.b64encode(key), repr(key).encode()


def window_of(here: Here, qtbot: QtBot) -> MainWindow:
    window = MainWindow(here.room)
    qtbot.addWidget(window)
    window.show()
    window.make_rest()
    qtbot.waitUntil(lambda: window.is_whole)
    here.settle(qtbot)
    return window
