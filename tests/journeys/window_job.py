"""A firm, the people at its windows, and what they do there: by keys, by buttons, by scanner."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from PySide6.QtCore import QCoreApplication, QEvent, QMimeData, Qt, QUrl
from PySide6.QtGui import QInputMethodEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from erpdesk import keys
from erpdesk.services.ports import SystemClock
from erpdesk.services.sampling import SMALL, Sampling
from erpdesk.settings import FILE_NAME, Settings
from tests.journeys.window_stalls import Stalls
from tests.ui.foreign_words import chinese_words
from ui.app import Program
from ui.dialogs.sign_in import SignIn
from ui.main_window import MainWindow
from ui.pages import Page
from ui.work.tidying import Tidying

T = TypeVar("T", bound=Page)
PATIENCE_MS = 20_000
SLOW_GAP_MS = 200
"""Between two keys of a scanner: a busy computer is no finger."""
MAKING_PAGES = "making the pages"


@dataclass(frozen=True)
class Firm:
    """What a firm is called in the language of its windows; people are made with these logins."""

    language: str
    name: str
    maker: str
    chief: str
    cashier: str
    customers: str
    deliveries: str

    @property
    def data(self) -> tuple[str, ...]:
        """Return what stands in the window as somebody typed it."""
        return (self.name, self.maker, self.chief, self.cashier)


HEADS = "Code,Name,Tax number,Contact,Phone,Address,Payment terms,Tax rate\n"
TAX = "91330108MA2CFRU57N"
ROWS = "".join(
    f"C{n:03d},{{{n - 1}}},{TAX},Li,0571-8600123{n},1 Lake Road,30,0.13\n" for n in range(1, 6)
)
DELIVERIES = (
    "{0}\nSH-1,C001,2026-01-05,{1},2,1130.00\nSH-2,C001,2026-01-09,{1},10,11.30\n"
    "SH-3,C002,2026-02-01,{1},1,565.00\n"
)
CHINESE = Firm(
    "zh", "明湖机电", "陈静", "林涛", "沈佳",
    "客户编码,客户名称,纳税人识别号,联系人,电话,地址,账期,税率\n"
    + ROWS.format("明远机电", "海辰包装", "青禾包装", "海河五金", "北辰商行"),
    DELIVERIES.format("出库单号,客户编码,出库日期,商品,数量,单价", "电机"),
)  # fmt: skip
ENGLISH = Firm(
    "en", "Lakeside Motors", "chen", "lin", "shen",
    HEADS + ROWS.format("Alpha Ltd", "Beta Ltd", "Gamma Ltd", "Delta Ltd", "Omega Ltd"),
    DELIVERIES.format("Delivery number,Customer code,Delivery date,Item,Quantity,Price", "motor"),
)  # fmt: skip
"""The second delivery of the first customer makes 2,373.00 with the first; tax is inside."""
OWED_MINOR = 237_300


def password_of(login: str) -> str:
    return f"geheim-{login.encode().hex()[-6:]}"


class Gun:
    """A scanner: one types into the window that has the focus, one has a serial line."""

    def __init__(self, *, is_serial: bool) -> None:
        self.hand, self._line = os.openpty() if is_serial else (0, 0)
        self.port = os.ttyname(self._line) if is_serial else ""
        self.sent: list[str] = []

    def scan(self, code: str) -> None:
        self.sent.append(code)
        if self.port:
            os.write(self.hand, code.encode() + b"\r\n")
            return
        window = QApplication.focusWindow()
        for letter in code:
            QTest.keyClick(window, ord(letter))
        QTest.keyClick(window, Qt.Key.Key_Return)

    def put_down(self) -> None:
        for end in (self.hand, self._line) if self.port else ():
            os.close(end)


class AtWork:
    """The program on one screen, and the hands of whoever is at it."""

    def __init__(self, qtbot: QtBot, program: Program, firm: Firm, gun: Gun) -> None:
        self.qtbot, self.program, self.firm, self.gun = qtbot, program, firm, gun
        self.stalls = Stalls()
        self.foreign: dict[str, list[str]] = {}

    @property
    def window(self) -> MainWindow:
        assert self.program.window is not None
        return self.program.window

    def doing(self, what: str) -> None:
        self.stalls.doing = what

    def until(self, what: Callable[[], Any]) -> None:
        self.qtbot.waitUntil(lambda: bool(what()), timeout=PATIENCE_MS)

    def settle(self) -> None:
        """Wait until nothing is asked, stored or on its way, and all of it is shown."""
        self.until(lambda: self.program.runner.is_idle)
        QApplication.processEvents()

    def press(self, said: str) -> None:
        """Press keys in the window that has the focus, as a person does."""
        self.take_place()
        QTest.keySequence(QApplication.focusWindow(), QKeySequence(said))
        QApplication.processEvents()

    def write(self, field: QWidget, text: str) -> None:
        """Type into a field, key by key; what stood there goes."""
        field.setFocus()
        if isinstance(field, QLineEdit):
            field.clear()
        for letter in text:
            self._sign(field, letter)
            QApplication.processEvents()

    def _sign(self, field: QWidget, letter: str) -> None:
        """Type a letter; a sign that is on no key comes from an input method."""
        if letter.isascii():
            self.qtbot.keyClicks(field, letter)
            return
        event = QInputMethodEvent()
        event.setCommitString(letter)
        QApplication.sendEvent(field, event)

    def click(self, button: Any) -> None:
        """Press a button with the mouse; one that is off says why in the failure."""
        assert button.isEnabled(), (button.text(), button.toolTip())
        self.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
        QApplication.processEvents()

    def go(self, name: str, kind: type[T]) -> T:
        """Go to a page by its place in the sidebar, and look whether it is in the language."""
        is_made = name in self.window._pages
        self.doing(f"opening {name}" if is_made else MAKING_PAGES)
        self.click(self.window.sidebar.buttons[name])
        self.settle()
        page = self.window.page
        assert isinstance(page, kind)
        self.doing(name)
        return page

    def look(self, what: str, shown: QWidget | None = None) -> None:
        """In a window in English, note what is not."""
        if self.firm.language == "en":
            with self.stalls.looking_away():
                found = chinese_words(shown or self.window, data=self.firm.data)
            if found:
                self.foreign[what] = found

    def drop(self, path: Path) -> QMimeData:
        """Return a file as it is dropped from the desktop."""
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(path))])
        return data

    def sign_in(self, place: str, login: str) -> None:
        """Sign in, and have every page made, as for somebody who looks for what there is."""
        self.enter(place, login)
        self.doing(MAKING_PAGES)
        self.window.make_rest()
        self.until(lambda: self.window.is_whole)
        self.settle()

    def enter(self, place: str, login: str) -> None:
        """Sign in at the dialog, by keys; a server knows no names before."""
        self.doing("signing in")
        self.until(lambda: isinstance(self.program.dialog, SignIn))
        dialog = self.program.dialog
        assert isinstance(dialog, SignIn)
        if dialog.people.isEditable():
            dialog.people.setEditText(login)
        else:
            dialog.people.setCurrentIndex(dialog.people.findData(login))
        self.write(dialog.password, password_of(login))
        self.look("sign in", dialog)
        self.press("Return")
        self.until(lambda: self.program.window is not None)
        self.settle()
        self.take_place()
        self.settle()
        assert self.window.room.place == place

    def take_place(self) -> None:
        """Let the window in front have the keys: without a screen nobody gives them to it."""
        front = QApplication.activeModalWidget() or self.program.dialog or self.window
        front.activateWindow()
        self.until(lambda: QApplication.focusWindow() is front.windowHandle())

    def give_over(self, place: str, login: str) -> None:
        """Let another person sign in at the same window; a page is made when they open it."""
        self.doing("switching")
        self.window.other_person_wanted.emit()
        self.until(lambda: self.program.window is None)
        self.program.wedge._code_at_ms = None  # long ago; the clock of pressed keys stood still
        self.enter(place, login)


def wait_for_serial(at: AtWork) -> None:
    """Wait until the serial line is open."""
    if at.gun.port:
        light = at.window.status.lights["scanner"]
        at.until(lambda: any(one in light.words for one in ("串口就绪", "ready", "Ready")))


@contextmanager
def at_work(
    app: QApplication, qtbot: QtBot, folder: Path, firm: Firm, gun: Gun
) -> Iterator[AtWork]:
    """Run the program on a screen of its own; every change is stored when the block ends."""
    folder.mkdir(exist_ok=True)
    settings = Settings(
        language="en" if firm.language == "en" else "zh", theme="light", sound_percent=0,
        scanner_port=gun.port, scanner_gap_ms=SLOW_GAP_MS,
    )  # fmt: skip
    clock = SystemClock()
    sample = Sampling(clock, SMALL, keys.CHEAP)
    program = Program(app, settings, folder / FILE_NAME, clock=clock, sample=sample)
    if gun.port:
        program.wedge.leave()  # two programs are two processes: each hears its own keys
    made = AtWork(qtbot, program, firm, gun)
    tidying = Tidying(app, lambda: 0.0)  # nobody rests here
    tidying.begin()
    try:
        yield made
    finally:
        tidying.end()
        made.stalls.stop()
        if program.window is not None:
            program.window.close()
            made.settle()  # the books are given back
        program.end()
        if not gun.port:
            program.wedge.leave()
        gun.put_down()
        program.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
