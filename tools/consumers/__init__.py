"""Generate clients in other languages from the contract, and run them against its vectors."""
