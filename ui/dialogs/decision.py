"""The decision: entry and evidence side by side, and a button that works when both were seen.

It asks and returns; it stores nothing and checks no password. Enter never commits.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QLineEdit, QScrollArea, QWidget
from typing_extensions import override

from erpdesk.domain.accounts import BASE_CURRENCY
from erpdesk.domain.approval import Decision, Verb, why_not_reason
from erpdesk.domain.capitals import CURRENCY_NAMES, capitals
from erpdesk.domain.entry_rules import amount_of
from erpdesk.domain.ids import DocumentId
from erpdesk.domain.money import Money
from erpdesk.errors import UserError
from erpdesk.services.approving import Reach, Shown
from erpdesk.services.looking import File
from erpdesk.words import Sentence, explain, standing
from ui.look import scaled
from ui.widgets.button import Button
from ui.widgets.document_facts import (
    KIND_ICONS,
    Fact,
    changed,
    follows_all,
    kind_said,
    lines_of,
    moment_said,
    proofs_of,
    short_hash,
    steps_since,
)
from ui.widgets.entry_view import EntryView, FactList
from ui.widgets.evidence_viewer import EvidenceViewer
from ui.widgets.parts import STRETCH, ElidedLabel, Icon, Label, Panel, column, row, rule
from ui.widgets.reach_gauge import ReachGauge
from ui.work.toolkit_words import keys_of
from ui.work.wording import Wording

S = Sentence
TITLE = S("决定：{kind} {number}", "Decide: {kind} {number}")
MADE = S("{customer}  制单 {by} {at}", "{customer}  made by {by} {at}")
AFTER = S("批准之后", "After approval")
NOTHING_FOLLOWS = S("不改账", "The books do not change")
REACH = S(
    "你的限额：单笔 {risk} / {limit}，近 24 小时 {total} / {window}",
    "Your limits: this one {risk} of {limit}, last 24 hours {total} of {window}",
)
REASON = S("理由", "Reason")
REASON_HINT = S(
    "批准可不写；驳回、退回至少 5 个字", "Not needed to approve; at least 5 letters to refuse"
)
PASSWORD = S("本人密码", "Your password")
REMEMBERED = S("5 分钟内不再问", "Not asked again for 5 minutes")
HASH = S("内容哈希 {hash} 自你打开后未变", "The text still has its hash {hash}")
HASH_CHANGED = S("内容变了：{old} → {new}", "The text changed: {old} → {new}")
CANCEL = S("取消", "Cancel")
APPROVE = S("批准并过账", "Approve and post")
AGREE = S("批准", "Approve")
ENDORSE = S("初审同意", "Endorse as first")
REJECT, RETURN = S("驳回", "Reject"), S("退回补充", "Send back")
STALE = S("别人先动了，先看过再决定", "Somebody was first: look at it again")
LOOKED = S("看过了，按现在的决定", "Looked at; decide on this")
STALE_TITLE = S(
    "别人先动了，什么都没存。你打开之后：",
    "Somebody was first; nothing was stored. Since you opened it:",
)
UNSEEN = S("还有 {count} 件证据没看", "Evidence not looked at yet: {count}")
NO_PASSWORD = S("先输入你的密码", "Enter your password first")
CHANGE = S("{field}：{old} → {new}", "{field}: {old} → {new}")
SIZE: Final = QSize(1060, 620)
POSTED: Final = frozenset({"voucher", "receipt", "allocation", "reversal", "invoice", "import"})


@dataclass(frozen=True, slots=True)
class Decided:
    """What was decided, and the password given with it; None where it was not asked."""

    decision: Decision
    password: str | None


@dataclass(frozen=True, slots=True)
class Asking:
    """What is asked about: the document as shown, for whom, and what was opened a moment ago.

    ``names`` are what people are called, by login.
    """

    shown: Shown
    names: Mapping[str, str]
    customer: str = ""
    asks_password: bool = True
    seen: frozenset[str] = frozenset()


class DecisionDialog(QDialog):
    """Asks for a decision on what is shown; the answer is in ``answer`` when it was accepted.

    ``wanted`` asks for the bytes of a piece of evidence.
    """

    wanted = Signal(str)

    def __init__(self, words: Wording, asking: Asking, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.answer: Decided | None = None
        self._words, self._names, self._customer = words, asking.names, asking.customer
        self._shown, self._asks_password = asking.shown, asking.asks_password
        self._newer: Shown | None = None
        self._complaint = ""
        self._make_parts()
        self._lay_out()
        self._connect()
        self._keep_enter_away()
        self._show()
        self.evidence.count_seen(asking.seen)
        self._begin(asking.seen)
        self._judge()

    @property
    def shown(self) -> Shown:
        """Return what a decision of now is about."""
        return self._shown

    def show_file(self, file: File) -> None:
        """Take the bytes of a piece of evidence."""
        self.evidence.show_file(file)

    def complain(self, error: UserError) -> None:
        """Say what stood against the decision; nothing was stored and all that was typed stays."""
        self.answer = None
        self._complaint = explain(error, self._words.language)
        self.password.clear()
        self._judge()

    def look_again(self, shown: Shown) -> None:
        """Take the document as it is now; when it changed, nothing is decided until it was seen."""
        if shown.document.seen == self._shown.document.seen:
            self._shown = shown
            self._judge()
            return
        self.answer = None
        self._newer = shown
        self._judge()

    def why_not(self, verb: Verb) -> str:
        """Return what stands against a decision in words; empty when the button is on."""
        said = self._words.say
        if self._newer is not None:
            return said(STALE)
        error = self._refusal(verb)
        if error is not None:
            return standing(error, self._words.language)
        if verb in {Verb.APPROVE, Verb.ENDORSE} and not self.evidence.is_all_seen:
            unseen = {one.hash for one in proofs_of(self._shown.document.content)}
            return said(UNSEEN, count=len(unseen - self.evidence.seen))
        if self._asks_password and not self.password.text():
            return said(NO_PASSWORD)
        return ""

    @property
    def agreeing(self) -> Verb:
        """Return what agreeing means here: approving, or endorsing as the first of two."""
        is_first = self._shown.why_not_approve is not None and self._shown.why_not_endorse is None
        return Verb.ENDORSE if is_first else Verb.APPROVE

    def _refusal(self, verb: Verb) -> UserError | None:
        match verb:
            case Verb.APPROVE:
                return self._shown.why_not_approve
            case Verb.ENDORSE:
                return self._shown.why_not_endorse
            case _:
                return self._shown.why_not_reject or why_not_reason(self.reason.text())

    def _decide(self, verb: Verb) -> None:
        if self.why_not(verb):
            return
        document = self._shown.document
        reason = self.reason.text().strip() or None
        decision = Decision(DocumentId(document.id), document.seen, verb, reason)
        self.answer = Decided(decision, self.password.text() if self._asks_password else None)
        self.accept()

    def _make_parts(self) -> None:
        put = self._words.put
        self.heading = Label("", "title")
        self.made = Label("", "body", "text2", wraps=True)
        self.figure, self.capital = Label("", "figure"), Label("", "body", "text2", wraps=True)
        self.entry, self.effects = EntryView(self._words), FactList()
        self.gauge = ReachGauge()
        self.reach = Label("", "small", "text2", wraps=True)
        self.evidence = EvidenceViewer(self._words)
        self.evidence.names = self._names
        self.evidence.setProperty("ground", "surface")
        self.reason, self.password = QLineEdit(), QLineEdit()
        self.reason.setMaxLength(500)
        self.password.setMaxLength(1024)
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        for field, name in ((self.reason, REASON), (self.password, PASSWORD)):
            field.setMinimumHeight(30)
            put(field, "setAccessibleName", name)
        put(self.reason, "setPlaceholderText", REASON_HINT)
        self.hash_icon, self.hash = (
            Icon("shield-check", "ok", 16),
            ElidedLabel("", "small", "text2"),
        )
        self.problem = Label("", "small", "attention", wraps=True)
        self.cancel = Button("", key="Esc", height_px=32)
        self.back = Button("", key="Ctrl+B", height_px=32)
        self.refuse = Button("", "danger", key="Ctrl+Shift+R", height_px=32)
        self.agree = Button("", "primary", key="Ctrl+Enter", height_px=32)
        self.looked = Button("", height_px=28, icon="eye")
        for button, verb in (
            (self.cancel, CANCEL), (self.back, RETURN), (self.refuse, REJECT),
            (self.looked, LOOKED),
        ):  # fmt: skip
            put(button, "setText", verb)

    def _lay_out(self) -> None:
        put = self._words.put
        self.setProperty("ground", "surface")
        after = Label("", "label", "text2")
        put(after, "setText", AFTER)
        self.stale = Panel(gap=4, ground="attention-bar", margins=(12, 8, 12, 8))
        self.stale_text = Label("", wraps=True)
        layout = self.stale.layout()
        assert layout is not None  # noqa: S101 - a panel has one
        layout.addWidget(self.stale_text)
        layout.addWidget(self.looked)
        left = Panel(
            row((column(self.made, self.capital, gap=4), 1), self.figure, gap=12),
            self.stale, self.entry, rule(), after, self.effects, rule(),
            self.reach, self.gauge, STRETCH,
            ground="surface", gap=10, margins=(18, 12, 18, 12),
        )  # fmt: skip
        scroll = QScrollArea()
        scroll.setWidget(left)
        scroll.setWidgetResizable(True)
        put(scroll, "setAccessibleName", AFTER)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setMinimumWidth(scaled(430))
        self.icon = Icon(KIND_ICONS.get(self._shown.document.kind, "file-text"), "accent", 20)
        head = row(self.icon, self.heading, STRETCH, gap=10, margins=(18, 12, 18, 12))
        body = row((scroll, 4), rule(is_upright=True), (self.evidence, 5), gap=0)
        self.setLayout(column(head, rule(), (body, 1), rule(), self._foot(), gap=0))
        self.resize(SIZE)

    def _begin(self, seen: frozenset[str]) -> None:
        """Put the focus where something is to be done: the first unseen piece is shown at once."""
        unseen = {one.hash for one in proofs_of(self._shown.document.content)} - seen
        typed = self.password if self._asks_password else self.reason
        (self.evidence if len(unseen) > 1 else typed).setFocus()

    def _foot(self) -> Panel:
        put = self._words.put
        why, secret, hint = (Label("", "label", "text2") for _ in range(3))
        put(why, "setText", REASON)
        put(secret, "setText", PASSWORD)
        put(hint, "setText", REMEMBERED)
        hint.setProperty("type", "small")
        why.setBuddy(self.reason)
        secret.setBuddy(self.password)
        asked = QWidget()
        asked.setLayout(column(row(secret, STRETCH, hint, gap=12), self.password, gap=4))
        asked.setMinimumWidth(scaled(230))
        asked.setVisible(self._asks_password)
        return Panel(
            row((column(why, self.reason, gap=4), 1), asked, gap=12), self.problem,
            row(
                self.hash_icon, (self.hash, 1), self.cancel, self.back, self.refuse, self.agree
            ),
            ground="surface", gap=8, margins=(18, 10, 18, 14),
        )  # fmt: skip

    def _connect(self) -> None:
        self.evidence.wanted.connect(self.wanted)
        self.evidence.opened.connect(lambda _: self._judge())
        self.reason.textChanged.connect(lambda _: self._judge())
        self.password.textChanged.connect(lambda _: self._typed())
        self.looked.clicked.connect(self._take_newer)
        self._words.when_switched(self._show)
        self.cancel.clicked.connect(self.reject)
        for button, keys, act in (
            (self.back, ("Ctrl+B",), lambda: self._decide(Verb.RETURN)),
            (self.refuse, ("Ctrl+Shift+R",), lambda: self._decide(Verb.REJECT)),
            (self.agree, ("Ctrl+Return", "Ctrl+Enter"), lambda: self._decide(self.agreeing)),
        ):
            button.clicked.connect(act)
            for key in keys:
                QShortcut(keys_of(key), self, act)
        QShortcut(QKeySequence("F11"), self, self.evidence.full_screen)

    def _keep_enter_away(self) -> None:
        """Let Enter go to the next field from wherever it is pressed."""
        for part in (self, *self.findChildren(QWidget)):
            part.installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            is_enter = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
            if is_enter and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                self.focusNextChild()
                return True
        return super().eventFilter(watched, event)

    def _typed(self) -> None:
        self._complaint = ""
        self._judge()

    def _take_newer(self) -> None:
        if self._newer is not None:
            self._shown, self._newer = self._newer, None
            self._show()

    def _show(self) -> None:
        say, document, content = self._words.say, self._shown.document, self._shown.document.content
        kind = kind_said(document.kind, self._words)
        title = say(TITLE, kind=kind, number=document.number or "—")
        self.setWindowTitle(title)
        self.heading.setText(title)
        by = self._names.get(document.made_by, document.made_by)
        at, customer = moment_said(document.made_at), self._customer
        self.made.setText(say(MADE, customer=customer, by=by, at=at).strip())
        money = amount_of(content, self._shown.risk_minor)
        self.figure.setText(money.grouped())
        self.figure.set_ink("error" if money.minor < 0 else "text")
        has_capitals = money.currency in CURRENCY_NAMES and self._words.language == "zh"
        self.capital.setText(capitals(money) if has_capitals else money.currency)
        lines = lines_of(self._shown)
        self.entry.show_lines(lines)
        self.entry.setVisible(bool(lines))
        facts = follows_all(self._shown, self._words)
        self.effects.show_facts(facts or (Fact("neutral", say(NOTHING_FOLLOWS)),))
        self._show_reach(self._shown.reach)
        self.evidence.show_proofs(proofs_of(content))
        posts = document.kind in POSTED
        verb = ENDORSE if self.agreeing is Verb.ENDORSE else APPROVE if posts else AGREE
        self._words.put(self.agree, "setText", verb)
        self._judge()

    def _show_reach(self, reach: Reach | None) -> None:
        self.reach.setVisible(reach is not None)
        self.gauge.setVisible(reach is not None)
        if reach is None:
            return
        risk = self._shown.risk_minor
        said = {
            "risk": risk,
            "limit": reach.limit_minor,
            "total": reach.used_minor + risk,
            "window": reach.window_minor,
        }
        grouped = {name: Money(minor, BASE_CURRENCY).grouped() for name, minor in said.items()}
        self.reach.setText(self._words.say(REACH, **grouped))
        self.gauge.show_reach(reach, risk)
        self.gauge.setAccessibleName(self.reach.text())

    def _judge(self) -> None:
        """Ask of every button what stands against it, and say so."""
        for button, verb in (
            (self.agree, self.agreeing), (self.refuse, Verb.REJECT), (self.back, Verb.RETURN),
        ):  # fmt: skip
            button.forbid(self.why_not(verb))
        self.problem.setText(self._complaint or self.agree.why_not)
        self.problem.set_ink("error" if self._complaint else "attention")
        self.problem.setVisible(bool(self.problem.text()))
        self._show_hash()

    def _show_hash(self) -> None:
        say, newer = self._words.say, self._newer
        old = short_hash(self._shown.document.content_hash)
        self.stale.setVisible(newer is not None)
        if newer is None:
            self.hash_icon.show_icon("shield-check", "ok")
            self.hash.setText(say(HASH, hash=old))
            return
        new = short_hash(newer.document.content_hash)
        if new != old:
            self.hash_icon.show_icon("octagon-x", "error")
            self.hash.setText(say(HASH_CHANGED, old=old, new=new))
        taken = steps_since(self._shown, newer, self._words, self._names)
        lines = [
            *(f"{one.text}  {one.value}" for one in taken),
            *(say(CHANGE, field=name, old=a, new=b) for name, a, b in changed(self._shown, newer)),
        ]
        self.stale_text.setText("\n".join([say(STALE_TITLE), *lines]))
