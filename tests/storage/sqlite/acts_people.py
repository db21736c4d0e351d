"""Attacks on people, their roles and keys."""

from collections.abc import Iterator
from typing import Any

from tests.storage.sqlite.attacker import Attacker, Hand, attack, honest, now_us

NO_KEYS = ("foreign_keys=OFF",)
NO_REPLACE = ("recursive_triggers=OFF",)
KEY = "ab" * 32


def _authority(w: Attacker, **other: Any) -> Hand:
    """Get an authority as far as approved; dora is here."""
    row: dict[str, Any] = {"id": w.id(), "person": "carol", "role": "collector"} | other
    doc = w.submitted("authority", {"authority": [row]}, "adam")
    return w.take(doc, "dora", "approve")


def _row(w: Attacker, **other: Any) -> dict[str, Any]:
    """Return a row of authority that nobody approved."""
    return {
        "id": w.id(), "person": "alice", "role": "supervisor", "limit_minor": 10**12,
        "window_minor": 10**12, "valid_from": now_us(), "valid_to": None, "document_id": None,
    } | other  # fmt: skip


# -------------------------------------------------------------------- authority
@attack("authority", "G7 no-approved-authority")
def role_by_hand(w: Attacker) -> Iterator[None]:
    yield
    w.insert("authority", _row(w))


@attack("authority", "G7 other-authority")
def role_by_a_document_of_another_kind(w: Attacker) -> Iterator[None]:
    yield
    w.insert("authority", _row(w, document_id=w.facts["voucher"]))


@attack("authority", "G7 other-authority")
def more_than_was_approved(w: Attacker) -> Iterator[None]:
    doc = w.take(_authority(w), "dora", "post")
    yield
    row = w.row("authority", "document_id = ?", doc.id)
    w.insert("authority", row | {"id": w.id(), "limit_minor": 10**12, "role": "supervisor"})


@attack("authority", "G2 exists")
def role_twice_in_one_text(w: Attacker) -> Iterator[None]:
    rows = [{"id": w.id(), "person": "carol", "role": "collector", "limit": n} for n in (1, 2)]
    doc = w.take(w.submitted("authority", {"authority": rows}, "adam"), "dora", "approve")
    yield
    w.step(doc, "post", "dora")


@attack("authority", "G7 half-authority")
def end_that_is_no_moment_ignored(w: Attacker) -> Iterator[None]:
    rows = [{"id": w.id(), "person": "carol", "role": "collector", "limit": -1}]
    doc = w.take(w.submitted("authority", {"authority": rows}, "adam"), "dora", "approve")
    yield
    w.step(doc, "post", "dora", "OR IGNORE")


@attack("authority", "G7 admin-alone")
def accountant_for_the_admin(w: Attacker) -> Iterator[None]:
    doc = _authority(w, person="adam", role="accountant")
    yield
    w.step(doc, "post", "dora")


@attack("authority", "G7 admin-alone")
def admin_for_an_accountant(w: Attacker) -> Iterator[None]:
    doc = _authority(w, person="alice", role="admin")
    yield
    w.step(doc, "post", "dora")


@attack("authority", "G7 cash-and-books")
def books_for_the_cashier(w: Attacker) -> Iterator[None]:
    doc = _authority(w, person="kate", role="accountant")
    yield
    w.step(doc, "post", "dora")


@attack("authority", "G7 cash-and-books")
def cash_for_a_supervisor(w: Attacker) -> Iterator[None]:
    doc = _authority(w, person="bob", role="cashier")
    yield
    w.step(doc, "post", "dora")


@attack("authority", "G7 cash-and-books", setting_up=True)
def cash_for_a_while(w: Attacker) -> Iterator[None]:
    yield
    w.insert("authority", _row(w, role="cashier", valid_to=2**60))


@attack("authority", "G7 admin-alone", setting_up=True)
def admin_for_a_while(w: Attacker) -> Iterator[None]:
    yield
    w.insert("authority", _row(w, role="admin", valid_to=2**60))


@attack("authority", "G3 clock", setting_up=True)
def role_that_no_later_row_can_end(w: Attacker) -> Iterator[None]:
    yield
    w.insert("authority", _row(w, valid_from=2**60))


