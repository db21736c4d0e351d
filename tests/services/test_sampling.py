"""The sample company: a firm that is whole, made by the same services, the same for each seed."""

from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from erpdesk import keys
from erpdesk.bootstrap import open_desk
from erpdesk.services.sample_data import firms
from erpdesk.services.sampling import PASSWORD, SMALL, Sampling
from erpdesk.standards.numbers import tax_id_problem, with_check
from erpdesk.storage.database import CompanyExistsError, NoSuchCompanyError
from tests.fakes import FakeClock
from tests.postgres_server import Server
from tests.services.builders import Office


def test_that_a_seed_makes_the_same_firms() -> None:
    one, same, other = (firms(seed, 400, with_check=with_check) for seed in (1, 1, 2))

    assert one == same != other
    assert len({firm.name for firm in one}) == 400
    assert [tax_id_problem(firm.tax_id) for firm in one] == [None] * 400


@pytest.mark.slow
def test_that_the_sample_is_a_firm_in_the_middle_of_its_work(office: Office) -> None:
    place, told = str(office.folder / "sample.db"), list[str]()
    size = replace(SMALL, vouchers=12, receipts=8)
    Sampling(FakeClock(), size, cost=keys.CHEAP, say=told.append).make(place, seed=1)

    desk = open_desk(place, person="lintao", password=lambda _: PASSWORD, clock=FakeClock())

    assert told == [
        "customers", "deliveries", "billed", "campaign", "vouchers", "receipts", "campaign",
    ]  # fmt: skip
    assert sorted(head.state for head in desk.campaigns.every()) == ["closed", "counting"]
    kinds = [row.head.kind for row in desk.approving.inbox()]
    assert sorted(kinds) == ["receipt", "voucher"]
    assert len({customer.code for customer, _ in desk.balances(None)}) > 5
    assert len(desk.follow_up.promises()) == len(desk.follow_up.disputes()) == 1
    assert [one.amount.grouped() for one in desk.receipts.unidentified()] == ["8,650.00"]
    desk.close()


@pytest.mark.parametrize("where", ["taken.erpdesk", "no folder/sample.erpdesk"])
def test_that_a_sample_is_made_only_where_nothing_is(tmp_path: Path, where: str) -> None:
    (tmp_path / "taken.erpdesk").write_text("mine")

    with pytest.raises((CompanyExistsError, NoSuchCompanyError)):
        Sampling(FakeClock(), SMALL, cost=keys.CHEAP).make(str(tmp_path / where), seed=1)

    assert [one.name for one in tmp_path.iterdir()] == ["taken.erpdesk"]
    assert (tmp_path / "taken.erpdesk").read_text() == "mine"


def test_that_a_sample_that_is_stopped_leaves_nothing(tmp_path: Path) -> None:
    def stop(step: str) -> None:
        raise InterruptedError(step)

    with pytest.raises(InterruptedError):
        Sampling(FakeClock(), SMALL, keys.CHEAP, stop).make(str(tmp_path / "s.erpdesk"), seed=1)

    assert not list(tmp_path.iterdir())


@pytest.mark.slow
def test_that_the_sample_on_a_server_opens_under_its_peoples_logins(
    postgres_server: Server,
) -> None:
    admin = postgres_server.admin_url("sample_firm")

    Sampling(FakeClock(), SMALL, cost=keys.CHEAP).make(admin, seed=1)

    place = f"postgresql:///sample_firm?host={postgres_server.folder}"
    with closing(
        open_desk(place, person="lintao", password=lambda _: PASSWORD, clock=FakeClock())
    ) as desk:
        assert sorted(head.state for head in desk.campaigns.every()) == ["closed", "counting"]
        assert desk.verifying.verify().is_clean
    with pytest.raises(CompanyExistsError):
        Sampling(FakeClock(), SMALL, cost=keys.CHEAP).make(admin, seed=1)
