"""Where DAGs come from."""
