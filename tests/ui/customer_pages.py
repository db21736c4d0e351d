"""The page of customers on a small firm's books, opened for a test, and what tests do with it."""

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from erpdesk.domain.changes import Outcome
from erpdesk.services.customers_exporting import CustomersExporting
from erpdesk.services.looking import Text
from erpdesk.services.showing_numbers import ShowingNumbers
from erpdesk.words import Language
from tests.services.builders import Office
from tests.ui.settling import NAMES, looking
from ui.pages.customer.following import FollowParts
from ui.pages.customer.page import CustomerPage, CustomerParts
from ui.pages.customers.alike import AlikePage
from ui.pages.customers.facts import CustomersParts
from ui.pages.customers.page import CustomersPage
from ui.work.runner import Runner
from ui.work.wording import Wording


class CustomersOpened:
    """Opens the page for one person, and waits for what it asks."""

    def __init__(self, office: Office, qtbot: QtBot, runner: Runner) -> None:
        self.office, self.qtbot, self.runner = office, qtbot, runner

    def __call__(
        self, person: str = "maker", language: Language = "zh", *, writes: bool = True
    ) -> CustomersPage:
        desk, words = self.office.desk(person), Wording(language)

        def withdraw(document: str) -> Outcome[Text]:
            return desk.approving.withdraw(looking(self.office, person).document(document))

        card = CustomerPage(
            CustomerParts(
                desk.customers, desk.customers_changing, ShowingNumbers(desk.company), withdraw,
                self.office.clock, NAMES, person, writes,
                FollowParts(desk.follow_up, looking(self.office, person).customer, writes),
            ),
            self.runner, words,
        )  # fmt: skip
        exporting = CustomersExporting(desk.company, desk.customers)
        alike = AlikePage(desk.comparing, self.runner, words)
        listed = CustomersParts(
            desk.customers, exporting, desk.labelling, writes, card.open,
            lambda whose: card.open(whose, "follow"), card.begin_new, alike.compare,
        )  # fmt: skip
        page = CustomersPage(listed, card, alike, self.runner, words)
        alike.opened.connect(page.open_customer)
        self.qtbot.addWidget(page)
        self.runner.changed.connect(page.look_again)
        page.resize(1202, 680)
        page.show()
        page.entered()
        self.idle()
        return page

    def idle(self) -> None:
        """Wait until nothing is asked or on its way."""
        self.qtbot.waitUntil(lambda: self.runner.is_idle)

    def settled(self) -> None:
        """Wait until what is in sight was read and painted."""
        QApplication.processEvents()
        self.idle()
        QApplication.processEvents()
        self.idle()

    def card(self, code: str = "K1", page: CustomersPage | None = None) -> CustomerPage:
        """Open the page of a customer."""
        page = page or self()
        page.open_customer(self.office.customer(code).id)
        self.idle()
        return card_of(page)

    def edit(self, card: CustomerPage) -> None:
        """Open the form of a customer, once it is kept who looks at it."""
        card.edit.click()
        self.idle()

    def type_in(self, card: CustomerPage, **said: str) -> None:
        """Type into fields of the form, and wait for what is known of them."""
        for name, text in said.items():
            card.form.fields[name].setText(text)
        card.form.typed.emit()
        self.idle()


def card_of(page: CustomersPage) -> CustomerPage:
    assert isinstance(page.card, CustomerPage)
    return page.card
