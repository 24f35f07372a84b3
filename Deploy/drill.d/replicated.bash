# 三台「机器」的一套 PostgreSQL，都在本机私有目录里，用 Deploy/postgresql 的原配置。由 source 使用。
# A set of three "machines" in a private folder, run from the very files in Deploy/postgresql: etcd, PostgreSQL and Patroni
# on each, one HAProxy before them. Sourced, after steps.bash, processes.bash, private-postgresql.bash and certificates.bash.

readonly set_machines=(1 2 3)
# Process ids by machine; set by machine_start.
declare -A etcd_pids=() patroni_pids=()
set_folder='' set_port='' haproxy_pid='' set_programs=''
declare -A set_ports=()

# launch LOG COMMAND… 在后台启动；编号在 launched。Starts a process of the set as who may run the server; its id in $launched.
launch() {
    local log=$1
    shift
    # libpq looks for certificates in the caller's own folder, which the server's user may not enter.
    set -- env HOME="$set_folder" "$@"
    if [[ $EUID -eq 0 ]]; then
        (cd / && exec setsid -- setpriv --reuid postgres --regid postgres --init-groups --pdeathsig TERM -- "$@") \
            >>"$log" 2>&1 &
    else
        (cd / && own TERM "$@") >>"$log" 2>&1 &
    fi
    launched=$!
}

secret() { openssl rand -hex 24; }

# set_prepare FOLDER 端口、证书、密码、各机的配置。Chooses ports, makes certificates, passwords and each machine's own files.
set_prepare() {
    local machine name taken=() port=25400 user
    set_folder=$1
    set_programs=$(private_postgresql_programs) || exit 1
    user=postgres
    if [[ $EUID -ne 0 ]]; then user=$(id -un); fi
    for name in haproxy {postgres,rest,etcd,peer}{1,2,3}; do
        port=$(free_port "$port" "${taken[@]}") || exit 1
        taken+=("$port")
        set_ports[$name]=$port
    done
    set_port=${set_ports[haproxy]}
    make_certificates "$set_folder" node1 node2 node3
    cp -- Deploy/postgresql/{postgresql.conf,haproxy.cfg,pgbackrest.conf,etcd.env,roles.sql} "$set_folder/"
    mkdir -- "$set_folder/repository"
    local cipher replication rewind
    cipher=$(secret) replication=$(secret) rewind=$(secret)
    for machine in "${set_machines[@]}"; do
        local home=$set_folder/node$machine
        mkdir -p -- "$home/patroni" "$home/conf.d"
        cp -- Deploy/postgresql/patroni.yml "$home/patroni/10-ruxue.yml"
        cat >"$home/patroni/20-node.yml" <<NODE
name: node$machine
restapi:
  listen: 127.0.0.1:${set_ports[rest$machine]}
  connect_address: 127.0.0.1:${set_ports[rest$machine]}
  certfile: $set_folder/node$machine.crt
  keyfile: $set_folder/node$machine.key
  cafile: $set_folder/ca.crt
etcd3:
  hosts: [127.0.0.1:${set_ports[etcd1]}, 127.0.0.1:${set_ports[etcd2]}, 127.0.0.1:${set_ports[etcd3]}]
  cacert: $set_folder/ca.crt
  cert: $set_folder/node$machine.crt
  key: $set_folder/node$machine.key
postgresql:
  listen: 127.0.0.1:${set_ports[postgres$machine]}
  connect_address: 127.0.0.1:${set_ports[postgres$machine]}
  data_dir: $home/data
  bin_dir: $set_programs
  pgpass: $home/pgpass
  custom_conf: $set_folder/postgresql.conf
  authentication:
    superuser: {username: $user}
    replication: {password: $replication, sslrootcert: $set_folder/ca.crt}
    rewind: {password: $rewind, sslrootcert: $set_folder/ca.crt}
  parameters:
    shared_buffers: 128MB
    unix_socket_directories: $home
    ssl_cert_file: $set_folder/node$machine.crt
    ssl_key_file: $set_folder/node$machine.key
    ssl_ca_file: $set_folder/ca.crt
    archive_command: pgbackrest --config=$set_folder/pgbackrest.conf --config-include-path=$home/conf.d --stanza=ruxue archive-push %p
NODE
        printf '%s\n' "[global]" "repo1-path=$set_folder/repository" "repo1-cipher-pass=$cipher" \
            "lock-path=$home" "spool-path=$home" "log-path=$home" "[ruxue]" "pg1-path=$home/data" \
            "pg1-socket-path=$home" "pg1-port=${set_ports[postgres$machine]}" "pg1-user=$user" >"$home/conf.d/node.conf"
    done
    chmod -R go= -- "$set_folder"/node?
    if [[ $EUID -eq 0 ]]; then chown -R postgres:postgres -- "$set_folder"; fi
}

