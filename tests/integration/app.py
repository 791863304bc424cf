"""Synthesizes the bundle of main.py with DAGs of another folder: ``python -O app.py FOLDER``.

FOLDER holds ``dags/``; the manifests go to CDK8S_OUTDIR.
"""

import sys
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
sys.path[0:0] = [str(REPOSITORY), str(REPOSITORY / "constructs")]

from cdk8s import App  # noqa: E402

import main  # noqa: E402

if __name__ == "__main__":
    main.HERE = Path(sys.argv[1])
    app = App()
    main.build(app)
    app.synth()
