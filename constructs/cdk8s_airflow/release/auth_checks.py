"""What only a whole release knows of its login: admin, options, exposure, packages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from cdk8s_airflow.auth.database_users import DatabaseUsers
from cdk8s_airflow.auth.keycloak import PACKAGE, Keycloak
from cdk8s_airflow.auth.manager import AuthManager
from cdk8s_airflow.auth.own_config import WebserverConfig
from cdk8s_airflow.auth.simple import SimpleAuth
from cdk8s_airflow.kubernetes.addresses import split_url
from cdk8s_airflow.parts.config import Config
from cdk8s_airflow.parts.config_check import variable
from cdk8s_airflow.parts.packages import ExtraPackages
from cdk8s_airflow.props import AirflowProps
from cdk8s_airflow.release.role_props import props_of_roles
from cdk8s_airflow.release.sizes import with_size_defaults

_OPTIONS = frozenset(
    {
        "auth_manager",
        "simple_auth_manager_all_admins",
        "simple_auth_manager_passwords_file",
        "simple_auth_manager_users",
    }
)
"""Of `[core]`."""
_OUTSIDE = ("LoadBalancer", "NodePort")
_LOCAL = ("localhost", "127.0.0.1", "::1")


def with_useful_admin(props: AirflowProps) -> AirflowProps:
    """The props without the admin of the default, where the login has its users elsewhere."""
    ours = props.admin is type(props).admin
    return replace(props, admin=None) if ours and not props.auth.has_passwords else props


def without_auth_manager(props: AirflowProps, env_names: Iterable[str]) -> tuple[Config, list[str]]:
    """Options and variables that have to be checked; those of the auth manager only with an admin.

    The admin is made with the commands of the library's auth manager; `admin=None` needs none. What
    a login other than the default sets, `login_problems` checks.

    Args:
        props: all settings.
        env_names: names of all variables that the user sets.
    """
    config = props.config or {}
    if props.admin is not None or "core" not in config:
        known: Config = config
    else:
        core = {option: v for option, v in config["core"].items() if option not in _OPTIONS}
        known = {**config, "core": core}
    free = set() if props.admin else {variable("core", option) for option in _OPTIONS}
    return known, [name for name in env_names if name not in free]


def login_problems(props: AirflowProps) -> Iterator[str]:
    """The problems of the login in this release."""
    login, kind = props.auth, f"auth={type(props.auth).__name__}(...)"
    if props.admin and not (
        login.has_passwords or isinstance(login, AuthManager | WebserverConfig)
    ):
        yield (
            f"admin=AdminUser(...) is a user with a password of Airflow's database, and with {kind}"
            " nobody logs in with one: leave it out, and give somebody the role Admin by the login"
        )
    if props.secrets.admin_password and not props.admin and not login.has_passwords:
        yield (
            f"secrets=Secrets(admin_password=...) is of no use with {kind}, which makes no admin: "
            "leave it out"
        )
    for role in sorted({*(props.roles or {})} & {*(getattr(login, "custom_roles", None) or {})}):
        yield (
            f"roles[{role!r}] and auth={type(login).__name__}(custom_roles={{{role!r}: ...}}) are "
            "one role: leave one of them out"
        )
    yield from _options_set_twice(props, kind)
    if isinstance(login, SimpleAuth):
        yield from _exposed_toy(props)
        server = with_size_defaults(props).api_server
        several = server.autoscaler is not None or server.replicas > 1
        if several and not (login.passwords or login.all_admins):
            yield (
                "auth=SimpleAuth(...): each pod of the API server would make up passwords of its "
                "own: give passwords=SecretKey(...), or one replica"
            )


def missing_provider(props: AirflowProps) -> Iterator[str]:
    """A warning, if the official image has no Keycloak provider and nothing installs it."""
    if not isinstance(props.auth, Keycloak) or props.image:
        return
    packages = props.extra_packages
    listed = ExtraPackages.of(packages).requirements if packages else ()
    if not any(PACKAGE in str(line) for line in listed or ()):
        yield (
            f"auth=Keycloak(...) needs {PACKAGE}, which the official image does not have: give "
            f"image= that has it, or extra_packages=['{PACKAGE}']"
        )


def _options_set_twice(props: AirflowProps, kind: str) -> Iterator[str]:
    fields = dict(props.auth.options)
    if not isinstance(props.auth, DatabaseUsers):
        fields["core", "auth_manager"] = ""
    of_roles = {name for each in props_of_roles(props) for name in each.pods.env or {}}
    for (section, option), field in fields.items():
        name = variable(section, option)
        places = [f"config[{section!r}][{option!r}]"]
        places = places if option in (props.config or {}).get(section, {}) else []
        places += [f"env[{name!r}]"] if name in {*(props.env or {}), *of_roles} else []
        for place in places:
            use = f"{field}= of {kind}" if field else "auth= alone"
            yield f"{place} is set by {kind}: leave it out, and use {use}"


def _exposed_toy(props: AirflowProps) -> Iterator[str]:
    service = props.api_server.service
    ways = []
    if props.exposed_by:
        ways.append(f"exposure={type(props.exposed_by).__name__}(...)")
    if props.base_url and split_url(props.base_url).hostname not in _LOCAL:
        ways.append(f"base_url={props.base_url!r}")
    if service and service.type in _OUTSIDE:
        ways.append(f"api_server service type {service.type}")
    if ways:
        yield (
            f"auth=SimpleAuth(...) is for trying out Airflow, and {' and '.join(ways)} would let "
            "others in: choose DatabaseUsers, Ldap, Oidc or Keycloak, or forward a port"
        )
