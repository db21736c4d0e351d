"""All attacks there are: importing a module of acts lists what is in it."""

from tests.storage.sqlite import (  # noqa: F401 - each lists its attacks
    acts_claims,
    acts_counts,
    acts_deliveries,
    acts_heads,
    acts_items,
    acts_limits,
    acts_lists,
    acts_logs,
    acts_people,
    acts_postings,
    acts_rows,
    acts_shadows,
    acts_steps,
    acts_texts,
)
from tests.storage.sqlite.attacker import ATTACKS

__all__ = ["ATTACKS"]
