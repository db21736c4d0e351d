"""A company in the middle of its work: something in every state, for attacks to be tried on."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import insert

from erpdesk.domain.content import canonical
from erpdesk.storage import tables as t
from erpdesk.storage.postgres_setup import add_login, owning
from tests.storage.postgres.firm import (
    LOCKED_DAY,
    PASSWORD,
    Doc,
    Firm,
    Hand,
    a_campaign,
    a_count,
    a_delivery,
    a_list,
    a_receipt,
    a_reversal,
    a_voucher,
    add_person,
    an_allocation,
    an_id,
    found_firm,
    imported_deliveries,
    listed_customer,
    now_us,
)

LIMIT = (200_000_00, 0, 10**12)
MORE_PEOPLE: dict[str, dict[str, tuple[int, int, int]]] = {
    "vera": {"supervisor": LIMIT, "counter": (0, 0, 0)},
    "rolf": {},
    "lou": {},
    "sig": {"supervisor": LIMIT},
    "idle": {},
    "ghost": {"supervisor": LIMIT},
    "unchained": {},
}

ALSO = {
    "rolf": ["supervisor"],
    "lou": ["supervisor"],
    "idle": ["supervisor", "counter"],
    "unchained": ["supervisor"],
}
"""Table rights that no authority given at the start stands behind."""


@dataclass(frozen=True, slots=True)
class World:
    """Documents by what is to be known of them; customers by number."""

    customers: list[str]
    docs: dict[str, Doc]
    deliveries: dict[str, dict[str, Any]]
    events: dict[str, str]

    def __getattr__(self, name: str) -> Doc:
        return self.docs[name]


def build_world(server: Any, database: str) -> tuple[Firm, World]:
    firm, oids = found_firm(server, database), {}
    for name, roles in MORE_PEOPLE.items():
        groups = sorted({*roles, *ALSO.get(name, ())})
        oids[name] = add_login(server.admin_url(), database, name, groups, PASSWORD.format(name))
    with owning(server.admin_url(), database) as connection:
        for name, roles in MORE_PEOPLE.items():
            add_person(connection, name, oids[name], roles, chained=name != "unchained")
    with owning(server.admin_url(), database) as connection:
        _authority(connection, "rolf", 10**12, start=-9, end=-1)
        _authority(connection, "lou", 10**12, start=-9)
        _authority(connection, "lou", 10_00, start=-1)
        connection.execute(
            t.person.update().where(t.person.c.name == "sig").values(public_key=bytes(32))
        )
    customers = _customers(firm, 9)
    world = World(customers, {}, {}, {})
    _books(firm, world)
    _waiting(firm, world)
    _stocktake(firm, world)
    firm.close()
    return firm, world


def _authority(
    connection: Any, person: str, limit: int, *, start: int, end: int | None = None
) -> None:
    day = 86_400_000_000
    connection.execute(
        insert(t.authority).values(
            id=an_id(), person=person, role="supervisor", limit_minor=limit, loss_limit_minor=0,
            window_minor=10**13, valid_from=now_us() + start * day,
            valid_to=None if end is None else now_us() + end * day,
        )
    )  # fmt: skip


def _customers(firm: Firm, count: int) -> list[str]:
    ids = [an_id() for _ in range(count)]
    rows = [listed_customer(one, f"C{n}") for n, one in enumerate(ids, 1)]
    with firm.hand("adam") as hand:
        named = a_list(hand, "customers", ("list_customer", rows))
        hand.made("import", {"list": named}, "submit", "load", "post")
    return ids


def _books(firm: Firm, world: World) -> None:
    c, docs = world.customers, world.docs
    for name, customer in (("posted", c[0]), ("charge", c[0]), ("reversed", c[0]), ("other", c[1])):
        docs[name] = firm.posted("alice", "ben", "voucher", a_voucher(customer))
    for name, customer in (("credit", c[0]), ("money", c[0]), ("other_credit", c[1])):
        docs[name] = firm.posted("kate", "ben", "receipt", a_receipt(customer))
    first = an_allocation(docs["charge"], docs["money"], 10_00)
    docs["allocated"] = firm.made("alice", "allocation", first, "submit", "allocate", "post")
    again = an_allocation(docs["charge"], docs["money"], 5_00, versions=(2, 2))
    docs["matched"] = firm.made("alice", "allocation", again, "submit", "allocate", "post")
    undo = an_allocation(
        docs["charge"], docs["money"], -10_00, versions=(3, 3),
        undoes=first["allocations"][0]["id"],
    )  # fmt: skip
    docs["undone"] = firm.posted("alice", "ben", "allocation", undo)
    red = a_reversal(docs["reversed"])
    docs["reversal"] = firm.posted("alice", "ben", "reversal", red)
    docs["locked"] = firm.made("alice", "voucher", a_voucher(c[0], day=LOCKED_DAY), "submit")
    docs["old"] = firm.posted("alice", "ben", "voucher", a_voucher(c[0], day=LOCKED_DAY))
    with firm.hand("bob") as hand:
        lock_period(hand, "2025-01")
        hand.connection.commit()


def lock_period(hand: Any, period: str, **other: object) -> None:
    row: dict[str, object] = {"made_by": hand.person, "made_at": 0, "ledger_hash": bytes(32)}
    hand.insert("period_lock", period=period, **row | other)


def _waiting(firm: Firm, world: World) -> None:
    c, docs = world.customers, world.docs
    docs["draft"] = firm.made("alice", "voucher", a_voucher(c[0]))
    docs["waiting"] = firm.made("alice", "voucher", a_voucher(c[0]), "submit")
    docs["spare"] = firm.made("alice", "voucher", a_voucher(c[0]), "submit")
    docs["approved"] = firm.made("alice", "voucher", a_voucher(c[0]), "submit")
    docs["approved"] = firm.does("bob", docs["approved"], "approve")
    docs["rejected"] = firm.made("alice", "voucher", a_voucher(c[0]), "submit")
    docs["rejected"] = firm.does("bob", docs["rejected"], "reject", reason="金额不对，重写")
    docs["amys"] = firm.made("amy", "voucher", a_voucher(c[0]), "submit")
    docs["big"] = firm.made("alice", "voucher", a_voucher(c[2], 300_000_00), "submit")
    docs["huge"] = firm.made("alice", "voucher", a_voucher(c[3], 600_000_00), "submit")
    docs["endorsed"] = firm.made("alice", "voucher", a_voucher(c[3], 600_000_00), "submit")
    docs["endorsed"] = firm.does("dora", docs["endorsed"], "endorse")
    firm.posted("alice", "eva", "voucher", a_voucher(c[4], 200_000_00))
    docs["windowed"] = firm.made("alice", "voucher", a_voucher(c[5], 79_100_00), "submit")
    docs["split"] = firm.made("alice", "voucher", a_voucher(c[4], 10_000_00), "submit")
    with firm.hand("alice") as hand:
        world.deliveries["free"] = a_delivery(c[0], "S1")
        world.deliveries["held"] = a_delivery(c[0], "S2")
        world.deliveries["other"] = a_delivery(c[1], "S3")
        imported_deliveries(hand, *world.deliveries.values())
    held = [{"id": world.deliveries["held"]["id"], "amount": 100_00}]
    docs["holding"] = firm.made("alice", "voucher", a_voucher(c[0], deliveries=held), "submit")
    rise = {"authority": [{"id": an_id(), "person": "bob", "role": "supervisor", "limit": 10**12}]}
    docs["rise"] = firm.made("bob", "authority", rise, "submit")
    docs["risen"] = firm.made("adam", "authority", rise, "submit")


def said_of(hand: Hand, campaign: Doc, customer: str, n: int = 1, **other: object) -> str:
    name = an_id()
    row: dict[str, object] = {
        "id": name, "campaign_id": campaign.id, "customer_id": customer, "currency": "CNY", "n": n,
        "body": canonical({"customer": customer, "currency": "CNY"}), "made_by": hand.person,
        "made_at": 0, "actor_seq": 0, "actor_prev": b"", "hash": b"",
    }  # fmt: skip
    hand.insert("line_variance", **row | other)
    return name


def _stocktake(firm: Firm, world: World) -> None:
    c, docs = world.customers, world.docs
    with firm.hand("bob") as hand:
        open_list = a_campaign(hand, [(c[0], "cody"), (c[1], "陈静"), (c[5], None)])
        docs["campaign"] = hand.made("campaign", open_list, "ready")
        blind = a_campaign(hand, [(c[2], "cody")], blind=1)
        docs["blind"] = hand.made("campaign", blind, "ready")
        docs["counted"] = hand.made("campaign", a_campaign(hand, [(c[3], None)]), "ready")
        docs["planned"] = hand.made("campaign", a_campaign(hand, [(c[6], None)]))
    for person, campaign in (("cody", "campaign"), ("陈静", "campaign"), ("vera", "counted")):
        with firm.hand(person) as hand:
            world.events[person] = a_count(hand, docs[campaign], customer_id=c[0])
            hand.connection.commit()
    with firm.hand("bob") as hand:
        docs["differing"] = hand.made(
            "campaign", a_campaign(hand, [(c[8], None)]), "ready", "review"
        )
    with firm.hand("alice") as hand:
        world.events["said"] = said_of(hand, docs["differing"], c[8])
        hand.connection.commit()
    docs["counted"] = firm.does("bob", docs["counted"], "review")
    docs["counted"] = firm.does("alice", docs["counted"], "submit")
