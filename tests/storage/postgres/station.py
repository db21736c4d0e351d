"""A workstation of its own: a process in which somebody scans code after code on a server."""

import time
from contextlib import closing
from pathlib import Path
from typing import Any

from erpdesk.domain.stocktake.counting import Source
from tests.services.builders import Office


def scan(place: str, folder: str, person: str, scans: int, gate: Any, told: Any) -> None:
    """Scan so many codes; tell which events were acknowledged, and how long each took, in ms."""
    events, took_ms = list[str](), list[float]()
    with closing(Office(place, Path(folder))) as office:
        desk = office.desk(person)
        campaign = desk.campaign("盘-0001")
        gate.wait(60)
        for n in range(scans):
            begun = time.perf_counter()
            raw = f"{person}-{n}".encode()
            counted = desk.counting.record_scan(campaign, raw, source=Source.SERIAL).value
            took_ms.append((time.perf_counter() - begun) * 1000)
            events.append(counted.event.id)
    told.put((events, took_ms))
