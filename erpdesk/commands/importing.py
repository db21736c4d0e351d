"""``import`` customers, deliveries, opening items and bank statements, each with ``--dry-run``."""

import json
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import click

from erpdesk.commands import import_options as options_of
from erpdesk.commands.arguments import FILE, must_be_writable
from erpdesk.commands.frame import Session, refusal, verb, verbs
from erpdesk.commands.help import VerbGroup
from erpdesk.commands.import_columns import Reading, fields_of, read_columns, remember
from erpdesk.domain.importing.column_names import (
    CUSTOMERS,
    DELIVERIES,
    DELIVERY_HEADERS,
    DELIVERY_LINES,
    OPENINGS,
    STATEMENTS,
)
from erpdesk.domain.importing.rows import ImportReport
from erpdesk.domain.money import Money
from erpdesk.errors import UserError
from erpdesk.files.bad_rows import write_bad_rows
from erpdesk.services.importing.files import bad_rows
from erpdesk.services.importing.tables import BadRowsError, Imported, Importing, ImportSource
from erpdesk.words import Sentence

DONE = Sentence(
    "读了 {rows} 行：{good} 行好，{bad_rows} 行有问题，{skipped} 行不算；"
    "导入 {made} 条，单据 {number}",
    "{rows} rows read: {good} good, {bad_rows} bad, {skipped} left out; {made} imported, {number}",
)
WAITS = Sentence(
    "读了 {rows} 行：{good} 行好，{bad_rows} 行有问题，{skipped} 行不算；"
    "建账期已过，{number} 等第二个人审核后导入 {made} 条",
    "{rows} rows read: {good} good, {bad_rows} bad, {skipped} left out; set-up is over, so "
    "{number} waits for a second person, then {made} are in",
)
RECEIPTS_WAIT = Sentence(
    "读了 {rows} 行：{good} 行好，{bad_rows} 行有问题，{skipped} 行不算；"
    "{made} 笔收款等第二个人审核，到 {number} 为止",
    "{rows} rows read: {good} good, {bad_rows} bad, {skipped} left out; {made} receipts wait for a "
    "second person, up to {number}",
)
REMEMBERED = Sentence("按上次说的对应列：{columns}", "Columns as said before: {columns}")
MORE = Sentence("  还有 {more} 行，见 --bad-rows 文件", "  and {more} more, see --bad-rows FILE")
SHOWN = 50


@dataclass(frozen=True, slots=True)
class Job:
    """One source to be imported: by whom, and how its columns were read."""

    importing: Importing[Any]
    source: ImportSource
    reading: Reading
    has_total: bool = True
    waits: Sentence = WAITS


@click.group(name="import", cls=VerbGroup)
@verbs
def importing() -> None:
    """导入客户、出库单、期初未清项、银行流水。 Import what the books begin with, and statements."""


@importing.command(
    epilog=f"栏 / Fields: {fields_of(CUSTOMERS)}",
    examples=(
        "--company 我的.erpdesk import customers 客户.csv --dry-run",
        "--company 我的.erpdesk import customers 客户.xlsx --bad-rows 问题.xlsx",
        "--company 我的.erpdesk import customers 客户.csv --map code=单位代号 --map name=单位",
    ),
)
@click.argument("files", metavar="FILE…", type=FILE, nargs=-1, required=True)
@options_of.columns
@options_of.forget
@options_of.sheet
@options_of.encoding
@options_of.dry
@options_of.bad
@options_of.whole
@verb
def customers(session: Session, *, files: tuple[Path, ...], **options: Any) -> None:
    """导入客户（CSV 或 XLSX）。 Import customers.

    编码、分隔符、表头都自动认；同一份再导不会重复。几个文件就逐个导，--dry-run 一个文件一行 JSON。

    Encoding, separator and header are found; the same again adds nobody. Several files go in one
    after another; with --dry-run each gives a line of JSON.
    """

    def job(file: Path) -> Job:
        source = ImportSource(file, encoding=options["encoding"], sheet=options["sheet"])
        reading = read_columns(source.table, CUSTOMERS, options["pairs"], forget=options["forget"])
        source = replace(source, given=reading.given)
        return Job(session.desk.importing_customers, source, reading, has_total=False)

    _each(session, files, job, options)


