"""The form of a voucher: the entry as it grows, all that lacks at once, parked or submitted."""

import pytest
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from erpdesk.domain.stocktake.counting import Source
from erpdesk.services.vouchers import Draft, Entered
from tests.services.builders import PASSED, Office, yuan
from tests.ui.settling import NAMES, looking, silent_buttons, until_idle
from ui.pages import Page
from ui.pages.vouchers.form import TITLE, FormParts, VoucherForm
from ui.widgets.day_field import day_of
from ui.work.runner import Runner
from ui.work.wording import Wording


@pytest.fixture
def office(office: Office) -> Office:
    office.delivered(("SH1", "K1", "1,130.00"), ("SH2", "K1", "2,260.00"))
    return office


def form_of(
    qtbot: QtBot, runner: Runner, office: Office, customer: str | None = "K1"
) -> VoucherForm:
    desk = office.desk("maker")
    parts = FormParts(
        desk.vouchers, desk.approving, desk.evidence, looking(office, "maker"), NAMES, desk.drafts
    )
    form = VoucherForm(parts, runner, Wording("zh"))
    qtbot.addWidget(form)
    form.resize(1202, 680)
    form.show()
    form.begin(None)
    if customer is not None:
        form.customer.put_customer(office.customer(customer))
    settle(qtbot, runner, form)
    return form


def settle(qtbot: QtBot, runner: Runner, form: VoucherForm) -> None:
    """Let every query come back, and the look that waits for typing to end."""
    qtbot.waitUntil(lambda: runner.is_idle and not form._wait.isActive())
    qtbot.waitUntil(until_idle(runner))


def lacks(form: VoucherForm) -> list[str]:
    return [line.lack.name for line in form.guards.lines]


def fill(qtbot: QtBot, runner: Runner, office: Office, form: VoucherForm) -> None:
    slip = office.written("签收单.txt", "签收 SH1 SH2")
    form.lines.every.click()
    form.questions.put_answers(PASSED)
    form.questions.changed.emit()
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(slip))])
    form.taker.take(data)
    settle(qtbot, runner, form)


def test_that_all_that_lacks_is_listed_at_once_and_each_leads_to_its_field(
    app: QApplication, qtbot: QtBot, runner: Runner, office: Office
) -> None:
    form = form_of(qtbot, runner, office)

    form.guards.lines[0].click()

    assert set(lacks(form)) == {"answers", "lines", "evidence"}
    assert form.submit.why_not == f"还差 {len(lacks(form))} 项"
    assert form.questions.buttons[0][0].hasFocus()


def test_that_the_key_on_an_incomplete_voucher_goes_to_what_lacks_first_and_says_it(
    app: QApplication, qtbot: QtBot, runner: Runner, office: Office
) -> None:
    form = form_of(qtbot, runner, office)
    form.activateWindow()
    form.lines.table.setFocus()

    qtbot.keyClick(form.lines.table, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)

    assert form.questions.buttons[0][0].hasFocus()
    [said] = form.notices.notices
    assert (said.title, said.text) == (form.submit.why_not, form.guards.lines[0].lack.sentence)
    form.questions.changed.emit()
    assert form.notices.notices == ()


def test_that_without_a_customer_nothing_else_is_asked(
    app: QApplication, qtbot: QtBot, runner: Runner, office: Office
) -> None:
    form = form_of(qtbot, runner, office, None)

    assert lacks(form) == ["customer"]
    assert silent_buttons(form) == []


def test_that_the_entry_grows_with_what_is_ticked(
    app: QApplication, qtbot: QtBot, runner: Runner, office: Office
) -> None:
    form = form_of(qtbot, runner, office)
    fill(qtbot, runner, office, form)

    assert form.capital.text() == "人民币叁仟叁佰玖拾元整"
    assert lacks(form) == []
    assert "30 天" in form.head.due_hint.text()
    assert form.submit.isEnabled()


def test_that_a_voucher_is_submitted_with_its_evidence(
    app: QApplication, qtbot: QtBot, runner: Runner, office: Office
) -> None:
    form = form_of(qtbot, runner, office)
    fill(qtbot, runner, office, form)

    with qtbot.waitSignal(form.hands) as handed:
        form.submit.click()

    waiting = office.desk("chief").approving.inbox()
    assert [(one.head.kind, one.risk_minor) for one in waiting] == [("voucher", 339_000)]
    assert handed.args is not None
    assert handed.args[1].number == waiting[0].head.number


