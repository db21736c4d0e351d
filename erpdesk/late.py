"""Modules that are loaded when something of them is asked for: what nobody uses takes no memory."""

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from importlib.machinery import ModuleSpec, PathFinder
from threading import RLock
from types import ModuleType
from typing import Any, Final

from typing_extensions import override

_WAITS: Final = "_waits"
Make = Callable[[ModuleType], None]


class LateFinder:
    """Finds modules by their names, and lets them wait until something of them is asked for.

    ``known`` answers, for each that is to wait, what is looked up in it before anybody calls it.
    """

    def __init__(self, known: Callable[[str], str | None]) -> None:
        self._known = known

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Return how a module is made late, or None: others find it."""
        del target
        if (known := self._known(fullname)) is None:
            return None
        if (found := PathFinder.find_spec(fullname, path)) is not None:
            loader: Any = found.loader
            loader.exec_module = partial(put_off, loader.exec_module, known=known)
        return found


@contextmanager
def when_asked(package: str) -> Iterator[None]:
    """Let modules of a package that are imported in the block wait; those there are, stay."""
    finder = LateFinder(lambda name: "" if name.startswith(f"{package}.") else None)
    sys.meta_path.insert(0, finder)
    try:
        yield
    finally:
        sys.meta_path.remove(finder)


def put_off(make: Make, module: ModuleType, known: str = "") -> None:
    """Let a module wait for its maker; ``known`` is what is looked up before anybody calls it."""
    vars(module)[_WAITS] = _Waiting(make)
    module.__class__ = _Late
    if known:
        vars(module)[known] = partial(_called, module, known)


def waits(module: ModuleType) -> bool:
    """Say whether nothing of a module was asked for yet."""
    return _WAITS in vars(module)


class _Late(ModuleType):
    """A module that is made when something is asked for that it does not have."""

    @override
    def __getattr__(self, name: str) -> Any:
        _make(self)
        return super().__getattribute__(name)


class _Waiting:
    """Makes a module once; whoever asks meanwhile, from another thread, waits for it."""

    def __init__(self, make: Make) -> None:
        self._make: Make | None = make
        self._lock = RLock()

    def end(self, module: ModuleType) -> None:
        with self._lock:
            make, self._make = self._make, None
            if make is not None:
                _under_its_name(make, module)
                del vars(module)[_WAITS]


def _make(module: ModuleType) -> None:
    waiting: _Waiting | None = vars(module).get(_WAITS)
    if waiting is not None:
        waiting.end(module)


def _called(module: ModuleType, name: str, *given: Any) -> Any:
    _make(module)
    return vars(module)[name](*given)


def _under_its_name(make: Make, module: ModuleType) -> None:
    """Make it: its maker finds it by the name it came with, which may have been changed since."""
    spec: Any = module.__spec__
    renamed, spec.name = spec.name, module.__name__
    make(module)
    spec.name = renamed
