"""Turn an agenda and a list of people into everything an event prints."""

__version__ = "0.1.0"
