"""`python -m cdk8s_airflow.cli`: the command where its script is not installed."""

import sys

from cdk8s_airflow.cli import main

if __name__ == "__main__":
    sys.exit(main())
