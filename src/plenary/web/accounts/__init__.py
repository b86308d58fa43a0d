"""Accounts: invitations, passwords, passkeys, sessions, the reader's own language.

Rule 1: nobody signs up; a named person is enrolled and invited, by a link that works once and not for long.
Rule 2: an account opens no meeting; what a person may see follows from the letters in its record.
"""
