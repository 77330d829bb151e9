"""Check the test vectors of the contract."""
