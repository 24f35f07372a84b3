# 试验用的证书：一个根，每台机器一张。由 source 使用（先 source steps.bash）。
# Certificates for a drill: a root and one for each name, valid on this machine for a day. Sourced, after steps.bash.

# make_certificates FOLDER NAME… 生成。Writes ca.crt, and NAME.crt and NAME.key (0600) for each name.
make_certificates() {
    local folder=$1 name
    shift
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 1 -subj '/CN=Ruxue drill' \
        -keyout "$folder/ca.key" -out "$folder/ca.crt" 2>/dev/null || die "openssl 失败 openssl failed."
    for name in "$@"; do
        {
            openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj "/CN=$name" \
                -keyout "$folder/$name.key" -out "$folder/$name.csr" &&
                openssl x509 -req -in "$folder/$name.csr" -CA "$folder/ca.crt" -CAkey "$folder/ca.key" -CAcreateserial \
                    -days 1 -out "$folder/$name.crt" -extfile <(
                        printf '%s\n' "subjectAltName=DNS:localhost,IP:127.0.0.1" "extendedKeyUsage=serverAuth,clientAuth"
                    )
        } 2>/dev/null || die "openssl 失败 openssl failed."
        chmod 600 -- "$folder/$name.key"
    done
    # Nothing more is signed.
    rm -f -- "$folder/ca.key" "$folder"/*.csr "$folder"/*.srl
}
