"""The steps of the whole job, each as a person takes it in the window."""

from functools import partial
from pathlib import Path

from erpdesk.domain.people import Role
from erpdesk.domain.stocktake.count_line import LineVerb
from erpdesk.services.importing.sorts import Sort
from tests.journeys.window_job import AtWork, password_of, wait_for_serial
from ui.dialogs.first_start import FirstStart
from ui.pages.books_check.page import BooksCheckPage
from ui.pages.campaigns.lists import RunLists
from ui.pages.campaigns.page import CampaignsPage
from ui.pages.counting.page import CountingPage
from ui.pages.differences.page import DifferencesPage
from ui.pages.inbox.page import InboxPage
from ui.pages.notices.page import NoticesPage
from ui.pages.receipts.page import ReceiptsPage
from ui.pages.settings.page import SettingsPage
from ui.pages.vouchers.form import VoucherForm
from ui.pages.vouchers.page import VouchersPage
from ui.widgets.combo import Combo

UNKNOWN = "NOBODY-0815"
STATED = "2373.00"
"""What the first customer says they owe: the deliveries that are in no voucher yet."""


def made_firm(at: AtWork, place: str) -> None:
    """Make the books at the first start with two people; the cashier joins in the settings."""
    at.doing("first start")
    at.program.begin()
    dialog = at.program.dialog
    assert isinstance(dialog, FirstStart)
    at.look("first start", dialog)
    at.click(dialog.new)
    firm, fields = at.firm, dialog.form.fields
    for name, said in (
        ("place", place), ("name", firm.name), ("bank_account", "33001616"),
        ("person", firm.maker), ("person_password", password_of(firm.maker)),
        ("second", firm.chief), ("second_password", password_of(firm.chief)),
    ):  # fmt: skip
        at.write(fields[name], said)
    at.look("new books", dialog)
    at.click(dialog.make)
    at.sign_in(place, firm.maker)
    _add_cashier(at)


def _add_cashier(at: AtWork) -> None:
    page = at.go("settings", SettingsPage)
    at.click(page.buttons["people"])
    pane, form = page.people, page.people.form
    at.click(pane.add)
    at.write(form.login, at.firm.cashier)
    at.write(form.secret.line, password_of(at.firm.cashier))
    form.roles[Role.CASHIER].setChecked(True)
    at.look("settings")
    at.click(form.act)
    at.settle()


def brought_in(at: AtWork, folder: Path) -> None:
    """Import customers, then their uninvoiced deliveries."""
    for sort, text in ((Sort.CUSTOMERS, at.firm.customers), (Sort.DELIVERIES, at.firm.deliveries)):
        path = folder / f"{sort.value}.csv"
        path.write_text(text, "utf-8-sig")
        _import(at, sort, path)


def _import(at: AtWork, sort: Sort, path: Path) -> None:
    at.doing(f"importing {sort.value}")
    at.press("Ctrl+Shift+O")
    wizard = at.window.importing.wizard
    assert wizard is not None
    at.click(wizard.file.sorts[sort])
    at.write(wizard.file.path, str(path))
    for step in range(4):
        assert wizard.step == step
        at.look(f"import {sort.value} {step}", wizard)
        at.click(wizard.primary)
        at.settle()
        if step == 2:
            break
    at.look(f"import {sort.value} result", wizard)
    at.click(wizard.primary)
    at.settle()


def frozen(at: AtWork) -> None:
    """Plan a campaign of every customer, look at what freezing makes, and freeze."""
    page = at.go("campaigns", CampaignsPage)
    at.press("Ctrl+N")
    plan = page.plan
    at.settle()
    at.write(plan.fields.name, "2026")
    at.click(plan.fields.people.open)
    plan.fields.people.counters[at.firm.maker].setChecked(True)
    at.write(plan.fields.people.tolerance, "0")
    at.until(plan.freeze.isEnabled)
    at.look("plan")
    at.press("Ctrl+Return")
    at.look("freezing")
    at.press("Ctrl+Return")
    at.settle()
    at.look("campaign")
    assert page.pages.currentWidget() is page.standing


def counted(at: AtWork, codes: tuple[str, ...] = ("C001", "C002", "C003")) -> CountingPage:
    """Scan some customers and nobody; the first has another balance than the books."""
    page = at.go("counting", CountingPage)
    wait_for_serial(at)
    for n, code in enumerate(codes):
        at.gun.scan(code)
        at.until(partial(is_stored, page, n + 1))
        at.settle()
        at.write(page.card.stated.amount, STATED if n == 0 else "0")
        at.look(f"counting {code}")
    at.gun.scan(UNKNOWN)
    at.until(partial(is_stored, page, len(codes) + 1))
    at.settle()
    at.look("counting nobody")
    return page


def handed_over(at: AtWork, page: CountingPage) -> None:
    """End the shift; before all is counted there are no differences, and their page says so."""
    at.press("Ctrl+Shift+E")
    at.settle()
    at.look("shift")
    assert page.stack.currentWidget() is page.shift
    differences = at.go("differences", DifferencesPage)
    at.look("differences")
    assert differences.pages.currentIndex() == 0


