"""Customers found by what people type, whether the index of a file has caught up or not."""

from collections.abc import Callable

import pytest
from sqlalchemy import event, select

from erpdesk.services.customers import Asked, Customers
from erpdesk.storage import tables as t
from tests.services.builders import CUSTOMERS, Office

pytestmark = pytest.mark.slow

Made = Callable[[Office], Customers]


def lagging(office: Office) -> Customers:
    """Customers that were just imported: the index does not know them."""
    return office.desk("maker").customers


def half_way(office: Office) -> Customers:
    """Three are in the index, one more was imported behind them."""
    caught_up(office)
    office.add_customers(("K4", "青禾纸业", "", "", "0571-86001234", "", "", ""))
    return lagging(office)


def caught_up(office: Office) -> Customers:
    """Every customer is in the index."""
    customers = lagging(office)
    while customers.make_findable():
        pass
    return customers


def found(customers: Customers, words: str) -> list[str]:
    return [one.code for one in customers.listed(Asked(words))]


@pytest.mark.parametrize("made", [lagging, half_way, caught_up])
@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("青禾包装", "K1"), ("禾包装", "K1"), ("海河", "K2"), ("QINGHEB", "K1"), ("qhbz", "K1"),
        (CUSTOMERS[1][2], "K2"), (CUSTOMERS[1][2].lower()[-6:], "K2"), ("138-0000 0002", "K2"),
        ("0000002", "K2"), ("K2", "K2"), ("无 税率·商", "K3"),
    ],
)  # fmt: skip
def test_that_a_customer_is_found_by_what_people_type(
    office: Office, made: Made, words: str, code: str
) -> None:
    customers = made(office)

    assert found(customers, words) == [code]
    assert [one.rows for one in customers.whole(Asked(words)).totals] == [1]
    assert len(customers.keys(Asked(words))) == 1


@pytest.mark.parametrize("words", ['"青禾包装"', "a%b", "'''", 'x : "', "(青禾", "***", "禾_包"])
def test_that_signs_are_letters_like_any_other(office: Office, words: str) -> None:
    assert found(caught_up(office), words) == found(lagging(office), words)


def test_that_what_is_behind_the_index_is_found_beside_what_is_in_it(office: Office) -> None:
    assert found(half_way(office), "qing") == ["K1", "K4"]
    assert found(caught_up(office), "qing") == ["K1", "K4"]


def test_that_a_customer_who_changes_is_found_as_now_and_no_longer_as_before(
    both: Office,
) -> None:
    customers = caught_up(both)
    both.desk("maker").customers_changing.change(both.customer().id, {"phone": "0571-8888"})
    made = both.desk("maker").customers_changing.change(both.customer().id, {"name": "西湖茶庄"})
    both.approve(made.value)

    assert found(customers, "西湖茶") == ["K1"]
    assert found(customers, "xihuchazhuang") == ["K1"]
    assert found(customers, "青禾包") == []
    assert not customers.make_findable()


def test_that_the_index_is_brought_up_a_little_at_a_time(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("erpdesk.storage.customer_search.FILL_ROWS", 2)
    customers = lagging(office)

    assert [customers.make_findable() for _ in range(3)] == [True, True, False]


def test_that_nobody_is_missed_by_the_first_and_last_letters_of_any_word(office: Office) -> None:
    customers = caught_up(office)
    with office.desk("maker").company.database.reading() as connection:
        rows = connection.execute(select(t.customer.c.code, t.customer.c.search)).all()
    words = {(row.code, word) for row in rows for word in (*row.search.split(), row.code)}
    ends = {(code, end) for code, word in words for end in (word[0], word[:2], word[-2:], word[-1])}

    missed = [(code, end) for code, end in ends if code not in found(customers, end)]

    assert len(ends) > 20
    assert missed == []


@pytest.mark.parametrize("words", ["啊", "啊吧"])
def test_that_letters_nobody_has_are_looked_for_in_the_index_alone(
    office: Office, words: str
) -> None:
    office.posted("SH1", "100.00")
    customers, sent = caught_up(office), list[str]()
    engine = office.desk("maker").company.database.engine
    event.listen(engine, "before_cursor_execute", lambda *said: sent.append(said[2]))

    assert found(customers, words) == []
    assert customers.whole(Asked(words)).totals == ()
    assert not [one for one in sent if "customer.search LIKE" in one]
