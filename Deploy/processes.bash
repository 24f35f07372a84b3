# Deploy 各脚本共用：启动、等候、按编号停止自己的进程。由它们 source（先 source steps.bash）。
# Shared by the scripts in Deploy/: start processes of one's own, wait for them, stop them by their id. Sourced, after steps.bash.

# Only what this script started is stopped: newest first, by process id.
started=()

# own 让进程自成一组，主人没了它也停。Runs a command apart from the terminal's signals, so that Ctrl-C reaches the script
# alone and what it started ends in order; when the script itself is killed, the system sends the command signal $1.
own() {
    local signal=$1
    shift
    if command -v setsid >/dev/null && command -v setpriv >/dev/null; then
        exec setsid -- setpriv --pdeathsig "$signal" -- "$@"
    fi
    exec "$@"
}

# stop_process 请一个进程结束，至多等 $2 秒，然后强制。Asks one process to end with signal $3, kills it after $2 seconds.
stop_process() {
    local pid=$1 patience=$2 signal=${3:-TERM} try
    kill -s "$signal" "$pid" 2>/dev/null || return 0
    for ((try = 0; try < patience * 10; try++)); do
        kill -0 "$pid" 2>/dev/null || break
        sleep 0.1
    done
    kill -KILL "$pid" 2>/dev/null || true
    wait "$pid" 2>/dev/null || true
}

# stop_started 后启动的先停。Stops all of them, the newest first.
stop_started() {
    local index
    trap '' INT TERM
    for ((index = ${#started[@]} - 1; index >= 0; index--)); do stop_process "${started[index]}" 15; done
    started=()
}

# free_port 从给定端口起，找一个没有人听的。The first port from $1 on that nobody answers on, and that is none of $2….
free_port() {
    local first=$1 port
    shift
    for ((port = first; port < first + 100; port++)); do
        if [[ " $* " == *" $port "* ]]; then continue; fi
        if ! (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then
            printf '%s' "$port"
            return
        fi
    done
    die "端口 $first 至 $port 都被占用。No free port from $first on."
}

# answers_ready 门户是否已就绪。Whether /readyz on a port says 200; written with bash alone, curl need not be there.
answers_ready() {
    local status=''
    {
        exec 3<>"/dev/tcp/127.0.0.1/$1" || return 1
        printf 'GET /readyz HTTP/1.1\r\nHost: 127.0.0.1:%s\r\nConnection: close\r\n\r\n' "$1" >&3
        read -r -t 2 status <&3 || true
        exec 3>&-
    } 2>/dev/null
    [[ $status == *' 200 '* ]]
}

# wait_ready 等一个服务就绪（至多 30 秒）。Waits up to 30 s until process $2 answers on port $3; its log is $4.
wait_ready() {
    local name=$1 pid=$2 port=$3 log=$4 try
    for ((try = 0; try < 600; try++)); do
        if ! kill -0 "$pid" 2>/dev/null; then
            tail -n 20 "$log" >&2
            die "$name 没有启动，以上是 $log 的末尾。$name did not start; above is the end of its log."
        fi
        if (answers_ready "$port"); then return; fi
        sleep 0.05
    done
    tail -n 20 "$log" >&2
    die "$name 在 30 秒内没有就绪。$name was not ready within 30 s."
}
