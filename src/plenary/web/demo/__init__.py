"""The demonstration: seats taken with one click, on this machine alone.

Rule 1: without ``plenary demo`` the address does not exist.
Rule 2: even then only a request from this machine, under one of its own names, is answered.
"""
