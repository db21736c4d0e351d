"""The program with its window as a process of its own, at work; what is acknowledged is told.

``python -m tests.journeys.program_to_kill PLACE PERSON PASSWORD WORK``: each line of standard
output is a word and what it is about, written only once the program itself knows that it is kept.
"""

import itertools
import json
import sys
from collections.abc import Callable, Iterator
from functools import partial

from PySide6.QtCore import QEventLoop, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from erpdesk import paths
from erpdesk.domain.approval import Decision, Verb
from erpdesk.domain.ids import DocumentId
from erpdesk.settings import FILE_NAME, Settings
from ui.app import Program
from ui.dialogs.sign_in import SignIn
from ui.main_window import MainWindow
from ui.pages.counting.page import CountingPage
from ui.pages.vouchers.form import VoucherForm
from ui.pages.vouchers.page import VouchersPage


def told(word: str, about: str) -> None:
    sys.stdout.write(f"{word} {about}\n")
    sys.stdout.flush()


def until(is_so: Callable[[], bool]) -> None:
    """Let the program work until something is so."""
    while not is_so():
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 10)


def opened(place: str, person: str, password: str) -> tuple[Program, MainWindow]:
    application = QApplication(sys.argv[:1])
    program = Program(application, Settings(), paths.config_folder() / FILE_NAME)
    program.begin(place)
    until(lambda: isinstance(program.dialog, SignIn))
    program.sign_in(place, person, password)
    until(lambda: program.window is not None)
    window = program.window
    assert window is not None
    window.activateWindow()
    until(lambda: program.runner.is_idle)
    return program, window


def scanned(code: str) -> None:
    """Type a code as a scanner does, into whatever has the focus."""
    window = QApplication.focusWindow()
    for letter in code:
        QTest.keyClick(window, ord(letter))
    QTest.keyClick(window, Qt.Key.Key_Return)


def counting_page(program: Program, window: MainWindow) -> CountingPage:
    window.go("counting")
    until(lambda: program.runner.is_idle)
    page = window.page
    assert isinstance(page, CountingPage)
    return page


def count(program: Program, window: MainWindow) -> None:
    """Scan on and on; what is typed is an amount, or nothing that can be stored."""
    page = counting_page(program, window)
    page.flow.judged.connect(lambda counted: told("scanned", counted.event.id))
    page.flow.recorded.connect(lambda event: told("recorded", event.id))
    for n, code in enumerate(codes(page)):
        scanned(code)
        until(partial(is_judged, page, n + 1))
        if page.stack.currentWidget() is page.card:
            amount = "12 and" if n % 4 == 0 else "1200"
            QTest.keyClicks(page.card.stated.amount, amount)
            if n % 4 == 0:
                until(partial(is_drafted, program, code))
                told("drafted", code)


def is_judged(page: CountingPage, scans: int) -> bool:
    return page.flow.tally.scans == scans and page.flow.tally.pending == 0


def codes(page: CountingPage) -> Iterator[str]:
    uncounted = page.standing.uncounted if page.standing else ()
    for n in itertools.count():
        yield uncounted[n // 2].code if n % 2 == 0 and n // 2 < len(uncounted) else f"NOBODY-{n}"


def is_drafted(program: Program, code: str) -> bool:
    assert program.window is not None
    cards = program.window.room.desk.drafts.kept("counting").get("cards", {})
    return any(card["who"]["code"] == code for found in cards.values() for card in found)


def voucher_form(program: Program, window: MainWindow) -> VoucherForm:
    window.go("vouchers")
    until(lambda: program.runner.is_idle)
    page = window.page
    assert isinstance(page, VouchersPage)
    assert isinstance(page.form, VoucherForm)
    return page.form


def write(program: Program, window: MainWindow) -> None:
    """Write a voucher, now and then parking it; the memo says how far it is."""
    form = voucher_form(program, window)
    assert isinstance(window.page, VouchersPage)
    desk = window.room.desk
    for n in itertools.count():
        if n % 5 == 0:
            window.page.open_form(None)
            form.customer.put_customer(desk.customer("K1"))
            until(lambda: program.runner.is_idle)
        form.head.memo.clear()
        QTest.keyClicks(form.head.memo, f"memo {n}")
        until(lambda: desk.drafts.kept("voucher").get("memo") == form.head.memo.text())
        told("drafted", form.head.memo.text())
        if n % 5 == 4:
            form.park.click()
            until(lambda: not form.is_busy and form.kept.document is not None)
            assert form.kept.document is not None
            told("parked", form.kept.document.id)
            form._fill(None)


def approve(program: Program, window: MainWindow) -> None:
    """Approve what waits, one after another."""
    desk, done = window.room.desk, list[str]()
    waiting = [one.head.id for one in desk.approving.inbox() if one.why_not_approve is None]
    for document in waiting:
        shown = desk.approving.show(document)
        decision = Decision(DocumentId(document), shown.document.seen, Verb.APPROVE)
        program.runner.change(
            window,
            partial(desk.approving.decide, decision),
            done=lambda value: done.append(value.id),
        )
        until(partial(done.__contains__, document))
        told("approved", document)


def look(program: Program, window: MainWindow) -> None:
    """Tell what a restarted program offers."""
    page = counting_page(program, window)
    until(lambda: program.runner.is_idle)
    parked = [(one.who.code, one.amount) for one in page.lists.parked]
    told("parked", json.dumps({"parked": parked, "said": notices(page)}))


def look_at_voucher(program: Program, window: MainWindow) -> None:
    """Tell which voucher is offered, and what is in it once it is taken up."""
    form = voucher_form(program, window)
    page = window.page
    assert isinstance(page, VouchersPage)
    said = notices(page)
    page.listed.notices.acted.emit("take_up")
    until(lambda: program.runner.is_idle)
    told("offered", json.dumps({"said": said, "memo": form.head.memo.text()}))


def notices(page: CountingPage | VouchersPage) -> list[str]:
    bar = page.listed.notices if isinstance(page, VouchersPage) else page.notices
    return [one.title for one in bar.notices]


WORKS = {
    "count": count, "write": write, "approve": approve, "look": look, "voucher": look_at_voucher,
}  # fmt: skip


def main(arguments: list[str]) -> None:
    place, person, password, work = arguments
    program, window = opened(place, person, password)
    told("ready", work)
    WORKS[work](program, window)
    window.close()
    program.end()


if __name__ == "__main__":
    main(sys.argv[1:])
