"""What the API server makes of objects, as tables and functions."""
