"""The ground floor: Kubernetes objects, pods, names and labels. Knows nothing of Airflow."""
