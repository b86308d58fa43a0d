"""Plenary: the summit room of an intergovernmental organisation, where the record is the meeting."""

__version__ = "0.1.0.dev0"
