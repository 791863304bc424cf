"""Where the logs of tasks are kept when their pods are gone: object stores of clouds."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from cdk8s_airflow.kubernetes.references import EnvValue
from cdk8s_airflow.parts.object_stores import AwsStore, AzureBlobStore, GcsStore, S3Store, under
from cdk8s_airflow.parts.remote_logs import ConnectedLogs

_GROUP_ARN = re.compile(r"arn:aws[\w-]*:logs:[a-z0-9-]+:\d{12}:log-group:[\w./#-]+")


@dataclass(frozen=True, kw_only=True)
class S3Logs(S3Store, ConnectedLogs):
    """Logs of tasks in a bucket of S3, or of a server that speaks its protocol."""

    encrypt: bool = False
    """Ask for encryption by the server (AES256), `[logging] encrypt_s3_logs`. Default: False; S3
    encrypts anyway."""

    @property
    def _options(self) -> Mapping[str, EnvValue]:
        base = under(f"s3://{self.bucket}", self.prefix)
        encrypt = {"AIRFLOW__LOGGING__ENCRYPT_S3_LOGS": "True"} if self.encrypt else {}
        return {"AIRFLOW__LOGGING__REMOTE_BASE_LOG_FOLDER": base, **encrypt}


@dataclass(frozen=True, kw_only=True)
class CloudWatchLogs(AwsStore, ConnectedLogs):
    """Logs of tasks in a log group of CloudWatch."""

    log_group: str
    """ARN of an existing log group, `arn:aws:logs:eu-central-1:111122223333:log-group:airflow`."""

    def _problems(self) -> Iterator[str]:
        yield from super()._problems()
        if not _GROUP_ARN.fullmatch(self.log_group):
            yield (
                f"CloudWatchLogs(log_group={self.log_group!r}): expected an ARN such as "
                "'arn:aws:logs:eu-central-1:111122223333:log-group:airflow'"
            )

    @property
    def _options(self) -> Mapping[str, EnvValue]:
        return {"AIRFLOW__LOGGING__REMOTE_BASE_LOG_FOLDER": f"cloudwatch://{self.log_group}"}


@dataclass(frozen=True, kw_only=True)
class GcsLogs(GcsStore, ConnectedLogs):
    """Logs of tasks in a bucket of Google Cloud Storage."""

    @property
    def _options(self) -> Mapping[str, EnvValue]:
        base = under(f"gs://{self.bucket}", self.prefix)
        return {"AIRFLOW__LOGGING__REMOTE_BASE_LOG_FOLDER": base}


@dataclass(frozen=True, kw_only=True)
class AzureBlobLogs(AzureBlobStore, ConnectedLogs):
    """Logs of tasks in a container of Azure Blob Storage."""

    @property
    def _options(self) -> Mapping[str, EnvValue]:
        return {
            "AIRFLOW__LOGGING__REMOTE_BASE_LOG_FOLDER": f"wasb://{self.prefix}",
            "AIRFLOW__AZURE_REMOTE_LOGGING__REMOTE_WASB_LOG_CONTAINER": self.container,
        }
