"""From the values of another chart to a values file of this package: `cdk8s-airflow migrate`.

Nothing of the package imports this. `migrate` does it all, `writing` writes the files.
"""
