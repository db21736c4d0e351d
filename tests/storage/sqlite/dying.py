"""The program at work on a disk that kills it at its n-th write, sync, truncation or deletion.

``python -m tests.storage.sqlite.dying WORK PLACE POINTS [REVISIONS]``: for so many points, spread
evenly, the company is copied to ``N.erpdesk`` beside it, and a child process works there until it
dies at call N. What it acknowledged is in ``N.said``; ``N status`` is told of each.
"""

import json
import os
import shutil
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from erpdesk.domain.stocktake.counting import Source
from erpdesk.storage import migrations
from erpdesk.storage.database import open_database
from tests.services.builders import Office, paid
from tests.storage.sqlite.disk import Dying, under

Say = Callable[[str], None]


def count(place: Path, say: Say) -> None:
    with closing(Office(str(place), place.parent)) as office:
        desk = office.desk("counter")
        campaign = desk.campaign("盘-0001")
        for n in range(12):
            raw = b"S-%d" % n
            say(desk.counting.record_scan(campaign, raw, source=Source.WEDGE).value.event.id)


def settle(place: Path, say: Say) -> None:
    with closing(Office(str(place), place.parent)) as office:
        document = office.submitted("服务", "113.00")
        say(document.id)
        label = office.approve(document).number or ""
        say(office.received("50.00", pays=(paid(label, "50.00"),)).id)


def upgrade(place: Path, say: Say) -> None:
    with closing(open_database(str(place))) as database:
        migrations.upgrade(
            database,
            back_up=lambda: None,
            count_findings=lambda _: 0,
            revisions=Path(sys.argv[4]),
            target="0002",
        )
    say("0002")


WORKS = {"count": count, "settle": settle, "upgrade": upgrade}


def lived(work: str, template: Path, at: int) -> tuple[int, int]:
    """Let a child do the work until call ``at``; return its end and how many calls it made."""
    place = template.with_name(f"{at}.erpdesk")
    shutil.copyfile(template, place)
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        _live(work, place, Dying(at), writer)
    os.close(writer)
    told = os.read(reader, 100)
    os.close(reader)
    return os.waitpid(child, 0)[1], int(told or 0)


def _live(work: str, place: Path, disk: Dying, told: int) -> None:
    said = os.open(place.with_suffix(".said"), os.O_CREAT | os.O_WRONLY | os.O_APPEND)
    with under(disk):
        WORKS[work](place, lambda promise: _write(said, f"{promise}\n"))
    _write(told, str(disk.calls))
    os._exit(0)


def _write(file: int, text: str) -> None:
    os.write(file, text.encode())


def main() -> None:
    work, place, points = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])
    _, calls = lived(work, place, 0)
    chosen = sorted({1 + n * calls // points for n in range(points)})
    ends = {at: lived(work, place, at)[0] for at in chosen}
    sys.stdout.write(json.dumps(ends))


if __name__ == "__main__":
    main()
