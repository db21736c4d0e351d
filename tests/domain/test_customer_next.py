"""What to do next about a customer: cash before chasing, chasing before everything else."""

from datetime import date, timedelta

from erpdesk.domain.customers.customer_next import Next, Owed, Todo, next_step
from erpdesk.domain.money import Money

TODAY = date(2026, 11, 29)


def owed(minor: int, days: int = 0, *, currency: str = "CNY", unbilled: bool = False) -> Owed:
    return Owed(Money(minor, currency), TODAY + timedelta(days), unbilled)


def next_of(*items: Owed, missing: tuple[str, ...] = (), waits: bool = False) -> Next:
    return next_step(items, today=TODAY, missing=missing, change_waits=waits)


def test_that_a_waiting_change_comes_after_money_and_before_the_record() -> None:
    assert next_of(owed(100, -3), waits=True).todo is Todo.CHASE
    assert next_of(owed(100, 3), missing=("address",), waits=True).todo is Todo.CHANGE_WAITS


def test_that_cash_is_applied_before_anybody_is_chased() -> None:
    found = next_of(owed(100, -3), owed(-50, -2), owed(-20, -1))

    assert (found.todo, found.amount) == (Todo.APPLY_CASH, Money(70, "CNY"))


def test_that_cash_of_another_currency_pays_nothing() -> None:
    found = next_of(owed(100, -3), owed(-50, currency="USD"))

    assert (found.todo, found.amount) == (Todo.CHASE, Money(100, "CNY"))


def test_that_cash_without_a_charge_is_nothing_to_do() -> None:
    assert next_of(owed(-50, -9)).todo is Todo.NOTHING


def test_that_only_what_is_late_is_chased() -> None:
    found = next_of(owed(100, -3), owed(40, -30), owed(900, 0), owed(7, -1, currency="USD"))

    assert found == Next(Todo.CHASE, Money(140, "CNY"), TODAY - timedelta(30))


def test_that_due_on_the_very_day_is_not_late() -> None:
    assert next_of(owed(100, 0)).todo is Todo.NOTHING


def test_that_a_record_is_completed_before_an_invoice_is_asked_for() -> None:
    items = owed(100, 5, unbilled=True)

    assert next_of(items, missing=("address",)) == Next(Todo.COMPLETE, fields=("address",))
    assert next_of(items) == Next(Todo.BILL, Money(100, "CNY"), TODAY + timedelta(5))


def test_that_what_a_customer_answered_comes_after_cash_and_before_chasing() -> None:
    answered = Next(Todo.DECIDE_REPLY, Money(-30, "CNY"), TODAY)
    late, cash = owed(100, -3), owed(-50, -2)

    assert next_step([late], today=TODAY, answered=answered) is answered
    assert next_step([late, cash], today=TODAY, answered=answered).todo is Todo.APPLY_CASH
