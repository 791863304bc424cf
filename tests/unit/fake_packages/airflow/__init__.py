"""An Airflow that only opens a connection."""
