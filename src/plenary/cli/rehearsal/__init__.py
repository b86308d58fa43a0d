"""Rehearses a meeting from a folder of data: bots act, the desk decides, the record remains.

Rule 1: a meeting is data (``docs/rehearsals.md``); nothing here knows an organisation or a summit.
Rule 2: bots act through ``Desk.perform`` alone; what a rehearsal shows, a meeting of people would do.
Rule 3: chance comes from the seed, and time from the script: the same seed gives the same bytes.
Rule 4: a course that was not expected stops the rehearsal, naming the file and the step.
"""
