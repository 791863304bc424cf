"""How tasks run: one module for each executor, with all that it brings into a release."""
