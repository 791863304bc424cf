"""One Airflow process per module."""
