"""The only home of pyserial: bytes of a scanner become codes."""
