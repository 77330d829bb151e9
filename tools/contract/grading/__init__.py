"""Grade the changes of the contract, and check that its version was raised accordingly."""
