"""What a call costs: ratios against plain httpx and its peers, in interleaved rounds.

``make bench`` measures everything; ``make bench-check`` measures the main ratios anew and compares
them with the recorded ones. A module named ``measure_…`` makes the figures of one kind.
"""
