"""Settlement notices: issued once, printed as often as needed; a further print says it is one."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Final, Literal

from PySide6.QtCore import QTemporaryDir, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QComboBox, QFileDialog, QLineEdit, QWidget
from typing_extensions import override

from erpdesk.domain.approval import why_not_reason
from erpdesk.domain.changes import Changes, Outcome
from erpdesk.domain.counting import Source
from erpdesk.domain.people import Role
from erpdesk.errors import UserError
from erpdesk.services.looking import Customer, File, Looking, NoticeLine, Owing, Text
from erpdesk.services.noticing import PAY_WITHIN_DAYS, Asked, Noticing, Printed
from erpdesk.services.ports import Clock
from erpdesk.words import STATES, Sentence, explain
from ui.models.cells import Chip, Lines
from ui.models.row_model import Column, RowModel
from ui.pages import Page
from ui.widgets.button import Button
from ui.widgets.day_field import DayField
from ui.widgets.document_facts import Fact, moment_said, sentence_for, short_hash
from ui.widgets.entry_view import FactList
from ui.widgets.parts import STRETCH, ElidedLabel, Label, Panel, column, row, rule
from ui.widgets.row_table import RowTable
from ui.work.runner import Runner
from ui.work.wording import Wording

S = Sentence
TITLE = S("通知书", "Notices")
OWING = S("有欠款的客户 {count}", "Customers who owe: {count}")
ISSUED = S("已出具 {count}", "Issued: {count}")
LANGUAGE, AS_OF, PAY_BY = S("语言", "Language"), S("截止日", "As of"), S("请于此日前付", "Pay by")
LANGUAGES: Final = (
    ("", S("按客户", "the customer's")), ("zh", S("中文", "Chinese")), ("en", S("英文", "English")),
)  # fmt: skip
ISSUE, FRESH = (
    S("出具通知书", "Issue a notice"),
    S("没变也新出一份", "A new one though nothing changed"),
)
SAVE, OPEN = S("存 PDF…", "Save PDF…"), S("打开、打印", "Open, print")
AGAIN = S("再打一份副本", "Print a copy")
WHY = S("为什么再打（至少 5 个字）", "Why again (at least 5 letters)")
CUSTOMER, BALANCE = S("客户", "Customer"), S("欠款", "Balance")
NUMBER, ASKED, STATE = S("通知书", "Notice"), S("应结", "Asked"), S("状态", "State")
ORIGINAL, COPY = S("原件", "Original"), S("副本 {n}：{reason}", "Copy {n}: {reason}")
MADE_NEW = S("已出具 {number}，这是原件", "Issued {number}: this is the original")
MADE_COPY = S(
    "内容没变，{number} 又打了一份，写明是副本 {n}",
    "Nothing changed: {number} was printed again and says it is copy {n}",
)
SAVED = S("已存到 {path}", "Saved to {path}")
NO_CUSTOMER = S("先选一个客户", "Choose a customer first")
NO_NOTICE = S("先选一份通知书", "Choose a notice first")
NO_ROLE = S("会计或催收才能出具", "Accountants and collectors issue notices")
DAY_WRONG, BUSY = S("日期不对", "A day is wrong"), S("正在出具", "It is being made")
DAMAGED = S("存档的 PDF 和哈希对不上，没有打开", "The kept PDF has not its hash; it was not opened")
PRINTS = S("打印过的", "Prints")
PRINTS_MOST: Final = 5
WRITERS: Final = frozenset({Role.ACCOUNTANT, Role.COLLECTOR})


@dataclass(frozen=True, slots=True)
class NoticesParts:
    """What the page uses; ``roles`` are those of who is here."""

    noticing: Noticing
    looking: Looking
    clock: Clock
    roles: frozenset[Role]


class NoticesPage(Page):
    """Left who owes, with what a new notice says; right what was issued, and its bytes."""

    def __init__(self, parts: NoticesParts, runner: Runner, wording: Wording) -> None:
        super().__init__(wording, TITLE)
        self._parts, self._runner = parts, runner
        self._names: dict[str, str] = {}
        self._is_busy, self._wanted = False, ""
        self._folder = QTemporaryDir()
        self._make_parts()
        self._lay_out()
        self._connect()
        self._say_again()

    @override
    def entered(self) -> None:
        self._look()

    @override
    def look_again(self, changes: Changes) -> None:
        if changes.documents or changes.open_items:
            self._look()

    @override
    def panes(self) -> tuple[QWidget, ...]:
        return (self.owing, self.issued)

    @override
    def scan(self, raw: bytes, source: Source, *, cut: bool = False) -> bool:
        code = raw.decode("utf-8", "replace").strip()
        self._runner.query(
            self, lambda: self._parts.looking.customers(code, most=1), done=self._scanned
        )
        return True

    @override
    def open_object(self, number: str) -> None:
        self._wanted = number
        self._look()

    def _scanned(self, found: tuple[Customer, ...]) -> None:
        ids = {one.id for one in found}
        for place, one in enumerate(self.owing_model.rows):
            if one.customer.id in ids:
                self.owing.go_to(place)

    def _make_parts(self) -> None:
        words, today = self.wording, self._parts.clock.today()
        self.owing_model = RowModel(
            self._owing_columns(), key=lambda x: (x.customer.id, x.balance.currency),
            language=words.language,
        )  # fmt: skip
        self.owing = RowTable(
            self.owing_model, name=words.say(OWING, count=""), density="two_lines"
        )
        self.issued_model = RowModel(
            self._issued_columns(), key=lambda one: one.head.id, language=words.language
        )
        self.issued = RowTable(
            self.issued_model, name=words.say(ISSUED, count=""), density="two_lines"
        )
        self.language = QComboBox()
        self.as_of, self.pay_by = DayField(today), DayField(today)
        self.as_of.setPlaceholderText(today.isoformat())
        pay_by = today + timedelta(days=PAY_WITHIN_DAYS)
        self.pay_by.setPlaceholderText(pay_by.isoformat())
        self.prints, self.hash = FactList(), ElidedLabel("", "small", "text2")
        self.reason = QLineEdit()
        self.owing_head, self.issued_head = Label("", "section"), Label("", "section")
        self.issue = Button("", "primary", key="Ctrl+Enter", height_px=32)
        self.fresh = Button("", height_px=32)
        self.save = Button("", icon="download", key="Ctrl+S", height_px=32)
        self.open = Button("", icon="printer", key="Ctrl+P", height_px=32)
        self.again = Button("", icon="copy", height_px=32)
        self.why = ElidedLabel("", "small", "attention")
        for part, sentence in (
            (self.issue, ISSUE), (self.fresh, FRESH), (self.save, SAVE), (self.open, OPEN),
            (self.again, AGAIN),
        ):  # fmt: skip
            words.put(part, "setText", sentence)
        words.put(self.reason, "setPlaceholderText", WHY)
        words.put(self.reason, "setAccessibleName", WHY)
        for field in (self.language, self.reason):
            field.setMinimumHeight(30)

    def _lay_out(self) -> None:
        asked = row(
            (self._named(LANGUAGE, self.language), 1), (self._named(AS_OF, self.as_of), 1),
            (self._named(PAY_BY, self.pay_by), 1), margins=(14, 8, 14, 10),
        )  # fmt: skip
        left = Panel(
            row(self.owing_head, STRETCH, margins=(14, 8, 14, 8)), rule(), (self.owing, 1),
            rule(), asked, gap=0, margins=(1, 1, 1, 1),
        )  # fmt: skip
        head = Label("", "label", "text2")
        self.wording.put(head, "setText", PRINTS)
        right = Panel(
            row(self.issued_head, STRETCH, margins=(14, 8, 14, 8)), rule(), (self.issued, 1),
            rule(),
            column(
                row(head, STRETCH, self.hash), self.prints,
                row((self.reason, 1), self.again), row(STRETCH, self.save, self.open),
                margins=(14, 8, 14, 10),
            ),
            gap=0, margins=(1, 1, 1, 1),
        )  # fmt: skip
        foot = Panel(
            row((self.why, 1), self.fresh, self.issue),
            ground="surface", margins=(14, 8, 14, 8),
        )  # fmt: skip
        self.build((row((left, 1), (right, 1), gap=10), 1), foot)

    def _named(self, name: Sentence, part: QWidget) -> QWidget:
        label = Label("", "label", "text2")
        self.wording.put(label, "setText", name)
        self.wording.put(part, "setAccessibleName", name)
        label.setBuddy(part)
        made = QWidget()
        made.setLayout(column(label, part, gap=3))
        return made

    def _connect(self) -> None:
        self.owing.current_row_changed.connect(lambda _: self._judge())
        self.issued.current_row_changed.connect(lambda _: self._show_prints())
        for signal in (self.as_of.changed, self.pay_by.changed, self.reason.textChanged):
            signal.connect(lambda *_: self._judge())
        for button, what, key, act in (
            (self.issue, ISSUE, "Ctrl+Return", lambda: self._issue(fresh=False)),
            (self.fresh, FRESH, "", lambda: self._issue(fresh=True)),
            (self.save, SAVE, "Ctrl+S", self._ask_where),
            (self.open, OPEN, "Ctrl+P", self._open),
            (self.again, AGAIN, "", self._copy),
        ):
            button.clicked.connect(act)
            self.action(what, key, button.click)
        self.wording.switched.connect(lambda _: self._say_again())

    def _look(self) -> None:
        looking = self._parts.looking
        self._runner.query(
            self, lambda: (looking.owing(), looking.notices(), looking.people()),
            done=lambda found: self._show_rows(*found),
        )  # fmt: skip

    def _show_rows(
        self, owing: tuple[Owing, ...], notices: tuple[NoticeLine, ...], names: dict[str, str]
    ) -> None:
        self._names = names
        self.owing_model.show(owing)
        self.issued_model.show(notices)
        for place, one in enumerate(notices):
            if self._wanted == one.head.number:
                self.issued.go_to(place)
        self._wanted = ""
        self.wording.put(self.owing_head, "setText", OWING, count=len(owing))
        self.wording.put(self.issued_head, "setText", ISSUED, count=len(notices))
        for table in (self.owing, self.issued):
            if table.current_row() is None and table.rows_model.rows:
                table.go_to(0)
        self._show_prints()

    def _show_prints(self) -> None:
        line, say = self.issued.current_row(), self.wording.say
        facts = []
        for paper in line.papers[-PRINTS_MOST:] if line else ():
            by = self._names.get(paper.made_by, paper.made_by)
            reason, at = paper.reason or "", moment_said(paper.made_at)
            said = say(COPY, n=paper.copy, reason=reason) if paper.copy else say(ORIGINAL)
            facts.append(Fact("neutral" if paper.copy else "ok", said, f"{by} {at}"))
        self.prints.show_facts(tuple(facts))
        last = line.papers[-1] if line and line.papers else None
        self.hash.setText(f"PDF SHA-256 {short_hash(last.hash)}" if last else "")
        self._judge()

    def _judge(self) -> None:
        say, owing, line = self.wording.say, self.owing.current_row(), self.issued.current_row()
        role = "" if self._parts.roles & WRITERS else say(NO_ROLE)
        general = say(BUSY) if self._is_busy else role
        wrong = say(DAY_WRONG) if self.as_of.is_wrong or self.pay_by.is_wrong else ""
        for button in (self.issue, self.fresh):
            button.forbid(general or wrong or ("" if owing else say(NO_CUSTOMER)))
        none = "" if line else say(NO_NOTICE)
        refusal = why_not_reason(self.reason.text())
        why = explain(refusal, self.wording.language) if refusal else ""
        self.again.forbid(general or none or why)
        for button in (self.save, self.open):
            button.forbid(none)
        self.why.setText(self.issue.why_not)

    def _issue(self, *, fresh: bool) -> None:
        owing, said = self.owing.current_row(), self.language.currentData()
        if owing is None or not self.issue.isEnabled():
            return
        languages: dict[str, Literal["zh", "en"] | None] = {"zh": "zh", "en": "en"}
        asked = Asked(self.as_of.day, self.pay_by.day, languages.get(said))
        self._print(lambda: self._parts.noticing.issue(owing.customer, asked, fresh=fresh))

    def _copy(self) -> None:
        line, reason = self.issued.current_row(), self.reason.text().strip()
        if line is not None:
            name = line.head.id
            self._print(lambda: self._parts.noticing.copy(self._document(name), reason))

    def _document(self, name: str) -> Text:
        return self._parts.looking.document(name)

    def _print(self, work: Callable[[], Printed]) -> None:
        self._is_busy = True
        self._judge()

        def made() -> Outcome[Printed]:
            printed = work()
            return Outcome(printed, Changes(documents=frozenset({printed.document.id})))

        self._runner.change(self, made, done=self._printed, refused=self._refused)

    def _printed(self, printed: Printed) -> None:
        self._is_busy = False
        self.reason.clear()
        facts = {"number": printed.document.number, "n": printed.copy}
        said = MADE_COPY if printed.copy else MADE_NEW
        self.notify("ok", S(said.zh.format(**facts), said.en.format(**facts)))
        self._judge()

    def _refused(self, error: UserError) -> None:
        self._is_busy = False
        self.notify("attention", sentence_for(error))
        self._judge()

    def _ask_where(self) -> None:
        line = self.issued.current_row()
        if line is None:
            return
        name = f"{line.head.number}.pdf"
        path, _ = QFileDialog.getSaveFileName(self, self.wording.say(SAVE), name, "PDF (*.pdf)")
        if path:
            self.save_to(Path(path))

    def save_to(self, path: Path) -> None:
        """Write the last print of the current notice to a file, byte for byte."""
        self._with_bytes(partial(self._write, path))

    def _open(self) -> None:
        self._with_bytes(self._open_file)

    def _with_bytes(self, act: Callable[[File], None]) -> None:
        line = self.issued.current_row()
        if line is None or not line.papers:
            return
        digest = line.papers[-1].hash.hex()
        self._runner.query(
            self, lambda: self._parts.looking.file(digest), done=act, refused=self._refused
        )

    def _write(self, path: Path, file: File) -> None:
        if not file.is_intact:
            self.notify("error", DAMAGED)
            return
        path.write_bytes(file.data)
        name = str(path).replace("{", "{{").replace("}", "}}")
        self.notify("ok", S(SAVED.zh.format(path=name), SAVED.en.format(path=name)))

    def _open_file(self, file: File) -> None:
        if not file.is_intact:
            self.notify("error", DAMAGED)
            return
        path = Path(self._folder.filePath(f"{file.hash[:16]}.pdf"))
        path.write_bytes(file.data)
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))

    def _say_again(self) -> None:
        for model in (self.owing_model, self.issued_model):
            model.use_language(self.wording.language)
        chosen = self.language.currentIndex()
        self.language.clear()
        for code, word in LANGUAGES:
            self.language.addItem(self.wording.say(word), code)
        self.language.setCurrentIndex(max(0, chosen))
        self._show_prints()

    def _owing_columns(self) -> tuple[Column[Owing], ...]:
        return (
            Column("customer", CUSTOMER, lambda x: Lines(x.customer.name, x.customer.code, "text2"),
                   is_sortable=False),
            Column("balance", BALANCE, lambda x: x.balance, "amount", 124, is_sortable=False),
        )  # fmt: skip

    def _issued_columns(self) -> tuple[Column[NoticeLine], ...]:
        def number(one: NoticeLine) -> Lines:
            return Lines(one.head.number or "—", one.head.customer_name or "—", "text2")

        def state(one: NoticeLine) -> Chip:
            return Chip(self.wording.say(STATES[one.head.state]), "ok", "mail")

        return (
            Column("number", NUMBER, number, is_sortable=False),
            Column("asked", ASKED, lambda x: x.asked, "amount", 116, is_sortable=False),
            Column("state", STATE, state, "chip", 104, is_sortable=False),
        )
