"""The font that ships: what it draws, what it refuses, what a reader gets back."""

import functools
import hashlib
import re
from importlib.resources import files
from pathlib import Path
from threading import Thread

import pytest

from erpdesk.papers import fonts
from erpdesk.papers.fonts import (
    FontLostError,
    MissingCharacterError,
    Weight,
    _widths,
    missing_characters,
    must_draw,
)
from erpdesk.papers.notice import notice
from erpdesk.words import explain
from tests.papers.examples import named
from tests.papers.reading import texts

FONTS = files("resources") / "fonts"
RARE_NAMES = "喆堃䶮㛃镕玥翀\U0002cb4e\U0002cb5b\U0002b7fc"
"""Characters of 通用规范汉字表 outside GB 2312, three of them above U+FFFF."""


def test_that_the_three_weights_draw_the_same_characters() -> None:
    regular, medium, semibold = (set(_widths(weight)) for weight in Weight)

    assert regular == medium == semibold


def test_that_every_hanzi_of_gb2312_and_big5_is_drawn() -> None:
    everything = "".join(
        bytes((high, low)).decode(encoding, "ignore")
        for encoding, lows in (("gb2312", range(0xA1, 0xFF)), ("big5", range(0x40, 0xFF)))
        for high in range(0xA1, 0xFA)
        for low in lows
    )

    assert [c for c in missing_characters(everything) if "\u4e00" <= c <= "\u9fff"] == []


def test_that_names_prices_and_signs_are_drawn() -> None:
    text = (
        RARE_NAMES
        + "¥￥€£$①②№℃㎡×÷±≤≥—…·・「」『』（）【】《》“”‘’ÄöüßéñŁőşİğčžЖяΩαあアーー→←│─┼％／－−"
    )

    assert missing_characters(text) == ()


@pytest.mark.parametrize(
    "character",
    ["\U00020bb7", "\u202e", "\u2066", "\u200b", "\u00ad", "\ufeff", "\n", "\x00", "\ue000", "😀"],
)
def test_that_what_cannot_be_seen_or_drawn_is_missing(character: str) -> None:
    assert missing_characters(f"甲{character}乙{character}") == (character,)


def test_that_a_missing_character_is_refused_with_its_place() -> None:
    with pytest.raises(MissingCharacterError) as refusal:
        must_draw([("customer.name", "好"), ("rows.3.basis", "\U00020bb7野家\u202e")])

    assert refusal.value.facts == {
        "characters": ("\U00020bb7", "\u202e"),
        "where": "rows.3.basis",
    }


def test_that_rare_names_can_be_searched_and_copied() -> None:
    name = f"苏州{RARE_NAMES}有限公司"

    assert name in texts(notice(named(name)))[0]


def test_that_two_pages_that_are_drawn_first_at_once_share_one_font(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    made: list[object] = []
    beside = Thread(target=lambda: fonts._font(Weight.REGULAR))

    def make(*_: object, **__: object) -> object:
        made.append(object())
        if len(made) == 1:
            beside.start()
            beside.join(0.05)
        return made[-1]

    monkeypatch.setattr(fonts, "PaperFont", make)
    monkeypatch.setattr("reportlab.pdfbase.pdfmetrics.registerFont", lambda _: None)
    monkeypatch.setattr(fonts, "_read", functools.cache(fonts._read.__wrapped__))

    fonts._font(Weight.REGULAR)
    beside.join()

    assert len(made) == 1


def test_that_the_fonts_are_the_ones_described_and_not_too_large() -> None:
    described = dict(
        re.findall(r"(\S+\.ttf) \| `(\w{64})`", (FONTS / "README.md").read_text("utf-8"))
    )
    shipped = {
        f"{weight.value}.ttf": (FONTS / f"{weight.value}.ttf").read_bytes() for weight in Weight
    }

    assert {name: hashlib.sha256(data).hexdigest() for name, data in shipped.items()} == described
    assert sum(map(len, shipped.values())) < 19_000_000


def test_that_the_licence_comes_with_its_copyright() -> None:
    licence = (FONTS / "OFL.txt").read_text("utf-8")

    assert licence.startswith("Copyright 2014-2021 Adobe")
    assert "\nCopyright 2010-2020 Adobe" in licence
    assert "SIL OPEN FONT LICENSE Version 1.1" in licence


@pytest.mark.parametrize("body", [None, b"no font at all"])
def test_that_a_lost_font_is_said_and_nothing_is_printed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, body: bytes | None
) -> None:
    if body is not None:
        (tmp_path / "lost.ttf").write_bytes(body)
    monkeypatch.setattr(fonts, "resource", lambda _: tmp_path / "lost.ttf")
    load = fonts._read.__wrapped__

    with pytest.raises(FontLostError) as refused:
        load(fonts.Weight.REGULAR)

    assert explain(refused.value) == (
        "程序自带的字体 fonts/NotoSansSC-Regular.ttf 不见了，或已损坏。"
        "没有打印，什么都没改。请用安装程序重新安装。"
    )
