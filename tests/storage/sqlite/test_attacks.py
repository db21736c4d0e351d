"""Every attack is refused for the right reason and changes nothing; every honest act passes."""

from typing import Any

import pytest

from tests.storage.sqlite.attacker import Attack, outcome
from tests.storage.sqlite.catalogue import ATTACKS
from tests.storage.sqlite.conftest import Targets

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("attack", ATTACKS, ids=str)
def test_that_it_is_refused_for_the_right_reason(
    attack: Attack, targets: Targets, copies: dict[bool, Any]
) -> None:
    code, changed = outcome(copies[attack.setting_up], targets.of(attack), attack)
    assert (code, changed) == (attack.code, attack.code == "")