def test_that_a_parked_voucher_is_gone_on_with(
    app: QApplication, qtbot: QtBot, runner: Runner, office: Office
) -> None:
    form = form_of(qtbot, runner, office)
    form.lines.text.setText("安装费")
    form.lines.amount.setText("1,130.00")
    form.lines.add.click()
    form.head.memo.setText("十一月安装")
    form.park.click()
    settle(qtbot, runner, form)
    parked = looking(office, "maker").vouchers().rows[0]

    again = form_of(qtbot, runner, office, None)
    again.begin(looking(office, "maker").document(parked.id))
    settle(qtbot, runner, again)

    assert parked.state == "draft"
    assert again.head.memo.text() == "十一月安装"
    assert [(one.text, one.amount.plain()) for one in again.lines.entered] == [
        ("安装费", "1130.00")
    ]
    assert again.customer.customer is not None


def test_that_leaving_keeps_what_was_typed(
    app: QApplication, qtbot: QtBot, runner: Runner, office: Office
) -> None:
    form = form_of(qtbot, runner, office)
    form.lines.every.click()

    form.back.click()
    form.begin(None)

    assert len(form.lines.deliveries) == 2


def test_that_an_amount_that_is_none_is_refused_with_a_sentence(
    app: QApplication, qtbot: QtBot, runner: Runner, office: Office
) -> None:
    form = form_of(qtbot, runner, office)
    form.lines.text.setText("安装费")
    form.lines.amount.setText("12..5")

    form.lines.add.click()

    assert form.lines.problem.isVisible()
    assert form.lines.entered == ()


def test_that_a_picture_is_pasted_as_evidence(
    app: QApplication, qtbot: QtBot, runner: Runner, office: Office
) -> None:
    form = form_of(qtbot, runner, office)
    data, image = QMimeData(), QImage(20, 10, QImage.Format.Format_RGB32)
    image.fill(0)
    data.setImageData(image)

    form.taker.take(data)
    settle(qtbot, runner, form)

    assert len(form.kept.evidence) == 1
    assert form.taker.viewer.is_all_seen


def test_that_a_customer_without_a_rate_is_asked_for_one(
    app: QApplication, qtbot: QtBot, runner: Runner, office: Office
) -> None:
    form = form_of(qtbot, runner, office, "K3")

    form.guards.lines[0].click()

    assert lacks(form) == ["rate", "card", "answers", "due", "lines", "evidence"]
    assert form.head.rate.hasFocus()


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_that_typing_finds_a_customer_and_enter_takes_the_one_hit(
    app: QApplication, qtbot: QtBot, runner: Runner, office: Office
) -> None:
    form = form_of(qtbot, runner, office, None)
    form.activateWindow()

    qtbot.keyClicks(form.customer, "K2")
    qtbot.waitUntil(lambda: bool(form.customer._found))
    settle(qtbot, runner, form)
    popup = form.customer.completer().popup()
    assert popup is not None
    popup.hide()
    qtbot.keyClick(form.customer, Qt.Key.Key_Return)
    taken = form.customer.customer
    qtbot.keyClicks(form.customer, "x")

    assert taken is not None
    assert taken.code == "K2"
    assert form.customer.customer is None


def test_that_a_scan_fills_an_empty_customer_and_no_other(
    app: QApplication, qtbot: QtBot, runner: Runner, office: Office
) -> None:
    form = form_of(qtbot, runner, office, None)

    with qtbot.waitSignal(form.unknown_code) as unknown:
        form.scan(b"K", Source.WEDGE)
    for code in (b"K2", b"K1"):
        form.scan(code, Source.WEDGE)
        settle(qtbot, runner, form)

    assert unknown.args == ["K"]
    assert form.customer.customer is not None
    assert form.customer.customer.code == "K2"
    assert form.notices.notices[-1].text == "青禾包装  K1"


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("1225", "2026-12-25"),
        ("12-25", "2026-12-25"),
        ("20261225", "2026-12-25"),
        ("2026-12-25", "2026-12-25"),
        ("+30", "2026-12-25"),
        ("今天", "2026-11-25"),
        ("1332", None),
        ("", None),
    ],
)
def test_that_days_are_read_as_people_write_them(said: str, day: str | None) -> None:
    from datetime import date

    read = day_of(said, date(2026, 11, 25))

    assert (read.isoformat() if read else None) == day


