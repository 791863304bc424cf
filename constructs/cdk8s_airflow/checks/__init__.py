"""Checks of finished bundles: what objects say of each other, and what Kubernetes refuses."""
