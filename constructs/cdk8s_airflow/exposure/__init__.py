"""How users outside the cluster reach the UI, the REST API and Flower: one module for each way."""
