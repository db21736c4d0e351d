"""Journal vouchers 记账凭证 of a month, to be printed and bound with their evidence."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

from erpdesk.domain.accounts import BASE_CURRENCY, CHART
from erpdesk.domain.codes.own_code import voucher_code
from erpdesk.domain.kinds import kind_of
from erpdesk.domain.money import Money
from erpdesk.errors import UserError
from erpdesk.papers.journal_voucher import JournalVoucher, Line
from erpdesk.services.issuing import basis_of
from erpdesk.storage import firm, journal_vouchers
from erpdesk.storage.audit import record_audit
from erpdesk.storage.journal_vouchers import PeriodRow, PostedVoucher, VoucherLine
from erpdesk.storage.unit_of_work import Company
from erpdesk.words import Language

Period: TypeAlias = PeriodRow


class NothingPostedError(UserError):
    """Nothing was posted in this month, or not by this document."""


@dataclass(frozen=True, slots=True)
class JournalVouchers:
    """Prints what was posted; nothing but who printed it is stored."""

    company: Company

    def periods(self) -> tuple[Period, ...]:
        """Return the months in which something was posted, the newest first."""
        with self.company.database.reading() as connection:
            return journal_vouchers.periods(connection)

    def printed(
        self,
        period: str,
        *,
        language: Language,
        document: str = "",
        tell: Callable[[int, int | None], None] = lambda _done, _total: None,
    ) -> tuple[bytes, int]:
        """Return the vouchers of a month, or those of one document in it, as a PDF; and how many.

        Raises:
            NothingPostedError: there is none.
            MissingCharacterError: one cannot be drawn; nothing was printed.
        """
        from erpdesk.papers.journal_voucher import journal_vouchers as drawn

        with self.company.database.reading() as connection:
            found = journal_vouchers.posted_in(connection, period)
            sender = firm.firm_of(connection).get("name", "")
        wanted = [one for one in found if document in ("", one.document)]
        if not wanted:
            raise NothingPostedError(period=period, document=document)
        views = [_view(one, sender, language) for one in wanted]
        pdf = drawn(views, language, tell)
        detail = f"{period} {document} {len(views)}"
        self.company.run(lambda unit: record_audit(unit, "print journal vouchers", detail))
        return pdf, len(views)


def _view(posted: PostedVoucher, sender: str, language: Language) -> JournalVoucher:
    return JournalVoucher(
        company=sender,
        series=posted.series,
        number=f"{posted.period.replace('-', '')}-{posted.number:04d}",
        day=posted.day,
        document=posted.document,
        attachments=len(posted.text.get("evidence", ())),
        made_by=posted.made_by,
        decided_by=posted.decided_by,
        posted_by=posted.posted_by,
        lines=tuple(_lines(posted, language)),
        code=_code(posted.document),
    )


def _code(document: str) -> str:
    """Return the own code of a temporary voucher; other kinds have none."""
    mark, _, digits = document.partition("-")
    if mark != kind_of("voucher").mark:
        return ""
    month, _, number = digits.partition("-")
    return voucher_code(month, int(number))


def _lines(posted: PostedVoucher, language: Language) -> Iterator[Line]:
    for line in posted.lines:
        foreign = None
        if line.currency != BASE_CURRENCY:
            foreign = Money(line.amount_minor, line.currency)
        yield Line(
            line.text or basis_of(posted.text) or posted.document,
            " ".join(filter(None, (line.account, _account(line, language), line.customer))),
            line.side,
            Money(line.base_minor, BASE_CURRENCY),
            foreign,
        )


def _account(line: VoucherLine, language: Language) -> str:
    known = CHART.get(line.account)
    return known.name_en if language == "en" and known else line.account_name
