"""Benchmarks: how fast, with how many statements, how much memory - each with its own report (``yimen bench``).

A benchmark makes its own district in a scratch folder or a scratch database and leaves nothing behind. No test holds a
time: machines differ, and these figures are for reading beside each other, from one run.
"""
