"""Kubernetes objects, pods, names and labels; nothing here knows Airflow."""
