"""The report of a campaign: what it came to, once drafted, once archived, then copied."""

import hashlib
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from erpdesk.domain.ids import PersonName
from erpdesk.services.stocktake.reviewing_board import NotReviewedError
from erpdesk.storage import evidence, papers
from erpdesk.storage.documents import Document
from tests.papers.reading import texts
from tests.services.builders import Office

BROKEN = "0815\x1d\U00020bb7"


def counted(office: Office, **facts: Any) -> Document:
    """Return a campaign in review: one differs, one agrees, one is put off; two scans fit none."""
    campaign = office.campaign("K1", "K2", "K3", **facts)
    office.state(campaign, "K1", "870.00")
    office.state(campaign, "K2", "0", by="second")
    office.scan(campaign, BROKEN)
    office.scan(campaign, "4711")
    for event in office.desk("chief").campaigns.status(campaign).unexpected:
        office.rule(campaign, "junk", event=event.id, reason="快递单上的码")
    office.rule(campaign, "defer", code="K3", reason="月底再去一次")
    return office.desk("chief").campaigns.review(office.look(campaign)).value


def adjusting(office: Office) -> Document:
    """Return a campaign whose differences are approved."""
    reviewed = counted(
        office, counters=(PersonName("counter"),), recounters=(PersonName("second"),)
    )
    maker = office.desk("maker").campaigns
    office.explain(reviewed, "对方年底前入账")
    handed_in = maker.hand_in(reviewed).value
    return maker.adjust(office.approve(handed_in, by="director")).value


def test_that_a_running_campaign_gives_a_draft_that_is_not_kept(office: Office) -> None:
    campaign = office.campaign("K1")
    office.state(campaign, "K1", "870.00")
    office.scan(campaign, "4711")
    reviewed = office.desk("chief").campaigns.review(office.look(campaign)).value

    printed = office.desk("maker").reporting.report(reviewed, language="zh")

    text = " ".join("\n".join(texts(printed.pdf)).split())
    for said in ("草稿，盘点还没结束", "状态 差异核对", "— — 1 CNY 870.00", "王芳 — —"):
        assert said in text
    with office.desk("maker").company.database.reading() as connection:
        assert papers.papers_of(connection, reviewed.id) == ()


def test_that_a_campaign_still_counting_tells_no_figure(office: Office) -> None:
    with pytest.raises(NotReviewedError):
        office.desk("maker").reporting.report(office.campaign("K1"), language="zh")


def test_that_it_says_what_the_campaign_came_to(office: Office) -> None:
    report = office.desk("chief").reporting
    campaign = adjusting(office)

    digest = report.archive(campaign, language="zh")

    with office.desk("chief").company.database.reading() as connection:
        pdf = evidence.bytes_of(connection, bytes.fromhex(digest))
    text = " ".join("\n".join(texts(pdf)).split())
    assert hashlib.sha256(pdf).hexdigest() == digest
    for said in (
        "盘点报告", "原件", "冻结户数 3", "已盘 2", "无差异 1", "有差异 1", "延后 1", "账外扫码 2",
        "覆盖率 66.6 %", "时间差 不调账 1 CNY", "870.00", "月底再去一次", "误扫", "快递单上的码",
        "0815", "[U+20BB7]", "时间差：不调账；", "对方年底前入账", "盘点 王芳",
        "复盘 second", "制单 陈静", "审核 director",
    ):  # fmt: skip
        assert said in text
    assert campaign.content_hash.hex()[:4] in text
    assert "U+000A" not in text


def test_that_what_is_printed_after_the_end_is_a_copy_that_is_kept_too(both: Office) -> None:
    chief = both.desk("chief")
    campaign = adjusting(both)
    digest = chief.reporting.archive(campaign, language="zh")
    again = chief.reporting.archive(campaign, language="zh")
    closed = chief.campaigns.close(campaign, report=digest).value

    printed = chief.reporting.report(closed, language="en")

    assert again == digest
    assert printed.copy == 1
    assert "Copy 1" in "\n".join(texts(printed.pdf))
    with chief.company.database.reading() as connection:
        done = papers.papers_of(connection, campaign.id)
        assert [(one.copy, one.reason) for one in done] == [(0, None), (1, "同一报告再次打印")]
        assert evidence.bytes_of(connection, done[1].hash) == printed.pdf


def test_that_a_campaign_of_which_nobody_was_counted_has_no_accuracy(office: Office) -> None:
    campaign = office.campaign("K1")
    office.rule(campaign, "defer", code="K1", reason="月底再去一次")
    reviewed = office.desk("chief").campaigns.review(office.look(campaign)).value

    printed = office.desk("maker").reporting.report(reviewed, language="en")

    assert "Accuracy —" in " ".join(texts(printed.pdf)[0].split())


def test_that_the_file_says_whose_it_is(office: Office, tmp_path: Path) -> None:
    path = tmp_path / "报告.pdf"

    printed = office.desk("maker").reporting.write(counted(office), path, language="zh")

    assert path.read_bytes() == printed.pdf
    assert PdfReader(path).metadata.title == "盘点报告 盘-0001"  # type: ignore[union-attr]


def test_that_differences_of_both_signs_are_added_up_and_never_net(office: Office) -> None:
    campaign = office.campaign("K1", "K2")
    office.state(campaign, "K1", "870.00")
    office.state(campaign, "K2", "-70.00")
    reviewed = office.desk("chief").campaigns.review(office.look(campaign)).value

    text = texts(office.desk("maker").reporting.report(reviewed, language="zh").pdf)[0]

    assert "CNY 0.00 940.00 940.00" in text
    assert "— — 2 CNY 940.00" in text
    assert "合计（绝对值） 940.00 940.00" in text
