"""``campaign``: plan, freeze, print, look, decide, review, hand in, close, and the steps aside."""

from pathlib import Path
from typing import Any

import click

from erpdesk.commands.arguments import DAY, kept_file, must_be_writable
from erpdesk.commands.campaign_view import answer
from erpdesk.commands.frame import Session, verb, verbs
from erpdesk.commands.help import VerbGroup
from erpdesk.domain.ids import CustomerId, DocumentId, EventId, PersonName
from erpdesk.domain.money import parse_amount
from erpdesk.domain.stocktake.campaign import CampaignPlan
from erpdesk.domain.stocktake.campaign_scope import BALANCE
from erpdesk.domain.stocktake.count_line import LineDecision, LineVerb
from erpdesk.domain.stocktake.variance import Tolerance
from erpdesk.files.atomic import replacing
from erpdesk.words import Sentence

campaign_argument = click.argument("campaign", metavar="CAMPAIGN")


@click.group(cls=VerbGroup)
@verbs
def campaign() -> None:
    """客户盘点计划。 The customer stocktake: plan, freeze, look, review."""


@campaign.command(
    examples=(
        "--company 我的.erpdesk campaign plan --name 年末客户盘点 --counter 王芳 --freeze",
        "--company 我的.erpdesk campaign plan --name 杭州客户 --filter address=杭州 --blind",
    )
)
@click.option("--name", required=True, help="名称 / name")
@click.option(
    "--cut-off",
    "cut_off",
    type=DAY,
    help="截止日（默认今天） / cut-off day",
)
@click.option("--counter", "counters", multiple=True, metavar="USER", help="盘点员 / counter")
@click.option("--recounter", "recounters", multiple=True, metavar="USER", help="复盘员 / recounter")
@click.option(
    "--customer", "chosen", multiple=True, metavar="CODE", help="只盘这些客户 / these only"
)
@click.option("--filter", "filters", multiple=True, metavar="FIELD=VALUE", help="筛选 / filter")
@click.option("--without", "without", multiple=True, metavar="CODE", help="不盘这些 / leave out")
@click.option("--due", type=DAY, help="盘完的期限 / to be counted by")
@click.option(
    "--sample", type=click.IntRange(0, 1000), default=0, help="抽盘千分比 / sample, permille"
)
@click.option("--blind/--open", default=False, help="盲盘 / withhold the books")
@click.option("--tolerance", default="0", help="容差（金额） / tolerance as an amount")
@click.option(
    "--permille", type=click.IntRange(0, 1000), help="相对容差（千分比） / relative tolerance"
)
@click.option(
    "--require", "required", multiple=True, metavar="FIELD", help="必须核对的栏 / to verify"
)
@click.option("--currency", default="CNY", show_default=True)
@click.option("--freeze", "at_once", is_flag=True, help="马上冻结名单 / freeze at once")
@verb
def plan(session: Session, *, at_once: bool, **given: Any) -> None:
    """计划一次盘点（默认全部客户）。 Plan a campaign; all customers without a choice."""
    if not given["name"].strip():
        raise click.BadParameter("「」", param_hint="--name")
    service = session.desk.campaigns
    document = service.plan(_plan(session, **given)).value
    if at_once:
        document = service.freeze(document).value
    answer(session, service.status(document))


def _plan(session: Session, **given: Any) -> CampaignPlan:
    counters = given["counters"] or (session.desk.company.person,)
    day = given["cut_off"] or session.clock.today()
    tolerance = parse_amount(given["tolerance"], given["currency"])
    return CampaignPlan(
        name=given["name"],
        cut_off=day,
        currency=given["currency"],
        blind=given["blind"],
        tolerance=Tolerance(tolerance.minor, given["permille"]),
        counters=tuple(session.desk.person(name) for name in counters),
        recounters=tuple(session.desk.person(name) for name in given["recounters"]),
        customers=tuple(CustomerId(session.desk.customer(c).id) for c in given["chosen"]),
        filter=tuple(sorted(_pair(text, given["currency"]) for text in given["filters"])),
        without=tuple(CustomerId(session.desk.customer(c).id) for c in given["without"]),
        due=given["due"],
        sample_permille=given["sample"],
        required=given["required"],
    )


def _pair(text: str, currency: str) -> tuple[str, str]:
    """Read one filter; a balance is written as an amount and kept in minor units."""
    field, mark, value = text.partition("=")
    if not mark:
        raise click.BadParameter(text, param_hint="--filter")
    if field == BALANCE:
        return field, str(parse_amount(value, currency).minor)
    return field, value


