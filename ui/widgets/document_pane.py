"""A document put before a reader: its head, what was checked, what follows, evidence beside it."""

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QScrollArea, QWidget

from erpdesk.domain.accounts import BASE_CURRENCY
from erpdesk.domain.entry_rules import amount_of
from erpdesk.domain.kinds import WAITING
from erpdesk.domain.money import Money
from erpdesk.services.approving import Shown
from erpdesk.words import Sentence, state_word
from ui.look import Tone
from ui.models.cells import Chip
from ui.widgets.currency_field import with_code
from ui.widgets.document_facts import (
    checks,
    follows_all,
    kind_said,
    lines_of,
    moment_said,
    proofs_of,
    short_hash,
    step_facts,
)
from ui.widgets.entry_view import EntryView, FactList
from ui.widgets.evidence_viewer import EvidenceViewer
from ui.widgets.parts import STRETCH, ChipLabel, ElidedLabel, Label, Panel, column, row, rule
from ui.work.wording import Wording

S = Sentence
HEAD = S("{kind} {number}", "{kind} {number}")
MADE = S("{customer}  制单 {by} {at}", "{customer}  made by {by} {at}")
RISK, HASH = S("涉险金额", "At risk"), S("内容哈希", "Text hash")
DUE, DAY = S("到期日", "Due"), S("过账日期", "Posting date")
ENTRY, RULE = S("将过账的分录", "Entry to be posted"), S("规则 {rule}", "rule {rule}")
CHECKED, AFTER = S("审批前已查", "Checked before"), S("批准之后", "After approval")
STEPS, POSTED = S("经过", "Steps"), S("已过账的分录", "Entry as posted")
_TONES: Final[dict[str, Tone]] = {"posted": "ok", "approved": "ok", "rejected": "error"}


class DocumentPane(QWidget):
    """Shows one document; ``wanted`` asks for the bytes of a piece of evidence."""

    wanted = Signal(str)

    def __init__(self, words: Wording, names: Mapping[str, str], *, nothing: Sentence) -> None:
        super().__init__()
        self._words, self._names, self._nothing = words, names, nothing
        self._shown: Shown | None = None
        self._customer = ""
        self.heading, self.figure = ElidedLabel("", "title"), Label("", "figure")
        self.state = ChipLabel(Chip("", "info", "hourglass"))
        self.made = ElidedLabel("", "small", "text2")
        self.facts = [(Label("", "small", "text2"), Label("")) for _ in range(4)]
        self.entry, self.checks, self.effects = EntryView(words), FactList(), FactList()
        self.rule = Label("", "small", "text2")
        self.evidence = EvidenceViewer(words)
        self.evidence.names = names
        self.evidence.wanted.connect(self.wanted)
        self._lay_out()
        words.when_switched(self._show)
        self._show()

    def show_document(self, shown: Shown | None, customer: str = "") -> None:
        """Show a document as it stands, or that there is none."""
        self._shown, self._customer = shown, customer
        self._show()

    def _lay_out(self) -> None:
        facts = [column(name, value, gap=2) for name, value in self.facts]
        top = row(self.heading, self.state, STRETCH, self.figure, gap=10)
        head = Panel(top, self.made, rule(), row(*facts, STRETCH, gap=24), gap=6)
        proofs = Panel((self.evidence, 1), gap=0, margins=(1, 1, 1, 1))
        self._both = QWidget()
        keeps_place = self._both.sizePolicy()
        keeps_place.setRetainSizeWhenHidden(True)
        self._both.setSizePolicy(keeps_place)
        self._both.setLayout(row((self._middle(), 1), (proofs, 1), gap=10))
        self.setLayout(column(head, (self._both, 1), gap=10))

    def _middle(self) -> QScrollArea:
        self.entry_head, self.checks_head = Label("", "section"), Label("", "label", "text2")
        after, self._below_entry = Label("", "label", "text2"), rule()
        self._words.put(after, "setText", AFTER)
        panel = Panel(
            row(self.entry_head, STRETCH, self.rule), self.entry, self._below_entry,
            self.checks_head,
            self.checks, rule(), after, self.effects, STRETCH, gap=8,
        )  # fmt: skip
        scroll = QScrollArea()
        scroll.setWidget(panel)
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        return scroll

    def _show(self) -> None:
        shown, words = self._shown, self._words
        content = shown.document.content if shown else {}
        self._say_head(shown)
        lines = lines_of(shown) if shown else ()
        self.entry.show_lines(lines)
        for part in (self.entry_head, self.rule, self.entry, self._below_entry):
            part.setVisible(bool(lines))
        self._both.setVisible(shown is not None)
        name = content.get("entry", {}).get("rule")
        self.rule.setText(words.say(RULE, rule=name) if name else "")
        is_waiting = shown is None or shown.document.state in WAITING
        said = checks if is_waiting else step_facts
        self.checks.show_facts(said(shown, words, self._names) if shown else ())
        words.put(self.checks_head, "setText", CHECKED if is_waiting else STEPS)
        is_posted = shown is not None and shown.document.state == "posted"
        words.put(self.entry_head, "setText", POSTED if is_posted else ENTRY)
        self.effects.show_facts(follows_all(shown, words) if shown else ())
        self.evidence.show_proofs(proofs_of(content))

    def _say_head(self, shown: Shown | None) -> None:
        say = self._words.say
        self.state.setVisible(shown is not None)
        if shown is None:
            for label in (self.made, self.figure, *(one for pair in self.facts for one in pair)):
                label.setText("")
            self.heading.setText(say(self._nothing))
            return
        document = shown.document
        kind = kind_said(document.kind, self._words)
        self.heading.setText(say(HEAD, kind=kind, number=document.number or "—"))
        self.state.show_chip(state_chip(document.kind, document.state, self._words))
        by = self._names.get(document.made_by, document.made_by)
        at = moment_said(document.made_at)
        self.made.setText(say(MADE, customer=self._customer, by=by, at=at).strip())
        money = amount_of(document.content, shown.risk_minor)
        self.figure.setText(with_code(money))
        self.figure.set_ink("error" if money.minor < 0 else "text")
        self._say_facts(shown)

    def _say_facts(self, shown: Shown) -> None:
        content = shown.document.content
        dues = sorted({str(item["due"]) for item in content.get("items", ())})
        due = dues[0] if len(dues) == 1 else f"{dues[0]} – {dues[-1]}" if dues else "—"
        values = (
            (RISK, Money(shown.risk_minor, BASE_CURRENCY).grouped()),
            (DUE, due),
            (DAY, str(content.get("entry", {}).get("posting_date", "—"))),
            (HASH, short_hash(shown.document.content_hash)),
        )
        for (name, value), (sentence, said) in zip(self.facts, values, strict=True):
            name.setText(self._words.say(sentence))
            value.setText(said)


def state_chip(kind: str, state: str, words: Wording) -> Chip:
    """Return the chip of a state: what waits, what is done, what was refused."""
    said = words.say(state_word(kind, state))
    if state in WAITING:
        return Chip(said, "info", "hourglass")
    return Chip(said, _TONES.get(state, "neutral"))
