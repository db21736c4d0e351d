"""A reply slip: what may be written down, and by how much it is off."""

from datetime import date, timedelta
from typing import Any

import pytest

from erpdesk.domain.money import CurrencyMismatchError
from erpdesk.domain.reply import (
    Answer,
    NoReplyEvidenceError,
    Noticed,
    Reply,
    ReplyAmountError,
    ReplyDayError,
    ReplyNoteError,
    SameBalanceError,
    content,
    is_different,
    why_not_register,
)
from erpdesk.errors import UserError
from tests.domain.builders import TODAY, an_evidence, an_id, yuan

NOTICE = Noticed(an_id(1), "通-202611-0001", an_id(2), yuan(1_000), TODAY - timedelta(days=9))
SLIP = an_evidence("reply")


def a_reply(answer: Answer, **facts: Any) -> Reply:
    return Reply(**{"notice": NOTICE, "answer": answer, "day": TODAY, "evidence": (SLIP,), **facts})


def against(reply: Reply, today: date = TODAY) -> type[UserError] | None:
    found = why_not_register(reply, today=today)
    return type(found) if found else None


@pytest.mark.parametrize(
    ("reply", "off"),
    [
        (a_reply(Answer.AGREES), yuan(0)),
        (a_reply(Answer.STATES, stated=yuan(800)), yuan(-200)),
        (a_reply(Answer.STATES, stated=yuan(0)), yuan(-1_000)),
        (a_reply(Answer.PAID, stated=yuan(300)), yuan(-300)),
        (a_reply(Answer.DISPUTES, note="货有质量问题"), None),
    ],
)
def test_that_an_answer_says_by_how_much_it_is_off(reply: Reply, off: object) -> None:
    assert against(reply) is None
    assert reply.difference == off
    assert is_different(reply.answer) is (reply.answer is not Answer.AGREES)


@pytest.mark.parametrize(
    ("reply", "error"),
    [
        (a_reply(Answer.STATES), ReplyAmountError),
        (a_reply(Answer.PAID), ReplyAmountError),
        (a_reply(Answer.PAID, stated=yuan(0)), ReplyAmountError),
        (a_reply(Answer.STATES, stated=yuan(1_000)), SameBalanceError),
        (a_reply(Answer.STATES, stated=yuan(900, "USD")), CurrencyMismatchError),
        (a_reply(Answer.DISPUTES, note=" 不对 "), ReplyNoteError),
        (a_reply(Answer.AGREES, evidence=()), NoReplyEvidenceError),
        (a_reply(Answer.AGREES, day=TODAY + timedelta(days=1)), ReplyDayError),
        (a_reply(Answer.AGREES, day=NOTICE.as_of - timedelta(days=1)), ReplyDayError),
    ],
)
def test_that_what_is_not_whole_is_not_written_down(reply: Reply, error: type[UserError]) -> None:
    assert against(reply) is error
    with pytest.raises(error):
        content(reply, today=TODAY)


def test_that_the_day_of_the_notice_and_today_are_days_of_a_reply() -> None:
    assert against(a_reply(Answer.AGREES, day=NOTICE.as_of)) is None
    assert against(a_reply(Answer.AGREES, day=TODAY)) is None


def test_that_a_reply_without_a_figure_is_off_by_nobody_knows() -> None:
    assert a_reply(Answer.STATES).difference is None


def test_that_a_text_says_what_the_slip_says_and_no_more() -> None:
    plain = content(a_reply(Answer.AGREES, stated=yuan(5)), today=TODAY)
    whole = content(
        a_reply(Answer.STATES, stated=yuan(800), by=" 王敏 ", note=" 少了一笔 "), today=TODAY
    )

    assert plain["reply"] == {
        "notice": NOTICE.id, "number": NOTICE.number, "answer": "agrees",
        "day": TODAY.isoformat(), "asked": 1_000_00, "currency": "CNY",
    }  # fmt: skip
    assert "memo" not in plain
    assert (whole["reply"]["stated"], whole["reply"]["by"], whole["memo"]) == (
        800_00, "王敏", "少了一笔",
    )  # fmt: skip
    assert whole["customer"] == NOTICE.customer
    assert whole["evidence"]
