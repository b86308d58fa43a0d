"""The desk: the one place where an act of a person becomes an entry of the record.

Rule 1: there is one door, ``Desk.perform``; bots, browsers and late entries all come through it.
Rule 2: nothing is acknowledged before the minutes have it; a refused act writes nothing.
Rule 3: the clock, chance, presence, keys and the minutes are ports; nothing here knows which are real.
"""
