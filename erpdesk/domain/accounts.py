"""The chart of accounts a new company begins with: PRC defaults, as data."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final

BASE_CURRENCY: Final = "CNY"
"""The currency the books are kept in."""


@dataclass(frozen=True, slots=True)
class Account:
    """An account of the ledger.

    ``by_item``: its balance is made of open items. ``is_loss``: what is booked here is given up,
    within a person's own loss limit.
    """

    code: str
    name_zh: str
    name_en: str
    by_item: bool = False
    is_loss: bool = False


BANK: Final = "1002"
BILLED: Final = "1122.01"
UNBILLED: Final = "1122.02"
CONTRACT_ASSET: Final = "1141"
ADVANCE: Final = "2203"
CONTRACT_LIABILITY: Final = "2204"
OUTPUT_TAX: Final = "2221.01"
OUTPUT_TAX_PENDING: Final = "2221.02"
SUSPENSE: Final = "2241"
OPENING: Final = "4999"
REVENUE: Final = "6001"
EXCHANGE: Final = "6061"
FINANCE_COST: Final = "6603"
OTHER_EXPENSE: Final = "6711"

ACCOUNTS: Final = (
    Account(BANK, "银行存款", "Bank"),
    Account(BILLED, "应收账款（已开票）", "Receivables, billed", by_item=True),
    Account(UNBILLED, "应收账款—暂估", "Receivables, unbilled", by_item=True),
    Account(CONTRACT_ASSET, "合同资产", "Contract assets", by_item=True),
    Account("1231", "坏账准备", "Loss allowance", is_loss=True),
    Account(ADVANCE, "预收账款", "Advances from customers", by_item=True),
    Account(CONTRACT_LIABILITY, "合同负债", "Contract liabilities", by_item=True),
    Account(OUTPUT_TAX, "应交税费—应交增值税（销项税额）", "Output VAT"),
    Account(OUTPUT_TAX_PENDING, "应交税费—待转销项税额", "Output VAT pending"),
    Account(SUSPENSE, "其他应付款—待查款项", "Unidentified receipts"),
    Account(OPENING, "期初余额", "Opening balances"),
    Account(REVENUE, "主营业务收入", "Revenue"),
    Account(EXCHANGE, "汇兑损益", "Exchange differences", is_loss=True),
    Account(FINANCE_COST, "财务费用", "Finance costs", is_loss=True),
    Account("6702", "信用减值损失", "Credit impairment losses", is_loss=True),
    Account(OTHER_EXPENSE, "营业外支出", "Other expenses", is_loss=True),
)
"""Every account of the default chart."""

CHART: Final[Mapping[str, Account]] = MappingProxyType({one.code: one for one in ACCOUNTS})

DIFFERENCE_ACCOUNTS: Final = (OTHER_EXPENSE, FINANCE_COST)
"""Where a small difference may go: never a bad debt, which is a document of its own."""


DIFFERENCE_MINOR: Final = 200_00
"""How much of a charge may be given up as a small difference, until the policy says otherwise."""


class Part(StrEnum):
    """The three parts of a customer's balance."""

    BILLED = "billed"
    UNBILLED = "unbilled"
    UNAPPLIED = "unapplied"


PARTS: Final[Mapping[str, Part]] = MappingProxyType(
    {
        BILLED: Part.BILLED,
        UNBILLED: Part.UNBILLED,
        ADVANCE: Part.UNAPPLIED,
        CONTRACT_LIABILITY: Part.UNAPPLIED,
    }
)
"""Which part of the balance an account is; a contract asset is no claim yet and is none."""
