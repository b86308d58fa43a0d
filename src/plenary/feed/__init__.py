"""The feed: streams each entry once, in order, to everybody who looks on.

Rule 1: what is sent is read from the record; nothing is sent before it is durable.
Rule 2: a viewer gets every number: the entry where it may read it, its digest where it may not.
Rule 3: an entry is encoded twice (whole, withheld) and never for one viewer.
Rule 4: people in the room are written before the public; a reader that is too slow is cut, and resumes.
Rule 5: one feed for one meeting and process, on one event loop; nothing here waits for a reader.
"""
