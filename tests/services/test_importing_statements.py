"""Bank statements: receipts that wait, each line once however often it is imported."""

import queue
import threading
from contextlib import closing
from pathlib import Path

import pytest

from erpdesk.domain.approval import Verb
from erpdesk.domain.people import Role
from erpdesk.errors import RefusedError
from erpdesk.services.importing.files import Files, Plan
from erpdesk.services.importing.sorts import Sort, why_not_import
from erpdesk.services.importing.statements import ImportedMeanwhileError
from erpdesk.services.importing.tables import BadRowsError, Imported, ImportSource
from erpdesk.services.submitting import LineTakenError
from erpdesk.words import explain
from tests.services.builders import Office

HEAD = "交易日期,贷方发生额,借方发生额,对方户名,摘要,流水号\n"


def a_file(office: Office, *rows: str, name: str = "流水.csv") -> Path:
    return office.written(name, HEAD + "".join(f"{row}\n" for row in rows))


def a_row(office: Office, amount: str, payer: str, text: str, reference: str) -> str:
    return f"{office.ago(3)},{amount},,{payer},{text},{reference}"


def load(office: Office, path: Path, *, all_or_none: bool = False) -> Imported:
    return office.desk("cashier").importing_statements.load(
        ImportSource(path), all_or_none=all_or_none
    )


def waiting(office: Office) -> list[tuple[str, str | None]]:
    found = office.desk("chief").approving.inbox()
    return [(one.head.kind, one.head.customer_name) for one in found]


def test_that_what_came_in_waits_and_is_matched_when_it_is_approved(both: Office) -> None:
    label = both.posted("服务1", "1130.00").number or ""
    path = a_file(
        both, a_row(both, "1130.00", "青禾包装", f"付{label}", "B1"),
        a_row(both, "88.00", "无名氏", "往来", "B2"), f"{both.ago(3)},,50.00,水务,水费,B3",
    )  # fmt: skip

    done = load(both, path)
    for one in both.desk("chief").approving.inbox():
        both.approve(both.desk("maker").document(one.head.id))

    assert (done.report.made, done.report.skipped) == (2, 1)
    assert both.balance() == ("0.00", "1130.00", "1130.00")
    suggested = both.desk("maker").receipts.suggestions([both.customer().id])
    assert [one.is_sure for one in suggested.values()] == [True]
    content = both.desk("maker").document(done.document.id if done.document else "").content
    assert content["bank"]["reference"] == "B2"
    assert content["memo"] == "无名氏 往来"
    assert both.desk("chief").document(content["document"]).content["evidence"]


def test_that_a_line_imported_twice_counts_once(both: Office) -> None:
    first = a_row(both, "10.00", "青禾包装", "一", "B1")
    load(both, a_file(both, first))

    again = load(both, a_file(both, first, a_row(both, "20.00", "海河五金", "二", "B2")))
    never = load(both, a_file(both, first))

    assert (again.report.made, again.report.skipped) == (1, 1)
    assert never.document is None
    assert waiting(both) == [("receipt", "青禾包装"), ("receipt", "海河五金")]


def test_that_another_amount_under_a_known_reference_is_refused(office: Office) -> None:
    load(office, a_file(office, a_row(office, "10.00", "青禾包装", "一", "B1")))

    again = load(office, a_file(office, a_row(office, "11.00", "青禾包装", "一", "B1")))

    assert [one.problem.reason.zh for one in again.bad] == ["账套里同一流水号的金额不同，请核对"]
    assert len(waiting(office)) == 1


def test_that_a_line_whose_receipt_was_rejected_may_come_again(office: Office) -> None:
    path = a_file(office, a_row(office, "10.00", "青禾包装", "一", "B1"))
    done = load(office, path)
    assert done.document is not None
    office.decide(done.document, Verb.REJECT, reason="付款人认错了")

    assert load(office, path).report.made == 1


def test_that_a_line_whose_receipt_was_given_up_may_come_again(both: Office) -> None:
    path = a_file(both, a_row(both, "10.00", "青禾包装", "一", "B1"))
    done = load(both, path)
    assert done.document is not None
    cashier = both.desk("cashier").approving
    draft = cashier.withdraw(done.document).value
    in_hand = load(both, path).report.skipped

    cashier.void(draft, "付款人认错了")

    assert in_hand == 1
    assert load(both, path).report.made == 1
    assert waiting(both) == [("receipt", "青禾包装")]


def test_that_a_rejected_receipt_is_not_handed_in_beside_another_of_its_line(both: Office) -> None:
    path = a_file(both, a_row(both, "10.00", "青禾包装", "一", "B1"))
    done = load(both, path)
    assert done.document is not None
    rejected = both.decide(done.document, Verb.REJECT, reason="付款人认错了")
    other = load(both, path).document
    assert other is not None
    cashier = both.desk("cashier").approving

    with pytest.raises(LineTakenError) as refused:
        cashier.submit(rejected)
    cashier.void(cashier.withdraw(other).value, "还是用原来那张")

    assert refused.value.facts["number"] == other.number
    assert cashier.submit(rejected).value.state == "submitted"


