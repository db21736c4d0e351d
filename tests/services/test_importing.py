"""Tables of other programs: good rows come in once, bad ones are named, nothing is half done."""

import gc
from pathlib import Path

import pytest

from erpdesk.domain.accounts import Part
from erpdesk.domain.approval import NobodyMayApproveError
from erpdesk.errors import RefusedError
from erpdesk.files.refusals import FileRefusedError
from erpdesk.services.importing.customers import HERE_ALREADY as CUSTOMER_HERE
from erpdesk.services.importing.deliveries import HERE_ALREADY, REVISED, USED
from erpdesk.services.importing.tables import BadRowsError, ImportSource
from erpdesk.storage import customers, deliveries
from tests.services.builders import CUSTOMERS, HEADER, STAFF, Office, paid
from tests.services.conftest import NewFirm

HEADS = "出库单号,客户编码,日期,价税合计\n"


def _codes(office: Office) -> list[str]:
    with office.desk("maker").company.database.reading() as connection:
        return [row.code for row in customers.every(connection)]


def test_that_the_same_customers_again_add_nobody(both: Office) -> None:
    again = both.add_customers(*CUSTOMERS)

    assert again.document is None
    assert (again.report.good, again.report.skipped, again.report.bad_rows) == (0, 3, 0)
    assert {problem.reason for problem in again.report.warnings} == {CUSTOMER_HERE}
    assert _codes(both) == ["K1", "K2", "K3"]


def test_that_a_code_that_belongs_to_another_is_a_bad_row(office: Office) -> None:
    done = office.add_customers(("K1", "别的公司"), ("K8", "新客户"))

    assert (done.report.good, done.report.bad_rows) == (1, 1)
    assert "青禾包装" in done.bad[0].problem.reason.zh
    assert done.bad[0].row.cells[0] == "K1"
    assert _codes(office) == ["K1", "K2", "K3", "K8"]


def test_that_all_or_none_means_it(both: Office) -> None:
    path = both.written("c.csv", HEADER + "\nK8,新客户\nK1,别的公司\n")

    with pytest.raises(BadRowsError) as refused:
        both.desk("maker").importing_customers.load(ImportSource(path), all_or_none=True)

    assert refused.value.facts == {"bad": 1, "rows": 2}
    assert _codes(both) == ["K1", "K2", "K3"]


def test_that_checking_stores_nothing(both: Office) -> None:
    path = both.written("c.csv", HEADER + "\nK8,新客户\n")
    table = ImportSource(both.written("d.csv", HEADS + f"SH1,K1,{both.ago(3)},10.00\n"))
    maker = both.desk("maker")

    assert maker.importing_customers.check(ImportSource(path)).good == 1
    assert maker.importing_deliveries.check(table).good == 1

    assert _codes(both) == ["K1", "K2", "K3"]
    assert maker.vouchers.free_deliveries(both.customer()) == ()


def test_that_chinese_excel_is_read(both: Office) -> None:
    path = both.folder / "gb.csv"
    path.write_bytes("客户编码,客户名称,地址\nK8,㐂鎏贸易,杭州\n".encode("gb18030"))

    both.desk("maker").importing_customers.load(ImportSource(path))

    assert both.customer("K8").name == "㐂鎏贸易"


def test_that_text_stays_text(office: Office) -> None:
    office.add_customers(("00123", "前导零公司", "", "", "", "01067"))

    assert office.customer("00123").record["address"] == "01067"


def test_that_a_large_file_tells_how_far_it_is(office: Office) -> None:
    path = office.written("c.csv", HEADER + "\nK8,甲公司\nK9,乙公司\n")
    told: list[int] = []

    office.desk("maker").importing_customers.load(ImportSource(path), progress=told.append)

    assert set(told) == {2}


def test_that_cycles_are_looked_for_seldom_while_rows_come_and_as_usual_after(
    office: Office,
) -> None:
    usual, told = gc.get_threshold(), list[int]()
    path = office.written("c.csv", HEADER + "\nK8,甲公司\nK1,别的公司\n")

    with pytest.raises(BadRowsError):
        office.desk("maker").importing_customers.load(
            ImportSource(path),
            all_or_none=True,
            progress=lambda _: told.append(gc.get_threshold()[0]),
        )

    assert min(told) > usual[0]
    assert gc.get_threshold() == usual


