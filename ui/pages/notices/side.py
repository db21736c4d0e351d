"""Beside a notice: what to look at before it goes out, and what was printed of it."""

from collections.abc import Mapping
from typing import Final

from PySide6.QtWidgets import QLineEdit
from typing_extensions import override

from erpdesk.domain.notice_gates import Gate
from erpdesk.services.looking import Paper
from erpdesk.words import Sentence
from ui.look import scaled
from ui.models.cells import Chip
from ui.pages.notices.gates import chip_of, gate_said
from ui.widgets.announcing import announce
from ui.widgets.button import Button
from ui.widgets.document_facts import Fact, moment_said, short_hash
from ui.widgets.entry_view import FactList, scrolling
from ui.widgets.gate_list import GateList
from ui.widgets.parts import STRETCH, ChipLabel, ElidedLabel, Label, Panel, column, row, rule
from ui.widgets.sized_panel import SizedPanel
from ui.work.wording import Wording

S = Sentence
GATES, PRINTS = S("出之前", "Before issue"), S("打印过的", "Prints")
ORIGINAL, COPY = S("原件", "Original"), S("副本 {n}：{reason}", "Copy {n}: {reason}")
AGAIN = S("再打一份副本", "Print a copy")
WHY = S("为什么再打（至少 5 个字）", "Why again (at least 5 letters)")
PRINTS_MOST: Final = 5
SIDE_PX: Final = 240


class NoticeSide(SizedPanel):
    """Shows gates and prints; ``reason`` says why another copy is printed."""

    def __init__(self, words: Wording, replies: Panel) -> None:
        self._words = words
        self.gates, self.ready = GateList(), ChipLabel(Chip("", "neutral"))
        self.prints, self.hash = FactList(), ElidedLabel("", "small", "text2")
        self.reason, self.again = QLineEdit(), Button("", icon="copy", height_px=32)
        self.reason.setMinimumHeight(30)
        head, prints = Label("", "section"), Label("", "label", "text2")
        for part, sentence in ((head, GATES), (prints, PRINTS), (self.again, AGAIN)):
            words.put(part, "setText", sentence)
        words.put(self.reason, "setPlaceholderText", WHY)
        words.put(self.reason, "setAccessibleName", WHY)
        self.printed = Panel(
            rule(),
            column(
                prints, self.prints, self.hash, self.reason, row(STRETCH, self.again),
                margins=(14, 8, 14, 10),
            ),
            ground="none", gap=0, margins=(0, 0, 0, 0),
        )  # fmt: skip
        super().__init__(
            row(head, STRETCH, self.ready, margins=(14, 8, 14, 8)), rule(),
            (scrolling(Panel(self.gates, STRETCH, ground="surface")), 1), replies, self.printed,
            gap=0, margins=(1, 1, 1, 1),
        )  # fmt: skip
        self.measure()

    def show_gates(self, gates: tuple[Gate, ...]) -> None:
        """Show what was looked at; what is new is spoken as one sentence."""
        before = self.gates.gates
        self.gates.show_gates(tuple(gate_said(gate, self._words) for gate in gates))
        self.ready.show_chip(chip_of(gates, self._words))
        self.ready.setVisible(bool(gates))
        if gates and self.gates.gates != before and self.isVisible():
            announce(self, self.gates.accessibleName())

    def show_prints(self, papers: tuple[Paper, ...], names: Mapping[str, str]) -> None:
        """Show the last prints of a notice, and the hash of the very last; without any, none."""
        self.printed.setVisible(bool(papers))
        self.prints.show_facts(tuple(self._print(one, names) for one in papers[-PRINTS_MOST:]))
        self.hash.setText(f"PDF SHA-256 {short_hash(papers[-1].hash)}" if papers else "")

    def _print(self, paper: Paper, names: Mapping[str, str]) -> Fact:
        say, by = self._words.say, names.get(paper.made_by, paper.made_by)
        copied = say(COPY, n=paper.copy, reason=paper.reason or "")
        said = copied if paper.copy else say(ORIGINAL)
        at = f"{by} {moment_said(paper.made_at)}"
        return Fact("neutral" if paper.copy else "ok", said, at)

    @override
    def measure(self) -> None:
        self.setFixedWidth(scaled(SIDE_PX))