etcd_start() {
    local machine=$1 member cluster=()
    for member in "${set_machines[@]}"; do cluster+=("node$member=https://127.0.0.1:${set_ports[peer$member]}"); done
    # The member's environment is etcd.env with this machine's names over it, as systemd would read it.
    local settings=()
    mapfile -t settings < <(sed -E '/^(#|$)/d' "$set_folder/etcd.env")
    settings+=("ETCD_NAME=node$machine" "ETCD_DATA_DIR=$set_folder/node$machine/etcd"
        "ETCD_LISTEN_CLIENT_URLS=https://127.0.0.1:${set_ports[etcd$machine]}"
        "ETCD_ADVERTISE_CLIENT_URLS=https://127.0.0.1:${set_ports[etcd$machine]}"
        "ETCD_LISTEN_PEER_URLS=https://127.0.0.1:${set_ports[peer$machine]}"
        "ETCD_INITIAL_ADVERTISE_PEER_URLS=https://127.0.0.1:${set_ports[peer$machine]}"
        "ETCD_INITIAL_CLUSTER=$(IFS=,; printf '%s' "${cluster[*]}")")
    local prefix
    for prefix in ETCD ETCD_PEER; do
        settings+=("${prefix}_TRUSTED_CA_FILE=$set_folder/ca.crt" "${prefix}_CERT_FILE=$set_folder/node$machine.crt"
            "${prefix}_KEY_FILE=$set_folder/node$machine.key")
    done
    launch "$set_folder/etcd$machine.log" env "${settings[@]}" etcd
    etcd_pids[$machine]=$launched
}

# machine_start N 开机。Switches a machine on: its etcd, then Patroni, which starts PostgreSQL.
machine_start() {
    etcd_start "$1"
    launch "$set_folder/patroni$1.log" patroni "$set_folder/node$1/patroni"
    patroni_pids[$1]=$launched
}

# postmaster N 该机 PostgreSQL 的进程号。The server's process id, if it runs.
postmaster() {
    local file=$set_folder/node$1/data/postmaster.pid pid=''
    if [[ -r $file ]]; then read -r pid <"$file" || true; fi
    if [[ -n $pid ]] && kill -0 "$pid" 2>/dev/null; then printf '%s' "$pid"; fi
}

# machine_cut N 先断到备库的线。Holds what carries the log to the standbys: what commits from now on is on one disk only.
machine_cut() {
    local senders=()
    mapfile -t senders < <(on_machine "$1" "SELECT pid FROM pg_stat_replication")
    if [[ ${#senders[@]} -gt 0 ]]; then kill -STOP "${senders[@]}"; fi
}

# machine_kill N 断电。Takes a machine away as a power cut does: everything on it, at once.
machine_kill() {
    local machine=$1 server children=()
    server=$(postmaster "$machine")
    if [[ -n $server ]]; then
        # Held first, so that no new session is born between the list and the signal.
        kill -STOP "$server"
        mapfile -t children < <(pgrep -P "$server" || true)
    fi
    kill -KILL "${patroni_pids[$machine]}" "${children[@]}" ${server:+"$server"} "${etcd_pids[$machine]}" || true
    wait "${patroni_pids[$machine]}" "${etcd_pids[$machine]}" 2>/dev/null || true
}

# haproxy_start 总是通往主库的地址。Starts the address that leads to the primary.
haproxy_start() {
    local machine settings=("RUXUE_HAPROXY_BIND=127.0.0.1:$set_port" "RUXUE_TLS_CA=$set_folder/ca.crt")
    for machine in "${set_machines[@]}"; do
        settings+=("RUXUE_NODE_$machine=127.0.0.1:${set_ports[postgres$machine]}"
            "RUXUE_NODE_${machine}_PATRONI=${set_ports[rest$machine]}")
    done
    launch "$set_folder/haproxy.log" env "${settings[@]}" haproxy -db -f "$set_folder/haproxy.cfg"
    haproxy_pid=$launched
}

# on_machine N SQL [DATABASE] 以超级用户在该机执行。Asks one machine's server as its superuser, through its socket; values only.
on_machine() {
    (cd / && as_postgres env PGCONNECT_TIMEOUT=3 "$set_programs/psql" -XqAtw -h "$set_folder/node$1" \
        -p "${set_ports[postgres$1]}" -d "${3:-postgres}" -v ON_ERROR_STOP=1 -c "$2")
}

# primary 哪一台是主库。The machine whose server takes writes; fails when there is none.
primary() {
    local machine
    for machine in "${set_machines[@]}"; do
        if [[ $(on_machine "$machine" 'SELECT pg_is_in_recovery()' 2>/dev/null) == f ]]; then
            printf '%s' "$machine"
            return
        fi
    done
    return 1
}

# wait_whole STANDBYS SECONDS 等到主库有这么多备库在跟随，其中有同步的。Waits until the primary has so many standbys that
# stream, one of them synchronous; the primary's number is printed.
wait_whole() {
    local machine begun=$SECONDS found
    while ((SECONDS - begun < $2)); do
        if machine=$(primary); then
            found=$(on_machine "$machine" "SELECT count(*) >= $1 AND bool_or(sync_state IN ('sync', 'quorum'))
                FROM pg_stat_replication WHERE state = 'streaming' AND application_name LIKE 'node%'" 2>/dev/null) || found=''
            if [[ $found == t ]]; then
                printf '%s' "$machine"
                return
            fi
        fi
        sleep 0.3
    done
    return 1
}

# set_stop 全部停止。Stops everything of the set, by process id; what Patroni leaves behind too.
set_stop() {
    local machine server
    if [[ -n $haproxy_pid ]]; then stop_process "$haproxy_pid" 5; fi
    for machine in "${!patroni_pids[@]}"; do
        kill -TERM "${patroni_pids[$machine]}" 2>/dev/null || true
    done
    for machine in "${!patroni_pids[@]}"; do stop_process "${patroni_pids[$machine]}" 20; done
    for machine in "${!patroni_pids[@]}"; do
        server=$(postmaster "$machine")
        if [[ -n $server ]]; then kill -QUIT "$server" 2>/dev/null || true; fi
        stop_process "${etcd_pids[$machine]}" 5
    done
    patroni_pids=() etcd_pids=() haproxy_pid=''
}
