"""People: `people.yaml`, lists of attendees in any form, roles, and who is the same person."""
