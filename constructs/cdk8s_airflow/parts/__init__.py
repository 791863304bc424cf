"""Contributors: features that add something to pods."""
