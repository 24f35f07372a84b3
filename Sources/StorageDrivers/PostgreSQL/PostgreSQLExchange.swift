import Storage

/// A statement on its way to the server.
struct PostgreSQLCall {
    enum Values {
        case plain([SQLValue])
        case encoded(PostgreSQLParameters)
    }

    let text: String
    let isReusable: Bool
    let values: Values

    init(_ sql: SQL) {
        let rendered = sql.rendered(for: .postgresql)
        text = rendered.text
        isReusable = rendered.isReusable
        values = .plain(rendered.binds)
    }

    init(text: String, _ parameters: PostgreSQLParameters) {
        self.text = text
        isReusable = true
        values = .encoded(parameters)
    }

    var hasValues: Bool {
        if case .plain(let values) = values { !values.isEmpty } else { true }
    }

    func parameters(_ types: [UInt32]) throws(StorageError) -> PostgreSQLParameters {
        switch values {
        case .plain(let values): try PostgreSQLParameters(values, types: types)
        case .encoded(let parameters): parameters
        }
    }
}

extension PostgreSQLConnection {
    typealias Answer = (result: PostgreSQLResult, columns: [String]?)

    /// Sends statements after those that lead, and reads the answers: one round trip, and one before it when a statement
    /// has to be prepared. Without `keepsPrepared` statements without binds, such as a schema's, are sent as they are.
    func exchange(
        _ lead: [String], _ calls: some Collection<PostgreSQLCall>, keepsPrepared: Bool
    ) throws(PostgreSQLFailure) -> [Answer] {
        guard let wire else { throw .lost(reason: "the connection was lost") }
        var lead = lead
        var missing: [PostgreSQLCall] = []
        var seen: Set<String> = []
        for call in calls where keepsPrepared || call.hasValues {
            if statements.find(call.text, isReusable: call.isReusable) == nil, seen.insert(call.text).inserted {
                missing.append(call)
            }
        }
        if !missing.isEmpty {
            try prepare(missing, after: lead, on: wire)
            lead = []
        }
        // All are encoded before the first is sent: half an exchange cannot be taken back.
        var ready: [(statement: PostgreSQLStatement?, text: String, parameters: PostgreSQLParameters)] = []
        ready.reserveCapacity(calls.count)
        for call in calls {
            let statement =
                keepsPrepared || call.hasValues ? statements.find(call.text, isReusable: call.isReusable) : nil
            do throws(StorageError) {
                ready.append((statement, call.text, try call.parameters(statement?.parameterTypes ?? [])))
            } catch {
                throw .unsendable(error)
            }
        }
        for text in lead { try wire.send(text) }
        for (statement, text, parameters) in ready {
            if let statement { try wire.send(statement.name, parameters) } else { try wire.send(text) }
        }
        try wire.mark()
        return zip(try wire.answers().dropFirst(lead.count), ready).map { ($0, $1.statement?.columns) }
    }

    private func prepare(
        _ calls: [PostgreSQLCall], after lead: [String], on wire: PostgreSQLWire
    ) throws(PostgreSQLFailure) {
        let evicted = statements.evicted
        for text in lead { try wire.send(text) }
        for name in evicted { try wire.send("DEALLOCATE \(name)") }
        let names = calls.map { _ in statements.nextName() }
        for (call, name) in zip(calls, names) { try wire.prepare(call.text, as: name) }
        try wire.mark()
        let answers = try wire.answers().dropFirst(lead.count + evicted.count)
        for name in evicted { statements.forgotten(name) }
        for (number, (call, name)) in zip(calls, names).enumerated() {
            let description = answers[answers.startIndex + 2 * number + 1]
            let statement = PostgreSQLStatement(
                name: name, parameterTypes: description.parameterTypes, columns: description.columns)
            statements.keep(statement, for: call.text, isReusable: call.isReusable)
        }
    }
}
