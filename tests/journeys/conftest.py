"""What a password costs is the subject of one journey: the whole job on a company file."""

import pytest

from erpdesk import keys


@pytest.fixture
def cheap_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let keys cost next to nothing; the journey on a file pays the full price."""
    monkeypatch.setattr(keys, "NORMAL", keys.CHEAP)
