"""The whole job on both engines: from the files of another program to the paper."""

from erpdesk.domain.counting import Finding
from tests.services.builders import Office


def test_that_the_whole_job_is_done(both: Office) -> None:
    office = both
    assert office.delivered(("SH1", "K1", "113,000.00")).report.good == 1

    campaign = office.campaign("K1", "K2")
    assert office.scan(campaign, "K1").judgement.finding is Finding.COUNTED
