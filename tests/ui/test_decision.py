"""The decision dialog: on exactly when the service would accept, and Enter never decides."""

from itertools import product

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from erpdesk.domain.approval import Verb
from erpdesk.errors import UserError
from erpdesk.keys import WrongPasswordError
from erpdesk.storage.documents import Document
from tests.services.builders import Office
from tests.ui.settling import NAMES, looking, shown_to, silent_buttons
from ui.dialogs.decision import Asking, DecisionDialog
from ui.widgets.document_facts import proofs_of
from ui.work.wording import Wording

REASON = "数量与签收单不符"
SMALL = ("chief", "maker", "auditor")
LARGE = ("deputy", "director", "cashier")


def dialog_for(
    qtbot: QtBot,
    office: Office,
    document: Document,
    *,
    by: str = "chief",
    seen: frozenset[str] = frozenset(),
) -> DecisionDialog:
    asking = Asking(shown_to(office, by, document), NAMES, "青禾包装", seen=seen)
    dialog = DecisionDialog(Wording("zh"), asking)
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def look_at_all(dialog: DecisionDialog, office: Office) -> None:
    for proof in proofs_of(dialog.shown.document.content):
        dialog.evidence.choose(proof.hash)
        dialog.show_file(looking(office, "chief").file(proof.hash))


def ready(qtbot: QtBot, office: Office, document: Document, *, by: str = "chief") -> DecisionDialog:
    dialog = dialog_for(qtbot, office, document, by=by)
    look_at_all(dialog, office)
    dialog.password.setText("secret")
    return dialog


def accepts(office: Office, dialog: DecisionDialog, by: str) -> bool:
    assert dialog.answer is not None
    try:
        office.desk(by).approving.decide(dialog.answer.decision)
    except UserError:
        return False
    return True


def test_that_agreeing_is_possible_exactly_when_the_service_accepts(
    app: QApplication, qtbot: QtBot, office: Office
) -> None:
    small, large = product(("1,130.00",), SMALL), product(("60,000.00",), LARGE)
    for n, (amount, by) in enumerate((*small, *large)):
        voucher = office.submitted(f"SH{n}", amount)
        dialog = ready(qtbot, office, voucher, by=by)
        may = dialog.agree.isEnabled()

        dialog.agree.click()

        if may:
            assert accepts(office, dialog, by), (amount, by)
        else:
            assert dialog.answer is None
            with pytest.raises(UserError):
                office.decide(voucher, dialog.agreeing, by=by)


def test_that_agreeing_waits_for_every_piece_of_evidence(
    app: QApplication, qtbot: QtBot, office: Office
) -> None:
    both = (office.proof("acceptance"), office.proof("order"))
    voucher = office.submitted("SH1", "1,130.00", evidence=both)
    dialog = dialog_for(qtbot, office, voucher)
    dialog.password.setText("secret")
    first, second = proofs_of(dialog.shown.document.content)

    states = [dialog.agree.isEnabled()]
    for proof in (first, second):
        dialog.evidence.choose(proof.hash)
        dialog.show_file(looking(office, "chief").file(proof.hash))
        states.append(dialog.agree.isEnabled())

    assert states == [False, False, True]


@pytest.mark.parametrize(
    ("proofs", "seen", "begins"), [(1, 0, "password"), (2, 0, "evidence"), (2, 1, "password")]
)
def test_that_it_begins_where_something_is_to_be_done(
    proofs: int, seen: int, begins: str, app: QApplication, qtbot: QtBot, office: Office
) -> None:
    kept = (office.proof("acceptance"), office.proof("order"))[:proofs]
    voucher = office.submitted("SH1", "1,130.00", evidence=kept)
    before = frozenset(one.hash for one in kept[:seen])
    dialog = dialog_for(qtbot, office, voucher, seen=before)

    assert dialog.focusWidget() is getattr(dialog, begins)


def test_that_agreeing_waits_for_the_password(
    app: QApplication, qtbot: QtBot, office: Office
) -> None:
    dialog = dialog_for(qtbot, office, office.submitted("SH1", "1,130.00"))
    look_at_all(dialog, office)

    dialog.agree.click()

    assert dialog.answer is None
    assert "密码" in dialog.agree.why_not


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_that_enter_never_decides_wherever_it_is_pressed(
    app: QApplication, qtbot: QtBot, office: Office, key: Qt.Key
) -> None:
    dialog = ready(qtbot, office, office.submitted("SH1", "1,130.00"))
    dialog.reason.setText(REASON)
    dialog.show()
    parts = [
        part
        for part in (dialog, *dialog.findChildren(QWidget))
        if part.focusPolicy() != Qt.FocusPolicy.NoFocus and part.isVisible() and part.isEnabled()
    ]

    for part in parts:
        part.setFocus()
        qtbot.keyClick(part, key)

    assert len(parts) > 6
    assert dialog.answer is None
    assert dialog.isVisible()