@importing.command(
    epilog=f"栏 / Fields: {fields_of(DELIVERIES)}",
    examples=(
        "--company 我的.erpdesk import deliveries 出库单.csv --dry-run",
        "--company 我的.erpdesk import deliveries 表头.xlsx 明细.xlsx --all-or-none",
    ),
)
@click.argument("headers", metavar="HEADERS", type=FILE)
@click.argument("lines", metavar="[LINES]", type=FILE, required=False)
@options_of.columns
@click.option(
    "--line-map",
    "line_pairs",
    multiple=True,
    metavar="FIELD=HEADING",
    help="明细表的列 / a column of the lines",
)
@options_of.forget
@options_of.sheet
@options_of.line_sheet
@options_of.encoding
@click.option(
    "--source", "name", default="erp", show_default=True, help="来源系统 / the other program"
)
@options_of.dry
@options_of.bad
@options_of.whole
@verb
def deliveries(session: Session, *, headers: Path, lines: Path | None, **options: Any) -> None:
    """导入未开票出库单：表头加明细，或单张金额。 Import uninvoiced deliveries.

    一张表（一行一张单，或一行一条明细），或表头和明细两张表。同一张单内容没变就不重复。

    One table (a row a delivery, or a row a line), or headers and lines. The same again adds none.
    """
    forget = options["forget"]

    def job(file: Path) -> Job:
        source = ImportSource(
            file, lines, system=options["name"], encoding=options["encoding"],
            sheet=options["sheet"], line_sheet=options["line_sheet"],
        )  # fmt: skip
        kind = DELIVERIES if lines is None else DELIVERY_HEADERS
        reading = read_columns(source.table, kind, options["pairs"], forget=forget)
        source = replace(source, given=reading.given)
        if lines is not None:
            pairs = options["line_pairs"]
            below = read_columns(source.table_of_lines, DELIVERY_LINES, pairs, forget=forget)
            if pairs and not options["dry"]:
                remember(below)
            source = replace(source, line_given=below.given)
        return Job(session.desk.importing_deliveries, source, reading)

    _each(session, (headers,), job, options)


@importing.command(
    epilog=f"栏 / Fields: {fields_of(OPENINGS)}",
    examples=(
        "--company 我的.erpdesk import openings 期初.csv --dry-run",
        "--company 我的.erpdesk import openings 应收余额.xlsx --map amount=余额 --map due=到期",
    ),
)
@click.argument("files", metavar="FILE…", type=FILE, nargs=-1, required=True)
@options_of.columns
@options_of.forget
@options_of.sheet
@options_of.encoding
@options_of.dry
@options_of.bad
@options_of.whole
@verb
def openings(session: Session, *, files: tuple[Path, ...], **options: Any) -> None:
    """导入期初未清项：建账以前没结清的。 Import what was open before the books began.

    一行一笔，记在上月最后一天。类别写已开票、暂估或预收，不写算已开票；负数记为预收。
    同一客户同一单号只算一次。还要开票的货不放这里，导入出库单。

    A row an item, booked on the last day of last month. Its kind is billed, unbilled or paid
    ahead, billed where it is not said; below zero it is paid ahead. Of a customer each number
    comes in once. Goods that will be invoiced come in as deliveries instead.
    """

    def job(file: Path) -> Job:
        source = ImportSource(file, encoding=options["encoding"], sheet=options["sheet"])
        reading = read_columns(source.table, OPENINGS, options["pairs"], forget=options["forget"])
        source = replace(source, given=reading.given)
        return Job(session.desk.importing_openings, source, reading)

    _each(session, files, job, options)


@importing.command(
    epilog=f"栏 / Fields: {fields_of(STATEMENTS)}",
    examples=(
        "--company 我的.erpdesk --as 沈佳 import statement 流水.csv --dry-run",
        "--company 我的.erpdesk --as 沈佳 import statement 流水.xlsx --map reference=流水编号",
    ),
)
@click.argument("files", metavar="FILE…", type=FILE, nargs=-1, required=True)
@options_of.columns
@options_of.forget
@options_of.sheet
@options_of.encoding
@options_of.dry
@options_of.bad
@options_of.whole
@verb
def statement(session: Session, *, files: tuple[Path, ...], **options: Any) -> None:
    """导入银行流水：收入的各成一张收款单。 Import bank statements.

    按流水号认，同一笔再导不重复。收款单等第二个人审核，批了才能核销；付款人不详的记入待查款项。

    Each line that came in is a receipt that waits for a second person; by the bank's reference the
    same line again adds none. Money from nobody known is kept as unidentified.
    """

    def job(file: Path) -> Job:
        source = ImportSource(file, encoding=options["encoding"], sheet=options["sheet"])
        reading = read_columns(source.table, STATEMENTS, options["pairs"], forget=options["forget"])
        source = replace(source, given=reading.given)
        return Job(session.desk.importing_statements, source, reading, waits=RECEIPTS_WAIT)

    _each(session, files, job, options)