def test_that_a_receipt_does_not_stand_in_its_own_way(both: Office) -> None:
    path = a_file(both, a_row(both, "10.00", "青禾包装", "一", "B1"))
    done = load(both, path)
    assert done.document is not None
    cashier = both.desk("cashier").approving

    again = cashier.submit(cashier.withdraw(done.document).value).value

    assert again.state == "submitted"


def test_that_a_payer_is_known_by_the_account_too(office: Office) -> None:
    head = HEAD.replace("对方户名", "对方户名,对方账号")
    known = office.written("c2.csv", "编码,名称,银行账号\nK9,华东电气,6222 0001\n")
    office.desk("maker").importing_customers.load(ImportSource(known))
    path = office.written("s.csv", f"{head}{office.ago(1)},9.00,,华东电气公司,62220001,款,B7\n")

    load(office, path)

    assert waiting(office)[-1] == ("receipt", "华东电气")


def test_that_all_or_none_stores_nothing_when_a_line_is_bad(office: Office) -> None:
    path = a_file(office, a_row(office, "10.00", "青禾包装", "一", "B1"), "昨天,5,,青禾包装,,B2")

    with pytest.raises(BadRowsError):
        load(office, path, all_or_none=True)

    assert waiting(office) == []
    assert office.desk("cashier").importing_statements.check(ImportSource(path)).bad_rows == 1


@pytest.mark.slow
def test_that_it_can_be_stopped_and_nothing_was_stored(office: Office) -> None:
    rows = [a_row(office, f"{n}.00", "青禾包装", "款", f"B{n}") for n in range(1, 61)]
    path = a_file(office, *rows)

    def stop(done: int) -> None:
        raise InterruptedError(done)

    with pytest.raises(InterruptedError):
        office.desk("cashier").importing_statements.load(ImportSource(path), progress=stop)

    assert waiting(office) == []


def test_that_only_a_cashier_imports_a_statement(both: Office) -> None:
    path = a_file(both, a_row(both, "10.00", "青禾包装", "一", "B1"))

    with pytest.raises(RefusedError):
        both.desk("maker").importing_statements.load(ImportSource(path))

    assert why_not_import(Sort.STATEMENTS, frozenset({Role.CASHIER})) is None
    assert why_not_import(Sort.STATEMENTS, frozenset({Role.ACCOUNTANT})) is not None


def test_that_the_wizards_way_leads_to_receipts_too(office: Office) -> None:
    path = a_file(office, a_row(office, "10.00", "青禾包装", "一", "B1"))
    service = office.desk("cashier").importing_files
    opened = service.open(Files(Sort.STATEMENTS, path), lambda *_: None)
    plan = Plan(opened.files, (opened.sheets[0].given(opened.sheets[0].places),))

    dry = service.dry_run(plan, lambda *_: None)
    done = service.load(plan, lambda *_: None)

    assert (dry.waits, dry.report.good) == (True, 1)
    assert done.value.report.made == 1
    assert waiting(office) == [("receipt", "青禾包装")]


def test_that_a_line_imported_elsewhere_after_the_file_was_opened_is_left_out(both: Office) -> None:
    path = a_file(both, a_row(both, "10.00", "青禾包装", "一", "B1"))
    source, service = ImportSource(path), both.desk("cashier").importing_statements

    with source.opened() as tables:
        incoming = service.incoming(source, tables)
        load(both, path)
        done = service.company.run(
            lambda unit: incoming.load(unit, all_or_none=False, progress=lambda _: None)
        )

    assert (done.report.made, done.report.skipped) == (0, 1)
    assert waiting(both) == [("receipt", "青禾包装")]


@pytest.mark.postgres
@pytest.mark.slow
def test_that_two_who_import_a_line_at_once_make_one_receipt_of_it(on_server: Office) -> None:
    same = a_row(on_server, "10.00", "青禾包装", "一", "B1")
    month = a_file(on_server, same, a_row(on_server, "20.00", "海河五金", "二", "B2"))
    day = a_file(on_server, same, name="一天.csv")
    said: queue.Queue[str] = queue.Queue()

    with closing(Office(on_server.place, on_server.folder)) as beside:

        def import_beside() -> None:
            try:
                said.put(f"made {load(beside, day).report.made}")
            except ImportedMeanwhileError as refused:
                said.put(explain(refused))

        other = threading.Thread(target=import_beside)

        def begin_beside(_: int) -> None:
            if not other.ident:
                other.start()
                until_somebody_waits(on_server)

        on_server.desk("cashier").importing_statements.load(
            ImportSource(month), progress=begin_beside
        )
        other.join()
        again = load(beside, day)

    assert "刚刚" in said.get_nowait()
    assert (again.report.made, again.document) == (0, None)
    assert sorted(waiting(on_server)) == [("receipt", "海河五金"), ("receipt", "青禾包装")]


def until_somebody_waits(office: Office) -> None:
    """Wait until a transaction on the server waits for the end of another."""
    waiting_now = "SELECT count(*) FROM pg_locks WHERE NOT granted"
    with office.desk("chief").company.database.reading() as connection:
        while not connection.exec_driver_sql(waiting_now).scalar_one():
            threading.Event().wait(0.01)
