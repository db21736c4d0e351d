# ruff: noqa: E501 - one act a row
"""Counting as somebody else, elsewhere, or twice; deciding on lines without the right."""

import pytest

from tests.storage.postgres.attack import Attack, Scene, names, prove_denied
from tests.storage.postgres.firm import Firm, a_count, an_id
from tests.storage.postgres.world import World, said_of

pytestmark = pytest.mark.postgres


def _decide(s: Scene, **other: object) -> None:
    row: dict[str, object] = {
        "id": an_id(), "campaign_id": s.world.docs["campaign"].id, "verb": "defer", "reason": "下周再核对",
        "made_by": s.hand.person, "made_at": 0, "actor_seq": 0, "actor_prev": b"", "hash": b"",
    }  # fmt: skip
    s.hand.insert("line_decision", **row | other)


def _say(s: Scene, n: int = 2, **other: object) -> None:
    said_of(s.hand, s.world.docs["differing"], s.world.customers[8], n, **other)


COUNTS = [
    Attack("count as another", "cody", lambda s: a_count(s.hand, s.world.docs["campaign"], made_by="陈静"), "G1 not-you"),
    Attack("count without the table right", "alice", lambda s: a_count(s.hand, s.world.docs["campaign"]),
           "42501 permission denied for table count_event"),
    Attack("count in no campaign", "cody", lambda s: a_count(s.hand, s.world.docs["waiting"]), "G3 not-counting"),
    Attack("count in a plan", "cody", lambda s: a_count(s.hand, s.world.docs["planned"]), "G3 not-counting"),
    Attack("count after the review began", "vera", lambda s: a_count(s.hand, s.world.docs["counted"]),
           "G3 not-counting"),
    Attack("count without authority", "idle", lambda s: a_count(s.hand, s.world.docs["campaign"]), "G3 not-a-counter"),
    Attack("five kilobytes", "cody", lambda s: a_count(s.hand, s.world.docs["campaign"], raw=b"x" * 5000), "23514"),
    Attack("a device's number twice", "cody", lambda s: [a_count(
        s.hand, s.world.docs["campaign"], device_id=s.world.customers[0]) for _ in "12"], "G2 exists"),
    Attack("an event twice", "cody", lambda s: a_count(
        s.hand, s.world.docs["campaign"], id=s.world.events["cody"]), "G2 exists"),
    Attack("another's count superseded", "cody", lambda s: a_count(
        s.hand, s.world.docs["campaign"], supersedes=s.world.events["陈静"]), "G3 not-your-count"),
    Attack("another campaign's count superseded", "cody", lambda s: a_count(
        s.hand, s.world.docs["blind"], supersedes=s.world.events["cody"]), "G3 not-your-count"),
    Attack("a count of nobody", "cody", lambda s: a_count(
        s.hand, s.world.docs["campaign"], customer_id=an_id()), "G5 unknown-customer"),
    Attack("an amount without currency", "cody", lambda s: a_count(
        s.hand, s.world.docs["campaign"], stated_minor=5), "23514"),
    Attack("a count whose body is no text of ours", "cody", lambda s: a_count(
        s.hand, s.world.docs["campaign"], body="[1]"), "G5 not-canonical"),
    Attack("a decision whose body is none", "bob", lambda s: _decide(s, body="{"), "G5 not-canonical"),
    Attack("a counter decides", "cody", _decide, "42501 permission denied for table line_decision"),
    Attack("a director decides on lines", "dora", _decide, "G3 not-allowed"),
    Attack("a decision without reason", "bob", lambda s: _decide(s, reason="  "), "G3 reason"),
    Attack("a decision for another", "bob", lambda s: _decide(s, made_by="ben"), "G1 not-you"),
    Attack("a decision in a plan", "bob", lambda s: _decide(s, campaign_id=s.world.docs["planned"].id),
           "G3 not-counting"),
    Attack("said for another", "alice", lambda s: _say(s, made_by="carol"), "G1 not-you"),
    Attack("said twice", "alice", lambda s: _say(s, id=s.world.events["said"]), "G2 exists"),
    Attack("said over what was said", "alice", lambda s: _say(s, 1), "G3 stale"),
    Attack("said ahead", "alice", lambda s: _say(s, 3), "G3 stale"),
    Attack("said of another line", "alice", lambda s: _say(s, body="{}"), "G5 not-canonical"),
    Attack("said of nobody on the list", "alice", lambda s: said_of(
        s.hand, s.world.docs["differing"], s.world.customers[0]), "23503"),
    Attack("said by a director", "dora", _say, "42501 permission denied for table line_variance"),
    Attack("said without authority", "idle", _say, "G3 not-allowed"),
    Attack("said while it is counted", "alice", lambda s: said_of(
        s.hand, s.world.docs["campaign"], s.world.customers[0]), "G3 not-in-review"),
]  # fmt: skip


@pytest.mark.parametrize("attack", COUNTS, ids=names)
def test_that_the_count_is_refused(firm: Firm, world: World, attack: Attack) -> None:
    prove_denied(firm, world, attack)
