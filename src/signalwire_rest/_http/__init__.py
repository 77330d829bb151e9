"""Connections to one origin, deadlines, and bounded responses, behind httpx's transport classes.

This folder is independent of the API: it takes a :class:`~.settings.TransportSettings`.
"""
