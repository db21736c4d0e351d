"""What a count will not take: a code without end, a balance of a day to come."""

from dataclasses import replace

import pytest

from erpdesk.domain.codes.scan_reasons import Why
from erpdesk.domain.moments import TooLateDayError
from erpdesk.domain.stocktake.counting import Source
from tests.services.builders import Office


def test_that_a_code_without_end_is_too_long_and_not_cut(office: Office) -> None:
    campaign = office.campaign("K1")
    counting = office.desk("counter").counting

    long, short = (
        counting.record_scan(campaign, b"x" * size, source=Source.SERIAL, cut=True).value.reading
        for size in (5000, 50)
    )

    assert (long.why, short.why) == (Why.TOO_LONG, Why.CUT_FRAME)


def test_that_no_balance_is_stated_as_of_a_day_to_come(office: Office) -> None:
    campaign = office.campaign("K1")
    ahead = replace(office.statement(campaign, "K1", "1.00"), as_of=office.ago(-1))

    with pytest.raises(TooLateDayError):
        office.desk("counter").counting.record_statement(campaign, ahead)
