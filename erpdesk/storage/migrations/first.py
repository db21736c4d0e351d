"""The first revision in SQL: while nothing is released, it is the schema of today.

``python -m erpdesk.storage.migrations.first`` writes it again after a change of ``tables``. With
the first release it stays as it is, and every later change is a revision of its own.
"""

from pathlib import Path
from typing import Any

from sqlalchemy import create_mock_engine

from erpdesk.storage import tables as t

DIALECTS = {"sqlite": "sqlite://", "postgresql": "postgresql+psycopg://"}
FOLDER = Path(__file__).parent / "versions"


def first_schema(dialect: str) -> str:
    """Return the statements that make every table and index of today, for one engine."""
    written: list[str] = []

    def keep(statement: Any, *_: Any, **__: Any) -> None:
        text = str(statement.compile(dialect=engine.dialect))
        written.append("\n".join(line.rstrip() for line in text.strip().splitlines()) + ";\n")

    engine = create_mock_engine(DIALECTS[dialect], keep)
    t.metadata.create_all(engine, checkfirst=False)
    return "\n".join(written)


def kept_schema(dialect: str) -> Path:
    """Return where the first revision of an engine is kept."""
    return FOLDER / f"0001_{dialect}.sql"


if __name__ == "__main__":
    for name in DIALECTS:
        kept_schema(name).write_text(first_schema(name), "utf-8")
