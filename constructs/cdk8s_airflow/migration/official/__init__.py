"""Tables for the official chart, apache-airflow/airflow: key -> rule, by theme."""
