"""The methods of the API: signatures and docstrings. ``_sync`` is derived from ``_async``."""