@campaign.command(examples=("--company 我的.erpdesk campaign freeze 盘-0001",))
@campaign_argument
@verb
def freeze(session: Session, *, campaign: str) -> None:
    """冻结名单和账面数，开始盘点。 Freeze the list and the books; counting begins."""
    service = session.desk.campaigns
    answer(session, service.status(service.freeze(session.desk.document(campaign)).value))


@campaign.command(examples=("--company 我的.erpdesk campaign sheet 盘-0001 盘点表.pdf",))
@campaign_argument
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
@verb
def sheet(session: Session, *, campaign: str, file: Path) -> None:
    """打印盘点表（PDF）；盲盘没有账面数。 The count sheet as a PDF; blind ones have no figure."""
    must_be_writable(file, (".pdf",))
    pdf = session.desk.printing.count_sheet(campaign, language=session.language)
    _hand_out(session, file, pdf, Sentence("盘点表：{file}", "Count sheet: {file}"))


@campaign.command(examples=("--company 我的.erpdesk campaign card 命令卡.pdf",))
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
@verb
def card(session: Session, *, file: Path) -> None:
    """打印命令卡（PDF）：拿着扫码枪也能记录、延后、交班。 The card of command codes as a PDF."""
    must_be_writable(file, (".pdf",))
    pdf = session.desk.printing.command_card(session.language)
    _hand_out(session, file, pdf, Sentence("命令卡：{file}", "Command card: {file}"))


def _hand_out(session: Session, file: Path, pdf: bytes, said: Sentence) -> None:
    with replacing(file) as temporary:
        temporary.write_bytes(pdf)
    session.answer({"file": str(file), "bytes": len(pdf)}, said, file=file)


@campaign.command(examples=("--company 我的.erpdesk campaign report 盘-0001 盘点报告.pdf",))
@campaign_argument
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
@verb
def report(session: Session, *, campaign: str, file: Path) -> None:
    """盘点报告（PDF）：结果、差异、签字。 The report as a PDF: result, differences, signatures."""
    must_be_writable(file, (".pdf",))
    document = session.desk.document(campaign)
    printed = session.desk.reporting.write(document, file, language=session.language)
    session.answer(
        {"file": str(file), "bytes": len(printed.pdf), "copy": printed.copy},
        Sentence("盘点报告：{file}", "Report: {file}"),
        file=file,
    )


@campaign.command(examples=("--company 我的.erpdesk campaign status 盘-0001 --lines",))
@campaign_argument
@click.option("--lines", "with_lines", is_flag=True, help="列出每一行 / list every line")
@verb
def status(session: Session, *, campaign: str, with_lines: bool) -> None:
    """盘到哪里了、还有谁没盘。 How far it is and who was not reached yet."""
    found = session.desk.campaigns.status(session.desk.document(campaign))
    answer(session, found, with_lines=with_lines)


@campaign.command(examples=("--company 我的.erpdesk campaign review 盘-0001",))
@campaign_argument
@verb
def review(session: Session, *, campaign: str) -> None:
    """结束盘点，转差异核对。 End counting and look at the differences."""
    service = session.desk.campaigns
    answer(session, service.status(service.review(session.desk.document(campaign)).value))


@campaign.command(
    examples=(
        "--company 我的.erpdesk campaign decide 盘-0001 defer --customer C0007 --reason 月底再去",
    )
)
@campaign_argument
@click.argument("what", type=click.Choice([one.value for one in LineVerb]))
@click.option("--customer", "code", metavar="CODE", help="哪个客户 / which customer")
@click.option("--event", metavar="ID", help="扫码记录 / count event")
@click.option("--to", "to_person", metavar="USER", help="交给谁复盘 / who recounts")
@click.option("--evidence", "files", multiple=True, metavar="FILE", help="证据文件 / evidence")
@click.option("--reason", required=True, help="原因（至少五个字） / at least five characters")
@verb
def decide(session: Session, *, campaign: str, what: str, reason: str, **given: Any) -> None:
    """主管对一行或一次扫码作决定。 A supervisor decides about a line or a scan."""
    if not given["code"] and not given["event"]:
        raise click.MissingParameter(param_hint="--customer / --event", param_type="option")
    desk = session.desk
    document = desk.document(campaign)
    proof = tuple(kept_file(desk, name) for name in given["files"])
    desk.campaigns.decide(
        LineDecision(
            id=desk.company.new_id(),
            campaign=DocumentId(document.id),
            verb=LineVerb(what),
            reason=reason,
            by=PersonName(desk.company.person),
            at=session.clock.now_us(),
            customer=CustomerId(desk.customer(given["code"]).id) if given["code"] else None,
            event=EventId(given["event"]) if given["event"] else None,
            to_person=desk.person(given["to_person"]) if given["to_person"] else None,
            evidence=proof,
        )
    )
    answer(session, desk.campaigns.status(document))


