"""Files step by step: columns asked for, a fate for every row, stopped anywhere, known again."""

from dataclasses import dataclass

import pytest

from erpdesk import paths
from erpdesk.domain.importing.fates import Fate, Fated
from erpdesk.domain.people import Role
from erpdesk.errors import StorageError, UserError
from erpdesk.files.refusals import FileChangedError, FileRefusedError
from erpdesk.files.safe_cells import write_rows
from erpdesk.services.importing.files import DryRun, Files, ImportingFiles, Opened, Plan
from erpdesk.services.importing.lists import fingerprint
from erpdesk.services.importing.sorts import MayNotImportError, Sort, why_not_import
from erpdesk.storage import customers
from erpdesk.storage.unit_of_work import Unit
from tests.services.builders import HEADER, Office

HEADS = "出库单号,客户编码,日期,价税合计\n"


class StopError(UserError):
    """Somebody wants it to stop."""


def quiet(done: int, total: int | None) -> None:
    del done, total


def files_of(office: Office, by: str = "maker") -> ImportingFiles:
    return office.desk(by).importing_files


def plan_of(opened: Opened) -> Plan:
    return Plan(opened.files, tuple(sheet.given(sheet.places) for sheet in opened.sheets))


def dry(office: Office, files: Files) -> DryRun:
    service = files_of(office)
    return service.dry_run(plan_of(service.open(files, quiet)), quiet)


def load(office: Office, files: Files) -> str:
    service = files_of(office)
    done = service.load(plan_of(service.open(files, quiet)), quiet).value
    assert done.document is not None
    return done.document.number or ""


def fates(run: DryRun) -> list[tuple[int, Fate, str]]:
    return [(one.line, one.fate, one.subject) for one in run.rows]


def by_line(run: DryRun, line: int) -> Fated:
    [one] = [one for one in run.rows if one.line == line]
    return one


def codes(office: Office) -> list[str]:
    with office.desk("maker").company.database.reading() as connection:
        return [row.code for row in customers.every(connection)]


def a_list(office: Office, *rows: str, name: str = "客户.csv") -> Files:
    return Files(Sort.CUSTOMERS, office.written(name, "\n".join([HEADER, *rows]) + "\n"))


def deliveries(office: Office, *rows: str) -> Files:
    return Files(Sort.DELIVERIES, office.written("d.csv", HEADS + "\n".join(rows) + "\n"))


def test_that_every_row_of_a_customer_list_has_its_fate(office: Office) -> None:
    run = dry(office, a_list(office, "K1,青禾包装", "K1,别的公司", "K8,新客户", ",无编码", "合计,"))

    assert fates(run)[1:] == [
        (3, Fate.REFUSED, "K1  别的公司"),
        (4, Fate.NEW, "K8  新客户"),
        (5, Fate.REFUSED, "无编码"),
        (6, Fate.LEFT_OUT, ""),
    ]
    assert run.counts[Fate.REFUSED] == run.report.bad_rows == 2
    assert sum(run.counts.values()) == run.report.rows == 5


def test_that_who_is_in_the_books_is_the_same(office: Office) -> None:
    with office.desk("maker").company.database.reading() as connection:
        known = customers.by_code(connection, "K1")
    assert known is not None

    run = dry(office, a_list(office, f"K1,{known.name}"))

    assert fates(run) == [(2, Fate.SAME, f"K1  {known.name}")]
    assert (run.report.good, run.skipped) == (0, 1)


def test_that_what_a_file_says_otherwise_of_a_customer_is_named_and_not_taken(
    office: Office,
) -> None:
    known = office.customer("K1")
    heads = "客户编码,客户名称,税率,账期,电话,地址"
    rows = [f"K1,{known.name},9%,45,{known.contact.get('phone', '')},"]
    run = dry(office, Files(Sort.CUSTOMERS, office.written("k.csv", "\n".join([heads, *rows]))))

    [one] = run.rows

    assert one.fate is Fate.SAME
    assert one.reason is not None
    assert "没有改它：账期、税率与账套不同" in one.reason.zh


def test_that_what_a_refused_cell_says_is_shown(both: Office) -> None:
    run = dry(both, deliveries(both, "SH1,K1,2026-13-40,10.00", "SH2,K9,2026-01-02,5.00"))

    reasons = [one.reason.zh for one in run.rows if one.reason]

    assert reasons == ["「2026-13-40」不是日期", "没有这个客户「K9」"]


