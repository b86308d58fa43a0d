"""Reads a summit folder, names everything wrong in it, and says by which acts its meeting is prepared.

Rule 1: what stands here is data and acts; it neither does an act nor keeps anything.
Rule 2: what a terminal reads and what a page is sent are read by the same reader, to the same faults.
"""
