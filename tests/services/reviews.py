"""A campaign in review: its customers counted, and what is said of those that differ."""

from erpdesk.domain.stocktake.variance import Cause
from erpdesk.services.stocktake.reviewing import Review, Row, Said
from erpdesk.storage.documents import Document
from tests.services.builders import Office, yuan


def in_review(office: Office, *codes: str, **stated: str) -> Document:
    """Count customers with these balances and end the counting; without a balance it is zero."""
    campaign = office.campaign(*codes)
    for code in codes:
        office.state(campaign, code, stated.get(code, "0"))
    return office.desk("chief").campaigns.review(office.look(campaign)).value


def key(office: Office, code: str = "K1") -> tuple[str, str]:
    return office.customer(code).id, "CNY"


def looked(office: Office, campaign: Document) -> Review:
    return office.desk("maker").reviewing.review(office.look(campaign))


def shown(office: Office, campaign: Document, code: str = "K1") -> Row:
    """Return a line as somebody is shown it."""
    [row] = office.desk("maker").reviewing.rows(campaign, [key(office, code)])
    return row


def part(kind: str, amount: str, action: str) -> Cause:
    return Cause(kind, yuan(amount), action=action)


def say(
    office: Office, campaign: Document, *parts: Cause, code: str = "K1", **more: object
) -> Document:
    reviewing, now = office.desk("maker").reviewing, office.look(campaign)
    words = Said(shown(office, now, code), parts, **more)  # type: ignore[arg-type]
    return reviewing.say(now, (words,)).value
