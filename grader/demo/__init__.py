"""A school to look around in: invented people, a year of sessions, and honest reports on what they handed in."""
