"""The whole job by the command line alone, on a company file and on a PostgreSQL server."""

from pathlib import Path
from typing import Any

import pytest
from beancount import loader

from erpdesk import keys
from tests.commands.asking import Said, ask
from tests.postgres_server import Server

pytestmark = [pytest.mark.journey, pytest.mark.slow, pytest.mark.timeout(300)]

CUSTOMERS = """客户编码,客户名称,纳税人识别号,联系人,电话,地址,账期,税率,银行账号
C001,杭州明远机电有限公司,91330108MA2CFRU57N,李敏,0571-86001234,杭州市滨江区江陵路 1 号,30,0.13,1234
C002,宁波海辰包装有限公司,91330108MA2CFRU57N,王芳,0574-87001234,宁波市中山路 2 号,60,0.13,2345
C003,没有资料的商行,,,,,30,0.13,
"""
HEADERS = (
    "出库单号,客户编码,出库日期\nSH-1,C001,2026-01-05\nSH-2,C001,2026-01-09\nSH-3,C002,2026-02-01\n"
)
LINES = """出库单号,商品,数量,单价
SH-1,电机,2,2260.00
SH-1,轴承,10,22.60
SH-2,减速机,1,1130.00
SH-3,纸箱,100,5.65
"""


class Desk:
    """People at the command line of one company; each has a password."""

    def __init__(self, place: str) -> None:
        self.place = place

    def ask(self, who: str, *arguments: object, stdin: bytes = b"") -> Said:
        """Ask as somebody, whose password is the first line of standard input."""
        shared = ("--company", self.place, "--as", who, "--password-stdin", "--json")
        return ask(*shared, *arguments, stdin=f"geheim-{who}\n".encode() + stdin)

    def do(self, who: str, *arguments: object, stdin: bytes = b"") -> Any:
        """Ask, and have it done."""
        said = self.ask(who, *arguments, stdin=stdin)
        assert said.code == 0, (arguments, said)
        return said.value

    def refused(self, who: str, *arguments: object) -> dict[str, Any]:
        """Ask, and have it refused in one sentence."""
        said = self.ask(who, *arguments)
        assert said.code == 1, (arguments, said)
        value: dict[str, Any] = said.value
        assert value["refused"].endswith("。")
        return value

    def decide(self, who: str, number: str, verb: str = "approve", *more: object) -> Any:
        """Look at what waits, and decide on exactly that."""
        waiting = self.do(who, "inbox")
        seen = next(row["seen"] for row in waiting if row["number"] == number)
        return self.do(who, verb, number, "--seen", seen, *more)


PEOPLE = (
    ("林涛", "supervisor=100000"),
    ("周敏", "director"),
    ("沈佳", "cashier"),
    ("王芳", "counter"),
    ("何平", "auditor"),
)
DEAR, FULL_PRICE = "周敏", keys.NORMAL
"""Whose password costs what it costs in use: it is paid at each of their commands."""


