"""An Airflow whose only command opens a connection and says what it got."""
