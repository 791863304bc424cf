"""What pods get to log in to the metadata database by a token."""

from __future__ import annotations

import json

from cdk8s_airflow.kubernetes.parts import PodParts
from cdk8s_airflow.kubernetes.pods import empty_dir_volume
from cdk8s_airflow.kubernetes.references import env_vars, literal
from cdk8s_airflow.parts.programs import importable
from cdk8s_airflow.services.database import Kind
from cdk8s_airflow.services.tokens import Token

TOKEN_PROGRAM = "cdk8s_airflow_token.py"
"""Makes the tokens; Airflow imports it, and our programs do."""
_NAME = "database-token"
_FOLDER = "/opt/cdk8s-airflow-token"
"""Holds the token that all processes of the pod share, in memory."""
_VARIABLE = "DATABASE_LOGIN"


def token_parts(token: Token, kind: Kind) -> PodParts:
    """How the token is made, where it is kept, and the way to what it is made with.

    Args:
        token: the login.
        kind: the protocol of the server.
    """
    env = {_VARIABLE: literal(json.dumps(dict(token.settings)))}
    if kind == "mysql":  # whose own library sends no password as it is, if it is not told to
        env["LIBMYSQL_ENABLE_CLEARTEXT_PLUGIN"] = "1"
    return PodParts(
        env=env_vars(env),
        volumes=(empty_dir_volume(_NAME, "1Mi", memory=True),),
        mounts=({"name": _NAME, "mountPath": _FOLDER},),
        peers=token.peers,
    ) + importable(TOKEN_PROGRAM)
