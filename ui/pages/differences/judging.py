"""What may be done about the selected rows, and why not: the rules are asked, not known."""

from collections.abc import Sequence

from erpdesk.domain.approval import why_not_reason
from erpdesk.domain.people import Role
from erpdesk.domain.stocktake.campaign import CampaignState
from erpdesk.domain.stocktake.campaign_acts import why_not_step
from erpdesk.domain.stocktake.causes import Treatment, why_not_parts
from erpdesk.domain.stocktake.review import (
    parts_of,
    why_not_ask_recount,
    why_not_assign,
    why_not_say,
)
from erpdesk.errors import UserError
from erpdesk.services.stocktake.reviewing import Review, Row
from erpdesk.words import explain
from ui.pages.differences import words as w
from ui.pages.differences.facts import DifferencesParts
from ui.pages.differences.head import DifferencesHead
from ui.pages.differences.side import DifferenceSide
from ui.work.wording import Wording


class Judging:
    """Turns the buttons on and off for whoever is here."""

    def __init__(self, parts: DifferencesParts, words: Wording) -> None:
        self._roles, self._words = parts.roles, words

    @property
    def is_supervisor(self) -> bool:
        """Say whether a recount is done here, and not only asked for."""
        return Role.SUPERVISOR in self._roles

    def is_locked(self, review: Review) -> bool:
        """Say whether nothing can be said here any more, or by this person."""
        return why_not_say(review.state, roles=self._roles) is not None

    def judge(
        self,
        review: Review,
        rows: Sequence[Row],
        side: DifferenceSide,
        head: DifferencesHead,
        *,
        is_busy: bool,
    ) -> None:
        """Turn every button on, or off with its reason."""
        say, roles = self._words.say, self._roles
        busy = say(w.BUSY) if is_busy else ""
        general = busy or self._row_missing(rows)
        settle = self._said(why_not_say(review.state, roles=roles)) or general
        side.settle.forbid(settle or self._why_not_settle(rows, side))
        side.add_evidence.forbid(settle)
        side.editor.split.forbid(settle)
        side.owner.setEnabled(not general and not why_not_assign(review.state, roles=roles))
        reason = self._said(why_not_reason(side.note.text()))
        side.recount.forbid(self._against_recount(review) or general or reason)
        verb = w.DO_RECOUNT if self.is_supervisor else w.ASK_RECOUNT
        self._words.put(side.recount, "setText", verb)
        self._judge_documents(review, rows, side, busy)
        side.why.setText(side.settle.why_not)
        side.why.setVisible(bool(side.settle.why_not))
        self._judge_submit(review, head, busy)

    def _judge_submit(self, review: Review, head: DifferencesHead, busy: str) -> None:
        say, left = self._words.say, review.undecided
        against = self._said(why_not_step("submit", review.state, roles=self._roles))
        is_open = review.state is CampaignState.REVIEW
        count = say(w.LEFT_SAID, count=left) if left and is_open else ""
        blocks = self._said(review.blocks[0] if review.blocks and is_open else None)
        head.submit.set_key(count)
        head.submit.forbid(busy or against or count or blocks)
        why = head.submit.why_not
        head.why.setText("" if why in {count, busy} else why)

    def _judge_documents(
        self, review: Review, rows: Sequence[Row], side: DifferenceSide, busy: str
    ) -> None:
        say = self._words.say
        line = rows[0] if len(rows) == 1 else None
        role = "" if Role.ACCOUNTANT in self._roles else say(w.ACCOUNTANTS)
        none = "" if line else say(w.CHOOSE_ROW)
        side.voucher.forbid(busy or role or none or self._why_no_voucher(line))
        is_wanted = line is not None and any(one.customer == line.key[0] for one in review.wanted)
        is_time = review.state in {CampaignState.APPROVED, CampaignState.ADJUSTING}
        side.waive.setVisible(is_wanted and is_time)
        side.waive.forbid(busy or role or self._said(why_not_reason(side.note.text())))
        may_write = not why_not_say(review.state, roles=self._roles)
        may_write = may_write or not self._against_recount(review)
        is_asked = any(one.differs for one in rows) and may_write
        side.note.setEnabled(is_asked or (is_wanted and is_time and not role))

    def _why_no_voucher(self, line: Row | None) -> str:
        if line is None or not line.differs:
            return self._words.say(w.NOTHING_DIFFERS)
        parts = parts_of(line.said) if line.said else ()
        is_said = any(one.action == Treatment.VOUCHER for one in parts)
        left = line.figures.unexplained
        is_more = left is not None and left.minor > 0
        return "" if is_said or is_more else self._words.say(w.NOT_MORE)

    def _row_missing(self, rows: Sequence[Row]) -> str:
        say = self._words.say
        if not rows:
            return say(w.CHOOSE_ROW)
        if any(not one.key[0] for one in rows):
            return say(w.SCAN_ROW)
        return "" if all(one.differs for one in rows) else say(w.NOTHING_DIFFERS)

    def _against_recount(self, review: Review) -> str:
        if self.is_supervisor:
            return self._said(why_not_step("reopen", review.state, roles=self._roles))
        return self._said(why_not_ask_recount(review.state, roles=self._roles))

    def _why_not_settle(self, rows: Sequence[Row], side: DifferenceSide) -> str:
        say, editor = self._words.say, side.editor
        if len(rows) > 1 and editor.is_split:
            return say(w.SAME_ONLY)
        try:
            parts = editor.parts
        except UserError:
            return say(w.BAD_AMOUNT)
        for one in rows:
            said = parts if len(rows) == 1 else editor.single(one)
            has = bool(one.proof or side.added)
            refusal = why_not_parts(one.judged, said, has_evidence=has)
            if refusal is not None:
                return self._said(refusal)
        return ""

    def _said(self, refusal: UserError | None) -> str:
        if refusal is None:
            return ""
        short = w.SHORT.get(type(refusal).__name__)
        said = self._words.language
        return short.said(said, refusal.facts) if short else explain(refusal, said)
