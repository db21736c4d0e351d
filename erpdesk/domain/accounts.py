"""The chart of accounts a new company starts with: PRC practice, as data (domain.md 1.2)."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Account:
    """One account: ``by_item`` is kept by open items, ``is_loss`` has a limit of its own."""

    code: str
    name_zh: str
    name_en: str
    by_item: bool = False
    is_loss: bool = False


BASE_CURRENCY: Final = "CNY"

BANK: Final = "1002"
BILLED: Final = "1122.01"
UNBILLED: Final = "1122.02"
CONTRACT_ASSET: Final = "1141"
LOSS_ALLOWANCE: Final = "1231"
ADVANCE: Final = "2203"
CONTRACT_LIABILITY: Final = "2204"
OUTPUT_VAT: Final = "2221.01"
OUTPUT_VAT_PENDING: Final = "2221.02"
SUSPENSE: Final = "2241"
OPENING: Final = "4999"
REVENUE: Final = "6001"
FINANCE_COST: Final = "6603"
CREDIT_LOSS: Final = "6702"
SMALL_DIFFERENCE: Final = "6711"

ACCOUNTS: Final = (
    Account(BANK, "银行存款", "Bank"),
    Account(BILLED, "应收账款（已开票）", "Receivables, billed", by_item=True),
    Account(UNBILLED, "应收账款—暂估", "Receivables, unbilled", by_item=True),
    Account(CONTRACT_ASSET, "合同资产", "Contract assets", by_item=True),
    Account(LOSS_ALLOWANCE, "坏账准备", "Loss allowance"),
    Account(ADVANCE, "预收账款", "Advances received", by_item=True),
    Account(CONTRACT_LIABILITY, "合同负债", "Contract liabilities", by_item=True),
    Account(OUTPUT_VAT, "应交税费—应交增值税（销项税额）", "Output VAT"),
    Account(OUTPUT_VAT_PENDING, "应交税费—待转销项税额", "Output VAT, pending"),
    Account(SUSPENSE, "其他应付款—待查款项", "Unidentified receipts"),
    Account(OPENING, "期初余额", "Opening balances"),
    Account(REVENUE, "主营业务收入", "Revenue"),
    Account(FINANCE_COST, "财务费用", "Finance cost", is_loss=True),
    Account(CREDIT_LOSS, "信用减值损失", "Credit loss", is_loss=True),
    Account(SMALL_DIFFERENCE, "营业外支出—尾差", "Small differences", is_loss=True),
)
