"""The event folder's own agenda: `agenda.yaml` read and written, and a new folder made from any other agenda."""
