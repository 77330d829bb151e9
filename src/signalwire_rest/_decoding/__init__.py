"""JSON text to a model whose attributes are of their annotated types. Knows nothing of HTTP."""
