"""Lint the contract: the rules of ``openapi/README.md``, its examples and its vectors."""
