"""The form of a customer: every field checked while it is typed, a likely twin beside it."""

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from erpdesk.domain.customers.customer import SETTLING
from erpdesk.domain.importing.customer_typed import CONTACT, RECORD, TYPED, said_of
from erpdesk.domain.importing.rows import Reason
from erpdesk.services.customers import Card
from erpdesk.services.customers_changing import Checked, Twin
from erpdesk.words import Sentence, explain
from erpdesk.words.customers import FIELDS, LIKENESS, TAX_STATES, as_label
from ui.look import Ink
from ui.widgets.button import Button
from ui.widgets.combo import Combo
from ui.widgets.entry_view import scrolling
from ui.widgets.labelled import labelled
from ui.widgets.parts import (
    STRETCH,
    ElidedLabel,
    Icon,
    Label,
    Panel,
    column,
    emptied,
    row,
    set_property,
)
from ui.work.wording import Wording

S = Sentence
NEEDED = S("{field} 必填", "{field}, needed")
WANTED = S("{field}（结算要用）", "{field} (settling asks for it)")
APPROVED = S("要另一个人批准", "A second person approves it")
NOTED = S("联系方式，当场生效", "Contact, holds at once")
MEMO = S("原因", "Why")
TWINS = S("可能是同一个客户", "It may be the same customer")
NO_TWINS = S("没有发现重复的客户", "No twin was found")
TWIN = S("{code} {name}", "{code} {name}")
NO_LANGUAGE = S("按公司默认", "As the firm's")
LANGUAGES: Final = (("", NO_LANGUAGE), ("zh", S("中文", "Chinese")), ("en", S("英文", "English")))
LEFT: Final = ("code", "name", "tax_id", "id_number", "address", "bank_name", "bank_account")
MIDDLE: Final = ("terms_days", "tax_rate", "credit_limit", "currency", "language")
WAIT_MS: Final = 250
LETTERS_MOST: Final = 200
SETTLED: Final = frozenset(asked.partition("/")[0] for asked in SETTLING)


