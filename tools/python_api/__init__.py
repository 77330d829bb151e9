"""Grade the changes of the Python API, and check that its version was raised accordingly."""
