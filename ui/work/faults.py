"""A fault that nobody caught: shown with an id, and logged under it."""

import logging
import os
import sys
from collections.abc import Callable
from types import TracebackType

from ui.work.runner import Broken, Runner

Hook = Callable[[type[BaseException], BaseException, TracebackType | None], None]
_log = logging.getLogger("ui")


def telling(runner: Runner) -> Hook:
    """Return what is done with a fault that nobody caught: the runner tells it like any other."""

    def hook(kind: type[BaseException], fault: BaseException, trace: TracebackType | None) -> None:
        if not isinstance(fault, Exception):
            sys.__excepthook__(kind, fault, trace)
            return
        fault_id = "E-" + os.urandom(4).hex().upper()
        _log.error("%s: nobody caught it", fault_id, exc_info=fault)
        runner.broke.emit(Broken(fault_id, fault))

    return hook
