"""The settlement notice: the same bytes from the same view, sums that add up, nothing cut.

Over 400 lines because all that a notice obeys is looked at together.
"""

import io
import re
import sys
from dataclasses import replace
from datetime import date
from functools import cache
from itertools import combinations, pairwise
from typing import Any, cast

import pytest
from PIL import Image
from pypdf import PdfReader

from erpdesk.domain.money import Money
from erpdesk.papers.breaking import PaperFullError
from erpdesk.papers.fonts import MissingCharacterError
from erpdesk.papers.notice import NothingToSettleError, draw_notices, notice, notices
from erpdesk.papers.notice_view import Category, NoticeView
from erpdesk.papers.page import HEIGHT, LEFT, RIGHT, Box
from erpdesk.papers.text import DIM, INK, RED, VIOLET, DoesNotFitError
from erpdesk.papers.wording import CHINESE
from tests.papers.examples import (
    COMPANY,
    CUSTOMER,
    a_long_notice,
    a_notice,
    a_row,
    named,
    rows,
)
from tests.papers.reading import picture, text_boxes, texts, where_is

COUNTS = [1, 2, 3, 7, 8, 9, 10, 17, 18, 40, pytest.param(1000, marks=pytest.mark.slow)]


class Opened:
    """Which files the process opens while it is told to look."""

    def __init__(self) -> None:
        self.names: list[object] | None = None
        sys.addaudithook(self._hear)

    def _hear(self, event: str, arguments: tuple[object, ...]) -> None:
        if self.names is not None and event in ("open", "os.open", "socket.connect"):
            self.names.append(arguments[0])


OPENED = Opened()


@cache
def drawn(view: NoticeView) -> tuple[bytes, tuple[Box, ...]]:
    return draw_notices((view,))