def reviewed(at: AtWork) -> None:
    """Decide about the scan of nobody and about whoever was not counted, and end the counting."""
    page = at.go("campaigns", CampaignsPage)
    run, lists = page.standing, page.standing.lists
    at.settle()
    for tab, verb in (("unexpected", LineVerb.JUNK), ("open", LineVerb.DEFER)):
        lists.go(tab)
        at.press("Ctrl+A")
        at.click(run.decide.ways[verb])
        at.write(run.decide.reason, "another time")
        at.look(f"deciding {tab}")
        at.press("Ctrl+Return")
        at.until(partial(is_decided, lists, tab))
        at.settle()
    at.until(run.next.isEnabled)
    at.click(run.next)
    at.until(lambda: run.head.steps.accessibleName().startswith(("第 3 步", "Step 3")))
    at.settle()


def is_decided(lists: RunLists, tab: str) -> bool:
    return not lists.tables[tab].rows_model.rows


def explained(at: AtWork, folder: Path) -> None:
    """Say why the first customer differs and how it is treated, go to its voucher, submit both."""
    page = at.go("differences", DifferencesPage)
    at.until(lambda: page.list.current and page.side.editor.editors)
    line = page.list.current
    assert line is not None
    assert line.figures.unexplained is not None
    assert f"{line.figures.unexplained.plain()}" == STATED
    [part] = page.side.editor.editors
    pick(at, part.cause, "not_booked")
    pick(at, part.treatment, "voucher")
    at.look("difference")
    at.press("Ctrl+Return")
    at.until(page.head.submit.isEnabled)
    at.settle()
    at.look("explained")
    at.click(page.side.voucher)
    vouchers = at.window.page_named("vouchers")
    assert isinstance(vouchers, VouchersPage)
    form = vouchers.form
    assert isinstance(form, VoucherForm)
    at.until(lambda: at.window.page is vouchers and form.customer.customer)
    at.settle()
    submitted(at, vouchers, folder)
    page = at.go("differences", DifferencesPage)
    at.click(page.head.submit)
    at.settle()
    at.look("submitted differences")


def pick(at: AtWork, combo: Combo, wanted: str) -> None:
    """Choose from a drop-down list by keys."""
    combo.setFocus()
    at.press("Home")
    for _ in range(combo.count()):
        if combo.currentData() != wanted:
            at.press("Down")
    assert combo.currentData() == wanted


def is_stored(page: CountingPage, scans: int) -> bool:
    return page.flow.tally.stored == scans


def billed(at: AtWork, folder: Path) -> None:
    """Write a voucher over every delivery of the first customer, with its slip, and submit it."""
    page = at.go("vouchers", VouchersPage)
    at.press("Ctrl+N")
    form = page.form
    assert isinstance(form, VoucherForm)
    at.gun.scan("C001")
    at.until(lambda: form.customer.customer)
    at.settle()
    at.click(form.lines.every)
    submitted(at, page, folder)


def submitted(at: AtWork, page: VouchersPage, folder: Path) -> None:
    """Answer the questions of a voucher, give it the slip, and submit it."""
    form, slip = page.form, folder / "slip.txt"
    assert isinstance(form, VoucherForm)
    slip.write_text("SH-1 SH-2", "utf-8")
    for (yes, no), is_yes in zip(form.questions.buttons, (True, True, False), strict=True):
        at.click(yes if is_yes else no)
    form.taker.take(at.drop(slip))
    at.until(form.submit.isEnabled)
    at.settle()
    at.look("voucher")
    at.press("Ctrl+Return")
    at.settle()
    at.look("vouchers")
    assert [one.state for one in page.model.rows] == ["submitted"]


def decided(at: AtWork, *, what: str) -> None:
    """Look at the evidence of all that waits, and approve it with the password."""
    page = at.go("inbox", InboxPage)
    at.until(page.agree.isEnabled)
    at.look(f"inbox {what}")
    at.press("Ctrl+Return")
    dialog = page.dialog
    assert dialog is not None
    at.until(dialog.isVisible)
    while not dialog.evidence.is_all_seen:
        dialog.evidence.choose_first_unseen()
        at.settle()
    if dialog.password.isVisible():
        at.write(dialog.password, password_of(str(at.window.room.desk.company.person)))
    at.look(f"decision {what}", dialog)
    at.press("Ctrl+Return")
    at.until(lambda: page.dialog is None)
    at.settle()


def received(at: AtWork, amount: str) -> None:
    """Record what the first customer paid, without saying for what."""
    page = at.go("receipts", ReceiptsPage)
    at.press("Ctrl+N")
    at.gun.scan("C001")
    at.until(lambda: page.payer.customer)
    at.settle()
    at.write(page.form.amount, amount)
    at.look("receipt")
    at.press("Ctrl+Return")
    at.settle()


def matched(at: AtWork) -> None:
    """Apply the cash to what is due first."""
    page = at.go("receipts", ReceiptsPage)
    at.until(lambda: page.model.rows and page.matching.model.rows)
    at.press("F7")
    at.look("matching")
    at.press("Ctrl+Return")
    at.until(lambda: not page.model.rows)
    at.settle()


def noticed(at: AtWork) -> bytes:
    """Issue a notice to whoever owes; return the hash of the paper that was kept."""
    page = at.go("notices", NoticesPage)
    at.until(page.issue.isEnabled)
    at.look("notices")
    at.press("Ctrl+Return")
    at.until(lambda: page.lists.issued_model.rows)
    at.settle()
    at.look("issued")
    digest: bytes = page.lists.issued_model.rows[0].papers[-1].hash
    return digest


def checked(at: AtWork) -> BooksCheckPage:
    """Have the books proved whole."""
    page = at.go("books_check", BooksCheckPage)
    at.press("F5")
    at.settle()
    at.until(page.check.isEnabled)
    at.look("books check")
    return page
