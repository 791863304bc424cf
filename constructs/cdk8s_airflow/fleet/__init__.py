"""Many releases from one table: what differs stands in a row, everything else once."""
