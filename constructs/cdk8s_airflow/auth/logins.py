"""All ways to log in, as one type."""

from __future__ import annotations

from typing import TypeAlias

from cdk8s_airflow.auth.database_users import DatabaseUsers
from cdk8s_airflow.auth.keycloak import Keycloak
from cdk8s_airflow.auth.ldap import Ldap
from cdk8s_airflow.auth.manager import AuthManager
from cdk8s_airflow.auth.oauth_providers import OAuth
from cdk8s_airflow.auth.oidc import Oidc
from cdk8s_airflow.auth.own_config import WebserverConfig
from cdk8s_airflow.auth.simple import SimpleAuth

AnyLogin: TypeAlias = (
    DatabaseUsers | Ldap | Oidc | OAuth | WebserverConfig | Keycloak | SimpleAuth | AuthManager
)
"""A way to log in."""
