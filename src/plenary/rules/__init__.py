"""The rules of procedure, as code a lawyer can read with the glossary beside it.

Rule 1: everything that decides whether an act is in order, and what follows from it, lives here.
Rule 2: nothing here knows the time, the database, the network or the reader's language; they are facts.
Rule 3: no organisation, state or person is named here; the profile says who they are and what they may do.
Rule 4: ``decide`` refuses or returns events and changes nothing; ``evolve`` applies events and never refuses.
"""
