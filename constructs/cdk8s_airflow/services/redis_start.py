"""The shell script that starts the embedded Redis."""

from __future__ import annotations

from collections.abc import Sequence

from cdk8s_airflow.services.exporters import USER

# The configuration comes on standard input, so that the password is in no file and no argument;
# quotes and backslashes in it are escaped as redis.conf wants them.
_START = r"""exec redis-server - <<END
requirepass "$(printf %s "$REDIS_PASSWORD" | sed 's/[\\"]/\\&/g')"
dir /data
appendonly yes
save ""
END
"""
# Users are made while the server runs, and kept in a file on the volume; the default user is as it
# is told here each time. A file with users allows no password in the configuration.
_START_WITH_USERS = r"""users=/data/users.acl
word=$(printf %s "$REDIS_PASSWORD" | sha256sum | cut -d ' ' -f 1)
touch $users
{
    echo "user default on ~* &* +@all #$word"
    grep -v '^user default ' $users
} >$users.new
mv $users.new $users
exec redis-server - <<END
aclfile $users
dir /data
appendonly yes
save ""
END
"""
# A user of Redis may have several passwords. The command is `>` and a password, in one word.
_START_WITH_SEVERAL = r"""quoted() { printf %s "$1" | sed 's/[\\"]/\\&/g'; }
exec redis-server - <<END
user default on ~* &* +@all PASSWORDS
dir /data
appendonly yes
save ""
END
"""
_DATA = "dir /data\n"
# Statistics and lengths: neither values, nor settings, which hold the password of Airflow.
_MAY = (
    *("ping", "info", "select", "client|setname", "slowlog|len", "slowlog|get"),
    *("latency|latest", "latency|histogram", "type", "llen", "memory|usage"),
)
_EXPORTER = (
    f"user {USER} on "
    r"""">$(printf %s "$REDIS_EXPORTER_PASSWORD" | sed 's/[\\"]/\\&/g')" """
    f"~* -@all {' '.join(f'+{command}' for command in _MAY)}\n"
)


def start_script_with_users() -> str:
    """The script of a server whose users are made while it runs, by `ACL SETUSER`."""
    return _START_WITH_USERS


def start_script(numbers: Sequence[int], *, exporter: bool) -> str:
    """The script, for `sh -c`; passwords come from the environment.

    Args:
        numbers: of the passwords of the default user.
        exporter: whether there is a user for an exporter.
    """
    if len(numbers) == 1:
        script = _START
    else:
        names = [f"REDIS_PASSWORD_{number}" for number in sorted(numbers)]
        words = [f'">$(quoted "${name}")"' for name in names]
        script = _START_WITH_SEVERAL.replace("PASSWORDS", " ".join(words))
    return script.replace(_DATA, _EXPORTER + _DATA) if exporter else script
