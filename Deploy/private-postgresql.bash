# 一台自己的 PostgreSQL：建库、启动、停止。由 Deploy 各脚本 source（先 source steps.bash、processes.bash）。
# A PostgreSQL of one's own: made, started, stopped. Sourced by the scripts in Deploy/, after steps.bash and processes.bash.

readonly oldest_postgresql=15
# Set by private_postgresql_start: the process, and libpq keywords of its superuser.
private_postgresql_pid=''
private_postgresql_keywords=''

# private_postgresql_programs 服务器程序目录。The folder of the newest server's programs, or of the version $1; explains when
# there is none.
private_postgresql_programs() {
    local newest version
    if [[ -n ${1:-} && -x /usr/lib/postgresql/$1/bin/postgres ]]; then
        printf '%s' "/usr/lib/postgresql/$1/bin"
        return
    fi
    newest=$(printf '%s\n' /usr/lib/postgresql/*/bin/postgres | sort -V | tail -n 1)
    if [[ ! -x $newest ]] && newest=$(command -v postgres); then newest=$(readlink -f -- "$newest"); fi
    [[ -x $newest ]] ||
        die "没有 PostgreSQL 服务器程序，请先运行 Deploy/setup test。" \
            "There is no PostgreSQL server on this machine; run Deploy/setup test."
    version=$("$newest" --version | sed -nE 's/.* ([0-9]+).*/\1/p' | head -n 1)
    if [[ -z $version || $version -lt $oldest_postgresql ]]; then
        die "PostgreSQL 是 ${version:-未知} 版，需要 $oldest_postgresql 或更新。" \
            "PostgreSQL here is ${version:-unknown}; $oldest_postgresql or newer is needed."
    fi
    if [[ -n ${1:-} && $1 != "$version" ]]; then
        die "这些数据属于 PostgreSQL $1，本机是 $version 版。The data belong to PostgreSQL $1; this machine has $version."
    fi
    dirname -- "$newest"
}

# as_postgres 以能运行服务器的身份执行。Runs a command as who may run the server: it refuses root, so as 'postgres' then.
as_postgres() {
    if [[ $EUID -eq 0 ]]; then
        setpriv --reuid postgres --regid postgres --init-groups -- "$@"
    else
        "$@"
    fi
}

# private_postgresql_start DATA SOCKETS LOG [durable|fast] [PORT] 建库（如尚无）并启动，等到能连。
# Makes a server in DATA where there is none, starts it with its socket in SOCKETS, and waits until it takes connections.
# Both folders are made, for the server's user alone. The path of SOCKETS is at most 90 bytes: a socket's name has no more.
private_postgresql_start() {
    local data sockets=$2 log=$3 mode=${4:-fast} port=${5:-} programs version='' try
    local settings=(-c unix_socket_directories="$sockets" -c max_connections=200 -c log_min_messages=warning)
    data=$(realpath -m -- "$1")
    if [[ -e $data/PG_VERSION ]]; then version=$(<"$data/PG_VERSION"); fi
    programs=$(private_postgresql_programs "$version") || exit 1
    if ((${#sockets} > 90)); then
        die "套接字目录的路径太长（至多 90 字节）The path of the socket's folder is too long (90 bytes at most): $sockets"
    fi
    if [[ $EUID -eq 0 ]] && ! getent passwd postgres >/dev/null; then
        die "没有 postgres 用户，而服务器拒绝以 root 运行。" \
            "There is no user 'postgres', and the server refuses to run as root."
    fi
    mkdir -p -- "$data" "$sockets"
    chmod 700 -- "$data" "$sockets"
    if [[ $EUID -eq 0 ]]; then
        # Not recursive: what is inside was made by the server itself.
        chown postgres:postgres -- "$data" "$sockets"
        as_postgres test -x "$data" ||
            die "postgres 用户进不到 $data：请换一个它能经过的目录。" \
                "The user 'postgres' cannot reach $data; choose a folder whose parents let others pass."
    fi
    if [[ -z $version ]]; then
        # Byte order sorts as SQLite does. Whoever reaches the socket's folder is its owner or root; others are asked.
        (cd / && as_postgres "$programs/initdb" --pgdata="$data" --username=postgres --encoding=UTF8 --locale=C \
            --auth-local=trust --auth-host=scram-sha-256 --data-checksums --no-sync) >"$log" 2>&1 || {
            tail -n 20 -- "$log" >&2
            die "PostgreSQL 没有建成，以上是原因。initdb failed; the reason is above."
        }
        if [[ $mode == durable ]]; then sync -f "$data"; fi
    fi
    case $mode in
    durable)
        settings+=(-c fsync=on -c synchronous_commit=on -c full_page_writes=on -c shared_buffers=512MB
            -c max_wal_size=4GB -c checkpoint_timeout=15min)
        ;;
    # A killed process loses nothing here either: what is written stays in the system's memory. A power cut would.
    fast) settings+=(-c fsync=off -c full_page_writes=off -c synchronous_commit=on -c wal_level=minimal -c max_wal_senders=0) ;;
    *) die "durable 或 fast Neither durable nor fast: $mode" ;;
    esac
    if [[ -n $port ]]; then
        settings+=(-c listen_addresses=127.0.0.1 -c port="$port")
    else
        port=5432
        settings+=(-c listen_addresses= -c port=5432)
    fi
    # Should the script be killed, SIGINT tells the server to stop without waiting for its clients.
    if [[ $EUID -eq 0 ]]; then
        (cd / && exec setsid -- setpriv --reuid postgres --regid postgres --init-groups --pdeathsig INT -- \
            "$programs/postgres" -D "$data" "${settings[@]}") >>"$log" 2>&1 &
    else
        (cd / && own INT "$programs/postgres" -D "$data" "${settings[@]}") >>"$log" 2>&1 &
    fi
    private_postgresql_pid=$!
    private_postgresql_keywords="host=$sockets port=$port user=postgres"
    # A server that was killed first reads its log again, which may take minutes; one that ends says why.
    for ((try = 0; try < 6000; try++)); do
        if ! kill -0 "$private_postgresql_pid" 2>/dev/null; then break; fi
        if "$programs/pg_isready" --quiet --dbname="$private_postgresql_keywords"; then return; fi
        sleep 0.05
    done
    private_postgresql_stop
    tail -n 20 -- "$log" >&2
    die "PostgreSQL 没有启动，以上是 $log 的末尾。PostgreSQL did not start; above is the end of its log."
}

# private_postgresql_stop 断开所有连接并停止。Ends every session and stops the server; nothing happens when none runs.
private_postgresql_stop() {
    if [[ -z $private_postgresql_pid ]]; then return 0; fi
    stop_process "$private_postgresql_pid" 60 INT
    private_postgresql_pid=''
}

# private_postgresql_temporary 一个短路径的临时目录。Makes a temporary folder with a short path, which the server's user may pass.
private_postgresql_temporary() {
    local folder
    folder=$(mktemp -d /tmp/ruxue-pg.XXXXXX) && chmod 711 -- "$folder" && printf '%s' "$folder"
}
