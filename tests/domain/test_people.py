from hypothesis import given
from hypothesis import strategies as st

from erpdesk.domain.ids import PersonName
from erpdesk.domain.people import (
    AdminAloneError,
    Authority,
    CashAndBooksError,
    Person,
    Role,
    why_not_grant,
)

ANNA = PersonName("anna")


def granted(role: Role, start: int = 0, end: int | None = None, limit: int = 0) -> Authority:
    return Authority(ANNA, role, start, end, limit_minor=limit)


def a_person(*rows: Authority) -> Person:
    return Person(ANNA, "Anna", rows)


def test_that_an_authority_holds_from_its_first_moment_until_before_its_last() -> None:
    row = granted(Role.COUNTER, 10, 20)

    assert [row.in_force(at) for at in (9, 10, 19, 20)] == [False, True, True, False]
    assert granted(Role.COUNTER, 10).in_force(10**15)


def test_that_the_latest_row_of_a_role_counts_even_when_it_lowers_the_limit() -> None:
    anna = a_person(
        granted(Role.SUPERVISOR, 20, limit=100), granted(Role.SUPERVISOR, 10, limit=900)
    )

    last = anna.authority(Role.SUPERVISOR, at=30)

    assert last is not None
    assert last.limit_minor == 100


def test_that_an_ended_role_does_not_fall_back_to_the_row_before() -> None:
    anna = a_person(granted(Role.SUPERVISOR, 10), granted(Role.SUPERVISOR, 20, 20))

    assert anna.authority(Role.SUPERVISOR, at=30) is None
    assert anna.roles(at=30) == frozenset()


def test_that_a_role_never_granted_is_not_held() -> None:
    assert a_person(granted(Role.COUNTER)).authority(Role.DIRECTOR, at=1) is None


def test_that_a_person_has_every_role_in_force() -> None:
    anna = a_person(granted(Role.COUNTER), granted(Role.SUPERVISOR), granted(Role.COLLECTOR, 0, 5))

    assert anna.roles(at=5) == {Role.COUNTER, Role.SUPERVISOR}


@given(st.sets(st.sampled_from(Role)), st.sampled_from(Role), st.booleans())
def test_that_admin_stands_alone_and_cash_apart_from_books(
    held: set[Role],
    role: Role,
    owner_mode: bool,  # noqa: FBT001
) -> None:
    anna = a_person(*map(granted, held))

    why_not = why_not_grant(anna, granted(role, 1), owner_mode=owner_mode)

    both = held | {role}
    mixed = Role.ADMIN in both and len(both) > 1
    books = bool(both & {Role.ACCOUNTANT, Role.SUPERVISOR, Role.DIRECTOR})
    cash = Role.CASHIER in both and books and not owner_mode
    expected = AdminAloneError if mixed else CashAndBooksError if cash else None
    assert (type(why_not) if why_not else None) is expected


def test_that_a_role_with_an_end_in_the_future_is_judged_like_one_without() -> None:
    cashier = a_person(granted(Role.CASHIER))

    assert isinstance(why_not_grant(cashier, granted(Role.ACCOUNTANT, 1, 99)), CashAndBooksError)


def test_that_ending_a_role_is_always_possible() -> None:
    anna = a_person(granted(Role.CASHIER), granted(Role.ACCOUNTANT))

    assert why_not_grant(anna, granted(Role.ACCOUNTANT, 5, 5)) is None


def test_that_a_role_that_has_ended_stands_against_nothing() -> None:
    anna = a_person(granted(Role.CASHIER, 0, 4))

    assert why_not_grant(anna, granted(Role.ACCOUNTANT, 5)) is None
