"""Column types that mean the same in both engines (storage.md 2)."""

import uuid
from datetime import date
from typing import Any

from sqlalchemy import UUID, BigInteger, Date, Integer, LargeBinary, SmallInteger, Text
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator, TypeEngine
from typing_extensions import override


class Id(TypeDecorator[str]):
    """An id: ``uuid`` in PostgreSQL, 36 characters in SQLite, text in Python."""

    impl = Text
    cache_ok = True

    @override
    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        native = UUID(as_uuid=True) if dialect.name == "postgresql" else Text()
        return dialect.type_descriptor(native)

    @override
    def process_bind_param(self, value: str | None, dialect: Dialect) -> Any:
        return uuid.UUID(value) if value is not None and dialect.name == "postgresql" else value

    @override
    def process_result_value(self, value: Any, dialect: Dialect) -> str | None:
        return None if value is None else str(value)

    @override
    def result_processor(self, dialect: Dialect, coltype: object) -> Any:
        """Leave the ids of a file as they are: texts already, of which a list has millions."""
        is_server = dialect.name == "postgresql"
        return super().result_processor(dialect, coltype) if is_server else None


class Day(TypeDecorator[date]):
    """A calendar day: ``date`` in PostgreSQL, ISO text in SQLite."""

    impl = Text
    cache_ok = True

    @override
    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return dialect.type_descriptor(Date() if dialect.name == "postgresql" else Text())

    @override
    def process_bind_param(self, value: date | None, dialect: Dialect) -> Any:
        return value.isoformat() if value is not None and dialect.name != "postgresql" else value

    @override
    def process_result_value(self, value: Any, dialect: Dialect) -> date | None:
        return date.fromisoformat(value) if isinstance(value, str) else value


Whole = BigInteger().with_variant(Integer(), "sqlite")
Flag = SmallInteger().with_variant(Integer(), "sqlite")
Bytes = LargeBinary
