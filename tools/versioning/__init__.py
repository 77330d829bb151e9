"""Compare how much changed with how far the version moved: for the contract and the Python API."""
