"""Reversing or voiding beside the list of vouchers: every effect before the act."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal

from erpdesk.domain.changes import Outcome
from erpdesk.domain.effects import Effects, What
from erpdesk.errors import UserError
from erpdesk.services.approving import Approving
from erpdesk.services.looking import Looking, Text
from erpdesk.services.ports import Clock
from erpdesk.services.reversing import Reversing
from erpdesk.services.voucher_list import VoucherLine
from erpdesk.words import Sentence, explain, standing
from ui.pages.vouchers import words as w
from ui.widgets.document_facts import moment_said
from ui.widgets.reversal_sheet import ReversalSheet, effect_groups
from ui.widgets.voucher_rows import name_of
from ui.work.pressed_once import PressedOnce
from ui.work.runner import Runner
from ui.work.wording import Wording

Found = tuple[Effects, UserError | None, dict[str, str]]


class Undoing(QObject):
    """Serves the sheet; ``done`` carries what was made, ``closed`` comes then and when left."""

    closed = Signal()
    done = Signal(object)

    def __init__(
        self,
        services: tuple[Approving, Reversing, Looking],
        clock: Clock,
        runner: Runner,
        words: Wording,
    ) -> None:
        super().__init__()
        self._approving, self._reversing, self._looking = services
        self._clock, self._runner, self._words = clock, runner, words
        self._once = PressedOnce(runner, self)
        self._document: Text | None = None
        self._is_reversal = False
        self.sheet = ReversalSheet(words)
        self.sheet.asked.connect(self._asked)
        self.sheet.closed.connect(self.closed)

    def begin_void(self, document: Text, line: VoucherLine) -> None:
        """Ask why a voucher is given up."""
        self._begin(document, line, w.VOID_TITLE, w.VOID_VERB)

    def begin_reversal(self, document: Text, line: VoucherLine) -> None:
        """Ask why a voucher is reversed, and show every effect."""
        self._begin(document, line, w.REVERSE_TITLE, w.REVERSE_VERB)
        self._runner.query(
            self.sheet, partial(self._found_effects, document), done=self._show_effects
        )

    def _begin(self, document: Text, line: VoucherLine, title: Sentence, verb: Sentence) -> None:
        self._document, self._is_reversal = document, verb is w.REVERSE_VERB
        say, amount = self._words.say, line.amount.grouped() if line.amount else ""
        self.sheet.begin(
            say(title, number=name_of(line, self._words)), say(verb),
            customer=line.customer or "", amount=amount,
        )  # fmt: skip

    def _found_effects(self, document: Text) -> Found:
        found, against = self._reversing.effects(document)
        ids = tuple(one.about for one in found.follows if one.what is What.DELIVERY_FREE)
        numbers = {one.id: one.number for one in self._looking.deliveries(ids)}
        return found, against, numbers

    def _show_effects(self, found: Found) -> None:
        effects, against, numbers = found
        said = standing(against, self._words.language) if against else ""
        groups = effect_groups(effects, self._words, numbers)
        self.sheet.show_effects(groups, at=self._now(), against=said)

    def _asked(self, reason: str) -> None:
        document = self._document
        if document is None:
            return
        if not self._is_reversal:
            self._change(partial(self._approving.void, document, reason))
            return
        self._runner.query(
            self.sheet, partial(self._found_effects, document),
            done=partial(self._reverse_unless_changed, document, reason),
        )  # fmt: skip

    def _reverse_unless_changed(self, document: Text, reason: str, found: Found) -> None:
        if document is not self._document:
            return
        groups = effect_groups(found[0], self._words, found[2])
        if self.sheet.recheck(groups, at=self._now()):
            self._change(partial(self._reversing.reverse, document, reason))

    def _change(self, work: Callable[[], Outcome[Text]]) -> None:
        self._once.change(self.sheet, work, done=self._done, refused=self._refused)

    def _done(self, document: Text) -> None:
        self._document = None
        self.done.emit(document)
        self.closed.emit()

    def _refused(self, error: UserError) -> None:
        self.sheet.complain(explain(error, self._words.language))

    def _now(self) -> str:
        return moment_said(self._clock.now_us(), self._clock.today())
