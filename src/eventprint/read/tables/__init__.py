"""Agendas in rows and columns: spreadsheets, CSV, and the tables within texts."""