def test_that_ctrl_enter_decides_when_the_button_is_on(
    app: QApplication, qtbot: QtBot, office: Office
) -> None:
    voucher = office.submitted("SH1", "1,130.00")
    dialog = ready(qtbot, office, voucher)
    with qtbot.waitActive(dialog):
        dialog.show()

    qtbot.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)

    assert dialog.answer is not None
    assert dialog.answer.decision.verb is Verb.APPROVE
    assert dialog.answer.decision.seen == voucher.seen
    assert dialog.answer.password == "secret"


def test_that_refusing_needs_a_reason_and_no_evidence(
    app: QApplication, qtbot: QtBot, office: Office
) -> None:
    dialog = dialog_for(qtbot, office, office.submitted("SH1", "1,130.00"))
    dialog.password.setText("secret")
    states = []
    for reason in ("", "不符", "    ", REASON):
        dialog.reason.setText(reason)
        states.append((dialog.refuse.isEnabled(), dialog.back.isEnabled()))

    dialog.refuse.click()

    assert states == [(False, False)] * 3 + [(True, True)]
    assert dialog.answer is not None
    assert (dialog.answer.decision.verb, dialog.answer.decision.reason) == (Verb.REJECT, REASON)


def test_that_a_changed_document_has_to_be_looked_at_again(
    app: QApplication, qtbot: QtBot, office: Office
) -> None:
    voucher = office.submitted("SH1", "1,130.00")
    dialog = ready(qtbot, office, voucher)
    maker = office.desk("maker")
    taken_back = maker.approving.withdraw(voucher).value
    office.delivered(("SH2", "K1", "2,260.00"))
    edited = maker.vouchers.rewrite(taken_back, office.draft("SH2")).value
    now = maker.approving.submit(edited).value

    dialog.look_again(shown_to(office, "chief", now))
    stale = (dialog.agree.isEnabled(), dialog.stale_text.text())
    dialog.looked.click()
    look_at_all(dialog, office)
    dialog.agree.click()

    assert stale[0] is False
    assert "1,130.00 → 2,260.00" in stale[1]
    assert dialog.answer is not None
    assert accepts(office, dialog, "chief")


def test_that_what_was_taken_back_meanwhile_is_said_so_and_its_text_is_not_called_changed(
    app: QApplication, qtbot: QtBot, office: Office
) -> None:
    voucher = office.submitted("SH1", "1,130.00")
    dialog = ready(qtbot, office, voucher)
    now = office.desk("maker").approving.withdraw(voucher).value

    dialog.look_again(shown_to(office, "chief", now))

    assert "撤回" in dialog.stale_text.text()
    assert "未变" in dialog.hash.text()
    assert not dialog.agree.isEnabled()


def test_that_a_wrong_password_is_said_and_all_that_was_typed_stays(
    app: QApplication, qtbot: QtBot, office: Office
) -> None:
    dialog = ready(qtbot, office, office.submitted("SH1", "1,130.00"))
    dialog.reason.setText(REASON)
    dialog.agree.click()

    dialog.complain(WrongPasswordError())

    assert dialog.answer is None
    assert dialog.problem.text()
    assert (dialog.reason.text(), dialog.password.text()) == (REASON, "")
    assert dialog.evidence.is_all_seen


@pytest.mark.parametrize("by", ["chief", "maker", "deputy", "auditor"])
def test_that_what_is_off_says_why(
    app: QApplication, qtbot: QtBot, office: Office, by: str
) -> None:
    dialog = dialog_for(qtbot, office, office.submitted("SH1", "60,000.00"), by=by)

    assert not dialog.agree.isEnabled()
    assert silent_buttons(dialog) == []


def test_that_it_says_all_of_it_in_the_other_language(
    app: QApplication, qtbot: QtBot, office: Office
) -> None:
    words = Wording("zh")
    shown = shown_to(office, "chief", office.submitted("SH1", "1,130.00"))
    dialog = DecisionDialog(words, Asking(shown, NAMES))
    qtbot.addWidget(dialog)

    words.use("en")

    assert dialog.agree.text() == "Approve and post"
    assert dialog.windowTitle().startswith("Decide: ")


def test_that_f11_shows_the_evidence_on_the_whole_screen(
    app: QApplication, qtbot: QtBot, office: Office
) -> None:
    dialog = ready(qtbot, office, office.submitted("SH1", "1,130.00"))
    with qtbot.waitActive(dialog):
        dialog.show()

    qtbot.keyClick(dialog, Qt.Key.Key_F11)
    whole = dialog.evidence.whole
    assert whole is not None
    qtbot.keyClick(whole, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    decided = dialog.answer
    whole.close()

    assert decided is None
    assert dialog.evidence.whole is None
    assert dialog.agree.isEnabled()
