"""The command line: the same stages and tools as the DAGs, from a shell.

Exit codes: 0 done, 1 it failed, 2 bad usage or input (the message names file, line and mend).
"""
