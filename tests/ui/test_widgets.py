"""Every part can be read whole, in any theme, size and language, and answers by its signals."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from erpdesk.domain.money import Money
from tests.ui.clipping import clipped
from tests.ui.clothes import clothe
from ui.look import THEMES, Theme
from ui.models.cells import WITHHELD, Chip, Toned
from ui.widgets.button import Button
from ui.widgets.charts import Part, SegmentBar
from ui.widgets.chip_row import ChipRow, Filter
from ui.widgets.choices import Choice, ChoiceButton, ChoiceList
from ui.widgets.customer_card import CustomerCard, CustomerView, Fact, Figure
from ui.widgets.effects import EffectGroup, EffectLine, EffectsPreview
from ui.widgets.guards import GuardList, Lack
from ui.widgets.notice_bar import Act, Notice, NoticeBar
from ui.widgets.parts import Label, Panel, row
from ui.widgets.scan_bar import Scan, ScanBar, readable
from ui.widgets.steps import SideState, StepBar
from ui.work.wording import Wording

ENGLISH = "Waiting for the confirmation of the second accountant"


def money(minor: int) -> Money:
    return Money(minor, "CNY")


def a_scan_bar() -> QWidget:
    bar = ScanBar()
    bar.show_scan(Scan("KH0098\x1d12", "账外·已存，等你处理（可继续扫下一张）", "attention"))
    bar.show_counts(scanned=1297, stored=1296, pending=0, note="最近一次 10:52:07·双音提示")
    return bar


def a_notice_bar() -> QWidget:
    bar = NoticeBar()
    bar.show_notice(Notice("info", "旧的一条"))
    acts = (Act("back", "退回", "Ctrl+B"), Act("open", "Open the period"))
    bar.show_notice(Notice("error", "没能批准：期间已结账。", ENGLISH * 3, acts, "E-7K2M-9QRS"))
    return bar


def a_card(balance: Money | None = None) -> CustomerCard:
    card = CustomerCard()
    value = balance or money(29_948_000)
    figures = (
        Figure("应收账款（已开票）", money(21_648_000), "4 笔·最早 2026-07-16", "billed"),
        Figure("暂估应收", money(11_300_000), "1 张临时凭证·未开票", "unbilled"),
        Figure("Unapplied receipts", money(-3_000_000), ENGLISH, "unapplied"),
    )
    facts = (Fact("clock-alert", "最早未清 132 天", "attention"), Fact("phone", ENGLISH))
    card.show_customer(
        CustomerView(
            "青禾包装材料（苏州）有限公司",
            (Chip("A 类"), Chip("华南一区", icon="house")),
            ("编码 K004175", "统一社会信用代码 91320505MA1X7K4C2Y"),
            figures,
            Figure("账面余额 10-31", value),
            facts,
        )
    )
    return card


CHOICES = (
    Choice("new", "user-plus", "申请新客户…", "交主管建档，不进覆盖率", "Ctrl+2"),
    Choice("link", "link", ENGLISH, ENGLISH * 2, "Ctrl+Enter", "推荐"),
    Choice("void", "ban", "误扫，作废此条", "要写原因", "Ctrl+5", why_not="你不是主管"),
)
LACKS = (Lack("evidence", "缺签收证据"), Lack("due", ENGLISH * 2, "error"))
GROUPS = (
    EffectGroup("会生成", (EffectLine("file-minus", "红字凭证", ENGLISH * 2, money(-1)),), "红字"),
    EffectGroup("不会动", (EffectLine("lock", "原凭证", value=Toned("草稿", "accent")),)),
)
PARTS = (Part("一致", "284", 284, "ok"), Part("未盘", "116", 116, "rest"))


def a_guard_list() -> QWidget:
    guards = GuardList()
    guards.show_lacks(LACKS)
    return guards


def effects() -> EffectsPreview:
    made = EffectsPreview(Wording("zh"))
    made.show_effects(GROUPS, computed="影响清单 11:06 算出，提交时再核一次")
    return made


def steps() -> StepBar:
    bar = StepBar(Wording("zh"), ("草稿", "就绪", "差异核对", "Waiting for approval"))
    bar.show_step(2)
    return bar


def buttons() -> QWidget:
    return Panel(
        row(
            Button("记录，等下一码", "primary", key="Enter", icon="check", height_px=32),
            Button("Send back for completion…", "danger", key="Ctrl+Shift+R"),
            Label("合计（28 行）", "strong"),
        )
    )


WIDGETS: dict[str, Callable[[], QWidget]] = {
    "scan bar": a_scan_bar,
    "notice bar": a_notice_bar,
    "customer card": a_card,
    "choices": lambda: ChoiceList(CHOICES),
    "guards": a_guard_list,
    "guards met": GuardList,
    "effects": effects,
    "steps": steps,
    "segments": lambda: SegmentBar("覆盖率", PARTS),
    "chips": lambda: ChipRow([Filter("all", "全部", 396, "list"), Filter("x", ENGLISH, 1204)]),
    "buttons": buttons,
}


@pytest.mark.parametrize("text_percent", [100, 150])
@pytest.mark.parametrize("name", WIDGETS)
def test_that_nothing_is_cut_without_saying_so(
    qtbot: QtBot, app: QApplication, name: str, text_percent: int
) -> None:
    clothe(app, "light", text_percent)
    part = WIDGETS[name]()
    qtbot.addWidget(part)
    width = max(part.minimumSizeHint().width(), 320)
    part.resize(width, max(part.minimumSizeHint().height(), part.heightForWidth(width)))
    part.show()

    assert clipped(part) == []


def test_that_a_cut_text_is_found(qtbot: QtBot, app: QApplication) -> None:
    narrow = Panel(row(Label("这一行字太长了")), margins=(0, 0, 0, 0))
    qtbot.addWidget(narrow)
    narrow.show()
    narrow.findChildren(Label)[0].setFixedWidth(30)
    narrow.setFixedWidth(20)
    QApplication.processEvents()

    assert [one.split(":")[0] for one in clipped(narrow)] == ["Label '这一行字太长了'"] * 2


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("name", WIDGETS)
def test_that_a_part_follows_the_theme_while_it_is_open(
    qtbot: QtBot, app: QApplication, name: str, theme: Theme
) -> None:
    part = WIDGETS[name]()
    qtbot.addWidget(part)
    part.resize(part.sizeHint() + QSize(60, 60))
    part.show()
    part.grab()

    clothe(app, theme)
    later = part.grab().toImage()
    fresh = WIDGETS[name]()
    qtbot.addWidget(fresh)
    fresh.resize(part.size())
    fresh.show()

    assert later == fresh.grab().toImage()


def heard_of(*signals: object) -> list[object]:
    values: list[object] = []
    for signal in signals:
        signal.connect(values.append)  # type: ignore[attr-defined]
    return values


def test_that_what_is_typed_into_the_scan_bar_is_entered(qtbot: QtBot, app: QApplication) -> None:
    bar = ScanBar()
    qtbot.addWidget(bar)
    entered = heard_of(bar.entered)

    qtbot.keyClicks(bar.code, " qhbz ")
    qtbot.keyClick(bar.code, Qt.Key.Key_Return)

    assert entered == ["qhbz"]


def test_that_control_characters_are_shown_by_name() -> None:
    assert readable("\x02KH0098\x1d12\r") == "[STX]KH0098[GS]12[CR]"
    assert readable("\u202eKH\u200b1\x7f 盘") == "[U+202E]KH[U+200B]1[U+007F] 盘"


def test_that_scans_that_are_nowhere_are_said_with_their_number(app: QApplication) -> None:
    bar = ScanBar()

    bar.show_counts(scanned=9, stored=7, pending=1)

    assert "差 1" in bar._counts.accessibleName()
    assert bar._counts._equals.property("ink") == "attention"


def test_that_the_flash_fades(qtbot: QtBot, app: QApplication) -> None:
    bar = ScanBar()
    qtbot.addWidget(bar)

    bar.show_scan(Scan("K1", "已识别", "ok"))

    assert bar._block.property("ground") == "ok-full"
    qtbot.waitUntil(lambda: bar._block.property("ground") == "ok")


def test_that_the_newest_notice_is_in_front_and_others_are_counted(
    qtbot: QtBot, app: QApplication
) -> None:
    bar = NoticeBar()
    qtbot.addWidget(bar)
    first, second = Notice("attention", "一"), Notice("error", "二", acts=(Act("go", "去看"),))
    acted = heard_of(bar.acted)

    bar.show_notice(first)
    bar.show_notice(second)
    qtbot.mouseClick(bar._acts[0], Qt.MouseButton.LeftButton)

    assert bar._title.text() == "二"
    assert bar._more.text() == "还有 1 条"
    assert acted == ["go"]


def test_that_a_closed_notice_leaves_the_one_before(qtbot: QtBot, app: QApplication) -> None:
    bar = NoticeBar()
    qtbot.addWidget(bar)
    first, second = Notice("attention", "一"), Notice("error", "二")
    bar.show_notice(first)
    bar.show_notice(second)

    qtbot.mouseClick(bar._close, Qt.MouseButton.LeftButton)

    assert bar.notices == (first,)
    assert not bar.isHidden()


def test_that_good_news_leaves_by_itself_and_bad_news_stays(
    qtbot: QtBot, app: QApplication
) -> None:
    bar = NoticeBar(ok_ms=1)
    qtbot.addWidget(bar)
    bad = Notice("error", "没能批准")
    bar.show_notice(bad)
    bar.show_notice(Notice("ok", "已保存"))

    qtbot.waitUntil(lambda: bar.notices == (bad,))
    bar.solve(bad)

    assert bar.isHidden()


def test_that_a_blind_card_draws_and_says_no_figure(qtbot: QtBot, app: QApplication) -> None:
    card = CustomerCard()
    qtbot.addWidget(card)
    figure = Figure("账面余额", WITHHELD)

    card.show_customer(CustomerView("青禾", (), ("编码 K1",), (figure,), figure))

    assert card._bar.table() == ()
    assert card.accessibleName() == "青禾，账面余额 盲盘，账面余额 盲盘"


def test_that_a_choice_is_taken_by_click_and_by_key(qtbot: QtBot, app: QApplication) -> None:
    choices = ChoiceList(CHOICES)
    qtbot.addWidget(choices)
    chosen = heard_of(choices.chosen)
    choices.show()
    qtbot.waitUntil(choices.isActiveWindow)

    qtbot.mouseClick(choices.buttons["new"], Qt.MouseButton.LeftButton)
    qtbot.mouseClick(choices.buttons["void"], Qt.MouseButton.LeftButton)
    qtbot.keyClick(choices, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)

    qtbot.waitUntil(lambda: chosen == ["new", "link"])


@pytest.mark.parametrize("make", [lambda: Button("送审批"), lambda: ChoiceButton(CHOICES[0])])
def test_that_enter_presses_no_button_also_on_a_desktop_that_would(
    make: Callable[[], QPushButton], app: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    button, pressed = make(), [0]
    monkeypatch.setattr(QPushButton, "keyPressEvent", lambda *_: pressed.append(1))

    for key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
        button.keyPressEvent(QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier))

    assert sum(pressed) == 1


def test_that_the_recommended_choice_stands_on_top(app: QApplication) -> None:
    choices = ChoiceList(CHOICES)

    assert list(choices.buttons) == ["link", "new", "void"]
    assert choices.buttons["void"].accessibleDescription() == "你不是主管"


def test_that_a_lack_leads_to_its_field_by_enter(qtbot: QtBot, app: QApplication) -> None:
    guards = GuardList()
    qtbot.addWidget(guards)
    jumped = heard_of(guards.jumped)
    guards.show_lacks(LACKS)
    guards.show()

    qtbot.keyClick(guards.lines[1], Qt.Key.Key_Return)

    assert jumped == ["due"]
    assert guards.accessibleName().startswith("还差 2 项；缺签收证据")


def test_that_nothing_missing_is_said(app: QApplication) -> None:
    guards = GuardList()
    guards.show_lacks(LACKS)

    guards.show_lacks(())

    assert guards.accessibleName() == "可以提交"
    assert guards.lines == []


def test_that_effects_that_changed_are_shown_with_the_new_ones_marked(
    qtbot: QtBot, app: QApplication
) -> None:
    preview = effects()
    qtbot.addWidget(preview)
    new = EffectLine("unlink", "反核销", value=money(20_000))
    changed = (*GROUPS, EffectGroup("会跟着变", (new,)))

    same = preview.recheck(GROUPS, computed="11:07")
    again = preview.recheck(changed, computed="11:08")

    grounds = [panel.property("ground") for panel in preview.findChildren(Panel)]
    assert (same, again) == (True, False)
    assert grounds.count("attention") == 1
    assert preview.recheck(changed, computed="11:09")


def test_that_a_step_bar_is_one_sentence(app: QApplication) -> None:
    bar = steps()

    assert bar.accessibleName() == "第 3 步，共 4 步：差异核对"
    bar.show_step(2, side=SideState("已驳回", "error"))
    assert bar.accessibleName() == "第 3 步，共 4 步：已驳回"


def test_that_a_chart_is_spoken_and_copied_as_its_table(qtbot: QtBot, app: QApplication) -> None:
    bar = SegmentBar("覆盖率", PARTS)
    qtbot.addWidget(bar)

    qtbot.keyClick(bar, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)

    assert QApplication.clipboard().text().splitlines() == ["一致\t284", "未盘\t116"]
    assert bar.accessibleDescription().endswith("未盘 116")
    assert bar.accessibleName() == "覆盖率"


def test_that_a_forbidden_button_says_why(qtbot: QtBot, app: QApplication) -> None:
    button = Button("送审批", "primary", key="Ctrl+Enter")
    qtbot.addWidget(button)
    button.forbid("还差 6 户")

    assert not button.isEnabled()
    assert (button.toolTip(), button.accessibleDescription()) == ("还差 6 户", "还差 6 户")
    button.forbid("")
    assert button.isEnabled()
    assert button.why_not == ""


def test_that_a_filter_keeps_its_choice_when_counts_come(qtbot: QtBot, app: QApplication) -> None:
    chips = ChipRow([Filter("all", "全部"), Filter("open", "未开票")])
    qtbot.addWidget(chips)
    chosen = heard_of(chips.chosen)

    qtbot.mouseClick(chips._buttons["open"], Qt.MouseButton.LeftButton)
    chips.show_filters([Filter("all", "全部", 41), Filter("open", "未开票", 17)])

    assert (chosen, chips.current) == (["open"], "open")
    assert chips._buttons["open"].accessibleName() == "未开票 17"
