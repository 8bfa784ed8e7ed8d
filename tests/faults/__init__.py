"""What becomes of acknowledged notes when things go wrong; `python -m tests.faults` prints a table of it."""
