"""The store: keeps meetings, entries and files in the database.

Rule 1: what was written is on the disk before anybody is told; a database that does not promise that is
refused.
Rule 2: entries are only ever added; nothing here changes or removes one.
Rule 3: guarded rows are read through ``access.py`` alone, which says "not found" and never "forbidden".
Rule 4: one code for SQLite and PostgreSQL; what differs between them stands in ``minutes.py`` and
``durability.py``.
"""
