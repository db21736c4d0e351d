"""Notices to draw in tests: only what matters stands in the call."""

from dataclasses import replace
from datetime import date
from typing import Any

from erpdesk.domain.money import Money
from erpdesk.papers.notice_view import (
    BankAccount,
    Category,
    Company,
    Customer,
    NoticeRow,
    NoticeView,
)

COMPANY = Company(
    name="澄湖机电有限公司",
    address="杭州市滨江区望潮路 12 号",
    phone="财务部 0571-8600 2200",
    tax_id="91330108MA2AX3F17K",
    account=BankAccount(
        holder="澄湖机电有限公司", bank="某某银行杭州滨江支行", number="33001616735053000914"
    ),
    email="ar@chenghu.example",
    english_name="Chenghu Electromechanical Co., Ltd.",
)
CUSTOMER = Customer(
    name="青禾包装材料（苏州）有限公司",
    tax_id="91320505MA1X7K4C2Y",
    addressee="财务部 许慧",
    address="苏州市吴中区木渎镇金枫路 88 号",
    english_name="Qinghe Packaging Materials (Suzhou) Co., Ltd.",
)
LONG_COMPANY = "澄湖（浙江）机电设备智能制造与自动化系统集成技术股份有限公司杭州滨江第一分公司"


def a_row(minor: int = 100_000, category: Category = Category.BILLED, **facts: Any) -> NoticeRow:
    """Return a row of a notice; the original amount is the one to settle unless told."""
    money = Money(minor, facts.pop("currency", "CNY"))
    row = NoticeRow(
        document="应-202610-0001",
        category=category,
        basis="发票 26322000010211",
        due=None if category is Category.UNAPPLIED else date(2026, 10, 20),
        original=money,
        settle=money,
    )
    return replace(row, **facts)


def rows(count: int, currency: str = "CNY") -> tuple[NoticeRow, ...]:
    """Return so many rows of all categories, each with a document of its own."""
    kinds = (Category.BILLED, Category.BILLED, Category.UNBILLED, Category.UNAPPLIED)
    found = []
    for n in range(count):
        kind = kinds[n % len(kinds)]
        minor = 240_000 + n * 7919 % 2_560_000
        found.append(
            a_row(
                -minor // 3 if kind is Category.UNAPPLIED else minor,
                kind,
                currency=currency,
                document=f"据-202610-{n + 1:04d}",
            )
        )
    return tuple(found)


def a_notice(count: int = 6, **facts: Any) -> NoticeView:
    """Return a notice with so many rows."""
    view = NoticeView(
        number="通-202611-0214",
        code="EDN2026110214F",
        reply_code="EDR2026110214H",
        as_of=date(2026, 11, 25),
        pay_by=date(2026, 12, 10),
        issued_on=date(2026, 11, 25),
        currency="CNY",
        rows=rows(count),
        company=COMPANY,
        customer=CUSTOMER,
        made_by="陈静",
        approved_by="林涛",
        content_hash="5d209c7e" + "0" * 56,
        seal="81be04f2a3f077c9" + "0" * 48,
        printed_at="2026-11-25 10:58",
    )
    return replace(view, **facts)


def named(name: str, **facts: Any) -> NoticeView:
    """Return a notice to a customer of this name."""
    return a_notice(customer=replace(CUSTOMER, name=name), **facts)


def a_long_notice(count: int, language: str = "zh") -> NoticeView:
    """Return a notice in which everything is as long as companies get."""
    return a_notice(
        count,
        language=language,
        company=replace(
            COMPANY,
            name=LONG_COMPANY,
            english_name=(
                "Chenghu (Zhejiang) Intelligent Manufacturing and Automation System Integration "
                "Technology Co., Ltd., Hangzhou Binjiang First Branch"
            ),
            address="浙江省杭州市滨江区长河街道望潮路 1200 号澄湖智能制造产业园 A 座 18 层",
            account=BankAccount(
                holder=LONG_COMPANY,
                bank="某某银行股份有限公司浙江省分行杭州市高新技术开发区滨江支行营业部",
                number="33001616735053000914",
            ),
        ),
        customer=replace(
            CUSTOMER,
            english_name=(
                "China (Jiangsu) Pilot Free Trade Zone Suzhou Industrial Park Qinghe Green "
                "Packaging Materials Technology Group Co., Ltd., Second Branch"
            ),
            name="中国（江苏）自由贸易试验区苏州工业园区青禾绿色环保包装新材料科技集团股份有限公司第二分公司",
            address="江苏省苏州市吴中区木渎镇金枫路 88 号青禾绿色包装产业园 3 号楼 12 层财务中心",
        ),
        made_by="Alexander Hamilton",
        approved_by="阿不都热合曼·买买提",
        disputed=12,
        draft=True,
        superseded_by="通-202611-0300",
    )