@pytest.fixture(params=["file", "server"])
def desk(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """Make a company with six people, on either engine: on a server of its own, as logins are."""
    monkeypatch.setattr(keys, "NORMAL", keys.CHEAP)
    made = place = str(tmp_path / "whole.erpdesk")
    if request.param == "server":
        server = request.getfixturevalue("other_postgres_server")
        assert isinstance(server, Server)
        made, place = server.admin_url("journey"), f"postgresql:///journey?host={server.folder}"
    firm = ("--name", "明湖机电", "--bank-name", "建行", "--bank-account", "33001616")
    set_up(made, "new", "--person", "陈静", *firm, secrets=("陈静",))
    for name, role in PEOPLE:
        secrets = (name,) if request.param == "server" else ("陈静", name)
        monkeypatch.setattr(keys, "NORMAL", FULL_PRICE if name == DEAR else keys.CHEAP)
        set_up(made, "person", "add", name, "--role", role, secrets=secrets)
    return Desk(place)


def set_up(place: str, *arguments: object, secrets: tuple[str, ...]) -> None:
    """Run a verb of set-up: first the password of who acts, where they have one, then the new."""
    lines = "".join(f"geheim-{name}\n" for name in secrets)
    said = ask("--company", place, "--password-stdin", *arguments, "--password", stdin=lines)
    assert said.code == 0, said


def test_that_the_whole_job_is_done_and_the_books_are_proved(desk: Desk, tmp_path: Path) -> None:
    brought_in(desk, tmp_path)
    counted(desk, tmp_path)
    first, second = billed(desk, tmp_path)
    paid(desk, first)
    taken_back(desk, second)
    papers(desk, tmp_path)
    exported(desk, tmp_path)
    proved(desk)


def brought_in(desk: Desk, folder: Path) -> None:
    (folder / "c.csv").write_bytes(CUSTOMERS.encode("gb18030"))
    (folder / "h.csv").write_text(HEADERS, "utf-8-sig")
    (folder / "l.csv").write_text(LINES.replace(",", ";"), "utf-8")

    dry = desk.do("陈静", "import", "customers", folder / "c.csv", "--dry-run")
    made = desk.do("陈静", "import", "customers", folder / "c.csv")
    again = desk.do("陈静", "import", "customers", folder / "c.csv")
    both = (folder / "h.csv", folder / "l.csv")
    total = desk.do("陈静", "import", "deliveries", *both, "--dry-run")
    moved = desk.do("陈静", "import", "deliveries", *both)

    assert (dry["rows"], dry["good"], dry["bad"]) == (3, 3, [])
    assert (made["made"], made["posted"], again["made"]) == (3, True, 0)
    assert (total["total"], moved["made"]) == ("6441.00", 3)


def counted(desk: Desk, folder: Path) -> None:
    (folder / "回函.pdf").write_bytes("回函 C001".encode())
    plan = ("--name", "年末客户盘点", "--counter", "王芳", "--blind", "--freeze")

    campaign = desk.do("林涛", "campaign", "plan", *plan)["number"]
    said = desk.ask("王芳", "scan", campaign, stdin=b"C001\r\nC002\nC001\n\nNO-SUCH\n")
    stated = desk.do("王芳", "state", campaign, "C001", "--balance", "0", "--evidence",
                     folder / "回函.pdf")  # fmt: skip
    status = desk.do("林涛", "campaign", "status", campaign)

    assert [one["finding"] for one in said.values[:-1]] == [
        "counted", "counted", "already_counted", "unknown",
    ]  # fmt: skip
    assert said.values[-1] == {"scans": 4, "stored": 4, "pending": 0}
    assert stated["stated_minor"] == 0
    assert (status["lines"], status["not_counted"]) == (3, ["C003"])
    rows = desk.do("林涛", "campaign", "export", campaign, folder / "lines.xlsx")["rows"]
    assert rows == 3


def billed(desk: Desk, folder: Path) -> tuple[str, str]:
    slip = folder / "签收单.pdf"
    slip.write_bytes("签收单".encode())
    answers = ("--passed", "--unconditional", "--no-tax-point")
    proof = ("--evidence", f"acceptance={slip}")

    poor = desk.refused("陈静", "voucher", "C003", "--amount", "货=100", "--submit")
    first = desk.do("陈静", "voucher", "C001", "--all-deliveries", *answers, *proof, "--submit")
    twice = desk.refused("陈静", "voucher", "C001", "--delivery", "SH-1", *answers, *proof)
    second = desk.do("陈静", "voucher", "C002", "--delivery", "SH-3", *answers, *proof, "--submit")
    own = desk.refused("陈静", "approve", first["number"], "--seen", first["seen"])
    desk.refused("林涛", "approve", first["number"], "--seen", "2:0123456789abcdef")
    for voucher in (first, second):
        assert desk.decide("林涛", voucher["number"])["state"] == "posted"

    assert {one["what"] for one in poor["lacks"]} == {"customer_fields", "answers", "evidence"}
    assert [one["what"] for one in twice["lacks"]] == ["delivery_used"]
    assert "自己" in own["refused"]
    return first["number"], second["number"]


def paid(desk: Desk, voucher: str) -> None:
    receipt = desk.do(
        "沈佳", "receipt", "3000.00", "--customer", "C001", "--memo", "转账", "--submit"
    )
    desk.decide("林涛", receipt["number"])
    wanted = ("--credit", receipt["number"], "--item", f"{voucher}=2500.00")

    desk.do("陈静", "allocate", "C001", *wanted)
    items = desk.do("陈静", "items", "C001")
    link = next(row for row in items if row["number"] == voucher)["allocations"][0]
    undone = desk.do("陈静", "unallocate", link["id"], "--reason", "金额核销错了")
    desk.decide("林涛", undone["number"])
    desk.do("陈静", "allocate", "C001", "--credit", receipt["number"], "--item", voucher + "=3000")

    row = desk.do("陈静", "balance", "C001")[0]
    assert (row["unbilled_minor"], row["unapplied_minor"]) == (287600, 0)


def taken_back(desk: Desk, voucher: str) -> None:
    effects = desk.do("陈静", "reverse", voucher, "--dry-run")
    red = desk.do("陈静", "reverse", voucher, "--reason", "客户退货全部冲回")

    desk.decide("周敏", red["number"])

    assert effects["why_not"] is None
    assert sum(row["balance_minor"] for row in desk.do("陈静", "balance", "C002")) == 0
    assert desk.do("陈静", "deliveries", "C002")[0]["free_minor"] == 56500


def papers(desk: Desk, folder: Path) -> None:
    first, second = (
        desk.do("陈静", "notice", "C001", "--out", folder / f"notice-{n}.pdf") for n in (1, 2)
    )

    assert (first["copy"], second["copy"]) == (0, 1)
    assert first["number"] == second["number"]
    assert (folder / "notice-1.pdf").read_bytes()[:5] == b"%PDF-"


def exported(desk: Desk, folder: Path) -> None:
    path = folder / "journal.beancount"
    rows = desk.do("陈静", "export", "journal", path)["rows"]
    entries, errors, _ = loader.load_file(str(path))
    balances = desk.do("陈静", "balance")

    assert rows > 0
    assert errors == []
    owed = [posting.units for entry in entries for posting in postings_of(entry)]
    assert {one.currency for one in owed} == {"CNY"}
    total = sum(one.number.scaleb(2) for one in owed)
    assert total == sum(row["balance_minor"] for row in balances)


def postings_of(entry: Any) -> list[Any]:
    """Return the postings on accounts that hold what customers owe or have paid ahead."""
    return [
        posting
        for posting in getattr(entry, "postings", ())
        if any(code in posting.account for code in ("1122", "2203"))
    ]


def proved(desk: Desk) -> None:
    said = desk.ask("林涛", "verify")

    assert said.code == 0, said
