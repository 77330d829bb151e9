"""The contract as a product: lint, the grade of a change, and one command for CI.

``python -m tools.contract --help`` lists the tasks.
"""
