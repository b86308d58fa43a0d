"""The registry of people: enrolling named persons and inviting them.

Rule: administrators and the secretariats of meetings keep it; to all others it is not found.
"""
