"""The rows of the inbox: what each of its lists says of a document."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from erpdesk.domain.accounts import BASE_CURRENCY
from erpdesk.domain.money import Money
from erpdesk.errors import UserError
from erpdesk.services.approving import SentBack, Waiting
from erpdesk.services.looking import OwnDecision
from erpdesk.words import Sentence, standing
from ui.look import Ink
from ui.models.cells import Lines, Mark, Toned
from ui.models.row_model import Column
from ui.widgets.currency_field import with_code
from ui.widgets.document_facts import IN_LIST, KIND_ICONS, kind_said, moment_said
from ui.work.wording import Wording

S = Sentence
Row = Waiting | SentBack | OwnDecision
DOCUMENT, AMOUNT = S("单据", "Document"), S("金额", "Amount")
WAITED: Final = (S("{n} 分钟", "{n} min"), S("{n} 小时", "{n} h"), S("{n} 天", "{n} d"))
SAID: Final[dict[str, tuple[Sentence, Ink]]] = {
    "approve": (S("已批准", "Approved"), "ok"),
    "endorse": (S("已初审", "Endorsed"), "ok"),
    "reject": (S("已驳回", "Rejected"), "error"),
    "return": (S("已退回", "Sent back"), "attention"),
}
BACK: Final[dict[str, tuple[Sentence, Ink]]] = {
    "reject": (S("被驳回", "Rejected"), "error"),
    "return": (S("被退回", "Sent back"), "attention"),
    "withdraw": (S("自己撤回", "Withdrawn"), "text2"),
}
BY = S("{by} {at}", "{by} {at}")


def against(one: Waiting) -> UserError | None:
    """Return what stands against deciding on it, either as the first or as the last."""
    return None if one.why_not_endorse is None else one.why_not_approve


def document_of(one: Row) -> str:
    """Return the id of the document a row is about."""
    return one.id if isinstance(one, OwnDecision) else one.head.id


class InboxRows:
    """Makes the columns of every list; ``names`` are those of people by their login."""

    def __init__(self, words: Wording, names: Mapping[str, str], now_us: Callable[[], int]) -> None:
        self._words, self._names, self._now_us = words, names, now_us

    def waiting(self) -> tuple[Column[Any], ...]:
        """Return the columns of what waits: whose it is, how much, since when."""
        return (self._icons(), Column("document", DOCUMENT, self._document), _right(self._amount))

    def blocked(self) -> tuple[Column[Any], ...]:
        """Return the columns of what one may not decide, with the reason."""
        return (self._icons(), Column("document", DOCUMENT, self._why))

    def back(self) -> tuple[Column[Any], ...]:
        """Return the columns of what came back: why, by whose step, and when."""
        return (self._icons(), Column("document", DOCUMENT, self._came), _right(self._given_back))

    def done(self) -> tuple[Column[Any], ...]:
        """Return the columns of what was decided."""
        return (self._icons(), Column("document", DOCUMENT, self._decided), _right(self._when))

    def _icons(self) -> Column[Any]:
        return Column("kind", DOCUMENT, self._icon, "icon", 38)

    def _icon(self, one: Row) -> Mark:
        kind = one.kind if isinstance(one, OwnDecision) else one.head.kind
        return Mark(kind_said(kind, self._words), KIND_ICONS.get(kind, "file-text"), "accent")

    def _name(self, kind: str, number: str | None) -> str:
        said = kind_said(kind, self._words)
        return self._words.say(IN_LIST, kind=said, number=number or "—")

    def _document(self, one: Waiting) -> Lines:
        name = self._name(one.head.kind, one.head.number)
        return Lines(name, one.head.customer_name or "—", "text2")

    def _why(self, one: Waiting) -> Lines:
        error = against(one)
        reason = standing(error, self._words.language) if error else ""
        return Lines(self._name(one.head.kind, one.head.number), reason, "text2")

    def _amount(self, one: Waiting) -> Lines:
        by = self._names.get(one.head.made_by, one.head.made_by)
        return Lines(_shown(one.amount), f"{by} · {self._waited(one)}", "text2")

    def _waited(self, one: Waiting) -> str:
        minutes = max(0, self._now_us() - one.head.made_at) // 60_000_000
        n, sentence = (minutes, WAITED[0])
        if minutes >= 60:
            n, sentence = minutes // 60, WAITED[1]
        if minutes >= 48 * 60:
            n, sentence = minutes // 1440, WAITED[2]
        return self._words.say(sentence, n=n)

    def _came(self, one: SentBack) -> Lines:
        second = one.reason or one.head.customer_name or "—"
        return Lines(self._name(one.head.kind, one.head.number), second, "text2")

    def _given_back(self, one: SentBack) -> Lines:
        said, ink = BACK[one.verb]
        by, at = self._names.get(one.by, one.by), moment_said(one.at)
        word = Toned(self._words.say(said), ink)
        return Lines(word, self._words.say(BY, by=by, at=at), "text2")

    def _decided(self, one: OwnDecision) -> Lines:
        second = one.reason or one.customer_name or "—"
        return Lines(self._name(one.kind, one.number), second, "text2")

    def _when(self, one: OwnDecision) -> Lines:
        said, ink = SAID[one.verb]
        word = Toned(self._words.say(said), ink)
        return Lines(word, moment_said(one.made_at), "text2")


def _shown(amount: Money) -> Money | Toned:
    """Return an amount; a foreign one says its currency."""
    if amount.currency == BASE_CURRENCY:
        return amount
    return Toned(with_code(amount), "error" if amount.minor < 0 else "text")


def _right(cell: Callable[[Any], Lines]) -> Column[Any]:
    return Column("amount", AMOUNT, cell, "amount", 128)