def _each(
    session: Session,
    files: tuple[Path, ...],
    job: Callable[[Path], Job],
    options: dict[str, Any],
) -> None:
    """Do each file by itself; one that is refused does not stop the others."""
    must_be_writable(options["bad_file"], (".csv", ".xlsx"))
    refused = False
    for file in files:
        named = {"file": str(file)} if len(files) > 1 else {}
        try:
            bad = options["bad_file"]
            beside = bad.with_stem(f"{bad.stem}-{file.stem}") if bad and named else bad
            refused |= _one(session, job(file), options | {"bad_file": beside}, named)
        except UserError as error:
            refused = True
            value = named | refusal(session, error)
            if options["dry"] or session.json:
                click.echo(json.dumps(value, ensure_ascii=False))
            else:
                head = f"{file.name}: " if named else ""
                click.echo(head + value["refused"], err=True)
    if refused:
        raise click.exceptions.Exit(1)


def _one(session: Session, job: Job, options: dict[str, Any], named: dict[str, str]) -> bool:
    """Check or load one file and print what became of it; say whether it was refused."""
    if job.reading.remembered:
        columns = (f"{key} ← {'、'.join(said)}" for key, said in _said(job.reading))
        session.note(REMEMBERED, columns=tuple(columns))
    if options["dry"]:
        report = job.importing.check(job.source)
        _write_bad(job, options["bad_file"], report)
        value = named | plain_report(report, session, total=job.has_total) | job.reading.plain()
        click.echo(json.dumps(value, ensure_ascii=False))
        return False
    try:
        done = job.importing.load(
            job.source, all_or_none=options["whole"], progress=_progress(session)
        )
    except BadRowsError as error:
        report = job.importing.check(job.source)
        _write_bad(job, options["bad_file"], report)
        _print_none(session, job, report, named | refusal(session, error))
        return True
    finally:
        _progress_over(session)
    if options["bad_file"] is not None and done.bad:
        write_bad_rows(options["bad_file"], job.reading.columns, done.bad)
    if options["pairs"]:
        remember(job.reading)
    _finish(session, job, done, named)
    return False


def _said(reading: Reading) -> list[tuple[str, list[str]]]:
    return list(reading.columns.mapping().items())


def _write_bad(job: Job, file: Path | None, report: ImportReport) -> None:
    """Write the bad rows of a check: the table is gone through once more for them."""
    if file is None or not report.bad:
        return
    write_bad_rows(file, job.reading.columns, bad_rows(job.source, report))


def plain_report(report: ImportReport, session: Session, *, total: bool) -> dict[str, Any]:
    """Return a report for machines; the total is text in major units, by currency when several."""
    language = session.language
    value: dict[str, Any] = {
        "rows": report.rows,
        "good": report.good,
        "bad": [problem.plain(language) for problem in report.bad],
        "warnings": [problem.plain(language) for problem in report.warnings],
        "skipped": report.skipped,
        "made": report.made,
    }
    if total:
        sums = {currency: Money(minor, currency).plain() for currency, minor in report.totals}
        value["total"] = next(iter(sums.values()), "0.00") if len(sums) < 2 else sums
        value["totals_minor"] = dict(report.totals)
    return value


def _progress(session: Session) -> Callable[[int], None]:
    if session.json or not _on_terminal():
        return lambda _: None
    word = Sentence("已读 {rows} 行", "{rows} rows read")

    def show(rows: int) -> None:
        click.echo("\r" + session.say(word, rows=f"{rows:,}"), nl=False, err=True)

    return show


def _progress_over(session: Session) -> None:
    if not session.json and _on_terminal():
        click.echo("\r" + " " * 40 + "\r", nl=False, err=True)


def _on_terminal() -> bool:
    return sys.stderr is not None and sys.stderr.isatty()


def _finish(session: Session, job: Job, done: Imported, named: dict[str, str]) -> None:
    document = done.document
    number = document.number if document else None
    value = named | plain_report(done.report, session, total=job.has_total)
    value |= job.reading.plain()
    posted = document is None or document.state == "posted"
    facts = {
        name: getattr(done.report, name) for name in ("rows", "good", "bad_rows", "skipped", "made")
    }
    session.answer(
        value | {"document": number, "posted": posted},
        DONE if posted else job.waits,
        number=number or "—",
        **facts,
    )
    if not session.json:
        _print_problems(session, done.report)


def _print_none(session: Session, job: Job, report: ImportReport, value: dict[str, Any]) -> None:
    """Say that nothing was imported because of bad rows, and which these are."""
    if session.json:
        plain = plain_report(report, session, total=job.has_total)
        click.echo(json.dumps(value | plain, ensure_ascii=False))
        return
    click.echo(value["refused"], err=True)
    _print_problems(session, report)


def _print_problems(session: Session, report: ImportReport) -> None:
    problems = (*report.bad, *report.warnings)
    for problem in problems[:SHOWN]:
        plain = problem.plain(session.language)
        session.line(f"  {plain['line']}  {plain['column']}  {plain['reason']}")
    if len(problems) > SHOWN:
        session.line(session.say(MORE, more=len(problems) - SHOWN))
