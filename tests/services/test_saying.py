"""What is said of a difference: a row that follows on the one before, whatever else is said."""

from typing import Any

import pytest
from sqlalchemy import func, select

from erpdesk.domain.approval import CountedHereError, Verb
from erpdesk.domain.stocktake.variance import Spoken
from erpdesk.errors import StaleError
from erpdesk.services.stocktake.reviewing import Said
from erpdesk.storage import tables as t
from erpdesk.storage import variances
from erpdesk.storage.checks import LookStoppedError
from erpdesk.storage.variances import Key
from tests.services.builders import Office
from tests.services.reviews import in_review, looked, part, say, shown


def stored(office: Office) -> tuple[int, int]:
    """Return how many texts there are, and how much was said of lines."""
    with office.desk("maker").company.database.reading() as connection:
        texts, said = (
            connection.execute(select(func.count()).select_from(table)).scalar_one()
            for table in (t.content, t.line_variance)
        )
    return texts, said


def test_that_what_is_said_is_a_row_and_no_text(both: Office) -> None:
    campaign = in_review(both, "K1", K1="30.00")
    texts, _ = stored(both)

    said = say(both, campaign, part("timing", "30.00", "carry"))

    assert stored(both) == (texts, 1)
    assert both.look(campaign).seen == campaign.seen == said.seen


def test_that_the_same_words_twice_are_said_once(both: Office) -> None:
    campaign, service = in_review(both, "K1", K1="30.00"), both.desk("maker").reviewing
    words = Said(shown(both, campaign), (part("timing", "30.00", "carry"),))
    once = both.desk("maker").company.new_id()

    for _ in range(2):
        service.say(campaign, (words,), step_id=once)

    assert stored(both)[1] == 1


def test_that_what_is_said_while_a_campaign_is_handed_in_is_not_passed_over(
    both: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    campaign = in_review(both, "K1", K1="30.00")
    both.explain(campaign)
    words = Said(shown(both, campaign), (part("their_error", "30.00", "theirs"),))
    waiting, read = [lambda: both.desk("helper").reviewing.say(campaign, (words,))], variances.said

    def said(*asked: Any) -> dict[Key, Spoken]:
        found = read(*asked)
        if waiting and len(asked) < 3:
            waiting.pop()()
        return found

    monkeypatch.setattr(variances, "said", said)
    with pytest.raises(StaleError):
        both.desk("maker").reviewing.hand_in(campaign)

    assert both.look(campaign).state == "review"


def test_that_handing_in_is_stopped_while_the_text_is_stored(both: Office) -> None:
    campaign = in_review(both, "K1", K1="30.00")
    both.explain(campaign)

    def stop(*_: object) -> None:
        raise LookStoppedError

    with pytest.raises(LookStoppedError):
        both.desk("maker").reviewing.hand_in(campaign, tell=stop)

    assert both.look(campaign).state == "review"


def test_that_whoever_said_something_of_a_difference_does_not_approve_it(both: Office) -> None:
    campaign = in_review(both, "K1", K1="30.00")
    both.desk("deputy").reviewing.assign(campaign, (shown(both, campaign),), None)
    both.explain(campaign)
    handed_in = both.desk("maker").reviewing.hand_in(both.look(campaign)).value

    with pytest.raises(CountedHereError):
        both.approve(handed_in, by="deputy")

    assert both.approve(handed_in, by="director").state == "approved"


def test_that_a_campaign_sent_back_is_said_more_of(both: Office) -> None:
    campaign = in_review(both, "K1", K1="30.00")
    both.explain(campaign)
    handed_in = both.desk("maker").reviewing.hand_in(both.look(campaign)).value
    back = both.decide(handed_in, Verb.REJECT, by="director", reason="还差一张回函")

    say(both, back, part("their_error", "30.00", "theirs"))

    again = both.desk("maker").reviewing.hand_in(both.look(back)).value
    assert [one["reason"] for one in again.content["variances"]] == ["their_error"]
    assert looked(both, again).rows[0].said is not None
