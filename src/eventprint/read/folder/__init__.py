"""The event folder's own files: `event.yaml`, `agenda.yaml`, and a new folder made from an agenda."""