def views(count: int) -> list[NoticeView]:
    """Return notices of so many rows: plain, English, with everything long, of two currencies."""
    mixed = rows(count // 2) + rows(count - count // 2, "USD")
    return [
        a_notice(count),
        a_notice(count, language="en", disputed=2, draft=True),
        a_long_notice(count),
        a_long_notice(count, "en"),
        a_notice(count, rows=mixed),
    ]


def test_that_the_same_view_gives_the_same_bytes() -> None:
    first, again = notice(a_notice(40)), notice(a_notice(40))

    assert first == again
    assert notice(a_notice(40, copy=1)) != first


def test_that_several_notices_in_one_file_are_numbered_apart_and_share_the_fonts() -> None:
    views_ = [a_notice(1), a_notice(40, number="通-202611-0215"), a_notice(2)]
    file = notices(views_)

    apart = [page for view in views_ for page in texts(notice(view))]
    assert texts(file) == apart
    assert len(file) < 0.6 * sum(len(notice(view)) for view in views_)


def test_that_only_our_fonts_are_used_embedded_and_cut_down() -> None:
    fonts = [
        font.get_object()
        for page in PdfReader(_file(notice(a_notice(40)))).pages
        for font in cast("Any", page)["/Resources"]["/Font"].values()
    ]

    assert all("/FontFile2" in font["/FontDescriptor"] for font in fonts)
    assert {re.sub(r"^/[A-Z]{6}\+", "", font["/BaseFont"]) for font in fonts} == {
        "NotoSansSC-Regular",
        "NotoSansSC-Medium",
        "NotoSansSC-SemiBold",
    }


def test_that_the_text_comes_back_in_the_order_of_reading() -> None:
    text = texts(notice(a_notice(2, disputed=3)))[0]

    order = [
        "澄湖机电有限公司", "EDN2026110214F", "结算通知书", "青禾包装材料（苏州）有限公司",
        "通知编号 通-202611-0214", "请于此日前 2026-12-10", "截至 2026 年 11 月 25 日",
        "另有 3 笔有争议", "序 单据 类别 依据 到期日 原金额 本次应结",
        "1 据-202610-0001 已开票 发票 26322000010211 2026-10-20 2,400.00 2,400.00",
        "2 据-202610-0002", "应结金额（大写）", "人民币肆仟捌佰柒拾玖元壹角玖分", "¥4,879.19",
        "3300 1616 7350 5300 0914", "通-202611-0214（务请填写", "陈静", "林涛", "不替代发票",
        "请沿此线裁下", "应结 ¥4,879.19", "EDR2026110214H", "金额无误", "金额不符", "已付款",
        "通-202611-0214 内容哈希 5d20 9c7e 封印 81be 04f2 a3f0 77c9", "第 1 页，共 1 页", "原件",
    ]  # fmt: skip
    places = [text.find(part) for part in order]
    assert -1 not in places
    assert places == sorted(places)


@pytest.mark.parametrize("count", COUNTS)
def test_that_every_page_is_numbered_and_has_its_head_and_foot(count: int) -> None:
    for view in views(count):
        pdf, boxes = drawn(view)
        pages = texts(pdf)

        numbers = [
            re.search(r"(?:第|Page) (\d+) (?:页，共|of) (\d+)", page).groups()  # type: ignore[union-attr]
            for page in pages
        ]
        assert numbers == [(str(n), str(len(pages))) for n in range(1, len(pages) + 1)]
        assert all(page.count(view.number) >= 2 for page in pages)
        for name in ("head", "foot"):
            assert [box.page for box in boxes if box.name == name] == list(range(1, len(pages) + 1))


@pytest.mark.parametrize("count", COUNTS)
def test_that_no_block_is_cut_or_overlaps_another(count: int) -> None:
    for view in views(count):
        _, boxes = drawn(view)

        blocks = tuple(box for box in boxes if box.name not in {"code", "mark"})
        for one, other in combinations(_near(blocks), 2):
            assert not _overlap(one, other), (one, other)
        assert all(box.bottom >= 0 and box.top <= HEIGHT for box in boxes)
        assert len([box for box in boxes if box.name == "row"]) == count


@pytest.mark.parametrize("count", COUNTS)
def test_that_the_slip_is_on_page_1_and_the_total_never_stands_alone(count: int) -> None:
    for view in views(count):
        _, boxes = drawn(view)
        last = max(box.page for box in boxes)

        assert [box.page for box in boxes if box.name == "slip"] == [1]
        assert [box.page for box in boxes if box.name == "payment"] == [last]
        assert {box.page for box in boxes if box.name == "total"} == {last}
        assert len([box for box in boxes if box.page == last and box.name == "row"]) >= min(
            2, count
        )


@pytest.mark.parametrize("count", [18, 40, pytest.param(1000, marks=pytest.mark.slow)])
def test_that_sums_are_carried_and_the_total_is_the_sum_of_the_rows(count: int) -> None:
    view = a_notice(count)
    pages = texts(notice(view))

    running = 0
    for n, page in enumerate(pages):
        brought = re.findall(r"^承前页 (\S+) (\S+)$", page, re.MULTILINE)
        assert brought == ([(_grouped(running),) * 2] if n else [])
        for amount in re.findall(r"^\d+ 据-\S+ .* (\S+)$", page, re.MULTILINE):
            running += round(float(amount.replace(",", "").replace("−", "-")) * 100)
        carried = re.findall(r"^转下页 (\S+) (\S+)$", page, re.MULTILINE)
        assert carried == ([(_grouped(running),) * 2] if n < len(pages) - 1 else [])
    assert running == sum(row.settle.minor for row in view.rows)
    assert f"¥{_grouped(running)}" in pages[-1]


def test_that_each_currency_has_its_own_total_and_is_carried_by_itself() -> None:
    view = a_notice(rows=rows(10) + rows(20, "USD"), currency="USD")
    first, second = texts(notice(view))

    carried = re.findall(r"^(?:转下页 )?(\w{3}) (\S+) \1 (\S+)$", first, re.MULTILINE)
    assert [currency for currency, *_ in carried] == ["USD", "CNY"]
    assert second.index("美元") < second.index("人民币")
    assert f"USD {view.total('USD').grouped()}" in second
    assert f"¥{view.total('CNY').grouped()}" in second
    assert "美元、人民币" in first


def test_that_a_total_to_pay_back_says_so() -> None:
    text = texts(notice(a_notice(rows=(a_row(100), a_row(-5_000_100, Category.UNAPPLIED)))))[0]

    assert "应退金额（大写）" in text
    assert "（负）人民币伍万元整" in text
    assert text.count("应退 −¥50,000.00") == 2


def test_that_the_english_notice_keeps_legal_names_and_writes_no_capitals() -> None:
    text = texts(notice(a_notice(6, language="en")))[0]

    assert "Chenghu Electromechanical Co., Ltd. (澄湖机电有限公司)" in text
    assert "Qinghe Packaging Materials (Suzhou) Co., Ltd." in text
    assert "(青禾包装材料（苏州）有限公司)" in text
    assert "Please pay by 2026-12-10" in text
    assert f"CNY {a_notice(6).total('CNY').grouped()}" in text
    assert "人民币" not in text
    assert "¥" not in text


@pytest.mark.parametrize(
    ("facts", "mark"),
    [
        ({"copy": 0}, "2026-11-25 10:58 原件"),
        ({"copy": 3}, "2026-11-25 10:58 副本 3"),
        ({"draft": True}, "草稿，不得寄出"),
        ({"superseded_by": "通-202611-0300"}, "已由 通-202611-0300 替代"),
    ],
)
def test_that_every_page_says_what_it_is(facts: dict[str, object], mark: str) -> None:
    pages = texts(notice(a_notice(40, **facts)))

    assert all(mark in page for page in pages)
    assert all(
        ("原件" in page) == (facts == {"copy": 0} or "superseded_by" in facts) for page in pages
    )


def test_that_what_is_not_in_the_view_is_not_said() -> None:
    text = texts(notice(a_notice(rows=(a_row(),), seal=None, approved_by="")))[0]

    assert "暂估" not in text
    assert "封印" not in text
    assert "争议" not in text
    assert "未核销" not in text
    assert "审核 —" in text


def test_that_an_account_number_with_letters_is_not_regrouped() -> None:
    iban = "DE89 3704 0044 0532 0130 00"
    account = replace(COMPANY.account, number=iban)
    company = replace(COMPANY, account=account, email="", phone="")

    text = texts(notice(a_notice(1, company=company)))[0]
    assert iban in text
    assert "或发至" not in text


def test_that_words_too_long_for_the_slip_are_refused() -> None:
    slip = replace(CHINESE.slip, signer="经办人 " + "_" * 90)

    with pytest.raises(DoesNotFitError) as refusal:
        notice(a_notice(1, wording=replace(CHINESE, slip=slip)))
    assert refusal.value.facts["where"] == "wording.slip"


def test_that_the_company_says_it_in_its_own_words() -> None:
    words = replace(CHINESE, remark="如有疑问，请于五日内告知。")

    assert "如有疑问，请于五日内告知。" in texts(notice(a_notice(1, wording=words)))[0]


HOSTILE = [
    '<img src="/etc/passwd"/>',
    "<b>粗体</b>",
    "<b>",
    "A&B &lt; &#60;",
    "=1+1",
    "@SUM(A1:A9)",
    "{0.__class__} {number} %s",
    "(\\) Tj ET ((",
    '<a href="javascript:alert(1)">x</a>',
    "../../etc/passwd",
    "<para><para>",
    "'; DROP TABLE customer; --",
]


@pytest.mark.parametrize("name", HOSTILE)
def test_that_a_hostile_name_is_printed_as_it_is_and_opens_nothing(name: str) -> None:
    view = named(name, rows=(a_row(document=name, basis=name),))
    notice(a_notice())

    OPENED.names = []
    pdf = notice(view)
    opened, OPENED.names = OPENED.names, None

    assert opened == []
    assert texts(pdf)[0].count(name) >= 3
    assert not {"/Annots", "/AA"} & set(PdfReader(_file(pdf)).pages[0])


@pytest.mark.parametrize("character", ["\u202e", "\u2067", "\u200f", "\U00020bb7", "\n", "\x00"])
def test_that_a_name_the_font_cannot_draw_is_refused_by_character(character: str) -> None:
    with pytest.raises(MissingCharacterError) as refusal:
        notice(named(f"青禾{character}有限公司"))

    assert refusal.value.facts == {"characters": (character,), "where": "customer.name"}


@pytest.mark.parametrize(
    "name", ["Qinghe " * 17, "W" * 75, "青禾" * 36, "青禾包装材料（苏州）" * 4]
)
def test_that_a_very_long_name_is_made_smaller_and_kept_whole(name: str) -> None:
    pdf = notice(named(name))

    assert _squeezed(texts(pdf)[0]).count(_squeezed(name)) == 2


@pytest.mark.parametrize("name", ["青禾" * 60, "青禾" * 100, "W" * 160])
def test_that_a_name_of_any_length_stands_whole_where_it_is_addressed_and_short_elsewhere(
    name: str,
) -> None:
    first, *others = texts(notice(named(name, rows=rows(60))))

    assert _squeezed(first).count(_squeezed(name)) == 1
    assert all("…" in page and name[:20] in _squeezed(page) for page in others)


def test_that_a_long_address_stands_whole() -> None:
    where = "江苏省苏州市吴中区木渎镇金枫路八十八号" * 11
    view = a_notice(customer=replace(CUSTOMER, address=where))

    assert where in _squeezed(texts(notice(view))[0])


def test_that_an_address_longer_than_any_is_refused() -> None:
    view = a_notice(customer=replace(CUSTOMER, address="路" * 500))

    with pytest.raises(DoesNotFitError) as refusal:
        notice(view)

    assert refusal.value.facts["where"] == "customer.address"


def test_that_a_text_too_long_for_a_row_is_refused_with_its_row() -> None:
    with pytest.raises(DoesNotFitError) as refusal:
        notice(a_notice(rows=(a_row(), a_row(basis="很长的依据。" * 45))))

    assert refusal.value.facts["where"] == "rows.2: 依据"


def test_that_nothing_to_settle_is_no_notice() -> None:
    with pytest.raises(NothingToSettleError):
        notice(a_notice(rows=()))


def test_that_more_currencies_than_a_page_holds_are_refused() -> None:
    currencies = ("CNY", "USD", "EUR", "GBP", "HKD", "AUD", "CAD", "CHF", "SGD", "TWD", "JPY")

    with pytest.raises(PaperFullError):
        notice(a_notice(rows=tuple(a_row(currency=c) for c in currencies * 3)))


@pytest.mark.parametrize("count", [1, 8, 40])
def test_that_no_text_leaves_the_margins_or_covers_another(count: int) -> None:
    for view in [*views(count), _largest()]:
        for page in text_boxes(drawn(view)[0]):
            for left, bottom, right, top in page:
                assert left >= LEFT - 1
                assert right <= RIGHT + 1
                assert bottom >= 25
                assert top <= HEIGHT - 35
            for one, other in combinations(page, 2):
                assert not _covers(one, other), (view.language, one, other)


def test_that_the_remark_keeps_clear_of_long_bank_details() -> None:
    pdf = drawn(a_long_notice(1))[0]

    assert where_is(pdf, "附言")[1] - where_is(pdf, "本通知依")[3] > 10


@pytest.mark.parametrize("language", ["zh", "en"])
def test_that_every_text_is_seen(language: str) -> None:
    pdf = drawn(a_long_notice(18, language))[0]
    scale = 150 / 72

    for n, page in enumerate(text_boxes(pdf)):
        image = picture(pdf, n, dpi=150)
        for left, bottom, right, top in page:
            if right - left < 1:
                continue
            box = (left * scale, (HEIGHT - top) * scale, right * scale, (HEIGHT - bottom) * scale)
            assert any(image.crop(cast("Any", box)).histogram()[:190]), (n, left, top)


@pytest.mark.parametrize("count", [1, 40])
def test_that_nothing_is_printed_into_a_code_or_beside_it(count: int) -> None:
    for view in views(count):
        pdf, boxes = drawn(view)
        pages = text_boxes(pdf)

        codes = [box for box in boxes if box.name == "code"]
        assert len(codes) == len(pages) + 1
        for code in codes:
            edges = (code.left, code.bottom, code.right, code.top)
            assert not any(_covers(edges, text) for text in pages[code.page - 1])
            assert not any(_overlap(code, box) for box in boxes if box.name == "mark")


@pytest.mark.parametrize("ink", [INK, DIM, VIOLET, RED])
def test_that_every_ink_is_read_on_a_grey_copy(ink: object) -> None:
    red, green, blue = ink.rgb()  # type: ignore[attr-defined]
    linear = [
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in (red, green, blue)
    ]
    luminance = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    ground = 0.904  # #F3F4F6

    assert (ground + 0.05) / (luminance + 0.05) > 4.5


@cache
def large_picture() -> Image.Image:
    return picture(drawn(a_notice(8))[0], dpi=400)


@pytest.mark.parametrize("word", ["已开票", "暂估", "未核销", "−"])
def test_that_words_and_signs_are_dark_in_grey(word: str) -> None:
    left, bottom, right, top = where_is(drawn(a_notice(8))[0], word)
    scale = 400 / 72

    edges = (left - 2, HEIGHT - top - 2, right + 2, HEIGHT - bottom + 2)
    box = tuple(edge * scale for edge in edges)
    shades = large_picture().crop(cast("Any", box)).histogram()
    assert any(shades[:130])
    assert any(shades[230:])


def test_that_a_day_without_padding_is_said() -> None:
    text = texts(notice(a_notice(1, as_of=date(2027, 1, 5))))[0]

    assert "截至 2027 年 1 月 5 日" in text
    assert "截止日期 2027-01-05" in text


def _largest() -> NoticeView:
    """Return a notice with the largest amounts the books hold."""
    most = a_row(9_999_999_999_998, Category.BILLED)
    return a_notice(rows=(most, a_row(1, Category.UNBILLED), a_row(-1, Category.UNAPPLIED)))


def _grouped(minor: int) -> str:
    return Money(minor, "CNY").grouped()


def _file(pdf: bytes) -> io.BytesIO:
    return io.BytesIO(pdf)


def _squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


def _near(boxes: tuple[Box, ...]) -> list[Box]:
    """Return the boxes without the inner rows of long pages, which only touch their neighbours."""
    for one, other in pairwise(boxes):
        if one.page == other.page and one.name == other.name == "row":
            assert abs(one.bottom - other.top) < 0.01
    return [
        box
        for n, box in enumerate(boxes)
        if box.name != "row"
        or {"row"} != {b.name for b in boxes[max(0, n - 1) : n + 2] if b.page == box.page}
    ]


def _overlap(one: Box, other: Box) -> bool:
    slack = 0.01
    return (
        one.page == other.page
        and one.left < other.right - slack
        and other.left < one.right - slack
        and one.bottom < other.top - slack
        and other.bottom < one.top - slack
    )


def _covers(
    one: tuple[float, float, float, float], other: tuple[float, float, float, float]
) -> bool:
    """Say whether two runs of text share more than a point in both directions."""
    across = min(one[2], other[2]) - max(one[0], other[0])
    down = min(one[3], other[3]) - max(one[1], other[1])
    return across > 1 and down > 1
