"""A scan, stored durably with guards, chain and judgement, beside overwriting 4 KiB and syncing."""

import os
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from erpdesk.domain.counting import Source
from erpdesk.services.counting import Counting
from tests.bench.company import a_company_counting
from tests.bench.figures import Figure, part, times_ms


def figures(size: int) -> Iterator[Figure]:
    """Yield p50 and p99 of a scan among ``size`` customers."""
    with TemporaryDirectory() as folder:
        company, clock, campaign, codes = a_company_counting(Path(folder), size)
        counting = Counting(company, clock, company.new_id())
        waiting = iter(codes * 2)
        scans = times_ms(
            lambda: counting.record_scan(campaign, next(waiting).encode(), source=Source.SERIAL),
            min(1000, len(codes)),
        )
        company.database.close()
        limit = times_ms(_overwrite(Path(folder) / "limit"), 500)
    yield Figure("scan p50", part(scans, 0.5), part(limit, 0.5), "ms", 3.0, size=size)
    yield Figure("scan p99", part(scans, 0.99), part(limit, 0.99), "ms", 8.0, size=size)


def _overwrite(path: Path) -> "Overwriting":
    return Overwriting(path)


class Overwriting:
    """Writes the same 4 KiB again and syncs: the least a durable scan can cost."""

    def __init__(self, path: Path) -> None:
        self.file = os.open(path, os.O_RDWR | os.O_CREAT)
        self.block = bytes(4096)

    def __call__(self) -> None:
        os.pwrite(self.file, self.block, 0)
        os.fdatasync(self.file)
