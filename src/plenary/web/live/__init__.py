"""The live process: the front door of the one origin, and each meeting's one writer (docs/live.md).

Rule 1: nothing here blocks the loop: the desk and the database are asked in threads.
Rule 2: who acts is who is signed in, in a seat the record gives them; what a viewer may not have is not found.
Rule 3: an act is published when it is durable, and answered when it is published.
Rule 4: every queue, body, rate and number of lines has a bound.
Rule 5: what is not the live process's own is handed to the pages process, unchanged but for what a proxy
must say.
"""
