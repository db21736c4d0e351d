"""Notices: the bytes that were kept, and a copy that says it is one."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from sqlalchemy import text

from erpdesk.domain.people import Role
from erpdesk.domain.stocktake.counting import Source
from erpdesk.services.noticing import Asked
from tests.papers.reading import codes, picture, texts
from tests.services.builders import Office
from tests.ui.settling import looking, open_office, silent_buttons, until_idle
from ui.pages.notices import facts as notices_facts
from ui.pages.notices.facts import NoticesParts
from ui.pages.notices.page import NoticesPage
from ui.pages.notices.replying import ReplyParts
from ui.widgets.printing import a_printer
from ui.work.runner import Runner
from ui.work.wording import Wording


@pytest.fixture
def office(office: Office) -> Office:
    office.posted("SH1", "1,130.00")
    return office


@pytest.fixture
def new_office(tmp_path_factory: pytest.TempPathFactory, tmp_path: Path) -> Iterator[Office]:
    """The firm before its books begin."""
    with open_office(tmp_path_factory, tmp_path) as opened:
        yield opened


def page_of(
    qtbot: QtBot, runner: Runner, office: Office, role: Role = Role.ACCOUNTANT
) -> NoticesPage:
    parts = NoticesParts(
        office.desk("maker").noticing,
        office.desk("maker").stating,
        office.desk("maker").confirming,
        looking(office, "maker"),
        office.clock,
        frozenset({role}),
        ReplyParts(office.desk("maker").replying, office.desk("maker").evidence, office.clock),
    )
    page = NoticesPage(parts, runner, Wording("zh"))
    qtbot.addWidget(page)
    runner.changed.connect(page.look_again)
    page.resize(1202, 680)
    page.show()
    page.entered()
    qtbot.waitUntil(until_idle(runner))
    return page


def printed_out(office: Office) -> list[str]:
    with office.desk("maker").company.database.reading() as connection:
        rows = connection.execute(text("SELECT detail FROM audit_event WHERE what = 'print'"))
        return [row.detail for row in rows]


def press(qtbot: QtBot, runner: Runner, button: object) -> None:
    button.click()  # type: ignore[attr-defined]
    qtbot.waitUntil(until_idle(runner))


def test_that_the_same_again_is_a_copy_and_says_so(
    app: QApplication, qtbot: QtBot, runner: Runner, office: Office
) -> None:
    page = page_of(qtbot, runner, office)

    press(qtbot, runner, page.issue)
    page.lists.choose_list("owing")
    press(qtbot, runner, page.issue)

    assert len(page.lists.issued_model.rows) == 1
    assert [fact.text for fact in page.side.prints.facts] == ["原件", "副本 1：同一内容再次打印"]
    assert "副本 1" in page.notices.notices[-1].title


@pytest.mark.usefixtures("app")
@pytest.mark.parametrize(
    ("paper", "day", "word"),
    [
        (1, "object_by", "客户对账单（未清项）"), (2, "first", "客户对账单（发生额）"),
        (3, "reply_by", "信息证明无误"), (4, "reply_by", "我方账面余额"),
    ],
)  # fmt: skip
def test_that_another_paper_is_issued_with_its_own_day_and_only_a_letter_takes_replies(
    qtbot: QtBot, runner: Runner, office: Office, paper: int, day: str, word: str
) -> None:
    page = page_of(qtbot, runner, office)
    form = page.lists.form

    form.paper.setCurrentIndex(paper)
    names = ("pay_by", "object_by", "first", "reply_by")
    days = {name for name in names if getattr(form, name).isVisible()}
    press(qtbot, runner, page.issue)

    line = page.lists.issued_row
    assert line is not None
    file = looking(office, "maker").file(line.papers[-1].hash.hex())
    is_letter = day == "reply_by"
    assert days == {day}
    assert (line.head.kind == "notice", file.name.startswith("通")) == (is_letter, is_letter)
    assert word in texts(file.data)[0]
    assert page.back.part.isVisible() is is_letter


def test_that_what_is_saved_is_what_was_kept(
    app: QApplication, qtbot: QtBot, runner: Runner, office: Office, tmp_path: Path
) -> None:
    page = page_of(qtbot, runner, office)
    press(qtbot, runner, page.issue)

    page.out.save_to(tmp_path / "通知书.pdf")
    qtbot.waitUntil(until_idle(runner))

    kept = page.lists.issued_model.rows[0].papers[-1].hash.hex()
    assert (tmp_path / "通知书.pdf").read_bytes() == looking(office, "maker").file(kept).data


@pytest.mark.usefixtures("full_disk")
def test_that_on_a_full_disk_what_stood_there_stays_and_that_is_said(
    app: QApplication, qtbot: QtBot, runner: Runner, office: Office, tmp_path: Path
) -> None:
    page = page_of(qtbot, runner, office)
    press(qtbot, runner, page.issue)
    (tmp_path / "通知书.pdf").write_bytes(b"before")

    page.out.save_to(tmp_path / "通知书.pdf")
    qtbot.waitUntil(until_idle(runner))

    assert (tmp_path / "通知书.pdf").read_bytes() == b"before"
    assert "磁盘满了" in page.notices.notices[-1].title


def test_that_what_is_printed_is_what_was_kept(
    app: QApplication, qtbot: QtBot, runner: Runner, office: Office, tmp_path: Path
) -> None:
    page = page_of(qtbot, runner, office)
    press(qtbot, runner, page.issue)
    printer = a_printer("通知书")
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))

    page.out.print_on(printer)
    qtbot.waitUntil(until_idle(runner))

    line = page.lists.issued_model.rows[0]
    kept = looking(office, "maker").file(line.papers[-1].hash.hex()).data
    printed = (tmp_path / "printed.pdf").read_bytes()
    assert codes(picture(printed)) == codes(picture(kept)) != set()
    assert printed_out(office) == [f"{line.head.number} 0"]
    assert "共 1 页" in page.notices.notices[-1].title


def test_that_the_preview_shows_the_kept_bytes(
    app: QApplication, qtbot: QtBot, runner: Runner, office: Office
) -> None:
    page = page_of(qtbot, runner, office)
    draft = page.paper.view.digest
    press(qtbot, runner, page.issue)

    assert draft.startswith("draft")
    assert page.paper.view.digest == page.lists.issued_model.rows[0].papers[-1].hash.hex()
    assert page.paper.view.isVisible()
    assert page.paper.view.count == 1


def test_that_gates_stand_beside_the_paper_and_what_blocks_turns_it_off(
    app: QApplication, qtbot: QtBot, runner: Runner, new_office: Office
) -> None:
    new_office.add_customers(("K9", "喆堃𠮷商行", "", "", "", "", "0.13", ""))
    new_office.opened("99,000.00", "应-9", "K9")
    page = page_of(qtbot, runner, new_office)

    gates = {gate.title: gate for gate in page.side.gates.gates}
    assert page.side.ready.chip.word == "出不了"
    assert gates["有字打不出来"].fact == "缺：𠮷"
    assert gates["有未清的款项"].fact == "1 笔"
    assert "𠮷" in page.issue.why_not
    assert "𠮷" in page.paper.said.text()


def test_that_a_notice_is_opened_by_its_number(
    app: QApplication, qtbot: QtBot, runner: Runner, office: Office
) -> None:
    page = page_of(qtbot, runner, office)
    press(qtbot, runner, page.issue)
    press(qtbot, runner, page.fresh)
    number = page.lists.issued_model.rows[0].head.number or ""
    page.lists.choose_list("owing")

    page.open_object(number)
    qtbot.waitUntil(until_idle(runner))

    line = page.lists.issued_row
    assert line is not None
    assert line.head.number == number


def test_that_a_further_copy_asks_why(
    app: QApplication, qtbot: QtBot, runner: Runner, office: Office
) -> None:
    page = page_of(qtbot, runner, office)
    press(qtbot, runner, page.issue)
    before = page.again.isEnabled()

    page.reason.setText("客户说没有收到")
    press(qtbot, runner, page.again)

    assert before is False
    assert page.side.prints.facts[-1].text == "副本 1：客户说没有收到"


def test_that_a_scan_chooses_the_customer(
    app: QApplication, qtbot: QtBot, runner: Runner, office: Office
) -> None:
    office.posted("SH2", "500.00", "K2")
    page = page_of(qtbot, runner, office)

    page.scan(b"K2", Source.WEDGE)
    qtbot.waitUntil(until_idle(runner))

    current = page.lists.owing_row
    assert current is not None
    assert current.customer.code == "K2"


@pytest.mark.parametrize("role", [Role.ACCOUNTANT, Role.AUDITOR])
def test_that_what_is_off_says_why(
    app: QApplication, qtbot: QtBot, runner: Runner, office: Office, role: Role
) -> None:
    page = page_of(qtbot, runner, office, role)

    assert silent_buttons(page) == []
    assert page.issue.isEnabled() is (role is Role.ACCOUNTANT)


def test_that_of_many_the_first_are_listed_and_the_others_found_by_number_and_by_scan(
    app: QApplication,
    qtbot: QtBot,
    runner: Runner,
    office: Office,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(notices_facts, "LISTED_MOST", 1)
    noticing = office.desk("maker").noticing
    office.posted("SH8", "9.00", "K2")
    older = noticing.issue(office.customer("K2"), Asked())
    office.posted("SH9", "1.00", "K2")
    newer = [noticing.issue(office.customer(one), Asked()) for one in ("K2", "K1")][-1]
    page = page_of(qtbot, runner, office)
    lists = page.lists
    listed = [len(lists.owing_model.rows), len(lists.issued_model.rows), lists._counts]
    said = [lists._first.text(), lists._first.isVisible()]

    page.scan(b"K2", Source.WEDGE)
    qtbot.waitUntil(until_idle(runner))
    owing = lists.owing_row
    page.open_object(older.document.number or "")
    qtbot.waitUntil(until_idle(runner))
    page._look()
    qtbot.waitUntil(until_idle(runner))

    assert listed == [1, 1, (2, 3)]
    assert said == ["列出前 1 行，其余用号码或扫码找", True]
    assert owing is not None
    assert owing.customer.code == "K2"
    assert lists.issued_row is not None
    assert lists.issued_row.head.id == older.document.id
    assert newer.document.id in {one.head.id for one in lists.issued_model.rows}
