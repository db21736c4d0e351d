import pytest
from hypothesis import given
from hypothesis import strategies as st

from erpdesk.domain.evidence import ANY, KINDS, POLICY, Evidence, lacking, rows, strength
from erpdesk.domain.money import Money
from tests.domain.builders import an_evidence, yuan


def test_that_a_signed_acceptance_is_stronger_than_a_chat() -> None:
    ladder = ["acceptance", "delivery_note", "contract", "order", "chat", "photo"]
    strengths = [strength([an_evidence(kind)]) for kind in ladder]

    assert strengths == sorted(set(strengths), reverse=True)


def test_that_the_strongest_piece_counts_and_nothing_is_zero() -> None:
    assert strength([an_evidence("photo"), an_evidence("contract"), an_evidence("chat")]) == 50
    assert strength([]) == strength([an_evidence("unheard of")]) == 0


@pytest.mark.parametrize(
    ("amount", "kinds", "groups_lacking"),
    [
        ("1000.00", ["photo"], 0),
        ("1000.00", [], 1),
        ("1000.01", ["chat"], 1),
        ("1000.01", ["delivery_note"], 0),
        ("50000.00", ["contract"], 0),
        ("50000.00", ["acceptance"], 0),
        ("50000.01", ["contract"], 1),
        ("50000.01", ["delivery_note", "order"], 1),
        ("50000.01", ["acceptance", "order"], 0),
        ("50000.01", [], 2),
        ("-50000.01", ["acceptance"], 1),
    ],
)
def test_that_more_money_asks_for_more(amount: str, kinds: list[str], groups_lacking: int) -> None:
    assert len(lacking(yuan(amount), map(an_evidence, kinds))) == groups_lacking


def test_that_what_is_asked_for_stands_strongest_first() -> None:
    assert lacking(yuan(2000), []) == (("acceptance", "delivery_note", "contract"),)


def test_that_each_file_is_listed_once() -> None:
    one = an_evidence("photo", 1)

    assert rows([one, an_evidence("chat", 2), one]) == [
        {"hash": f"{1:064x}", "kind": "photo"},
        {"hash": f"{2:064x}", "kind": "chat"},
    ]


@given(
    minor=st.integers(1, 10**12),
    kinds=st.lists(st.sampled_from(KINDS), max_size=4),
)
def test_that_more_evidence_never_lacks_more(minor: int, kinds: list[object]) -> None:
    amount = Money(minor, "CNY")
    pieces = [Evidence("", kind.code) for kind in KINDS if kind in kinds]

    assert set(lacking(amount, pieces)) <= set(lacking(amount, pieces[1:]))


def test_that_the_policy_covers_every_amount_with_known_kinds() -> None:
    assert POLICY[-1].up_to is None
    assert all(group <= ANY for rule in POLICY for group in rule.groups)
