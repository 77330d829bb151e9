"""Clients of other languages, generated from the contract and run against its vectors."""
