"""The history: the record as a timeline, each entry with its rule and its proof.

Rule 1: every number is there; what the reader may not read is shown as withheld.
Rule 2: nothing is said here that does not stand in an entry the reader may read.
"""
