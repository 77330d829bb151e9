"""Decode JSON text to a model whose attributes have their annotated types. Independent of HTTP."""
