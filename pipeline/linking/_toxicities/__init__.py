"""Ways in which a text ties an event to a therapy, and what it tells of the event afterwards."""
