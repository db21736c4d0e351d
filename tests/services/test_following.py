"""What others did is noticed at the next look, under every login, on both engines."""

from collections.abc import Mapping

import pytest

from erpdesk.domain.changes import Changes
from erpdesk.services.following import Following
from erpdesk.storage import following as store
from erpdesk.storage.database import Connection
from tests.services.builders import Office
from tests.services.reviews import in_review


def following(office: Office, name: str) -> Following:
    """Return somebody who has looked once."""
    made = Following(office.desk(name).company)
    assert made.look() is None
    return made


def test_that_nothing_is_told_where_nothing_was_done(both: Office) -> None:
    watch = following(both, "counter")

    assert watch.look() is None
    assert watch.look() is None


@pytest.mark.parametrize("watcher", ["chief", "maker", "second"])
def test_that_a_count_is_told_once_with_its_campaign(both: Office, watcher: str) -> None:
    campaign = both.campaign("K1")
    both.desk("counter")
    watch = following(both, watcher)

    both.scan(campaign, "K1")

    changes = watch.look()
    assert changes is not None
    assert changes.campaigns == {campaign.id}
    assert watch.look() is None


def test_that_what_is_said_of_a_difference_is_told_with_its_campaign(both: Office) -> None:
    campaign = in_review(both, "K1", K1="30.00")
    watch = following(both, "chief")

    both.explain(campaign)

    changes = watch.look()
    assert changes is not None
    assert changes.campaigns == {campaign.id}
    assert not changes.documents


def test_that_what_a_login_may_not_read_is_asked_once_and_running_campaigns_are_told_instead(
    on_server: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[frozenset[str]] = []
    real = store.decided

    def decided(connection: Connection, since: Mapping[str, int]) -> frozenset[str]:
        asked.append(frozenset(since))
        return real(connection, since)

    campaign = on_server.campaign("K1")
    on_server.desk("counter")
    watch = following(on_server, "second")
    monkeypatch.setattr(store, "decided", decided)

    for _ in range(3):
        on_server.scan(campaign, "K1")
        changes = watch.look()
        assert changes is not None
        assert changes.campaigns == {campaign.id}

    assert asked == [{"counter"}]


def test_that_a_step_is_told_with_its_document_and_customer(both: Office) -> None:
    both.desk("chief")
    watch = following(both, "cashier")

    document = both.posted("服务1", "113.00")

    changes = watch.look()
    assert changes is not None
    assert changes.documents == {document.id}
    assert changes.customers == {both.customer("K1").id}


def test_that_an_import_touches_customers_nobody_names(office: Office) -> None:
    office.desk("maker")
    watch = following(office, "chief")

    office.add_customers(("K8", "新客户"))

    changes = watch.look()
    assert changes is not None
    assert changes.customers
    assert changes.campaigns == frozenset()


def test_that_a_decision_is_told_with_its_campaign(both: Office) -> None:
    campaign = both.campaign("K1", "K2")
    both.desk("chief")
    watch = following(both, "maker")

    both.rule(campaign, "defer", code="K2")

    assert watch.look() == Changes(campaigns=frozenset({campaign.id}))
