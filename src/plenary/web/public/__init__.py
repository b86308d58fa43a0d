"""Public pages: what is on now, what was adopted, and the proof; no script, no individual state.

Rule 1: these pages are folded from public entries alone, whoever reads them.
Rule 2: while a decision is open they say what is considered, never who raised what.
"""