@attack("authority", "G2 constraint", setting_up=True)
def role_made_up(w: Attacker) -> Iterator[None]:
    yield
    w.insert("authority", _row(w, role="owner"))


@attack("authority", "G3 not-allowed")
def authority_approved_by_a_supervisor(w: Attacker) -> Iterator[None]:
    doc = w.submitted("authority", {"authority": []}, "adam")
    w.be("bob")
    yield
    w.step(doc, "approve", "bob", to_state="approved")


@honest("authority")
def a_role_given_changed_and_ended(w: Attacker) -> Iterator[None]:
    yield
    for more in ({"limit": 5}, {"limit": 3}, {"to": 1}):
        w.take(_authority(w, **more), "dora", "post")
    assert (
        w.one("SELECT valid_to FROM authority_last WHERE (person, role) = ('carol', 'collector')")
        == 1_000_000
    )


@honest("authority", setting_up=True)
def a_role_by_hand_in_the_set_up(w: Attacker) -> Iterator[None]:
    yield
    w.insert("authority", _row(w))


# -------------------------------------------------------------------- people and keys
@attack("people", "G7 person-stays")
def person_renamed(w: Attacker) -> Iterator[None]:
    yield
    w.change("person", "name = 'alice'", display="Dora")


@attack("people", "G12 key-not-approved")
def key_of_another_exchanged(w: Attacker) -> Iterator[None]:
    yield
    w.change("person", "name = 'ben'", public_key=bytes(32))


@attack("people", "G12 key-not-approved")
def key_taken_away(w: Attacker) -> Iterator[None]:
    yield
    w.change("person", "name = 'ben'", public_key=None)


@attack("people", "G12 key-not-approved")
def key_of_before_brought_back(w: Attacker) -> Iterator[None]:
    for key in (KEY, "cd" * 32):
        text = {"keys": [{"person": "ben", "public_key": key}]}
        w.take(w.submitted("authority", text, "adam"), "dora", "approve", "post")
    yield
    w.change("person", "name = 'ben'", public_key=bytes.fromhex(KEY))


@attack("people", "G1 not-you")
def password_of_another(w: Attacker) -> Iterator[None]:
    w.be("alice")
    yield
    w.insert("person_key", {"person": "bob", "n": 1, "verifier": "mine", "made_at": now_us()})


@attack("people", "G2 key-order")
def password_out_of_order(w: Attacker) -> Iterator[None]:
    w.be("alice")
    yield
    w.insert("person_key", {"person": "alice", "n": 9, "verifier": "mine", "made_at": now_us()})


@attack("people", "G1 name")
def nobody_by_name(w: Attacker) -> Iterator[None]:
    yield
    w.insert("person", {"name": "  ", "display": "x", "added_at": 1})


@attack("people", "G1 name")
def name_of_64_bytes(w: Attacker) -> Iterator[None]:
    yield
    w.insert("person", {"name": "名" * 21 + "x", "display": "x", "added_at": 1})


@attack("people", "G2 exists")
def person_once_more(w: Attacker) -> Iterator[None]:
    row = w.row("person", "name = 'ben'")
    yield
    w.insert("person", row | {"public_key": None}, "OR REPLACE")


@honest("people")
def a_password_changed_and_a_key_registered(w: Attacker) -> Iterator[None]:
    yield
    w.be("alice")
    w.insert("person_key", {"person": "alice", "n": 2, "verifier": "new", "made_at": now_us()})
    text = {"keys": [{"person": "ben", "public_key": KEY}]}
    w.take(w.submitted("authority", text, "adam"), "dora", "approve", "post")
    assert w.one("SELECT hex(public_key) FROM person WHERE name = 'ben'").lower() == KEY


@attack("people", "G7 person-stays", setting_up=True)
def person_renamed_in_the_set_up(w: Attacker) -> Iterator[None]:
    yield
    w.change("person", "name = 'alice'", display="Dora")


@attack("authority", "G2 exists", setting_up=True, pragmas=("recursive_triggers=OFF",))
def role_taken_over_in_the_set_up(w: Attacker) -> Iterator[None]:
    row = w.row("authority", "person = 'bob'")
    yield
    w.insert("authority", row | {"limit_minor": 1}, "OR REPLACE")
