import re
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtGui import QColor, QFontInfo, QFontMetricsF, QImage
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot
from typing_extensions import override

import ui
from tests.ui.clothes import clothe
from ui.look import (
    DARK,
    LIGHT,
    THEMES,
    TONE_ICONS,
    TYPES,
    Theme,
    Tokens,
    apply,
    dress,
    font,
    icon_names,
    icon_pixmap,
    style_sheet,
    tokens,
)
from ui.widgets.parts import Label, column

PAIRS: list[tuple[str, str, float]] = [
    ("text", "surface", 4.5),
    ("text", "canvas", 4.5),
    ("text2", "surface", 4.5),
    ("text2", "side", 4.5),
    ("text3", "surface", 4.5),
    ("text3", "canvas", 4.5),
    ("text3", "side", 4.5),
    ("on_select", "select", 4.5),
    ("text2", "select", 4.5),
    ("accent", "surface", 4.5),
    ("accent", "accent_soft", 4.5),
    ("on_accent", "accent", 4.5),
    ("on_accent", "accent_hover", 4.5),
    ("ok", "ok_soft", 4.5),
    ("attention", "attention_soft", 4.5),
    ("error", "error_soft", 4.5),
    ("error", "surface", 4.5),
    ("error", "select", 4.5),
    ("unbilled", "surface", 4.5),
    ("unbilled", "unbilled_soft", 4.5),
    ("neutral", "neutral_soft", 4.5),
    ("text", "ok_soft", 4.5),
    ("text", "attention_soft", 4.5),
    ("text", "error_soft", 4.5),
    ("edge", "surface", 3.0),
    ("edge", "canvas", 3.0),
    ("focus", "surface", 3.0),
    ("focus", "select", 3.0),
]
ON_YELLOW = {("text2", "select"), ("error", "select"), ("focus", "select")}
"""In high contrast every text on a selected row is ``on_select``, and the row has a black bar."""

COLOUR = re.compile(
    r"""["'][^"'\n]*\#[0-9A-Fa-f]{3,8}\b|QColor\(\s*["'\d]|\brgba?\(|GlobalColor\.(?!transparent)"""
)


def luminance(colour: str) -> float:
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("now", THEMES.values(), ids=THEMES)
@pytest.mark.parametrize(("ink", "ground", "least"), PAIRS)
def test_that_every_pair_can_be_read_in_every_theme(
    now: Tokens, ink: str, ground: str, least: float
) -> None:
    if now.is_contrast and (ink, ground) in ON_YELLOW:
        ink = "on_select"

    assert contrast(getattr(now, ink), getattr(now, ground)) >= least


def test_that_no_other_room_writes_a_colour() -> None:
    root = Path(ui.__file__).parent
    found = [
        f"{path.relative_to(root)}:{n}"
        for path in sorted(root.rglob("*.py"))
        if path.parent.name != "look"
        for n, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if COLOUR.search(line)
    ]

    assert found == []


@pytest.mark.parametrize(
    "line", ['x = "#fff"', "f'color:#1A2B3C;'", 'QColor("red")', "QColor(1, 2, 3)", "rgba(0,0,0,1)"]
)
def test_that_a_colour_is_recognised(line: str) -> None:
    assert COLOUR.search(line)


def test_that_every_tone_has_an_icon_of_its_own() -> None:
    assert len(set(TONE_ICONS.values())) == len(TONE_ICONS)
    assert set(TONE_ICONS.values()) <= icon_names()


def test_that_every_icon_is_painted_in_the_colour_asked_for(app: QApplication) -> None:
    for name in sorted(icon_names()):
        image = icon_pixmap(name, QColor("#00ff00"), 16, dpr=1.5).toImage()

        inks = {image.pixelColor(x, y).name() for x, y in opaque(image)}
        assert (name, image.width(), inks) == (name, 24, {"#00ff00"})


def opaque(image: QImage) -> list[tuple[int, int]]:
    places = [(x, y) for x in range(image.width()) for y in range(image.height())]
    return [place for place in places if image.pixelColor(*place).alpha() > 127]


@pytest.mark.parametrize("theme", THEMES)
def test_that_a_theme_reaches_what_is_open_and_keeps_what_is_typed(
    qtbot: QtBot, app: QApplication, theme: Theme
) -> None:
    field, label = QLineEdit("299,480"), Label("余额", "label", "text2")
    for part in (field, label):
        qtbot.addWidget(part)
        part.show()
    field.setSelection(2, 3)

    now = clothe(app, theme)

    assert tokens() is now
    assert (field.text(), field.selectedText()) == ("299,480", "9,4")
    assert label.palette().color(label.foregroundRole()).name() == now.text2.lower()
    assert field.palette().color(field.backgroundRole()).name() == now.surface.lower()


def test_that_a_window_is_dressed_with_all_in_it_and_again_in_another_theme(
    qtbot: QtBot, app: QApplication
) -> None:
    app.setStyleSheet("")
    window, label = QWidget(), Label("余额", "title", "text2")
    qtbot.addWidget(window)
    window.setLayout(column(label))

    dress(window)
    window.show()
    in_light = (label.fontInfo().pixelSize(), ink_of(label))
    apply(app, "dark", 130)

    assert in_light == (18, LIGHT.text2.lower())
    assert (label.fontInfo().pixelSize(), ink_of(label)) == (23, DARK.text2.lower())


def ink_of(label: Label) -> str:
    return label.palette().color(label.foregroundRole()).name()


def test_that_a_text_size_reaches_what_is_open(qtbot: QtBot, app: QApplication) -> None:
    label = Label("余额", "title")
    qtbot.addWidget(label)
    label.show()
    before = label.fontInfo().pixelSize()

    clothe(app, "light", 130)

    assert (before, label.fontInfo().pixelSize()) == (18, 23)
    assert font("body").pixelSize() == 17


@pytest.mark.parametrize("name", TYPES)
def test_that_every_type_is_the_shipped_font_in_its_weight(app: QApplication, name: str) -> None:
    label = Label("余额 299,480.00", name)  # type: ignore[arg-type]
    label.ensurePolished()
    info = QFontInfo(label.font())

    assert info.family().startswith("Noto Sans SC")
    assert (info.pixelSize(), info.weight()) == TYPES[name]  # type: ignore[index]


@pytest.mark.parametrize("name", ["body", "figure", "section"])
def test_that_figures_stand_under_one_another(app: QApplication, name: str) -> None:
    metrics = QFontMetricsF(font(name))  # type: ignore[arg-type]

    assert len({metrics.horizontalAdvance(sign) for sign in "0123456789\u2212"}) == 1


def test_that_a_style_sheet_has_no_colour_but_the_themes() -> None:
    for now in THEMES.values():
        known = {str(getattr(now, name)).lower() for name in Tokens.__dataclass_fields__}

        used = {one.lower() for one in re.findall(r"#[0-9A-Fa-f]{6}", style_sheet(now))}

        assert used <= known


def test_that_qt_calls_leave_the_count_of_nothing_where_it_was(app: QApplication) -> None:
    label = QLabel()
    before = sys.getrefcount(None)

    for _ in range(10_000):
        label.setText("余额")
        label.setEnabled(True)

    assert abs(sys.getrefcount(None) - before) < 200


def test_that_a_look_is_told_to_what_paints_itself(qtbot: QtBot, app: QApplication) -> None:
    heard: list[QEvent.Type] = []

    class Hears(QLabel):
        @override
        def changeEvent(self, event: QEvent) -> None:
            heard.append(event.type())

    part = Hears()
    qtbot.addWidget(part)
    part.show()

    clothe(app, "dark")

    assert QEvent.Type.StyleChange in heard
