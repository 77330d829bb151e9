"""Lint the contract, grade its changes, check its test vectors and publish it.

``python -m tools.contract --help`` lists the tasks. Each job has a folder; it imports the modules
beside this file, and no other job. Two exceptions: linting covers the vectors, and the vectors are
checked with the examples of the document.
"""
