"""``python -m erpdesk --company PATH-or-postgresql-URL VERB``: every verb, in one group."""

from importlib import import_module
from typing import Any

import click
from typing_extensions import override

from erpdesk.commands.frame import Session, refuse
from erpdesk.errors import ErpdeskError
from erpdesk.words import Language

VERBS = {
    "new": "companies:new",
    "people": "companies:people",
    "import": "importing:importing",
    "read-code": "read_code:read_code",
    "campaign": "campaigns:campaign",
    "scan": "counting:scan",
    "state": "counting:state",
    "deliveries": "vouchers:deliveries",
    "voucher": "vouchers:voucher",
    "receipt": "receipts:receipt",
    "allocate": "receipts:allocate",
    "unallocate": "receipts:unallocate",
    "items": "receipts:items",
    "reverse": "receipts:reverse",
    "submit": "deciding:submit",
    "inbox": "deciding:inbox",
    "show": "deciding:show",
    "approve": "deciding:approve",
    "reject": "deciding:reject",
    "balance": "balances:balance",
    "notice": "notices:notice",
    "verify": "verify:verify",
    "export": "exporting:export",
    "backup": "backup:backup",
    "restore": "backup:restore",
    "demo": "demo:demo",
}
"""Where each verb is; its module is imported when the verb is used."""


class Verbs(click.Group):
    """The verbs, each imported when it is used; refusals become sentences and exit code 1."""

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
        return command

    @override
    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except ErpdeskError as error:
            ctx.exit(refuse(ctx.ensure_object(Session), error))


@click.group(cls=Verbs)
@click.option("--company", metavar="PLACE", help="账套文件或 postgresql:// 地址 / file or server")
@click.option("--as", "as_person", metavar="USER", help="谁来做 / who acts")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON / answer as JSON")
@click.option("--lang", type=click.Choice(["zh", "en"]), default="zh", help="语言 / language")
@click.version_option(package_name=None, version="0.1.0", prog_name="erpdesk")
@click.pass_context
def erpdesk(
    context: click.Context,
    *,
    company: str | None,
    as_person: str | None,
    as_json: bool,
    lang: Language,
) -> None:
    """客户盘点与无票结算。 Customer stocktake and settlement without an invoice."""
    session = context.ensure_object(Session)
    session.place, session.person = company, as_person
    session.json, session.language = as_json, lang
