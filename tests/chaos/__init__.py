"""Faults on purpose: after each one and one more cycle, everything is as if nothing had happened.

    python -m chaos [--only PART] [--list] [--write]     with plugins/, deploy/, tests/ on the path

`fault.py` says what a fault is, `trial.py` what it may do to a cycle that is under way, `world.py`
makes the databases that trials begin with, `dump.py` what must be the same in the end. Each
`*_faults.py` is a list of faults.
"""
