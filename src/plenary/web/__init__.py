"""The web: turns HTTP into one act at the desk, and what the record says into pages.

Rule 1: a page reads the form, asks for one act, and answers; what is refused becomes a page in one place.
Rule 2: a page shows only what the record lets its reader see; what a reader may not have is not found.
Rule 3: every word a person reads is here, in three languages; nothing below knows a language.
Rule 4: pages need no script; the live room alone does.
"""
