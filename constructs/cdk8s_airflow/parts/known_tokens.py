"""Several keys of tokens at a time, so that a new one fails no request and no task."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence

from cdk8s_airflow.kubernetes.key_numbers import FIRST
from cdk8s_airflow.kubernetes.parts import NOTHING, PodParts
from cdk8s_airflow.kubernetes.pods import Container, empty_dir_volume, resources
from cdk8s_airflow.kubernetes.references import SecretKey, env_vars
from cdk8s_airflow.parts.config import AirflowConfig
from cdk8s_airflow.parts.programs import PROGRAM_MOUNTS, packaged, run
from cdk8s_airflow.parts.secret_files import kept_secret
from cdk8s_airflow.platform import Platform, Role

_PROGRAM = "write_token_keys.py"
_NAME = "token-keys"
_FOLDER = "/opt/cdk8s-airflow-token-keys"
_VALIDATE = frozenset({Role.API_SERVER, Role.EXECUTION_API})
"""Roles that are shown tokens; the scheduler only signs some."""
_OLDEST = (3, 3)
_UNNAMED = "not-used"
"""How Airflow names the key of a token that it was told no name of."""
_ELSEWHERE = ("jwt_algorithm", "jwt_kid", "jwt_private_key_path", "trusted_jwks_url")


def programs(numbers: Sequence[int]) -> Mapping[str, str]:
    """The program that writes the file of keys, if there are several."""
    return packaged(_PROGRAM) if len(numbers) > 1 else {}


def problems(numbers: Sequence[int], platform: Platform) -> Iterable[str]:
    """The problems of numbers of the key in a release."""
    if list(numbers) == [FIRST]:
        return
    option = f"Secrets(rotation=...)['jwt-secret']={list(numbers)!r}"
    version = tuple(map(int, re.findall(r"\d+", platform.airflow_version)[:2]))
    if len(numbers) > 1 and version < _OLDEST:
        yield (
            f"{option}: Airflow {platform.airflow_version} does not name the key of a token, so it "
            "can know one alone; give one number, after suspended='tasks', so that no task runs "
            "meanwhile"
        )
    config = platform.find(AirflowConfig)
    section = config.config.get("api_auth", {}) if config else {}
    for name in _ELSEWHERE:
        if name in section:
            yield f"{option}: config has [api_auth] {name}, which says otherwise: leave one out"


def parts(role: Role, secrets: Mapping[int, SecretKey], platform: Platform) -> PodParts:
    """The name of the key that signs and, where there are several, the file of all that are valid.

    Args:
        role: one that has the key.
        secrets: number -> key, the one that signs first.
        platform: the release.
    """
    first = next(iter(secrets))
    env = {} if first == FIRST else {"AIRFLOW__API_AUTH__JWT_KID": str(first)}
    if len(secrets) == 1 or role not in _VALIDATE:
        return PodParts(env=env_vars(env)) if env else NOTHING
    names = {f"TOKEN_KEY_{number}": _kid(number) for number in secrets}
    own = kept_secret(
        PodParts(env=tuple(key.env(f"TOKEN_KEY_{number}") for number, key in secrets.items())),
        platform,
    )
    mount = {"name": _NAME, "mountPath": _FOLDER}
    inside = own + PodParts(
        env=env_vars({"SIGNERS": json.dumps(names)}), mounts=(*PROGRAM_MOUNTS, mount)
    )
    container = Container(
        name="write-token-keys",
        image=platform.image,
        command=run(_PROGRAM, f"{_FOLDER}/keys.json"),
        resources=resources(cpu="50m", memory="32Mi", memory_limit="64Mi"),
    )
    return PodParts(
        env=env_vars({**env, "AIRFLOW__API_AUTH__TRUSTED_JWKS_URL": f"{_FOLDER}/keys.json"}),
        volumes=(*own.volumes, empty_dir_volume(_NAME, "1Mi", memory=True)),
        mounts=({**mount, "readOnly": True},),
        init_containers=(container.wire(inside),),
    )


def _kid(number: int) -> str:
    return _UNNAMED if number == FIRST else str(number)
