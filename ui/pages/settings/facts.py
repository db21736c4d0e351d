"""What the page of the settings is given, and the facts that it only shows."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from erpdesk.domain.accounts import BASE_CURRENCY
from erpdesk.domain.money import Money
from erpdesk.domain.people import Role
from erpdesk.services.adding_people import AddingPeople
from erpdesk.services.describing import BooksFacts, Describing, PersonFacts
from erpdesk.services.exchange_rates import ExchangeRates, Rate
from erpdesk.services.keeping.locking_periods import LockingPeriods
from erpdesk.services.keeping.saying_firm import SayingFirm
from erpdesk.services.passwords import ChangingPassword
from erpdesk.services.revaluing import Revaluing
from erpdesk.words import Sentence
from ui.pages.settings.words import Section
from ui.work.preferences import Preferences
from ui.work.wording import literal

S = Sentence
HOUR_US = 3_600_000_000
MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class SettingsParts:
    """What the page uses; ``folders`` are paths by name: data, settings, logs."""

    preferences: Preferences
    describing: Describing
    adding: AddingPeople
    changing: ChangingPassword
    person: str
    place: str
    is_server: bool
    folders: Callable[[], dict[str, Path]]
    rates: ExchangeRates
    revaluing: Revaluing
    locking: LockingPeriods
    firm: SayingFirm
    roles: frozenset[Role]
    names: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Shown:
    """A fact that is only shown: what it is, what it means, how it stands; a folder to open."""

    section: Section
    title: Sentence
    meaning: Sentence
    value: Sentence
    folder: Path | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """What was looked up of the books."""

    books: BooksFacts
    people: tuple[PersonFacts, ...]
    rates: tuple[Rate, ...]
    open_months: tuple[str, ...]


FOLDERS: dict[str, tuple[Sentence, Sentence]] = {
    "data": (
        S("数据文件夹", "Data folder"),
        S("新账套、备份、校验记录默认放在这里。", "New books, backups and notes of checks."),
    ),
    "settings": (
        S("设置文件", "Settings file"),
        S("这一页的值都在里面，带说明，可以照抄到别的电脑。",
          "All of this page, described; it can be copied to another computer."),
    ),
    "logs": (
        S("日志文件夹", "Log folder"),
        S("出意外时，编号在这里找得到。没有密码。", "What went wrong, by its id. No passwords."),
    ),
}  # fmt: skip
FIRM: dict[str, Sentence] = {
    "name": S("公司名称", "Firm"),
    "english_name": S("英文名", "Name in English"),
    "address": S("地址", "Address"),
    "phone": S("电话", "Telephone"),
    "email": S("邮箱", "E-mail"),
    "tax_id": S("税号", "Tax number"),
    "bank_name": S("开户行", "Bank"),
    "bank_account": S("收款账号", "Account to pay to"),
}
ON_PAPER = S(
    "印在通知书上。第一张单据过账前可以改。", "On every notice. Said until the first posting."
)
NOT_SAID = S("没有填", "not said")


def folder_facts(folders: dict[str, Path]) -> Iterator[Shown]:
    """Return where things lie on this computer."""
    for name, path in folders.items():
        title, meaning = FOLDERS[name]
        folder = path.parent if path.suffix else path
        yield Shown("here", title, meaning, literal(str(path)), folder)


def books_facts(facts: BooksFacts, place: str) -> Iterator[Shown]:
    """Return what the books are and by which rules they are kept."""
    for key, title in FIRM.items():
        said = facts.firm.get(key, "")
        yield Shown("books", title, ON_PAPER, literal(said) if said else NOT_SAID)
    yield Shown(
        "books", S("账套位置", "Place of the books"),
        S("文件，或数据库服务器。", "A file, or a database server."),
        literal(place.rpartition("@")[2]),
    )  # fmt: skip
    yield Shown(
        "books", S("账套版本", "Version of the books"),
        S("打开时自动升级，升级前后都校验。", "Upgraded when opened, checked before and after."),
        literal(facts.version),
    )  # fmt: skip
    yield Shown(
        "books", S("建账", "Set-up"),
        S("第一张单据过账以前，人员和公司资料马上生效。",
          "Until the first posting, people and facts of the firm hold at once."),
        S("还在建账", "under way") if facts.in_set_up else S("已结束", "over"),
    )  # fmt: skip
    yield from _rules(facts)


def _rules(facts: BooksFacts) -> Iterator[Shown]:
    policies = facts.policies
    yield Shown(
        "books", S("会计科目", "Chart of accounts"),
        S("随账套一起给定。", "It comes with the books."),
        S(f"{facts.accounts} 个", f"{facts.accounts} accounts"),
    )  # fmt: skip
    locked = facts.locked
    yield Shown(
        "books", S("已结账月份", "Locked months"),
        S("结账的月份不能再过账，也没人能打开。", "Nothing is posted there any more."),
        literal(f"{locked[0]} … {locked[-1]}") if locked else S("没有", "none"),
    )  # fmt: skip
    if (minor := policies.get("two_person_minor")) is not None:
        amount = Money(minor, BASE_CURRENCY).grouped()
        yield Shown(
            "books", S("超过多少要两个人批", "Two people approve above"),
            S("超过这个风险金额，复核之外还要负责人批。", "Above it a director approves too."),
            literal(f"{amount} {BASE_CURRENCY}"),
        )  # fmt: skip
    if (minor := policies.get("difference_minor")) is not None:
        amount = Money(minor, BASE_CURRENCY).grouped()
        yield Shown(
            "books", S("尾差容差", "Small difference, at most"),
            S("核销时一笔最多少收这么多，记尾差或手续费。", "So much of an item may be given up."),
            literal(f"{amount} {BASE_CURRENCY}"),
        )  # fmt: skip
    if (hours := policies.get("window_us")) is not None:
        yield Shown(
            "books", S("累计限额算多久", "Window of the summed limit"),
            S("一个人在这段时间里批的合起来比。", "What one person approves within it is summed."),
            S(f"{hours // HOUR_US} 小时", f"{hours // HOUR_US} hours"),
        )  # fmt: skip
    if (delay := policies.get("owner_delay_us")) is not None:
        yield Shown(
            "books", S("单人模式隔多久复核", "Delay in owner mode"),
            S("只有一个人时，提交后等这么久才能自己复核。", "So long before self-review."),
            S(f"{delay // HOUR_US} 小时", f"{delay // HOUR_US} hours"),
        )  # fmt: skip
    if (size := policies.get("evidence_bytes")) is not None:
        yield Shown(
            "books", S("一件证据最大", "Largest piece of evidence"),
            S("再大的请分开存。", "Keep larger ones in parts."),
            S(f"{size // MEGABYTE} MB", f"{size // MEGABYTE} MB"),
        )  # fmt: skip
