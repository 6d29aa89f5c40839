"""How moments are written where a page names no format, as in the admin: with their zone."""

DATETIME_FORMAT = "N j, Y, P T"
