"""Balance confirmations: what is frozen, what is not printed, and how a reply answers them."""

from typing import Any

import pytest

from erpdesk.domain.confirmation import Method
from erpdesk.domain.notice_gates import Looked
from erpdesk.domain.reply import Answer
from erpdesk.services.confirming import ConfirmationAsked
from erpdesk.services.issuing import Printed
from erpdesk.services.noticing import Asked
from erpdesk.services.replying import Said
from tests.papers.reading import texts
from tests.services.builders import Office, yuan

pytestmark = pytest.mark.slow


def _issue(office: Office, *, code: str = "K1", **asked: Any) -> Printed:
    return office.desk("maker").confirming.issue(office.customer(code), ConfirmationAsked(**asked))


def test_that_the_balance_is_frozen_by_part_and_currency(both: Office) -> None:
    both.opened("300.00", "应-199603-0007")
    both.posted("SH1", "100.00")
    both.received("50.00")

    said = _issue(both).document.content["notice"]

    assert said["balances"] == [
        {"currency": "CNY", "billed": 30_000, "unbilled": 10_000, "unapplied": -5_000}
    ]


def test_that_a_blank_letter_keeps_our_figure_and_does_not_print_it(office: Office) -> None:
    office.opened("4321.09", "应-199603-0007")

    printed = _issue(office, method=Method.BLANK)

    [text] = texts(printed.pdf)
    assert printed.document.content["notice"]["balances"][0]["billed"] == 432_109
    assert "4,321.09" not in text
    assert (printed.document.number or "") in text


def test_that_a_customer_without_a_balance_can_be_asked_as_well(office: Office) -> None:
    [text] = texts(_issue(office, code="K2").pdf)

    assert "0.00" in text


def test_that_a_reply_answers_it_by_its_number_and_the_figure_of_its_books(both: Office) -> None:
    both.opened("300.00", "应-199603-0007")
    letter, replying = _issue(both), both.desk("maker").replying
    asked = replying.notice(letter.document.number or "")
    said = Said(Answer.STATES, both.today, yuan("280.00"), evidence=(both.proof("reply"),))

    replying.register(asked, said)

    [line] = replying.replies()
    assert (line.notice_number, line.asked, line.difference) == (
        letter.document.number, yuan("300.00"), yuan("-20.00"),
    )  # fmt: skip


def test_that_each_method_is_a_letter_of_its_own_and_a_notice_between_is_another_paper(
    office: Office,
) -> None:
    office.opened("300.00", "应-199603-0007")
    first = _issue(office)
    office.desk("maker").noticing.issue(office.customer(), Asked())
    blank, again = _issue(office, method=Method.BLANK), _issue(office)

    assert blank.document.id != first.document.id
    assert (again.document.id, again.copy) == (first.document.id, 1)


def test_that_a_letter_of_the_month_stands_not_against_a_notice(office: Office) -> None:
    office.opened("300.00", "应-199603-0007")
    _issue(office)

    maker, customer = office.desk("maker"), office.customer()
    repeated = {
        name: [gate.holds for gate in service.gates(customer) if gate.what is Looked.REPEATED]
        for name, service in (("notice", maker.noticing), ("letter", maker.confirming))
    }
    assert repeated == {"notice": [True], "letter": [False]}
