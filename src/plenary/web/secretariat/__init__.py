"""The secretariat's papers: accreditation, documents, agenda, confirmations, late entries, printing.

Rule 1: only a person whose letter for the secretariat's seat lets it act finds these pages.
Rule 2: every act goes through the live process; what is refused comes back with its rule, and nothing typed
is lost.
Rule 3: what is only prepared (agenda, list, script) is kept beside the record and is not part of it.
"""
