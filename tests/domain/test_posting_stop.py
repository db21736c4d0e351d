import pytest

from erpdesk.domain.kinds import JOURNAL_SERIES, KINDS
from erpdesk.domain.posting_stop import STOPPING, why_not_post

CODES = tuple(f"V{n}" for n in range(1, 13))


@pytest.mark.parametrize("code", CODES)
def test_that_only_proofs_of_the_ledger_itself_stop_posting(code: str) -> None:
    assert (why_not_post("voucher", {code}) is not None) == (code in STOPPING)


def test_that_only_what_writes_into_the_ledger_is_stopped() -> None:
    stopped = {kind.name for kind in KINDS if why_not_post(kind.name, STOPPING)}

    assert stopped == set(JOURNAL_SERIES)


def test_that_the_refusal_names_every_check_that_stops() -> None:
    refusal = why_not_post("receipt", {"V11", "V2", "V1"})

    assert refusal is not None
    assert refusal.facts["checks"] == ("V1", "V11")