def test_that_a_list_longer_than_goes_in_at_once_keeps_its_order(office: Office) -> None:
    there = len(_codes(office))

    office.add_customers(*((f"M{n:03}", f"客户{n}") for n in range(501)))

    with office.desk("maker").company.database.reading() as connection:
        found = [(row.n, row.code) for row in customers.every(connection)][there:]
    assert found == [(there + 1 + n, f"M{n:03}") for n in range(501)]


def test_that_customers_come_in_with_two_people_once_the_books_are_open(both: Office) -> None:
    both.posted("SH1", "113.00")
    waiting = both.add_customers(("K8", "新客户"))
    assert waiting.document is not None
    assert waiting.document.state == "submitted"
    assert "K8" not in _codes(both)

    both.approve(waiting.document)

    assert "K8" in _codes(both)


def test_that_a_list_of_somebody_without_the_right_is_refused(both: Office) -> None:
    path = both.written("c.csv", HEADER + "\nK8,新客户\n")

    with pytest.raises(RefusedError, match="G3 "):
        both.desk("cashier").importing_customers.load(ImportSource(path))

    assert "K8" not in _codes(both)


def test_that_an_import_nobody_may_approve_is_not_left_waiting(new_firm: NewFirm) -> None:
    office = new_firm(staff={"maker": STAFF["maker"]})
    office.opened("10.00", "应-1")
    office.opened("10.00", "预-1", part=Part.UNAPPLIED)
    maker = office.desk("maker")
    maker.receipts.allocate(office.customer(), credit="预-1", pays=(paid("应-1"),))

    with pytest.raises(NobodyMayApproveError):
        office.add_customers(("K8", "新客户"))

    assert maker.approving.inbox() == ()


def test_that_the_same_deliveries_again_add_none(both: Office) -> None:
    rows = (("SH1", "K1", "1,000.00"), ("SH2", "K1", "1,000.00"), ("SH3", "K1", "1,000.00"))
    first = both.delivered(*rows)

    again = both.delivered(*rows)

    assert (first.report.made, first.report.totals) == (3, (("CNY", 300_000),))
    assert (again.report.good, again.report.skipped, again.document) == (0, 3, None)
    assert {problem.reason for problem in again.report.warnings} == {HERE_ALREADY}
    assert len(both.desk("maker").vouchers.free_deliveries(both.customer())) == 3


def test_that_another_text_is_a_revision_and_is_said_to_be(both: Office) -> None:
    both.delivered(("SH1", "K1", "1,000.00"))

    again = both.delivered(("SH1", "K1", "900.00"))

    assert [problem.reason for problem in again.report.warnings] == [REVISED]
    [row] = both.desk("maker").vouchers.free_deliveries(both.customer())
    assert (row.revision, row.free_minor) == (2, 90_000)


def test_that_a_used_delivery_is_not_revised(both: Office) -> None:
    both.submitted("SH1", "1,000.00")

    again = both.delivered(("SH1", "K1", "900.00"), ("SH2", "K1", "5.00"))

    assert (again.report.good, again.report.bad_rows) == (1, 1)
    assert again.bad[0].problem.reason == USED
    assert both.desk("maker").vouchers.delivery("SH1").amount_minor == 100_000


def test_that_each_used_delivery_is_refused_with_what_stands_in_its_own_row(both: Office) -> None:
    both.submitted("SH1", "1,000.00")
    both.submitted("SH2", "2,000.00")

    again = both.delivered(("SH1", "K1", "900.00"), ("SH3", "K1", "5.00"), ("SH2", "K1", "800.00"))

    refused = [(bad.problem.line, bad.row.line, bad.row.cells[0]) for bad in again.bad]
    assert refused == [(2, 2, "SH1"), (4, 4, "SH2")]


def test_that_deliveries_of_nobody_known_are_bad_rows(office: Office) -> None:
    done = office.delivered(("SH1", "K404", "10.00"), ("SH2", "青禾包装", "10.00"))

    assert (done.report.good, done.report.bad_rows) == (1, 1)
    assert office.desk("maker").vouchers.delivery("SH2").customer_id == office.customer().id


