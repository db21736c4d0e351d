"""``rate`` and ``rates``: what a foreign currency is worth, by day."""

from datetime import date
from typing import Any

import click

from erpdesk.commands.arguments import DAY
from erpdesk.commands.frame import Session, verb
from erpdesk.commands.help import Verb
from erpdesk.domain.accounts import BASE_CURRENCY
from erpdesk.domain.exchange import plain
from erpdesk.domain.moments import at_desk
from erpdesk.domain.money import parse_number
from erpdesk.storage.exchange_rates import RateRow
from erpdesk.words import STATES, Sentence

RECORDED = Sentence(
    "{number}：{day} 1 {currency} = {rate} {base}", "{number}: {day} 1 {currency} = {rate} {base}"
)


@click.command(
    cls=Verb,
    examples=(
        "--company 我的.erpdesk rate USD 7.0812",
        "--company 我的.erpdesk rate USD 7.10 --day 2026-11-02 --memo 中间价",
    ),
)
@click.argument("currency", metavar="CURRENCY")
@click.argument("value", metavar="RATE")
@click.option("--day", type=DAY, help="哪天的汇率（默认今天） / of which day, today by default")
@click.option("--memo", default="", metavar="TEXT", help="来源，如中间价 / where it is from")
@verb
def rate(session: Session, *, currency: str, value: str, day: date | None, memo: str) -> None:
    """登记汇率：一单位外币折多少本位币。 Write down an exchange rate.

    同一天再登记一次，以后登记的为准；登记过的不改不删。没有当天的，用之前 31 天内最近的。

    What is written later for a day counts; nothing is changed. A day without a rate takes the
    last one of the 31 days before it.
    """
    number = parse_number(value, decimals=3)
    done = session.desk.exchange_rates.record(currency.upper(), number, day=day, memo=memo).value
    said: dict[str, Any] = done.content["rate"]
    facts = {"day": said["day"], "currency": said["currency"], "rate": said["rate"]}
    value_said = {"number": done.number, "id": done.id, **facts}
    session.answer(value_said, RECORDED, number=done.number, base=BASE_CURRENCY, **facts)


@click.command(cls=Verb, examples=("--company 我的.erpdesk rates USD",))
@click.argument("currency", required=False, metavar="CURRENCY")
@verb
def rates(session: Session, *, currency: str | None) -> None:
    """登记过的汇率，近的在前。 Exchange rates, the latest first."""
    found = session.desk.exchange_rates.recorded()
    wanted = currency.upper() if currency else None
    rows = [_row(one) for one in found if wanted in {None, one.rate.currency}]
    columns = {
        "day": Sentence("日期", "Day"),
        "currency": Sentence("币种", "Currency"),
        "rate": Sentence("汇率", "Rate"),
        "number": Sentence("单据", "Number"),
        "by": Sentence("登记人", "By"),
        "at": Sentence("登记时间", "At"),
        "memo": Sentence("来源", "From"),
    }
    session.table(rows, columns)


def _row(one: RateRow) -> dict[str, Any]:
    return {
        "day": one.rate.day.isoformat(),
        "currency": one.rate.currency,
        "rate": plain(one.rate.value),
        "number": one.number,
        "by": one.made_by,
        "at": at_desk(one.made_at).strftime("%Y-%m-%d %H:%M"),
        "memo": one.memo,
    }


@click.command(
    cls=Verb,
    examples=(
        "--company 我的.erpdesk revalue 2026-11-30",
        "--company 我的.erpdesk revalue 2026-11-30 --take-back",
    ),
)
@click.argument("day", type=DAY, metavar="LAST-DAY")
@click.option("--take-back", "back", is_flag=True, help="冲回已过账的 / reverse what was posted")
@verb
def revalue(session: Session, *, day: date, back: bool) -> None:
    """期末调汇：外币应收按月末汇率调到本位币，每个客户一张，提交审批。 Revalue at a month's end.

    只调应收，不调预收。审核过账后，下月用 --take-back 冲回（记在 1 日）。

    Receivables alone, never advances. Once posted, --take-back reverses it on the first of the
    next month.
    """
    service = session.desk.revaluing
    made = (service.take_back(day) if back else service.revalue(day)).value
    rows = [
        {
            "number": one.number,
            "state": one.state,
            "state_word": session.say(STATES[one.state]),
            "id": one.id,
        }
        for one in made
    ]
    columns = {"number": Sentence("单据", "Number"), "state_word": Sentence("状态", "State")}
    session.table(rows, columns)
