"""erpdesk: who owes what, customer by customer, also where no invoice exists yet.

Imports go down and never sideways; calls go down and values come back; one signal goes up.
``domain`` holds the rules, ``services`` the use cases, ``storage`` the database and its guards;
``papers``, ``devices``, ``files``, ``standards``, ``keychain`` and ``keys`` are the only homes of
their libraries, and ``commands`` is the front end without a window.
"""

from typing import Final

VERSION: Final = "0.1.0"
"""The same as in pyproject.toml."""