def test_that_all_deliveries_or_none(office: Office) -> None:
    text = HEADS + f"SH1,K1,{office.ago(1)},10.00\nSH2,K404,{office.ago(1)},10.00\n"

    with pytest.raises(BadRowsError):
        office.desk("maker").importing_deliveries.load(
            ImportSource(office.written("d.csv", text)), all_or_none=True
        )

    assert office.desk("maker").vouchers.free_deliveries(office.customer()) == ()


@pytest.mark.parametrize(
    ("said", "minor"),
    [("40.23", 4_023), ("1,500.00", 150_000), ("１，５００．００", 150_000), ("1500", 150_000)],
)
def test_that_an_amount_is_never_a_hundred_times_another(
    office: Office, said: str, minor: int
) -> None:
    office.delivered(("SH1", "K1", said))

    assert office.desk("maker").vouchers.delivery("SH1").amount_minor == minor


@pytest.mark.parametrize("said", ["1,500", "1.500"])
def test_that_an_amount_that_can_be_read_in_two_ways_is_asked_back(
    office: Office, said: str
) -> None:
    done = office.delivered(("SH1", "K1", said))

    assert (done.report.good, done.report.bad_rows) == (0, 1)
    assert "two ways" in done.bad[0].problem.reason.en


def test_that_headers_and_lines_may_lie_in_two_tables(office: Office) -> None:
    heads = office.written("h.csv", f"出库单号,客户编码,日期\nSH1,K1,{office.ago(2)}\n")
    lines = office.written("l.csv", "出库单号,品名,数量,单价\nSH1,纸箱,3,1.10\nSH1,胶带,1,0.70\n")

    done = office.desk("maker").importing_deliveries.load(ImportSource(heads, lines))

    assert done.report.made == 1
    row = office.desk("maker").vouchers.delivery("SH1")
    assert row.amount_minor == 400
    assert len(row.body["lines"]) == 2


def test_that_two_programs_may_use_the_same_numbers(office: Office) -> None:
    path = office.written("d.csv", HEADS + f"SH1,K1,{office.ago(2)},10.00\n")
    service = office.desk("maker").importing_deliveries
    service.load(ImportSource(path))

    other = service.load(ImportSource(path, system="仓库"))

    assert other.report.good == 1
    with office.desk("maker").company.database.reading() as connection:
        assert len(deliveries.of_customer(connection, office.customer().id)) == 2
    with pytest.raises(deliveries.NoSuchDeliveryError):
        office.desk("maker").vouchers.delivery("SH1")


def test_that_only_who_may_imports(both: Office) -> None:
    with pytest.raises(RefusedError):
        both.add_customers(("K8", "新客户"), by="cashier")
    with pytest.raises(RefusedError):
        both.delivered(("SH1", "K1", "1.00"), by="chief")


def test_that_rows_of_one_customer_in_the_books_are_left_out_together(office: Office) -> None:
    text = "编码,名称,barcodes\nK1,青禾包装,\nK1,青禾包装,\nK8,新客户,\n"

    done = office.desk("maker").importing_customers.load(
        ImportSource(office.written("c.csv", text))
    )

    assert done.report.rows == done.report.good + done.report.bad_rows + done.report.skipped
    assert done.report.good == 1


def test_that_deliveries_of_several_rows_are_left_out_whole(office: Office) -> None:
    text = "出库单号,客户编码,日期,品名,数量,单价\n" + "".join(
        f"SH1,K1,{office.ago(2)},{name},1,5.00\n" for name in ("纸箱", "胶带")
    )
    path = office.written("d.csv", text)
    service = office.desk("maker").importing_deliveries
    assert service.load(ImportSource(path)).report.good == 2

    again = service.load(ImportSource(path)).report

    assert (again.rows, again.skipped) == (2, 2)


def test_that_a_file_that_is_gone_is_said_so(office: Office) -> None:
    with pytest.raises(FileRefusedError):
        office.desk("maker").importing_customers.load(ImportSource(Path("/nowhere/c.csv")))
