/// Every command of `ruxue` has a written reason why it shows no family's file, or a case. All of them are the
/// operator's, who holds the data directory; none prints what a family wrote.
enum CanaryCommands {
    static let reasons = [
        "serve": "its routes have cases",
        "work": "its jobs have cases; it prints nothing of a job",
        "sandbox serve": "stand-ins; opens no database",
        "sandbox people": "sample people of the stand-ins; opens no database",
        "season open": "numbers of partitions",
        "season close": "counts of what stands in the way",
        "season generate": "writes sample families; opens no database",
        "season replay": "goes through the routes, with generated families",
        "season clock": "moves a demonstration's time",
        "tenant list": "what tenants have published",
        "tenant show": "what a tenant has published",
        "tenant validate": "problems of tenants' files",
        "admission run": "counts of a run",
        "staff grant": "identifiers of roles",
        "staff revoke": "identifiers of roles",
        "staff list": "identifiers of roles and tenants",
        "database migrate": "numbers of migrations",
        "database status": "numbers of migrations",
        "database recount": "counts",
        "database copy": "moves sealed rows; prints counts and digests by table",
        "database distribute": "names of tables",
        "database canary": "this; it names routes, tables and kinds of viewers",
        "audit verify": "numbers of entries and hashes of chains",
    ]

    /// - Parameter paths: every command that can be run, as one types it without `ruxue`.
    static func check(_ paths: [String], _ run: CanaryRun) {
        for path in paths where reasons[path] == nil { run.find(.noCase, "ruxue \(path)", "—") }
        run.count("命令 Commands", reasoned: paths.count { reasons[$0] != nil })
    }
}