class CustomerForm(Panel):
    """``typed`` comes a moment after the last letter; ``twin_wanted`` carries a customer's id."""

    typed = Signal()
    twin_wanted = Signal(str)

    def __init__(self, words: Wording) -> None:
        self._words = words
        self._began = dict.fromkeys(TYPED, "") | {"code": ""}
        self._checked: Checked | None = None
        self.is_new = True
        self.fields: dict[str, QLineEdit] = {}
        self.hints: dict[str, ElidedLabel] = {}
        self.language, self.memo = Combo(), QLineEdit()
        self.twins = QVBoxLayout()
        self.twins.setSpacing(6)
        self.twins_head = Label("", "section")
        self._boxes: dict[str, QWidget] = {}
        super().__init__(self._inside(), ground="panel", gap=0, margins=(1, 1, 1, 1))
        self._wait = QTimer(self, singleShot=True, interval=WAIT_MS)
        self._wait.timeout.connect(self.typed)
        for field in self.fields.values():
            field.textChanged.connect(lambda _: self._wait.start())
        self.language.currentIndexChanged.connect(lambda _: self._wait.start())
        words.when_switched(self._say_again)
        self._say_again()

    def _inside(self) -> QWidget:
        approved, noted = (Label("", "section") for _ in range(2))
        self._words.put(approved, "setText", APPROVED)
        self._words.put(noted, "setText", NOTED)
        left = column(approved, *map(self._field, LEFT), STRETCH, gap=6)
        middle = column(
            Label(" ", "section"), *map(self._field, MIDDLE), self._memo_box(), STRETCH, gap=6
        )
        right = column(
            noted, *map(self._field, CONTACT), 14, self.twins_head, self.twins, STRETCH, gap=6
        )
        inside = Panel(
            row((left, 3), (middle, 2), (right, 3), gap=20), ground="surface",
            margins=(16, 12, 16, 12),
        )  # fmt: skip
        return scrolling(inside)

    def _field(self, name: str) -> QWidget:
        label, hint = Label("", "label", "text2"), ElidedLabel("", "small", "text2")
        said = NEEDED if name in {"code", "name"} else WANTED if name in SETTLED else None
        if said is None:
            self._words.put(label, "setText", as_label(FIELDS[name]))
        else:
            self._words.put(label, "setText", said, field=as_label(FIELDS[name]))
        part = self.language if name == "language" else QLineEdit()
        if isinstance(part, QLineEdit):
            part.setMaxLength(LETTERS_MOST)
            self.fields[name] = part
        part.setMinimumHeight(30)
        self._words.put(part, "setAccessibleName", FIELDS[name])
        label.setBuddy(part)
        self.hints[name] = hint
        box = QWidget()
        box.setLayout(column(label, part, hint, gap=2))
        self._boxes[name] = box
        return box

    def _memo_box(self) -> QWidget:
        self.memo.setMinimumHeight(30)
        self.memo.setMaxLength(LETTERS_MOST)
        self._boxes["memo"] = box = labelled(self._words, MEMO, self.memo)
        return box

    def begin(self, card: Card | None, kept: Mapping[str, str] | None = None) -> None:
        """Show what stands of a customer, or nothing of a new one; ``kept`` was typed before."""
        self.is_new = card is None
        self._began = dict.fromkeys(TYPED, "") | {"code": ""}
        if card is not None:
            self._began |= said_of(card.record, card.contact)
            self._began["code"] = card.record.code
        now = self._began | dict(kept or {})
        for name, field in self.fields.items():
            field.setText(now[name])
            field.setCursorPosition(0)
        self.language.setCurrentIndex(max(0, self.language.findData(now["language"])))
        self.memo.setText((kept or {}).get("memo", ""))
        self._boxes["code"].setVisible(self.is_new)
        self._checked = None
        self._show_checked()
        self._wait.stop()
        (self.fields["code"] if self.is_new else self.fields["name"]).setFocus()
        self.typed.emit()

    def said(self) -> dict[str, str]:
        """Return the fields that differ from what stands, as typed."""
        now = {name: field.text() for name, field in self.fields.items() if name != "code"}
        now["language"] = self.language.currentData() or ""
        return {name: text for name, text in now.items() if text.strip() != self._began[name]}

    @property
    def code(self) -> str:
        """Return the code of a new customer as typed."""
        return self.fields["code"].text().strip() if self.is_new else ""

    @property
    def is_touched(self) -> bool:
        """Say whether anything was typed."""
        return bool(self.said() or self.code)

    @property
    def needs_approval(self) -> bool:
        """Say whether more than the contact was typed."""
        return self.is_new or any(name in RECORD for name in self.said())

    def first_wrong(self) -> QLineEdit | None:
        """Return the first field that cannot be kept, or None."""
        wrong = self._checked.typed.wrong if self._checked else {}
        return next((self.fields[name] for name in wrong if name in self.fields), None)

    def show_checked(self, checked: Checked) -> None:
        """Show what is known of what was typed."""
        self._checked = checked
        self._show_checked()

    def _show_checked(self) -> None:
        for name, hint in self.hints.items():
            said, ink = self._hint(name)
            hint.setText(said)
            hint.set_ink(ink)
            if name in self.fields:
                set_property(self.fields[name], "wrong", ink == "error")
                self.fields[name].setAccessibleDescription(said)
        self._show_twins(self._checked.twins if self._checked else ())

    def _hint(self, name: str) -> tuple[str, Ink]:
        checked = self._checked
        if checked is None:
            return "", "text2"
        if name == "code" and checked.code_problem is not None:
            return explain(checked.code_problem, self._words.language), "error"
        if name in checked.typed.wrong:
            return self._why(checked.typed.wrong[name]), "error"
        if name in checked.typed.notes:
            return self._why(checked.typed.notes[name]), "attention"
        if name == "tax_id" and self.fields[name].text().strip():
            return self._words.say(as_label(TAX_STATES["ok"])), "ok"
        return "", "text2"

    def _why(self, reason: Reason) -> str:
        return reason.zh if self._words.language == "zh" else reason.en

    def _show_twins(self, twins: tuple[Twin, ...]) -> None:
        emptied(self.twins)
        say = self._words.say
        self.twins_head.setText(say(TWINS) if twins else "")
        if not twins and self.fields["name"].text().strip():
            nobody = Label(say(NO_TWINS), "small", "text3")
            self.twins.addWidget(nobody)
        for twin in twins:
            self.twins.addWidget(self._twin(twin))

    def _twin(self, twin: Twin) -> QWidget:
        say = self._words.say
        likes = "、" if self._words.language == "zh" else ", "
        why = likes.join(say(LIKENESS[one.value]) for one in twin.why)
        who = ElidedLabel(say(TWIN, code=twin.code, name=twin.name), "strong")
        card = Button("", icon="eye", key="", height_px=26, name=f"{twin.name} {why}")
        card.clicked.connect(lambda: self.twin_wanted.emit(twin.id))
        return Panel(
            row(Icon("triangle-alert", "attention", 16), (who, 1), card, gap=8),
            Label(why, "small", "attention", wraps=True), ground="attention", gap=2,
            margins=(10, 6, 8, 8),
        )  # fmt: skip

    def _say_again(self) -> None:
        chosen = self.language.currentIndex()
        self.language.blockSignals(True)  # noqa: FBT003 - Qt's own
        self.language.clear()
        for code, word in LANGUAGES:
            self.language.addItem(self._words.say(word), code)
        self.language.setCurrentIndex(max(0, chosen))
        self.language.blockSignals(False)  # noqa: FBT003 - Qt's own
        self._show_checked()
