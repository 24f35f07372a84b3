# Deploy 各脚本共用的几个小步骤；由它们 source，不单独运行。
# Small steps that the scripts in Deploy/ source: say, show and run, try again. Not a command itself.

# say 说明，一参一行。Tells the operator, a line an argument.
say() { printf '%s\n' "$@"; }

# die 说明并以 1 退出。Explains on standard error and exits with 1.
die() {
    printf '%s\n' "$@" >&2
    exit 1
}

# run 先显示再执行。Prints the command, then runs it.
run() {
    printf '+ %s\n' "$*"
    "$@"
}

# persist 最多四次，间隔渐长。Runs a command up to four times, with growing pauses; its last exit code is the answer.
persist() {
    local pause code=0
    for pause in 5 15 45 0; do
        code=0
        run "$@" || code=$?
        if [[ $code -eq 0 ]]; then return 0; fi
        if [[ $pause -gt 0 ]]; then
            say "  未成功，${pause} 秒后再试。Failed (exit $code); again in $pause s."
            sleep "$pause"
        fi
    done
    return "$code"
}

# seconds_since 自某一时刻起的秒数，一位小数。Seconds since an $EPOCHREALTIME, with one decimal.
seconds_since() {
    local begun=${1/[.,]/} now=${EPOCHREALTIME/[.,]/}
    local tenths=$(((now - begun) / 100000))
    printf '%d.%d' $((tenths / 10)) $((tenths % 10))
}

# build_release 编译 release 版（没有变化就不编）。Builds the release executable $1, unless nothing changed since the last time.
build_release() {
    if [[ ! -x $1 ]]; then
        say "第一次编译，两核约需 6–12 分钟。First build: about 6–12 minutes on two cores."
        persist swift package resolve
    fi
    if [[ ! -x $1 || -n $(find Package.swift Sources -newer "$1" -print -quit) ]]; then
        run swift build -c release --product ruxue
    fi
}
