"""What a password costs is the subject of one journey: the whole job by the command line."""

import pytest

from erpdesk import keys


@pytest.fixture
def cheap_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let keys cost next to nothing; the whole job pays the full price once."""
    monkeypatch.setattr(keys, "NORMAL", keys.CHEAP)
