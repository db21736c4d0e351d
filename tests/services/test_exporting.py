"""What leaves: every posted line, hostile names as plain text, nothing of a blind campaign."""

import csv
from pathlib import Path

import pytest
from sqlalchemy import select

from erpdesk.files.atomic import FileNotWrittenError
from erpdesk.services.exporting import HEADER_EN, HEADER_ZH
from erpdesk.services.noticing import Asked
from erpdesk.services.stocktake import campaign_watch
from erpdesk.services.stocktake.campaign_status import Status
from erpdesk.storage import tables as t
from erpdesk.storage.checks import LookStoppedError
from erpdesk.storage.documents import Document
from tests.services.builders import CUSTOMERS, Office

pytestmark = pytest.mark.slow

HOSTILE = (
    "=cmd|'/c calc'!A0",
    "@SUM(1+1)",
    "+1-1",
    'a""b',
    "Robert'); DROP TABLE customer;--",
    "{{7*7}}<b>&amp;",
)


def _rows(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


def _exports(office: Office) -> list[tuple[str, str]]:
    with office.desk("maker").company.database.reading() as connection:
        found = connection.execute(
            select(t.audit_event.c.what, t.audit_event.c.detail)
            .where(t.audit_event.c.what.like("export%"))
            .order_by(t.audit_event.c.actor_seq)
        )
        return [(row.what, row.detail) for row in found]


def test_that_every_posted_line_leaves_with_whose_it_is(both: Office) -> None:
    voucher = both.posted("服务1", "113.00")
    red = both.approve(both.desk("maker").reversing.reverse(voucher, "客户退货重做").value)
    both.submitted("服务2", "999.00")
    path = both.folder / "journal.csv"

    written = both.desk("auditor").exporting.journal(path)

    rows = _rows(path)
    assert written == len(rows) - 1 == 6
    text = path.read_text("utf-8-sig")
    assert (voucher.number or "?") in text
    assert (red.number or "?") in text
    assert "青禾包装" in text
    assert "999.00" not in text
    assert _exports(both) == [("export journal", "journal.csv 6")]


@pytest.mark.parametrize("name", HOSTILE)
def test_that_a_hostile_name_goes_through_everything_as_text(office: Office, name: str) -> None:
    quoted = f'"{name.replace(chr(34), chr(34) * 2)}"'
    _, _, *rest = CUSTOMERS[0]
    office.add_customers(("K8", quoted, *rest))
    assert office.customer("K8").name == name
    office.posted("服务1", "113.00", "K8")
    notice = office.desk("maker").noticing.issue(office.customer("K8"), Asked())
    assert notice.document.content["notice"]["customer"]["name"] == name
    path = office.folder / "journal.csv"

    office.desk("maker").exporting.journal(path)

    cells = {cell for row in _rows(path) for cell in row}
    assert not [cell for cell in cells if cell[:1] in {"=", "@", "+"}]
    assert name in {cell.lstrip("'") for cell in cells}
    assert office.customer("K8").name == name


def test_that_an_export_that_was_not_written_is_not_recorded(office: Office) -> None:
    with pytest.raises(FileNotWrittenError):
        office.desk("maker").exporting.journal(office.folder / "journal.docx")

    assert _exports(office) == []


def _counted(office: Office, *, blind: bool) -> Document:
    office.posted("服务1", "98,765.43")
    campaign = office.campaign("K1", "K2", blind=blind)
    office.state(campaign, "K1", "1.00", "phone")
    office.state(campaign, "K2", "0", "phone")
    return campaign


def _status(office: Office, campaign: Document) -> Status:
    return office.desk("chief").campaigns.status(office.look(campaign))


def test_that_a_blind_campaign_leaves_without_figures_and_matches(office: Office) -> None:
    campaign = _counted(office, blind=True)
    path = office.folder / "campaign.csv"

    written = office.desk("chief").exporting.campaign(
        _status(office, campaign), path, language="zh"
    )

    rows = _rows(path)
    assert written == 2
    assert rows[0] == list(HEADER_ZH)
    assert [row[4:9] for row in rows[1:]] == [
        ["已盘", "", "1.00", "", ""],
        ["已盘", "", "0.00", "", ""],
    ]


def test_that_the_export_of_a_campaign_is_stopped_and_leaves_no_file(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(campaign_watch, "TOLD_EACH", 1)
    campaign, path = _counted(office, blind=False), office.folder / "campaign.csv"

    def stop(*_: object) -> None:
        raise LookStoppedError

    with pytest.raises(LookStoppedError):
        office.desk("chief").exporting.campaign(
            _status(office, campaign), path, language="zh", tell=stop
        )

    assert not path.exists()


def test_that_in_review_the_figures_are_there(office: Office) -> None:
    campaign = _counted(office, blind=True)
    office.desk("chief").campaigns.review(campaign)
    path = office.folder / "campaign.csv"

    office.desk("chief").exporting.campaign(_status(office, campaign), path, language="en")

    rows = _rows(path)
    assert rows[0] == list(HEADER_EN)
    assert [row[5:9] for row in rows[1:]] == [
        ["98765.43", "1.00", "-98764.43", "-98764.43"],
        ["0.00", "0.00", "0.00", "0.00"],
    ]
    assert rows[1][9] == "counter"
    assert _exports(office) == [("export campaign", "campaign.csv 2")]


def test_that_who_was_not_reached_leaves_no_balance(office: Office) -> None:
    campaign = office.campaign("K1")
    path = office.folder / "campaign.csv"

    office.desk("chief").exporting.campaign(_status(office, campaign), path, language="zh")

    assert _rows(path)[1][4:10] == ["待盘", "0.00", "", "", "", ""]
