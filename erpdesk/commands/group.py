"""``python -m erpdesk --company PATH-or-postgresql-URL VERB``: every verb, in one group."""

from importlib import import_module
from typing import Any

import click
from typing_extensions import override

from erpdesk import VERSION
from erpdesk.commands.frame import Session, shared, take
from erpdesk.commands.help import VerbGroup, WideContext

SECTIONS: dict[str, dict[str, tuple[str, str]]] = {
    "账套 / The company": {
        "new": ("companies:new", "新建账套或样例公司 / make a company, or a sample"),
        "firm": ("joining:firm", "公司名称、收款账号 / the firm on its papers"),
        "people": ("companies:people", "有哪些人、能做什么 / who is here and may do what"),
        "person": ("joining:person", "加人、改权限 / add people, change what they may do"),
    },
    "导入 / Import": {
        "import": (
            "importing:importing",
            "导入客户、出库单、期初、流水 / customers, deliveries, open items, statements",
        ),
        "read-code": ("read_code:read_code", "扫码输入读成什么 / what scanner input is taken for"),
    },
    "客户盘点 / The stocktake": {
        "campaign": ("reviewing:campaign", "计划、冻结、进度、导出 / plan, freeze, look, export"),
        "scan": ("counting:scan", "逐条扫码 / record codes as they come"),
        "state": ("counting:state", "客户自述余额、核对、证据 / what a customer states"),
        "take-back": (
            "counting_own:take_back",
            "撤回自己这一班的一条 / take one's own record back",
        ),
        "propose": ("counting_own:propose", "账外的码提建议 / what an unknown code may be"),
        "ask-recount": ("counting_own:ask_recount", "请求复盘一户 / ask that one is recounted"),
        "shift": ("counting_own:shift", "交班小结 / the sum of one's shift"),
    },
    "往来 / What is owed": {
        "deliveries": ("vouchers:deliveries", "未开票出库单 / uninvoiced deliveries"),
        "voucher": ("vouchers:voucher", "写临时凭证 / write a temporary voucher"),
        "invoice": ("invoicing:invoice", "登记到票：红冲暂估、蓝字开票 / an invoice for vouchers"),
        "receipt": ("receipts:receipt", "写收款单 / write a receipt"),
        "unidentified": ("claiming:unidentified", "待查款项 / receipts from nobody known"),
        "claim": ("claiming:claim", "认领待查款项 / say who paid a receipt"),
        "items": ("receipts:items", "未清项和核销 / open items and their matches"),
        "allocate": ("receipts:allocate", "核销 / match cash with charges"),
        "suggest": ("matching:suggest", "收款该核销什么 / what unapplied cash may pay"),
        "unallocate": ("receipts:unallocate", "反核销 / take one match back"),
        "rate": ("exchange_rates:rate", "登记汇率 / write down an exchange rate"),
        "rates": ("exchange_rates:rates", "登记过的汇率 / exchange rates"),
        "revalue": ("exchange_rates:revalue", "期末调汇 / revalue foreign receivables"),
        "lock": ("period_locks:lock", "结账 / lock months that are over"),
        "reverse": ("receipts:reverse", "冲销已过账的单据 / reverse what was posted"),
        "balance": ("balances:balance", "客户余额 / balances"),
        "totals": ("totals:totals", "科目汇总 / the trial balance"),
        "customer": ("customers:customer", "客户资料、编码 / customers, their records and codes"),
    },
    "审核 / A second person decides": {
        "submit": ("deciding:submit", "提交审批 / hand in for a decision"),
        "withdraw": ("deciding:withdraw", "撤回 / take back what was handed in"),
        "void": ("deciding:void", "作废草稿 / give a draft up"),
        "inbox": ("deciding:inbox", "等待审核的单据 / what waits for a decision"),
        "show": ("deciding:show", "看一张单据 / look at a document"),
        "approve": ("deciding:approve", "批准并过账 / approve and post"),
        "reject": ("deciding:reject", "驳回或退回 / refuse or send back"),
    },
    "输出和保全 / Papers, proof, copies": {
        "notice": ("notices:notice", "结算通知书 PDF / the settlement notice"),
        "statement": ("statements:statement", "客户对账单 PDF / a statement of account"),
        "confirmation": ("confirmations:confirmation", "往来询证函 PDF / a balance confirmation"),
        "labels": ("labels:labels", "客户标签 PDF / labels with customers' codes"),
        "reply": ("replies:reply", "登记回函 / what came back on a reply slip"),
        "replies": ("replies:replies", "回函和差异 / replies and their differences"),
        "promise": ("follow_up:promise", "记付款承诺 / write down a promise to pay"),
        "promises": ("follow_up:promises", "付款承诺兑现没有 / promises, kept or not"),
        "dispute": ("follow_up:dispute", "立争议 / write down that an item is contested"),
        "disputes": ("follow_up:disputes", "争议 / disputes"),
        "resolve": ("replies:resolve", "了结差异、承诺、争议 / end what was followed up"),
        "verify": ("verify:verify", "校验账套 / prove the books"),
        "export": ("exporting:export", "导出分录 / export the journal"),
        "backup": ("backup:backup", "备份 / write a proved backup"),
        "restore": ("backup:restore", "恢复到新位置 / restore into a new place"),
        "upgrade": ("upgrade:upgrade", "旧账套升级到本程序 / bring older books to this program"),
        "demo": ("demo:demo", "在样例公司上做一遍 / the whole job on a sample"),
    },
}
"""Every verb: where it is (its module is imported when it is used), and what it is for."""

VERBS = {name: place for verbs in SECTIONS.values() for name, (place, _) in verbs.items()}


class Verbs(VerbGroup):
    """The verbs, each imported when it is used."""

    @override
    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(VERBS)

    @override
    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        place = VERBS.get(cmd_name)
        if place is None:
            return None
        module, _, name = place.partition(":")
        command: click.Command = getattr(import_module(f"erpdesk.commands.{module}"), name)
        command.context_class = WideContext
        return command

    @override
    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        for head, verbs in SECTIONS.items():
            with formatter.section(head):
                formatter.write_dl([(name, text) for name, (_, text) in verbs.items()])


@click.command(
    cls=Verbs,
    examples=(
        "--company 我的.erpdesk new --person 陈静",
        "--company 样例.erpdesk new --sample",
        "--company 样例.erpdesk balance",
        "voucher --help",
    ),
)
@shared
@click.version_option(VERSION, prog_name="erpdesk", help="版本 / the version")
@click.pass_context
def erpdesk(context: click.Context, /, **options: Any) -> None:
    """客户盘点与无票结算。 Customer stocktake and settlement without an invoice.

    每个命令都有 --help。退出码：0 做完，1 被拒绝（有原因），2 写法不对。

    Every verb has its own --help. Exit codes:
    0 done, 1 refused (with the reason), 2 wrong usage.
    """
    take(context.ensure_object(Session), options)
