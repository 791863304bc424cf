"""Ways to log in: one module each, for the auth managers that they need."""
