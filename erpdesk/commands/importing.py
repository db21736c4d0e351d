"""``import customers FILE…`` and ``import deliveries HEADERS [LINES]``, each with ``--dry-run``."""

import json
import sys
from pathlib import Path
from typing import Any

import click

from erpdesk import paths
from erpdesk.commands.frame import Session, verb
from erpdesk.domain.columns import Columns, Given
from erpdesk.domain.import_rows import ImportReport
from erpdesk.domain.money import Money
from erpdesk.errors import UserError
from erpdesk.files.bad_rows import write_bad_rows
from erpdesk.files.mappings import Mappings
from erpdesk.services.importing import Imported
from erpdesk.services.importing_deliveries import Source
from erpdesk.words import Sentence, explain

DONE = Sentence(
    "读了 {rows} 行：{good} 行好，{bad_rows} 行有问题，{skipped} 行不算；"
    "导入 {made} 条（{number}）",
    "{rows} rows read: {good} good, {bad_rows} bad, {skipped} left out; {made} imported ({number})",
)
WAITS = Sentence(
    "已提交，等第二个人审核：{number}", "Submitted; a second person has to approve {number}"
)

table_file = click.Path(path_type=Path)
mapping_option = click.option(
    "--map",
    "pairs",
    multiple=True,
    metavar="FIELD=HEADING",
    help="指定哪一列是什么 / name a column",
)
dry_option = click.option("--dry-run", "dry", is_flag=True, help="只检查，不导入 / check only")
bad_option = click.option(
    "--bad-rows",
    "bad_file",
    type=table_file,
    metavar="FILE",
    help="有问题的行写到这里 / write bad rows",
)
whole_option = click.option(
    "--all-or-none", "whole", is_flag=True, help="有一行不行就都不导入 / none when one is bad"
)


@click.group(name="import")
def importing() -> None:
    """导入客户、未开票出库单。 Import customers and uninvoiced deliveries."""


@importing.command()
@click.argument("files", type=table_file, nargs=-1, required=True)
@mapping_option
@dry_option
@bad_option
@whole_option
@verb
def customers(
    session: Session,
    *,
    files: tuple[Path, ...],
    pairs: tuple[str, ...],
    dry: bool,
    bad_file: Path | None,
    whole: bool,
) -> None:
    """导入客户（CSV 或 XLSX）。 Import customers."""
    service = session.desk.importing_customers
    for file in files:
        given = _given(pairs)
        if dry:
            _dry(session, lambda file=file, given=given: service.check(file, given))
            continue
        done = service.load(file, given, all_or_none=whole, progress=_progress(session))
        _finish(session, done, service.columns(file, given), bad_file, given)


@importing.command()
@click.argument("headers", type=table_file)
@click.argument("lines", type=table_file, required=False)
@mapping_option
@click.option(
    "--line-map",
    "line_pairs",
    multiple=True,
    metavar="FIELD=HEADING",
    help="明细表的列 / of the lines",
)
@click.option(
    "--source", "name", default="erp", show_default=True, help="来源系统 / the other program"
)
@dry_option
@bad_option
@whole_option
@verb
def deliveries(session: Session, *, headers: Path, lines: Path | None, **options: Any) -> None:
    """导入未开票出库单：表头加明细，或单张金额。 Import uninvoiced deliveries."""
    service = session.desk.importing_deliveries
    given = _given(options["pairs"])
    source = Source(headers, lines, given, _given(options["line_pairs"]), options["name"])
    if options["dry"]:
        _dry(session, lambda: service.check(source), total=True)
        return
    done = service.load(source, all_or_none=options["whole"], progress=_progress(session))
    _finish(session, done, service.columns(source), options["bad_file"], given)


def _given(pairs: tuple[str, ...]) -> Given | None:
    given: dict[str, list[str]] = {}
    for pair in pairs:
        field, mark, heading = pair.partition("=")
        if not mark:
            raise click.BadParameter(pair, param_hint="--map")
        given.setdefault(field.strip(), []).append(heading.strip())
    return given or None


def _mappings() -> Mappings:
    return Mappings(paths.config_folder() / "import-columns.json")


def _dry(session: Session, check: Any, *, total: bool = False) -> None:
    """Print what an import would do, always as JSON; a refused file is exit code 1."""
    try:
        report: ImportReport = check()
    except UserError as refused:
        click.echo(json.dumps({"refused": explain(refused, session.language)}, ensure_ascii=False))
        raise click.exceptions.Exit(1) from None
    click.echo(json.dumps(plain_report(report, session, total=total), ensure_ascii=False))


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
        value["totals"] = sums
    return value


def _progress(session: Session) -> Any:
    if session.json or not sys.stderr.isatty():
        return lambda _: None
    word = Sentence("已读 {rows} 行", "{rows} rows read")

    def show(rows: int) -> None:
        click.echo("\r" + session.say(word, rows=f"{rows:,}"), nl=False, err=True)

    return show


def _finish(
    session: Session, done: Imported, columns: Columns, bad_file: Path | None, given: Given | None
) -> None:
    if bad_file is not None and done.bad:
        write_bad_rows(bad_file, columns, done.bad)
    if given:
        _mappings().remember(columns)
    document = done.document
    number = document.number if document else "—"
    value = plain_report(done.report, session, total=bool(done.report.totals))
    posted = document is None or document.state == "posted"
    facts = {
        name: getattr(done.report, name) for name in ("rows", "good", "bad_rows", "skipped", "made")
    }
    session.answer(
        value | {"document": number, "posted": posted},
        DONE if posted else WAITS,
        number=number,
        **facts,
    )
    if not session.json:
        for problem in (*done.report.bad, *done.report.warnings)[:50]:
            plain = problem.plain(session.language)
            session.line(f"  {plain['line']}  {plain['column']}  {plain['reason']}")
