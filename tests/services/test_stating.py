"""Statements of account: agreed with the ledger, of any day, a copy when nothing changed."""

from pathlib import Path
from typing import Any

import pytest

from erpdesk.domain.moments import TooLateDayError
from erpdesk.domain.statement import Sort, StatementDisagreesError, TimeTurnedError
from erpdesk.services.issuing import FirmUnknownError, Printed
from erpdesk.services.noticing import NothingOpenError
from erpdesk.services.stating import StatementAsked
from erpdesk.storage import inbox, movements
from tests.services.builders import Office, paid
from tests.services.conftest import NewFirm

pytestmark = pytest.mark.slow


def _issue(office: Office, *, code: str = "K1", fresh: bool = False, **asked: Any) -> Printed:
    service = office.desk("maker").stating
    return service.issue(office.customer(code), StatementAsked(**asked), fresh=fresh)


def _activity(office: Office, **asked: Any) -> dict[str, Any]:
    [part] = _issue(office, sort=Sort.ACTIVITY, **asked).document.content["statement"]["parts"]
    return dict(part)


def test_that_what_is_open_stands_with_what_is_settled_of_it(both: Office) -> None:
    both.opened("300.00", "应-199603-0007")
    voucher = both.posted("SH1", "100.00")
    receipt = both.received("120.00", pays=(paid("应-199603-0007", "70.00"),))

    printed = _issue(both)

    [part] = printed.document.content["statement"]["parts"]
    found = [(row["document"], row["part"], row["original"], row["left"]) for row in part["lines"]]
    assert sorted(found) == sorted(
        [
            ("应-199603-0007", "billed", 30_000, 23_000),
            (voucher.number, "unbilled", 10_000, 10_000),
            (receipt.number, "unapplied", -12_000, -5_000),
        ]
    )
    assert part["parts"] == {"billed": 23_000, "unbilled": 10_000, "unapplied": -5_000}
    assert (printed.document.number or "").startswith("账-")
    assert printed.pdf.startswith(b"%PDF")


def test_that_activity_runs_from_the_opening_to_what_the_ledger_has(both: Office) -> None:
    both.opened("300.00", "应-199603-0007")
    both.opened("20.00", "应-199603-0008")
    both.posted("SH1", "100.00")
    both.received("50.00", pays=(paid("应-199603-0007", "50.00"),))

    of_month = _activity(both, first=both.ago(5))
    whole = _activity(both, first=both.ago(60))

    moved = [(row["kind"], row["change"]) for row in of_month["moves"]]
    assert (of_month["opening"], moved) == (32_000, [("voucher", 10_000), ("receipt", -5_000)])
    opened = [(row["document"], row["change"]) for row in whole["moves"][:2]]
    assert (whole["opening"], opened) == (
        0, [("应-199603-0007", 30_000), ("应-199603-0008", 2_000)],
    )  # fmt: skip
    assert sum(whole["parts"].values()) == 37_000


def test_that_a_match_alone_moves_nothing(office: Office) -> None:
    voucher = office.posted("SH1", "100.00")
    receipt, pays = office.received("100.00"), (paid(voucher.number or ""),)
    before = _activity(office)
    office.desk("maker").receipts.allocate(
        office.customer(), credit=receipt.number or "", pays=pays
    )

    after = _activity(office)
    assert (after["moves"], after["parts"]["unbilled"]) == (before["moves"], 0)


def test_that_a_past_day_is_stated_as_it_was(office: Office) -> None:
    office.opened("300.00", "应-199603-0007")
    office.received("300.00", pays=(paid("应-199603-0007"),))

    [part] = _issue(office, as_of=office.ago(3)).document.content["statement"]["parts"]

    assert [row["left"] for row in part["lines"]] == [30_000]
    with pytest.raises(NothingOpenError):
        _issue(office)


def test_that_each_currency_is_stated_apart_and_the_customers_own_comes_first(
    office: Office,
) -> None:
    office.opened("300.00", "应-199603-0007")
    office.foreign("800.00", rate="7.1")

    parts = _issue(office).document.content["statement"]["parts"]

    assert [(part["currency"], part["parts"]["unbilled"]) for part in parts] == [
        ("CNY", 0), ("USD", 80_000),
    ]  # fmt: skip


def test_that_the_same_again_is_a_copy_whatever_other_sort_was_issued_between(
    both: Office,
) -> None:
    both.posted("服务1", "100.00")
    first, between, again = _issue(both), _issue(both, sort=Sort.ACTIVITY), _issue(both)
    both.received("40.00")

    assert between.document.id != first.document.id
    assert (again.document.id, again.copy) == (first.document.id, 1)
    assert _issue(both, fresh=True).copy == 0
    assert _issue(both).document.id != first.document.id


def test_that_a_draft_page_keeps_nothing(office: Office) -> None:
    office.posted("服务1", "100.00")

    page = office.desk("maker").stating.draft_page(office.customer(), StatementAsked(), 1)

    with office.desk("maker").company.database.reading() as connection:
        assert inbox.documents(connection, kind="statement") == ()
    assert (page.number, page.count) == (1, 1)


def test_that_a_statement_the_ledger_contradicts_is_not_issued(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.posted("服务1", "100.00")
    true = movements.ledger_on

    def wrong(*asked: Any) -> dict[tuple[str, str], int]:
        return {key: minor + 1 for key, minor in true(*asked).items()}

    monkeypatch.setattr(movements, "ledger_on", wrong)
    for sort in Sort:
        with pytest.raises(StatementDisagreesError):
            _issue(office, sort=sort)


def test_that_days_turned_round_days_to_come_and_nothing_to_say_are_refused(
    office: Office, new_firm: NewFirm
) -> None:
    office.posted("服务1", "100.00")

    with pytest.raises(TimeTurnedError):
        _issue(office, sort=Sort.ACTIVITY, first=office.today, as_of=office.ago(1))
    with pytest.raises(TooLateDayError):
        _issue(office, as_of=office.ago(-1))
    with pytest.raises(NothingOpenError):
        _issue(office, code="K2", sort=Sort.ACTIVITY)
    nameless = new_firm(said={})
    nameless.add_customers(("K1", "青禾包装", "", "", "", "", "", ""))
    with pytest.raises(FirmUnknownError):
        _issue(nameless)


def test_that_a_statement_goes_into_a_table_line_by_line(office: Office, tmp_path: Path) -> None:
    office.opened("300.00", "应-199603-0007")
    voucher = office.posted("SH1", "100.00")
    office.received("120.00", pays=(paid("应-199603-0007", "70.00"),))
    stating, tables = office.desk("maker").stating, []

    asks: list[dict[str, Any]] = [{}, {"sort": Sort.ACTIVITY, "first": office.ago(5)}]
    for n, asked in enumerate(asks):
        stating.sheet(_issue(office, **asked).document, tmp_path / f"{n}.csv")
        tables.append((tmp_path / f"{n}.csv").read_text("utf-8-sig").splitlines())

    opened, moved = tables
    assert opened[0] == "对账单号,序,日期,单据,类别,依据,到期日,原金额,已核销,未清金额,币种"
    assert any(
        f"{voucher.number},暂估" in row and row.endswith("100.00,0.00,100.00,CNY") for row in opened
    )
    assert len(opened) == 4
    assert moved[1].endswith("期初余额,,,,,300.00,CNY")
    assert [row.split(",")[-4:-1] for row in moved[2:]] == [
        ["100.00", "", "400.00"], ["", "120.00", "280.00"],
    ]  # fmt: skip