@campaign.command(examples=("--company 我的.erpdesk campaign export 盘-0001 盘点.xlsx",))
@campaign_argument
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
@verb
def export(session: Session, *, campaign: str, file: Path) -> None:
    """导出盘点明细（.csv 或 .xlsx）。 Write the lines to a spreadsheet."""
    found = session.desk.campaigns.status(session.desk.document(campaign))
    written = session.desk.exporting.campaign(found, file, language=session.language)
    session.answer(
        {"file": str(file), "rows": written},
        Sentence("已写出 {rows} 行：{file}", "{rows} rows written to {file}"),
        rows=written,
        file=file,
    )


@campaign.command("hand-in", examples=("--company 我的.erpdesk campaign hand-in 盘-0001",))
@campaign_argument
@verb
def hand_in(session: Session, *, campaign: str) -> None:
    """差异都写明后，送审批。 Submit the differences, each with reason and action, for approval."""
    service = session.desk.campaigns
    answer(session, service.status(service.hand_in(session.desk.document(campaign)).value))


@campaign.command(examples=("--company 我的.erpdesk campaign recount 盘-0001 --reason 超容差复盘",))
@campaign_argument
@click.option("--reason", required=True, help="原因（至少五个字） / at least five characters")
@verb
def recount(session: Session, *, campaign: str, reason: str) -> None:
    """选超容差的和抽中的，开始复盘。 Count again whom the tolerance or the sample chooses."""
    service = session.desk.campaigns
    answer(session, service.status(service.recount(session.desk.document(campaign), reason).value))


@campaign.command(
    examples=("--company 我的.erpdesk campaign reopen 盘-0001 --customer C0007 --reason 数抄错了",)
)
@campaign_argument
@click.option(
    "--customer", "codes", multiple=True, required=True, metavar="CODE", help="客户 / customer"
)
@click.option("--reason", required=True, help="原因（至少五个字） / at least five characters")
@verb
def reopen(session: Session, *, campaign: str, codes: tuple[str, ...], reason: str) -> None:
    """差异核对退回盘点，只重开这几户。 Count some lines again after all."""
    service, document = session.desk.campaigns, session.desk.document(campaign)
    chosen = tuple(CustomerId(session.desk.customer(code).id) for code in codes)
    answer(session, service.status(service.reopen(document, reason, chosen).value))


@campaign.command(examples=("--company 我的.erpdesk campaign resume 盘-0001",))
@campaign_argument
@verb
def resume(session: Session, *, campaign: str) -> None:
    """过期的计划继续盘点。 Go on counting a campaign that expired."""
    service = session.desk.campaigns
    answer(session, service.status(service.resume(session.desk.document(campaign)).value))


@campaign.command(examples=("--company 我的.erpdesk campaign cancel 盘-0001 --reason 改成月底盘",))
@campaign_argument
@click.option("--reason", required=True, help="原因（至少五个字） / at least five characters")
@verb
def cancel(session: Session, *, campaign: str, reason: str) -> None:
    """作废计划，盘点记录保留。 Give a campaign up; what was counted stays."""
    service = session.desk.campaigns
    answer(session, service.status(service.cancel(session.desk.document(campaign), reason).value))


@campaign.command(examples=("--company 我的.erpdesk campaign adjust 盘-0001",))
@campaign_argument
@verb
def adjust(session: Session, *, campaign: str) -> None:
    """已批准的差异开始处理。 Begin to treat the approved differences."""
    service = session.desk.campaigns
    answer(session, service.status(service.adjust(session.desk.document(campaign)).value))


@campaign.command(examples=("--company 我的.erpdesk campaign close 盘-0001",))
@campaign_argument
@verb
def close(session: Session, *, campaign: str) -> None:
    """报告存证、账套校验后结束盘点。 Keep the report, prove the books and end the campaign."""
    service, document = session.desk.campaigns, session.desk.document(campaign)
    report = session.desk.reporting.archive(document, language=session.language)
    answer(session, service.status(service.close(document, report=report).value))
