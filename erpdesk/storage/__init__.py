"""The only home of SQLAlchemy: tables, guards, transactions, pages of frozen rows."""
