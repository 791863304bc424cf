"""One ServiceAccount for all pods that run Airflow."""

from __future__ import annotations

from dataclasses import dataclass

from constructs import Construct

from cdk8s_airflow.kubernetes.service_accounts import ServiceAccount, service_account
from cdk8s_airflow.part import Part
from cdk8s_airflow.platform import Platform

_COMPONENT = "service-account"


@dataclass(frozen=True)
class SharedAccount(Part):
    """The account that all pods of Airflow have, made once."""

    account: ServiceAccount
    """The account, with a name."""

    def build(self, scope: Construct, platform: Platform) -> None:
        """Adds the account."""
        owner, labels = Construct(scope, _COMPONENT), platform.labels(_COMPONENT)
        service_account(owner, _COMPONENT, labels, account=self.account)
