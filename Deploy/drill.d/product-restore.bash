# ruxue 自己的数据：恢复后只有原来的密钥打得开。由 restore-drill 引入。
# The product's own data: what was restored opens with its keys only. Sourced by restore-drill, whose functions it uses.
# shellcheck disable=SC2154 # What is not set here is set by restore-drill and product.bash.

# fingerprint 每张表的行数与摘要。Rows and a digest of every table, partitions within their parents.
fingerprint() {
    local table
    for table in $(server_sql "SELECT c.relname FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace
        AND c.relkind IN ('r', 'p') AND NOT c.relispartition ORDER BY 1" ruxue); do
        printf '%s %s\n' "$table" "$(server_sql "SELECT count(*) || ' ' || coalesce(md5(string_agg(row, '' ORDER BY row)), '-')
            FROM (SELECT md5(t::text) AS row FROM \"$table\" t) rows" ruxue)"
    done
}

# refuses 以这个数据目录启动，应当拒绝，并说出所指的文件。Whether the portal refuses a data folder, and names the key file in its words.
refuses() {
    local what=$1 data=$2 code=0 words
    words=$(timeout 60 "$product_binary" serve --no-worker --port "$(free_port 25790)" --data "$data" --tenants ./Tenants \
        --season "$product_season" --database "$address" 2>&1) || code=$?
    if [[ $code -ne 0 && $code -ne 124 && $words == *"$data/keys.json"* ]]; then
        tell "✔ $what：拒绝 refused, exit $code" "$(tail -n 1 <<<"$words")"
    else
        tell "✘ $what：应当拒绝并指出 keys.json should be refused, naming keys.json; exit $code: $(tail -n 3 <<<"$words")"
        failures=$((failures + 1))
    fi
}

product_restore() {
    local code before after shown claims
    product_prepare "$folder" 120
    product_start "$address" "$owner_address"
    product_grant "$address"
    tell "六十户报名，然后备份，然后其余各户。Sixty families apply, the backup is taken, then the others apply."
    (product_replay "$folder/first.json" --limit 60) 2>>"$folder/cluster.log" ||
        die "第一批家庭没有走到底 The first families could not go on; see first.json."
    run backrest --type=full backup
    (product_replay "$folder/second.json") 2>>"$folder/cluster.log" ||
        die "其余家庭没有走到底 The other families could not go on; see second.json."
    product_stop
    shown=$(grep -oE 'GET /family/applications/[0-9-]+ 200' "$product_data/log/access.log" | sort -u | wc -l)
    before=$(fingerprint)
    claims=$(server_sql 'SELECT count(*) FROM child_claim' ruxue)
    server_sql 'SELECT pg_switch_wal()' >/dev/null
    run backrest check
    tell "已出具 $shown 份回执。$shown receipts shown; $(wc -l <<<"$before") tables."
    server_destroy
    tell "服务器断电，数据目录已删。The server is dead and its data folder gone."
    run backrest --type=default restore
    server_start
    after=$(fingerprint)
    check "每张表逐行相同 every table, row by row" "$before" "$after"
    check "回执都在 every receipt is there" "$shown" "$(server_sql 'SELECT count(*) FROM application' ruxue)"

    cp -a -- "$product_data" "$folder/without-keys"
    rm -f -- "$folder/without-keys/keys.json"
    refuses "没有密钥文件 without the key file" "$folder/without-keys"
    check "没有另造密钥 no new keys were made" no "$([[ -e $folder/without-keys/keys.json ]] && printf yes || printf no)"
    # Another installation's keys: its embedded database was never used for anything.
    "$product_binary" database migrate --data "$folder/other" >>"$folder/cluster.log"
    cp -a -- "$product_data" "$folder/foreign-keys"
    cp -- "$folder/other/keys.json" "$folder/foreign-keys/keys.json"
    refuses "别处的密钥文件 with another installation's keys" "$folder/foreign-keys"

    "$product_binary" database status --data "$product_data" --database "$address" ||
        failures=$((failures + 1))
    # With the right keys each family signs in again, finds its application and reads it to the end.
    product_start "$address" "$owner_address"
    code=0
    (product_replay "$folder/third.json") 2>>"$folder/cluster.log" || code=$?
    check "用原来的密钥，各户都能登录并读到自己的材料 with its keys every family signs in and reads its file" 0 "$code"
    # Claims rather than applications: a family whose script withdraws applies and withdraws once more.
    check "没有多出一个在报的孩子 no child has another live application" "$claims" \
        "$(server_sql 'SELECT count(*) FROM child_claim' ruxue)"
    product_stop
}
