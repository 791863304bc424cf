"""What Airflow talks to, embedded or external."""
