"""Agendas that programs write: calendars, XML and JSON of conference systems."""
