# 一台有备份与日志归档的 PostgreSQL，在私有目录里。由 source 使用。
# One PostgreSQL with base backups and an archive of its log, in a private folder, set up by the files in Deploy/postgresql.
# Sourced, after steps.bash, processes.bash, private-postgresql.bash and certificates.bash.

server_folder='' server_programs='' server_port='' server_pid=''

# server_prepare FOLDER 端口、证书、密码、配置。Chooses a port, makes certificates and the machine's own files.
server_prepare() {
    server_folder=$1
    server_programs=$(private_postgresql_programs) || exit 1
    server_port=$(free_port 25600) || exit 1
    make_certificates "$server_folder" node1
    mkdir -- "$server_folder/repository" "$server_folder/conf.d"
    cp -- Deploy/postgresql/{postgresql.conf,pgbackrest.conf,roles.sql} "$server_folder/"
    local user=postgres
    if [[ $EUID -ne 0 ]]; then user=$(id -un); fi
    printf '%s\n' "[global]" "repo1-path=$server_folder/repository" "repo1-cipher-pass=$(openssl rand -hex 24)" \
        "lock-path=$server_folder" "spool-path=$server_folder" "log-path=$server_folder" "[ruxue]" \
        "pg1-path=$server_folder/data" "pg1-socket-path=$server_folder" "pg1-port=$server_port" "pg1-user=$user" \
        >"$server_folder/conf.d/node.conf"
    cat >"$server_folder/node.conf" <<NODE
include '$server_folder/postgresql.conf'
wal_level = replica
port = $server_port
listen_addresses = '127.0.0.1'
unix_socket_directories = '$server_folder'
shared_buffers = 128MB
ssl_cert_file = '$server_folder/node1.crt'
ssl_key_file = '$server_folder/node1.key'
ssl_ca_file = '$server_folder/ca.crt'
archive_command = 'pgbackrest --config=$server_folder/pgbackrest.conf --config-include-path=$server_folder/conf.d --stanza=ruxue archive-push %p'
hba_file = '$server_folder/hba.conf'
NODE
    printf '%s\n' "local all all peer" "hostssl ruxue ruxue_owner,ruxue_app 127.0.0.1/32 scram-sha-256" \
        >"$server_folder/hba.conf"
    chmod -R go= -- "$server_folder/conf.d" "$server_folder/repository"
    if [[ $EUID -eq 0 ]]; then chown -R postgres:postgres -- "$server_folder"; fi
    (cd / && as_postgres "$server_programs/initdb" --pgdata="$server_folder/data" --username="$user" --encoding=UTF8 \
        --locale=C --auth=peer --data-checksums) >"$server_folder/initdb.log" 2>&1 ||
        die "PostgreSQL 没有建成 initdb failed: $(tail -n 5 "$server_folder/initdb.log")"
}

# server_start 启动并等到能写，恢复也在其中。Starts the server and waits until it takes writes, a recovery included.
server_start() {
    local try
    # The settings stand outside the data folder: they are the machine's, not the backup's.
    local command=("$server_programs/postgres" -D "$server_folder/data" -c "config_file=$server_folder/server.conf")
    # What a restore has set (restore_command, targets) is read from the data folder by the server itself.
    printf '%s\n' "include '$server_folder/node.conf'" >"$server_folder/server.conf"
    if [[ $EUID -eq 0 ]]; then
        chown postgres:postgres -- "$server_folder/server.conf"
        (cd / && exec setsid -- setpriv --reuid postgres --regid postgres --init-groups --pdeathsig INT -- "${command[@]}") \
            >>"$server_folder/server.log" 2>&1 &
    else
        (cd / && own INT "${command[@]}") >>"$server_folder/server.log" 2>&1 &
    fi
    server_pid=$!
    for ((try = 0; try < 600; try++)); do
        kill -0 "$server_pid" 2>/dev/null || break
        if [[ $(server_sql 'SELECT pg_is_in_recovery()' 2>/dev/null) == f ]]; then return; fi
        sleep 0.1
    done
    tail -n 20 -- "$server_folder/server.log" >&2
    die "PostgreSQL 没有启动，以上是日志末尾。PostgreSQL did not start; above is the end of its log."
}

server_stop() {
    if [[ -n $server_pid ]]; then stop_process "$server_pid" 30 INT; fi
    server_pid=''
}

# server_destroy 断电，盘也没了。The machine burns: the server is killed and its disk is gone.
server_destroy() {
    local children=()
    kill -STOP "$server_pid"
    mapfile -t children < <(pgrep -P "$server_pid" || true)
    kill -KILL "$server_pid" "${children[@]}" || true
    wait "$server_pid" 2>/dev/null || true
    server_pid=''
    rm -rf -- "${server_folder:?}/data"
}

# server_sql SQL [DATABASE] 以超级用户执行。Asks the server as its superuser, through its socket.
server_sql() {
    (cd / && as_postgres "$server_programs/psql" -XqAtw -h "$server_folder" -p "$server_port" -d "${2:-postgres}" \
        -v ON_ERROR_STOP=1 -c "$1")
}

backrest() {
    (cd / && as_postgres pgbackrest --config="$server_folder/pgbackrest.conf" \
        --config-include-path="$server_folder/conf.d" --stanza=ruxue "$@")
}
