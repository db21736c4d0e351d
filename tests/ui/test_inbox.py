"""The inbox: what waits, what one may not decide and why, and a decision carried out once."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from erpdesk.domain.approval import Verb
from erpdesk.domain.invoice import Invoice
from erpdesk.domain.stocktake.counting import Source
from erpdesk.services.invoicing import Arrived
from tests.services.builders import Office, password_of, yuan
from tests.ui.settling import NAMES, looking, silent_buttons, until_idle
from ui.pages.inbox.deciding import InboxParts
from ui.pages.inbox.page import InboxPage
from ui.work.runner import Runner
from ui.work.wording import Wording


def page_of(qtbot: QtBot, runner: Runner, office: Office, by: str = "chief") -> InboxPage:
    desk = office.desk(by)
    parts = InboxParts(
        desk.approving,
        looking(office, by),
        office.clock,
        lambda password: desk.signing_in.prove(by, password),
        NAMES,
    )
    page = InboxPage(parts, runner, Wording("zh"))
    qtbot.addWidget(page)
    runner.changed.connect(page.look_again)
    page.resize(1202, 680)
    page.show()
    page.entered()
    qtbot.waitUntil(until_idle(runner))
    return page


def decide(qtbot: QtBot, runner: Runner, page: InboxPage, password: str) -> None:
    """Open the dialog, look at every piece of evidence, and agree."""
    page.decide()
    dialog = page.dialog
    assert dialog is not None
    while not dialog.evidence.is_all_seen:
        dialog.evidence.choose_first_unseen()
        qtbot.waitUntil(until_idle(runner))
    dialog.password.setText(password)
    dialog.agree.click()
    qtbot.waitUntil(until_idle(runner))


def test_that_it_lists_what_waits_and_below_what_one_may_not_decide(
    app: QApplication, qtbot: QtBot, runner: Runner, office: Office
) -> None:
    voucher = office.submitted("SH1", "1,130.00")

    chief = page_of(qtbot, runner, office)
    maker = page_of(qtbot, runner, office, "maker")

    assert [one.head.id for one in chief.lists.table.rows_model.rows] == [voucher.id]
    assert chief.lists.blocked.rows_model.rows == maker.lists.table.rows_model.rows == ()
    assert [one.head.id for one in maker.lists.blocked.rows_model.rows] == [voucher.id]
    model = maker.lists.blocked.rows_model
    assert maker.agree.why_not in model.row_sentence(model.rows[0])
    assert "1,130.00" in chief.lists.table.rows_model.row_sentence(
        chief.lists.table.rows_model.rows[0]
    )


def test_that_an_approval_is_posted_and_the_next_one_shown(
    app: QApplication, qtbot: QtBot, runner: Runner, office: Office
) -> None:
    first = office.submitted("SH1", "1,130.00")
    second = office.submitted("SH2", "2,260.00")
    page = page_of(qtbot, runner, office)

    decide(qtbot, runner, page, password_of("chief"))

    assert office.look(first).state == "posted"
    assert page.dialog is None
    current = page.lists.table.current_row()
    assert current is not None
    assert current.head.id == second.id


def test_that_evidence_seen_beside_the_list_is_on_the_screen_in_the_dialog_too(
    app: QApplication, qtbot: QtBot, runner: Runner, office: Office
) -> None:
    office.submitted("SH1", "1,130.00")
    page = page_of(qtbot, runner, office)
    assert page.evidence.is_all_seen

    page.decide()
    qtbot.waitUntil(until_idle(runner))
    assert page.dialog is not None
    viewer = page.dialog.evidence
    shown = (viewer.is_all_seen, viewer.card.isVisible(), viewer._title.text())
    page.dialog.reject()

    assert shown == (True, False, page.evidence._title.text())


def test_that_a_wrong_password_decides_nothing_and_asks_again(
    app: QApplication, qtbot: QtBot, runner: Runner, office: Office
) -> None:
    voucher = office.submitted("SH1", "1,130.00")
    page = page_of(qtbot, runner, office)

    decide(qtbot, runner, page, "wrong")

    assert office.look(voucher).state == "submitted"
    assert page.dialog is not None
    assert page.dialog.isVisible()
    assert page.dialog.problem.text()
    page.dialog.reject()


def test_that_the_password_is_not_asked_again_within_five_minutes(
    app: QApplication, qtbot: QtBot, runner: Runner, office: Office
) -> None:
    for number in ("SH1", "SH2", "SH3"):
        office.submitted(number, "1,130.00")
    page = page_of(qtbot, runner, office)
    decide(qtbot, runner, page, password_of("chief"))

    page.decide()
    assert page.dialog is not None
    soon = page.dialog.password.isVisible()
    page.dialog.reject()
    office.clock.advance(minutes=6)
    page.decide()
    assert page.dialog is not None
    later = page.dialog.password.isVisible()
    page.dialog.reject()

    assert (soon, later) == (False, True)


def test_that_a_stale_decision_shows_the_change_and_stores_nothing(
    app: QApplication, qtbot: QtBot, runner: Runner, office: Office
) -> None:
    voucher = office.submitted("SH1", "1,130.00")
    page = page_of(qtbot, runner, office)
    office.decide(voucher, Verb.RETURN, by="director", reason="请补充签收单")

    decide(qtbot, runner, page, password_of("chief"))

    assert office.look(voucher).state == "draft"
    assert page.dialog is not None
    assert page.dialog.stale.isVisible()
    assert not page.dialog.agree.isEnabled()
    page.dialog.reject()


def test_that_a_scan_selects_the_document_and_decides_nothing(
    app: QApplication, qtbot: QtBot, runner: Runner, office: Office
) -> None:
    office.submitted("SH1", "1,130.00")
    other = office.submitted("SH2", "2,260.00", "K2")
    page = page_of(qtbot, runner, office)

    page.scan(b"K2", Source.WEDGE)
    qtbot.waitUntil(until_idle(runner))

    assert page.pane.heading.text().endswith(other.number or "")
    assert page.dialog is None


def test_that_beside_a_document_that_was_looked_up_no_row_is_marked_until_one_is_pressed(
    app: QApplication, qtbot: QtBot, runner: Runner, office: Office
) -> None:
    posted = office.posted("SH1", "1,130.00")
    waiting = office.submitted("SH2", "2,260.00")
    page = page_of(qtbot, runner, office)
    first = page.lists.table

    page.open_object(posted.number or "")
    qtbot.waitUntil(until_idle(runner))
    shown, marked = page.pane.heading.text(), first.selected_rows()
    place = first.visualRect(first.rows_model.index(0, 1)).center()
    qtbot.mouseClick(first.viewport(), Qt.MouseButton.LeftButton, pos=place)
    qtbot.waitUntil(until_idle(runner))

    assert (shown.endswith(posted.number or ""), marked) == (True, ())
    assert page.pane.heading.text().endswith(waiting.number or "")
    assert len(first.selected_rows()) == 1


@pytest.mark.parametrize("by", ["chief", "maker", "deputy", "auditor"])
def test_that_what_is_off_says_why(
    app: QApplication, qtbot: QtBot, runner: Runner, office: Office, by: str
) -> None:
    office.submitted("SH1", "60,000.00")

    page = page_of(qtbot, runner, office, by)

    assert silent_buttons(page) == []
    assert page.agree.isEnabled() is (by in {"chief", "deputy"})


def test_that_nothing_waiting_is_said(
    app: QApplication, qtbot: QtBot, runner: Runner, office: Office
) -> None:
    page = page_of(qtbot, runner, office)

    assert page.lists.nothing.text() == "没有等你批的"
    assert page.agree.why_not


def test_that_ctrl_enter_asks_and_does_not_act(
    app: QApplication, qtbot: QtBot, runner: Runner, office: Office
) -> None:
    voucher = office.submitted("SH1", "1,130.00")
    page = page_of(qtbot, runner, office)
    page.activateWindow()
    page.lists.table.setFocus()

    qtbot.keyClick(page.lists.table, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)

    assert page.dialog is not None
    assert office.look(voucher).state == "submitted"
    page.dialog.reject()


def test_that_the_next_that_waits_has_the_focus_after_a_decision(
    app: QApplication, qtbot: QtBot, runner: Runner, office: Office
) -> None:
    documents = [office.submitted(f"SH{n}", "1,130.00") for n in range(4)]
    page = page_of(qtbot, runner, office)
    page.activateWindow()
    page.agree.setFocus()
    page.lists.table.go_to(1)
    qtbot.waitUntil(until_idle(runner))

    decide(qtbot, runner, page, password_of("chief"))

    current = page.lists.table.current_row()
    assert current is not None
    assert current.head.id == documents[2].id
    assert page.focusWidget() is page.lists.table


def test_that_what_was_decided_is_listed_with_its_steps_and_nothing_to_decide(
    app: QApplication, qtbot: QtBot, runner: Runner, office: Office
) -> None:
    office.posted("SH1", "1,130.00")
    office.decide(office.submitted("SH2", "2,260.00"), Verb.REJECT, reason="数量与签收单不符")
    office.submitted("SH3", "3,390.00")
    page = page_of(qtbot, runner, office)

    page.lists.choose_list("done")
    qtbot.waitUntil(until_idle(runner))

    model = page.lists.done.rows_model
    first, second = (model.row_sentence(one) for one in model.rows)
    assert "已驳回" in first
    assert "数量与签收单不符" in first
    assert "已批准" in second
    assert page.pane.checks.facts[-1].text == "驳回：数量与签收单不符"
    assert not page.agree.isEnabled()
    assert silent_buttons(page) == []


def test_that_a_scan_comes_back_to_what_waits(
    app: QApplication, qtbot: QtBot, runner: Runner, office: Office
) -> None:
    office.submitted("SH1", "1,130.00")
    page = page_of(qtbot, runner, office)
    page.lists.choose_list("done")
    qtbot.waitUntil(until_idle(runner))
    nothing = page.lists.nothing.text()

    page.scan(b"K1", Source.WEDGE)
    qtbot.waitUntil(until_idle(runner))

    assert nothing == "你还没有批过"
    assert page.lists.shown == "mine"
    assert page.agree.isEnabled()


def test_that_an_invoice_is_shown_and_decided_with_its_red_entries(
    app: QApplication, qtbot: QtBot, runner: Runner, office: Office
) -> None:
    voucher = office.posted("SH1", "1,130.00")
    paper = Invoice("26322000010211", office.today, yuan("1,000.00"), yuan("130.00"))
    arrived = Arrived(office.customer(), paper, ((voucher.id, None),))
    invoice = office.desk("maker").invoicing.register(arrived).value
    page = page_of(qtbot, runner, office)
    lines = [(row["account"], row["amount"]) for row in page.pane.entry._lines]
    [listed] = page.lists.table.rows_model.rows

    decide(qtbot, runner, page, password_of("chief"))

    assert len(page.lists.done.rows_model.rows) == 2
    assert (listed.amount, listed.risk_minor) == (yuan("1,130.00"), 2_260_00)
    assert ("1122.01", 1_130_00) in lines
    assert ("1122.02", -1_130_00) in lines
    assert office.look(invoice).state == "posted"
    assert office.balance() == ("1130.00", "0.00", "0.00")
