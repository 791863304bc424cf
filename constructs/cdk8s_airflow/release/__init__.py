"""What only a whole release knows: its checks, its parts in order, sizes, sharing."""