def test_that_a_delivery_is_new_changed_or_the_same(both: Office) -> None:
    day = both.ago(3)
    load(both, deliveries(both, f"SH1,K1,{day},10.00", f"SH2,K1,{day},20.00"))

    run = dry(both, deliveries(
        both, f"SH1,K1,{day},10.00", f"SH2,K1,{day},25.00", f"SH3,K1,{day},5.00"
    ))  # fmt: skip

    assert [one.fate for one in run.rows] == [Fate.SAME, Fate.CHANGED, Fate.NEW]
    assert [one.amount.plain() for one in run.rows if one.amount] == ["10.00", "25.00", "5.00"]
    changed = by_line(run, 3)
    assert changed.reason is not None
    assert "新版本" in changed.reason.zh


def test_that_what_is_noted_stands_beside_its_own_row(office: Office) -> None:
    text = "编码,名称,邮箱\nK8,新客户,不是邮箱\nK9,乙公司,\nK9,乙公司,\n"

    run = dry(office, Files(Sort.CUSTOMERS, office.written("c.csv", text)))

    assert by_line(run, 2).reason is not None
    assert by_line(run, 3).reason is None
    assert by_line(run, 4).fate is Fate.NOTED
    assert run.counts[Fate.NEW] == 3


def test_that_lines_without_a_delivery_are_told_last(office: Office) -> None:
    heads = office.written("h.csv", f"出库单号,客户编码,日期\nSH1,K1,{office.ago(2)}\n")
    text = "出库单号,品名,数量,单价\nSH1,纸箱,3,1.10\nSH9,胶带,1,0.70\n"
    lines = office.written("l.csv", text)

    run = dry(office, Files(Sort.DELIVERIES, heads, lines))

    assert [one.fate for one in run.rows] == [Fate.NEW, Fate.NOTED]
    assert run.rows[0].reason is None


def test_that_columns_nobody_knows_are_asked_for_with_samples(office: Office) -> None:
    path = office.written(
        "c.csv", "代号X,谁,代号X\nK8,新客户,7\nK9,乙公司,8\nK9,乙公司,9\nK7,丙,1\n"
    )
    service = files_of(office)

    [sheet] = service.open(Files(Sort.CUSTOMERS, path), quiet).sheets

    assert sheet.header == ("代号X", "谁", "代号X")
    assert sheet.samples[0] == ("K8", "K9", "K7")
    assert [sheet.is_choosable(at) for at in range(3)] == [True, True, False]
    assert sheet.kind.lacking(sheet.places)
    run = service.dry_run(
        Plan(Files(Sort.CUSTOMERS, path), (sheet.given({"code": (0,), "name": (1,)}),)), quiet
    )
    assert run.report.good == 4


def test_that_a_file_that_changed_after_it_was_tried_is_not_imported(office: Office) -> None:
    path = office.written("c.csv", "编码,名称\nK8,新客户\n,无编码\n")
    service, run = files_of(office), dry(office, Files(Sort.CUSTOMERS, path))
    office.written("c.csv", "编码,名称\nK8,新客户\nK9,没看过的\n,无编码\n")

    with pytest.raises(FileChangedError):
        service.load(run.plan, quiet)
    with pytest.raises(FileChangedError):
        service.write_refused(run, path.with_name("bad.csv"))

    again = dry(office, Files(Sort.CUSTOMERS, path))
    assert again.report.good == 2
    assert service.load(again.plan, quiet).value.report.good == 2


def test_that_which_column_is_what_is_remembered_also_what_is_none(office: Office) -> None:
    path = office.written("c.csv", "编码,名称,电话\nK8,新客户,138\n")
    files, service = Files(Sort.CUSTOMERS, path), files_of(office)
    [first] = service.open(files, quiet).sheets
    assert "phone" in first.places
    kept = {name: at for name, at in first.places.items() if name != "phone"}

    service.dry_run(Plan(files, (first.given(kept),)), quiet)

    [again] = service.open(files, quiet).sheets
    assert again.is_remembered
    assert "phone" not in again.places
    [anew] = service.open(files, quiet, forget=True).sheets
    assert "phone" in anew.places
    assert (paths.config_folder() / "import-columns.json").exists()


def test_that_the_same_file_is_known_again_whatever_it_is_called(both: Office) -> None:
    files = a_list(both, "K8,新客户")
    service = files_of(both)
    assert service.open(files, quiet).before is None

    number = load(both, files)

    before = service.open(a_list(both, "K8,新客户", name="别名.csv"), quiet).before
    assert before is not None
    assert (before.number, before.made_by, before.is_waiting) == (number, "maker", False)
    assert service.open(a_list(both, "K9,另一份"), quiet).before is None


