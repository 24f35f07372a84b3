# 由 ruxue 自己受理的一季，供演习用。由 source 使用（先 source steps.bash、processes.bash）。
# A season that the product itself takes in, for the drills: Deploy/cluster on a database that is there already, and families
# who apply through its pages. Sourced, after steps.bash and processes.bash.

readonly product_clock=2026-07-06T09:00:00+08:00
product_binary=${RUXUE_BINARY:-.build/release/ruxue}
product_data='' product_season='' product_portal='' product_sandbox='' product_pid=''

# product_prepare FOLDER FAMILIES 编译并生成一季。Builds where that is needed and generates a season of one county.
product_prepare() {
    Deploy/setup cluster
    if [[ -z ${RUXUE_BINARY:-} ]]; then build_release "$product_binary"; fi
    product_data=$1/ruxue product_season=$1/season
    run "$product_binary" season generate --tenant 430922 --families "$2" --seed 2026 --out "$product_season"
}

# product_start DATABASE [OWNER_DATABASE] 两个门户进程、两个核验进程。Starts two portals and two workers; waits until they answer.
product_start() {
    local command=(Deploy/cluster --data "$product_data" --season "$product_season" --clock "$product_clock"
        --port "$(free_port 25700)" --database "$1") try
    if [[ -n ${2:-} ]]; then command+=(--owner-database "$2"); fi
    rm -f -- "$product_data/cluster.json"
    RUXUE_BINARY=$product_binary "${command[@]}" >>"${product_data%/*}/cluster.log" 2>&1 &
    product_pid=$!
    started+=("$product_pid")
    for ((try = 0; try < 1200; try++)); do
        if [[ -e $product_data/cluster.json ]]; then
            product_portal=$(product_address portal)
            product_sandbox=$(product_address sandbox)
            return
        fi
        kill -0 "$product_pid" 2>/dev/null || break
        sleep 0.1
    done
    tail -n 20 -- "${product_data%/*}/cluster.log" >&2
    die "ruxue 没有启动，以上是原因。The product did not start; the reason is above."
}

# product_grant DATABASE 审核人员。Officers whom the replayed families meet.
product_grant() {
    local grant
    for grant in first_reviewer:sample-first-reviewer second_reviewer:sample-second-reviewer; do
        "$product_binary" staff grant --data "$product_data" --database "$1" --tenant 430922 --role "${grant%%:*}" \
            --subject "${grant#*:}" >>"${product_data%/*}/cluster.log" || die "没有授权成 The grant failed: $grant"
    done
}

product_address() { sed -nE "s/^  \"$1\": \"([^\"]*)\".*/\1/p" "$product_data/cluster.json"; }

product_stop() {
    if [[ -n $product_pid ]]; then stop_process "$product_pid" 60; fi
    product_pid=''
}

# product_replay REPORT [选项] 全季家庭报名；报告是 JSON。Families apply, each to the end; the report is JSON. It takes the place of
# the shell it runs in: call it in the background or in parentheses.
product_replay() {
    local report=$1
    shift
    own TERM "$product_binary" season replay --season "$product_season" --portal "$product_portal" --sandbox "$product_sandbox" \
        --json "$@" >"$report"
}
