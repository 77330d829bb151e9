"""Generate code from the contract, and check that the committed code is up to date."""