def test_that_a_list_that_waits_for_somebody_is_said_to_wait(both: Office) -> None:
    both.posted("SH1", "113.00")
    files = a_list(both, "K8,新客户")

    assert dry(both, files).waits
    load(both, files)

    before = files_of(both).open(files, quiet).before
    assert before is not None
    assert before.is_waiting
    assert "K8" not in codes(both)


@dataclass
class Stopping:
    """Stops at a call; counts the calls."""

    at: int
    calls: int = 0

    def __call__(self, done: int, total: int | None) -> None:
        del done, total
        self.calls += 1
        if self.calls == self.at:
            raise StopError


def test_that_an_import_stopped_anywhere_leaves_nothing(both: Office) -> None:
    files = a_list(both, *(f"X{n:04d},客户{n}" for n in range(1, 1200)))
    service = files_of(both)
    plan = plan_of(service.open(files, quiet))
    before = codes(both)
    stopping, made = Stopping(1), 0

    while not made:
        try:
            made = service.load(plan, stopping).value.report.made
        except StopError:
            assert codes(both) == before
            stopping = Stopping(stopping.at * 2)

    assert made == 1199
    assert stopping.at >= 16
    assert len(codes(both)) == len(before) + 1199


LONG = (
    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {})"
    " SELECT max(i) FROM n"
)


def test_that_a_long_statement_is_stopped_in_its_midst(office: Office) -> None:
    stopping = Stopping(at=3)

    def work(unit: Unit) -> None:
        with unit.asked(lambda: stopping(0, None)):
            unit.connection.exec_driver_sql(LONG.format(10_000_000)).scalar_one()

    with pytest.raises(StopError):
        office.desk("maker").company.run(work)
    assert stopping.calls == 3


def test_that_a_statement_that_fails_by_itself_says_why(both: Office) -> None:
    def work(unit: Unit) -> None:
        with unit.asked(lambda: None):
            assert unit.connection.exec_driver_sql(LONG.format(10)).scalar_one() == 10
            unit.connection.exec_driver_sql("SELECT nothing FROM nowhere")

    with pytest.raises(StorageError):
        both.desk("maker").company.run(work)


def test_that_progress_is_what_was_read_of_what_is_there(office: Office) -> None:
    files = a_list(office, *(f"X{n:04d},客户{n}" for n in range(1, 1000)))
    service = files_of(office)
    told: list[tuple[int, int | None]] = []

    service.dry_run(plan_of(service.open(files, quiet)), lambda *now: told.append(now))

    assert (200, None) in told
    assert (400, 999) in told
    assert told[-1] == (999, 999)


@pytest.mark.parametrize(
    "content",
    [
        b"%PDF-1.7 not a table",
        b"",
        b"<html>",
        b"\xd0\xcf\x11\xe0 old",
        b"PK\x03\x04broken",
        b"\x00" * 90,
    ],
)
def test_that_what_is_no_table_is_refused_whatever_its_name(office: Office, content: bytes) -> None:
    path = office.folder / "客户.csv"
    path.write_bytes(content)

    with pytest.raises(FileRefusedError):
        files_of(office).open(Files(Sort.CUSTOMERS, path), quiet)


def test_that_a_file_gone_between_reading_and_posting_is_said(office: Office) -> None:
    with pytest.raises(FileRefusedError):
        fingerprint((office.folder / "gone.csv",))


def test_that_refused_rows_are_written_with_their_reasons(office: Office) -> None:
    run = dry(office, a_list(office, "K8,新客户", "K1,别的公司"))
    path = office.folder / "refused.csv"

    assert files_of(office).write_refused(run, path) == 1
    text = path.read_text("utf-8-sig")
    assert "别的公司" in text
    assert "新客户" not in text


def test_that_a_workbook_decides_what_a_comma_is_and_a_text_does_not(office: Office) -> None:
    head, row = ("编码", "名称", "信用额度"), ("K8", "新客户", "1,500")
    plain, book = office.folder / "c.csv", office.folder / "c.xlsx"
    write_rows(plain, head, [row])
    write_rows(book, head, [row])

    assert dry(office, Files(Sort.CUSTOMERS, plain)).report.bad_rows == 1
    assert dry(office, Files(Sort.CUSTOMERS, book)).report.good == 1


def test_that_customers_are_for_two_roles_and_deliveries_for_one() -> None:
    admin, cashier = frozenset({Role.ADMIN}), frozenset({Role.CASHIER})

    assert why_not_import(Sort.CUSTOMERS, admin) is None
    assert isinstance(why_not_import(Sort.DELIVERIES, admin), MayNotImportError)
    assert isinstance(why_not_import(Sort.CUSTOMERS, cashier), MayNotImportError)
    assert why_not_import(Sort.DELIVERIES, frozenset({Role.ACCOUNTANT})) is None
