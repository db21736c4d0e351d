"""The report of a campaign: whole rows, heads again on each page, signatures at the end."""

import re
from dataclasses import replace
from typing import Literal

import pytest

from erpdesk.papers.campaign_report import campaign_report, draw_report
from erpdesk.papers.fonts import MissingCharacterError
from erpdesk.papers.page import Box
from erpdesk.papers.report_view import ReportTable, ReportView, Signer
from erpdesk.papers.report_words import REPORT_WORDINGS
from tests.papers.examples import COMPANY, LONG_COMPANY
from tests.papers.reading import codes, picture, texts

WIDTHS = {kind: len(said) - 1 for kind, said in REPORT_WORDINGS["zh"].tables.items()}
CODE = "EDK00170000J"


def a_table(kind: str, count: int, *, name: str = "青禾包装") -> ReportTable:
    rest = ("\u22121,234.50",) * (WIDTHS[kind] - 2)
    rows = tuple((str(n), f"{name} {kind[:3]}-{n}", *rest) for n in range(1, count + 1))
    return ReportTable(kind=kind, rows=rows, totals=(("", "合计", *rest),) if count else ())


def a_report(**counts: int) -> ReportView:
    tables = tuple(a_table(kind, counts.get(kind, 1)) for kind in WIDTHS)
    facts = tuple((name, "1") for name in REPORT_WORDINGS["zh"].facts)
    signers = tuple(
        Signer(part=part, name="陈静", at="2026-11-25 10:58")
        for part in REPORT_WORDINGS["zh"].signers
    )
    return ReportView(
        company=COMPANY,
        number="盘-0017",
        name="华南区 2026-11 应收盘点",
        code=CODE,
        facts=facts,
        tables=tables,
        signers=signers,
        content_hash="5d209c7e" + "0" * 56,
        seal="81be04f2a3f077c9",
        printed_at="2026-11-25 10:58",
    )


def boxes_of(view: ReportView, name: str) -> list[Box]:
    return [box for box in draw_report(view)[1] if box.name == name]


def test_that_the_same_view_gives_the_same_bytes() -> None:
    assert campaign_report(a_report()) == campaign_report(a_report())


@pytest.mark.parametrize("language", ["zh", "en"])
def test_that_every_table_and_figure_is_called_by_name(language: Literal["zh", "en"]) -> None:
    view = replace(a_report(), language=language)
    text = " ".join("\n".join(texts(campaign_report(view))).split())

    words = view.words
    for said in (words.title, words.signatures, *words.facts.values(), *words.signers.values()):
        assert said in text
    for heading, *heads in words.tables.values():
        assert heading in text
        assert all(head in text for head in heads)


@pytest.mark.parametrize("count", [1, 8, 30, pytest.param(1000, marks=pytest.mark.slow)])
def test_that_rows_stand_whole_between_head_and_foot(count: int) -> None:
    view = a_report(differences=count, strays=count)
    pages = {box.page: box.top for box in boxes_of(view, "foot")}

    rows = [*boxes_of(view, "row"), *boxes_of(view, "signatures")]

    assert all(row.bottom > pages[row.page] for row in rows)
    for one in boxes_of(view, "head"):
        assert all(row.top < one.bottom for row in rows if row.page == one.page)


def test_that_a_table_of_several_pages_has_its_heads_on_each() -> None:
    pages = texts(campaign_report(a_report(differences=90)))
    inside = [page for page in pages if "dif-" in page]

    assert len(inside) > 2
    assert all("自述" in page for page in inside)
    assert [f"第 {n} 页，共 {len(pages)} 页" in page for n, page in enumerate(pages, 1)] == [
        True
    ] * len(pages)
    said = re.findall(r"dif-(\d+)", "\n".join(pages))
    assert list(map(int, said)) == [*range(1, 91)]


def test_that_sums_are_carried_from_page_to_page() -> None:
    sums = tuple((("", "", "", "", f"{n}.00", f"{n}.50", ""),) for n in range(1, 91))
    (table,) = (one for one in a_report(differences=90).tables if one.kind == "differences")
    view = replace(a_report(), tables=(replace(table, sums=sums),))

    pages = [page for page in texts(campaign_report(view)) if "dif-" in page]

    ends = [re.findall(r"转下页 (\d+)\.00 \1\.50", page) for page in pages]
    begins = [re.findall(r"承前页 (\d+)\.00 \1\.50", page) for page in pages]
    rows = [list(map(int, re.findall(r"dif-(\d+)", page))) for page in pages]
    assert len(pages) > 2
    assert ends[:-1] == begins[1:] == [[str(found[-1])] for found in rows[:-1]]
    assert ends[-1] == begins[0] == []


def test_that_no_heading_stands_last_on_a_page() -> None:
    for count in range(14, 20):
        for page in texts(campaign_report(a_report(people=count))):
            body = page.split("盘-0017")[0].strip().splitlines()
            assert body[-1] not in {said[0] for said in REPORT_WORDINGS["zh"].tables.values()}


def test_that_a_table_without_rows_is_left_out() -> None:
    text = "\n".join(texts(campaign_report(a_report(strays=0))))

    assert "账外扫码\n扫到的码" not in text
    assert "扫到的码" not in text


def test_that_the_code_is_read_and_a_draft_says_so() -> None:
    view = replace(a_report(), draft=True)
    pdf = campaign_report(view)

    assert CODE in codes(picture(pdf))
    assert "草稿，盘点还没结束" in texts(pdf)[0]
    assert "原件" not in texts(pdf)[0]


def test_that_long_and_hostile_texts_are_printed_whole() -> None:
    hostile = f"<b>{LONG_COMPANY}</b> & {LONG_COMPANY}"
    view = replace(a_report(), tables=(a_table("differences", 3, name=hostile),))

    text = re.sub(r"\s", "", "\n".join(texts(campaign_report(view))))

    assert text.count(re.sub(r"\s", "", hostile)) == 3


def test_that_what_the_font_lacks_is_refused_with_its_place() -> None:
    view = replace(a_report(), name="\u202e盘点")

    with pytest.raises(MissingCharacterError) as refusal:
        campaign_report(view)
    assert refusal.value.facts == {"characters": ("\u202e",), "where": "name"}


def test_that_an_english_report_names_the_company_so() -> None:
    company = replace(COMPANY, english_name="Chenghu Ltd")
    view = replace(a_report(), company=company, language="en")

    assert texts(campaign_report(view))[0].startswith("Chenghu Ltd")