def test_that_a_voucher_half_written_when_the_program_died_is_offered_and_taken_up(
    app: QApplication, qtbot: QtBot, runner: Runner, office: Office
) -> None:
    form, first_bar = form_of(qtbot, runner, office), Page(Wording("zh"), TITLE)
    form.left.offer(first_bar, form.show)
    settle(qtbot, runner, form)
    fill(qtbot, runner, office, form)
    form.head.memo.setText("十一月的服务")
    form.lines.text.setText("加急费")
    form.questions.put_said([True, None, False])
    form.left.keeper.keep()
    settle(qtbot, runner, form)

    again, bar = form_of(qtbot, runner, office, None), Page(Wording("zh"), TITLE)
    qtbot.addWidget(first_bar)
    qtbot.addWidget(bar)
    again.left.offer(bar, again.show)
    settle(qtbot, runner, again)
    [notice] = bar.notices.notices
    bar.notices.acted.emit("take_up")
    settle(qtbot, runner, again)

    assert "青禾包装" in notice.title
    assert (again.draft(), again.head.memo.text()) == (form.draft(), "十一月的服务")
    assert again.lines.text.text() == "加急费"
    assert again.questions.said == [True, None, False]
    assert again.kept.is_dirty


def test_that_what_was_parked_or_given_up_is_offered_no_more(
    app: QApplication, qtbot: QtBot, runner: Runner, office: Office
) -> None:
    form, bar = form_of(qtbot, runner, office), Page(Wording("zh"), TITLE)
    qtbot.addWidget(bar)
    form.left.offer(bar, form.show)
    settle(qtbot, runner, form)
    form.head.memo.setText("x")
    form.head.changed.emit()
    form.left.keeper.keep()
    settle(qtbot, runner, form)
    drafts = office.desk("maker").drafts
    assert drafts.kept("voucher")["memo"] == "x"

    form.park.click()
    settle(qtbot, runner, form)
    form.left.keeper.keep()
    settle(qtbot, runner, form)
    assert drafts.kept("voucher") == {}

    form.head.changed.emit()
    form.left.keeper.keep()
    settle(qtbot, runner, form)
    again, other = form_of(qtbot, runner, office, None), Page(Wording("zh"), TITLE)
    qtbot.addWidget(other)
    again.left.offer(other, again.show)
    settle(qtbot, runner, again)
    other.notices.acted.emit("drop")
    again.left.keeper.keep()
    settle(qtbot, runner, again)
    assert drafts.kept("voucher") == {}


def begun(office: Office, *, code: str = "K1", text: str = "盘-0001 K1") -> Draft:
    """Return a voucher as the review of differences begins one."""
    entered = (Entered(text, yuan("30.00")),)
    campaign = office.desk("maker").company.new_id()
    return Draft(office.customer(code), entered=entered, memo=text, batch=campaign)


def test_that_a_voucher_begun_elsewhere_is_filled_in_and_keeps_what_it_belongs_to(
    app: QApplication, qtbot: QtBot, runner: Runner, office: Office
) -> None:
    form = form_of(qtbot, runner, office, None)
    draft = begun(office)

    form.begin(draft)
    settle(qtbot, runner, form)
    form.park.click()
    settle(qtbot, runner, form)

    document = form.kept.document
    assert document is not None
    assert document.content["batch"] == draft.batch
    assert [row["gross"] for row in document.content["goods"]] == [3_000]
    form.begin(document)
    settle(qtbot, runner, form)
    again = form.draft()
    assert again is not None
    assert again.batch == draft.batch


def test_that_what_is_half_typed_is_not_replaced_by_what_another_page_began(
    app: QApplication, qtbot: QtBot, runner: Runner, office: Office
) -> None:
    form = form_of(qtbot, runner, office, None)
    form.begin(begun(office))
    settle(qtbot, runner, form)
    form.begin(begun(office, code="K2", text="盘-0001 K2"))
    settle(qtbot, runner, form)
    assert form.customer.customer is not None
    assert form.customer.customer.code == "K2"

    form.head.memo.setText("自己写的")
    form.begin(begun(office))
    settle(qtbot, runner, form)

    assert form.head.memo.text() == "自己写的"
    assert form.customer.customer.code == "K2"
    assert "没存" in form.notices.notices[-1].title


@pytest.mark.parametrize("field", ["memo", "contract"])
def test_that_what_is_put_into_a_field_without_keys_is_something_half_written(
    field: str, app: QApplication, qtbot: QtBot, runner: Runner, office: Office
) -> None:
    form = form_of(qtbot, runner, office, None)
    assert not form.kept.is_dirty

    getattr(form.head, field).setText("HT-2026-7")

    assert form.kept.is_dirty


def test_that_what_lacks_of_a_customer_leads_to_the_card_of_that_customer(
    app: QApplication, qtbot: QtBot, runner: Runner, office: Office
) -> None:
    form = form_of(qtbot, runner, office, None)
    shown: list[str] = []
    form.card_wanted.connect(shown.append)
    form.jump("card")

    form.customer.put_customer(office.customer("K1"))
    form.jump("card")

    assert shown == [office.customer("K1").id]
