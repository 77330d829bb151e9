"""Publish the contract: as a page to read, and as the archive of a release."""
