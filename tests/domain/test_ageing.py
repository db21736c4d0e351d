from datetime import date, timedelta

import pytest

from erpdesk.domain.ageing import Bucket, late_bucket

DAY = date(2026, 11, 25)


@pytest.mark.parametrize(
    ("days", "bucket"),
    [
        (-400, "not_due"), (0, "not_due"), (1, "d1_30"), (30, "d1_30"), (31, "d31_60"),
        (60, "d31_60"), (61, "d61_90"), (90, "d61_90"), (91, "d91_180"), (180, "d91_180"),
        (181, "over_180"), (10_000, "over_180"),
    ],
)  # fmt: skip
def test_that_lateness_counts_from_the_day_after_the_due_day(days: int, bucket: str) -> None:
    assert late_bucket(DAY - timedelta(days), DAY) == bucket


def test_that_buckets_are_data() -> None:
    buckets = (Bucket("fresh", 7), Bucket("old", None))

    assert late_bucket(DAY - timedelta(8), DAY, buckets) == "old"
