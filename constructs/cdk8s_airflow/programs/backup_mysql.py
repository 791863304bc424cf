"""Dumps of MySQL and MariaDB: how their clients are called, and how many rows are in one."""

INSERT = b"INSERT INTO `"
# A function of the shell: its clients have other names and options with MySQL and with MariaDB.
MYSQL = r"""
mysql_client() {
    dump=$(command -v mariadb-dump || command -v mysqldump) || return 127
    load=$(command -v mariadb || command -v mysql) || return 127
    case "$1" in
    find) return 0 ;;
    version) exec "$dump" --version ;;
    esac
    help=$("$dump" --help)
    set -- "$1" --host="$MY_HOST" --port="$MY_PORT" --user="$MY_USER" \
        ${MY_SOCKET:+--socket="$MY_SOCKET"} \
        ${SSL_CA:+--ssl-ca="$SSL_CA"} ${SSL_CERT:+--ssl-cert="$SSL_CERT"} \
        ${SSL_KEY:+--ssl-key="$SSL_KEY"}
    case "$help" in
    *ssl-mode*) [ -z "${SSL_MODE:-}" ] || set -- "$@" --ssl-mode="$SSL_MODE" ;;
    *)
        case "${SSL_MODE:-}" in
        VERIFY_*) set -- "$@" --ssl --ssl-verify-server-cert ;;
        REQUIRED) set -- "$@" --ssl --skip-ssl-verify-server-cert ;;
        *) set -- "$@" --skip-ssl-verify-server-cert ;;
        esac
        ;;
    esac
    set -- "$@" --default-character-set=utf8mb4
    if [ "$1" = load ]; then
        shift
        exec "$load" "$@" "$MY_NAME"
    fi
    shift
    case "$help" in *set-gtid-purged*) set -- "$@" --set-gtid-purged=OFF ;; esac
    case "$help" in *column-statistics*) set -- "$@" --column-statistics=0 ;; esac
    exec "$dump" "$@" --single-transaction --quick --skip-lock-tables --no-tablespaces --hex-blob \
        --skip-extended-insert --no-autocommit --skip-comments "$MY_NAME"
}
mysql_client"""


class RowCounter:
    """Counts the rows of a dump of MySQL, where each is a line."""

    def __init__(self) -> None:
        """Begins with none."""
        self.rows: dict[str, int] = {}
        self._waiting = b""

    def add(self, data: bytes) -> None:
        """The next bytes of the dump."""
        *lines, self._waiting = (self._waiting + data).split(b"\n")
        for line in lines:
            if line.startswith(INSERT):
                table = line[len(INSERT) : line.index(b"`", len(INSERT))].decode()
                self.rows[table] = self.rows.get(table, 0) + 1
            elif line.startswith(b"CREATE TABLE `"):
                self.rows.setdefault(line.split(b"`")[1].decode(), 0)
