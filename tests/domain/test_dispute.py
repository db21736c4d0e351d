"""Disputes: of an item that is open, once, with what is contested."""

from typing import Any

import pytest

from erpdesk.domain.dispute import (
    Dispute,
    DisputedAlreadyError,
    DisputeNoteError,
    Ground,
    NothingDisputedError,
    content,
    why_not_dispute,
)
from erpdesk.errors import UserError
from tests.domain.builders import an_evidence


def a_dispute(**facts: Any) -> Dispute:
    known = {"open_minor": 500, "note": "货有质量问题", **facts}
    return Dispute("k1", "i1", "应-1", currency="CNY", ground=Ground.QUALITY, **known)


@pytest.mark.parametrize(
    ("dispute", "times", "error"),
    [
        (a_dispute(), 0, None),
        (a_dispute(open_minor=0), 0, NothingDisputedError),
        (a_dispute(open_minor=-5), 0, NothingDisputedError),
        (a_dispute(), 1, DisputedAlreadyError),
        (a_dispute(note=" 不好 "), 0, DisputeNoteError),
    ],
)
def test_that_an_open_item_is_contested_once_and_says_what(
    dispute: Dispute,
    times: int,
    error: type[UserError] | None,
) -> None:
    found = why_not_dispute(dispute, is_disputed=times > 0)

    assert (type(found) if found else None) is error


def test_that_a_text_says_which_item_and_why() -> None:
    plain, proved = content(a_dispute()), content(a_dispute(evidence=(an_evidence("chat"),)))

    assert plain["dispute"] == {
        "item": "i1", "label": "应-1", "open": 500, "currency": "CNY", "ground": "quality",
    }  # fmt: skip
    assert plain["memo"] == "货有质量问题"
    assert "evidence" not in plain
    assert proved["evidence"]
