"""The pages there are, in the order of the sidebar: one line a page.

What a page is made of is loaded when it is first made.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Literal

from erpdesk.domain.changes import Outcome
from erpdesk.domain.people import READS_BOOKS, Role
from erpdesk.words import Sentence
from ui.main_window.room import Room
from ui.pages import Page

Group = Literal["", "count", "settle", "customers", "books", "below"]
Menu = Literal["view", "count", "settle", "tools"]

GROUPS: Final[dict[Group, Sentence]] = {
    "": Sentence("", ""),
    "count": Sentence("盘点", "Counting"),
    "settle": Sentence("结算", "Settling"),
    "customers": Sentence("往来", "Customers"),
    "books": Sentence("账套", "Books"),
    "below": Sentence("", ""),
}


@dataclass(frozen=True, slots=True)
class PageEntry:
    """One page: its name, word, icon, group in the sidebar, menu of its actions, and its making.

    ``has_few`` actions: they need no submenu of their own.
    """

    name: str
    word: Sentence
    icon: str
    group: Group
    menu: Menu
    make: Callable[[Room], Page]
    may_see: frozenset[Role] = frozenset(Role)
    has_few: bool = False


def _home(room: Room) -> Page:
    from ui.pages.home.facts import HomeParts
    from ui.pages.home.page import HomePage

    desk = room.desk
    return HomePage(
        HomeParts(
            desk.approving, desk.counting, room.watch, desk.customers.owed,
            desk.clock, desk.company.person, room.names, room.roles, desk.promises_waiting.look,
            desk.disputes_open.look, desk.differences_open.look, desk.unbooked.look,
            desk.receipts.unidentified, room.backup_watch,
        ),
        room.runner, room.wording,
    )  # fmt: skip


def _campaigns(room: Room) -> Page:
    from erpdesk.services.stocktake.campaign_board import crew_of
    from ui.pages.campaigns.facts import CampaignsParts
    from ui.pages.campaigns.page import CampaignsPage

    desk = room.desk
    parts = CampaignsParts(
        campaigns=desk.campaigns,
        reporting=desk.reporting,
        evidence=desk.evidence,
        document=desk.document,
        customers_called=desk.customers_called,
        find_customers=lambda words: desk.find_customers(words, most=20),
        crew=lambda: crew_of(desk.signing_in.everybody(), at=desk.clock.now_us()),
        count_sheet=lambda campaign, language: desk.printing.count_sheet(
            campaign, language=language
        ),
        clock=desk.clock,
        names=room.names,
        roles=room.roles,
    )
    return CampaignsPage(parts, room.runner, room.wording)


def _counting(room: Room) -> Page:
    from ui.pages.counting.facts import CountingParts
    from ui.pages.counting.page import CountingPage

    desk = room.desk
    parts = CountingParts(
        counting=desk.counting,
        campaigns=desk.campaigns,
        evidence=desk.evidence,
        count_sheet=lambda campaign, language: desk.printing.count_sheet(
            campaign, language=language
        ),
        # made when it is printed
        command_card=lambda language: desk.printing.command_card(language),  # noqa: PLW0108
        document=desk.document,
        customer=desk.customer,
        find_customers=lambda words: desk.find_customers(words, most=20),
        person=desk.company.person,
        names=room.names,
        roles=room.roles,
        drafts=desk.drafts,
    )
    return CountingPage(parts, room.runner, room.wording, room.sounds)


def _differences(room: Room) -> Page:
    from ui.pages.differences.facts import DifferencesParts
    from ui.pages.differences.page import DifferencesPage

    desk = room.desk

    def owners() -> tuple[tuple[str, str], ...]:
        at, everybody = desk.clock.now_us(), desk.signing_in.everybody()
        may = (one for one in everybody if Role.ACCOUNTANT in one.roles(at=at))
        return tuple((str(one.name), one.display) for one in may)

    parts = DifferencesParts(
        desk.reviewing, desk.reviewing_children, desk.exporting, desk.reporting, desk.evidence,
        desk.looking,
        desk.document, owners, room.names, room.roles,
    )  # fmt: skip
    return DifferencesPage(parts, room.runner, room.wording)


def _vouchers(room: Room) -> Page:
    from ui.pages.vouchers.billing import Billing
    from ui.pages.vouchers.form import FormParts, VoucherForm
    from ui.pages.vouchers.page import VouchersPage, VouchersParts

    desk = room.desk
    form = VoucherForm(
        FormParts(
            desk.vouchers, desk.approving, desk.evidence, desk.looking, room.names, desk.drafts
        ),
        room.runner, room.wording,
    )  # fmt: skip
    parts = VouchersParts(
        desk.approving, desk.reversing, desk.looking, desk.clock, room.names,
        may_write=Role.ACCOUNTANT in room.roles, begin=form.begin, left=form.left,
        billing=Billing(
            (desk.invoicing, desk.looking, desk.evidence), room.runner, room.wording
        ),
    )  # fmt: skip
    return VouchersPage(parts, form, room.runner, room.wording)


def _receipts(room: Room) -> Page:
    from ui.pages.receipts.facts import ReceiptsParts
    from ui.pages.receipts.page import ReceiptsPage

    desk = room.desk
    parts = ReceiptsParts(
        desk.receipts, desk.rewriting_receipts, desk.evidence, desk.looking, desk.clock, room.roles
    )
    return ReceiptsPage(parts, room.runner, room.wording)


def _inbox(room: Room) -> Page:
    from ui.pages.inbox.deciding import InboxParts
    from ui.pages.inbox.page import InboxPage

    desk, login = room.desk, room.desk.company.person
    parts = InboxParts(
        desk.approving, desk.looking, desk.clock,
        lambda password: desk.signing_in.prove(login, password), room.names,
    )  # fmt: skip
    return InboxPage(parts, room.runner, room.wording)


def _customers(room: Room) -> Page:
    from erpdesk.services.customers_exporting import CustomersExporting
    from erpdesk.services.looking import Text
    from erpdesk.services.showing_numbers import ShowingNumbers
    from ui.pages.customer.following import FollowParts
    from ui.pages.customer.page import CustomerPage, CustomerParts
    from ui.pages.customers.alike import AlikePage
    from ui.pages.customers.facts import CustomersParts
    from ui.pages.customers.page import CustomersPage

    desk = room.desk
    may_write = bool(room.roles & {Role.ACCOUNTANT, Role.COLLECTOR})
    may_follow = may_write or Role.SUPERVISOR in room.roles

    def withdraw(document: str) -> Outcome[Text]:
        return desk.approving.withdraw(desk.looking.document(document))

    card = CustomerPage(
        CustomerParts(
            desk.customers, desk.customers_changing, ShowingNumbers(desk.company), withdraw,
            desk.clock, room.names,
            desk.company.person, may_write,
            FollowParts(desk.follow_up, desk.looking.customer, may_follow),
        ),
        room.runner, room.wording,
    )  # fmt: skip
    exporting = CustomersExporting(desk.company, desk.customers)
    alike = AlikePage(desk.comparing, room.runner, room.wording)
    parts = CustomersParts(
        desk.customers, exporting, desk.labelling, may_write, card.open,
        lambda whose: card.open(whose, "follow"), card.begin_new, alike.compare,
    )  # fmt: skip
    page = CustomersPage(parts, card, alike, room.runner, room.wording)
    alike.opened.connect(page.open_customer)
    card.stored.connect(lambda said: page.listed.notify("ok", said))
    return page


def _notices(room: Room) -> Page:
    from ui.pages.notices.facts import NoticesParts
    from ui.pages.notices.page import NoticesPage
    from ui.pages.notices.replying import ReplyParts

    desk = room.desk
    replies = ReplyParts(desk.replying, desk.evidence, desk.clock)
    parts = NoticesParts(
        desk.noticing, desk.stating, desk.confirming, desk.looking, desk.clock, room.roles, replies
    )
    return NoticesPage(parts, room.runner, room.wording)


def _books_check(room: Room) -> Page:
    from ui.pages.books_check.facts import BooksCheckParts
    from ui.pages.books_check.page import BooksCheckPage

    desk = room.desk
    parts = BooksCheckParts(
        room.watch, desk.watching, room.backup_watch, desk.backups, room.backup_folder,
        lambda: room.preferences.settings.backup_daily, desk.clock, room.names, room.person,
        room.firm, lambda: desk.journal_vouchers, lambda: desk.exporting,
        is_server="://" in room.place,
    )  # fmt: skip
    return BooksCheckPage(parts, room.runner, room.wording)


def _doctor(room: Room) -> Page:
    from ui.pages.scanner_doctor.page import DoctorParts, ScannerDoctor

    parts = DoctorParts(room.scanner, room.desk.printing.scanner_card, room.sounds)
    return ScannerDoctor(parts, room.runner, room.wording)


def _settings(room: Room) -> Page:
    from ui.pages.settings.facts import SettingsParts
    from ui.pages.settings.page import SettingsPage

    desk = room.desk
    parts = SettingsParts(
        room.preferences, desk.describing, desk.adding_people, desk.changing_password,
        desk.company.person, room.place, "://" in room.place, room.folders,
        desk.exchange_rates, desk.revaluing, desk.locking_periods, desk.saying_firm,
        room.roles, room.names,
    )  # fmt: skip
    return SettingsPage(parts, room.runner, room.wording)


PAGES: Final[tuple[PageEntry, ...]] = (
    PageEntry("home", Sentence("首页", "Home"), "house", "", "view", _home, has_few=True),
    PageEntry(
        "campaigns",
        Sentence("盘点计划", "Campaigns"),
        "clipboard-list",
        "count",
        "count",
        _campaigns,
        READS_BOOKS,
    ),
    PageEntry("counting", Sentence("盘点", "Count"), "scan-barcode", "count", "count", _counting),
    PageEntry(
        "differences",
        Sentence("差异核对", "Differences"),
        "scale",
        "count",
        "count",
        _differences,
        READS_BOOKS,
    ),
    PageEntry(
        "vouchers",
        Sentence("临时凭证", "Vouchers"),
        "file-clock",
        "settle",
        "settle",
        _vouchers,
        READS_BOOKS,
    ),
    PageEntry(
        "receipts",
        Sentence("收款与核销", "Receipts"),
        "banknote",
        "settle",
        "settle",
        _receipts,
        READS_BOOKS,
    ),
    PageEntry(
        "inbox", Sentence("审批箱", "Inbox"), "inbox", "settle", "settle", _inbox, READS_BOOKS
    ),
    PageEntry(
        "customers",
        Sentence("客户", "Customers"),
        "users",
        "customers",
        "settle",
        _customers,
        READS_BOOKS,
    ),
    PageEntry(
        "notices",
        Sentence("通知与对账", "Notices"),
        "mail",
        "customers",
        "settle",
        _notices,
        READS_BOOKS,
    ),
    PageEntry(
        "books_check",
        Sentence("账套校验", "Books check"),
        "shield-check",
        "books",
        "tools",
        _books_check,
        READS_BOOKS | {Role.ADMIN},
        has_few=True,
    ),
    PageEntry(
        "doctor", Sentence("扫码枪体检", "Scanner doctor"), "scan-line", "below", "tools", _doctor
    ),
    PageEntry(
        "settings",
        Sentence("设置", "Settings"),
        "settings",
        "below",
        "tools",
        _settings,
        has_few=True,
    ),
)
