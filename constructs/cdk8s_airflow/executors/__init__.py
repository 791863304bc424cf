"""How tasks run: one module for each executor and the parts that it adds to a release."""
