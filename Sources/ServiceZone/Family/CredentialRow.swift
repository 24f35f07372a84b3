import Enrollment
import Services
import Tenancy

/// One credential on the state page: shape, name, state in a word, what it means, and what can be done.
struct CredentialRow: Sendable, Equatable {
    let title: String
    let mark: Mark
    let badge: String
    /// Department, time and place of the answer; nil before it.
    let detail: String?
    let text: String?
    /// Stands out: that a silent source does no harm.
    let promise: String?
    let repair: Step?
    let person: Step?
    let accept: Step?

    struct Step: Sendable, Equatable {
        let address: String
        let label: String
    }

    /// Rows in the order of the rules; credentials that are not needed share the last one.
    static func rows(_ view: ApplicationView, now: Instant, words: Words) -> [CredentialRow] {
        let needed = view.credentials.filter { $0.status != .notNeeded }
        let skipped = view.credentials.filter { $0.status == .notNeeded }.map { words($0.connector.title) }
        let rows = needed.map { CredentialRow($0, receipt: view.receipt, now: now, words) }
        guard !skipped.isEmpty else { return rows }
        return rows + [
            CredentialRow(
                title: words.list(skipped), mark: .dash, badge: words("credential.not_needed.badge"), detail: nil,
                text: words("credential.not_needed.text", ["tenant": words(view.tenant.name)]), promise: nil,
                repair: nil, person: nil, accept: nil)
        ]
    }
}

extension CredentialRow {
    init(_ credential: CredentialView, receipt: ReceiptNumber, now: Instant, _ words: Words) {
        let base = "/family/applications/\(receipt)"
        let id = credential.connector.credential
        let status = credential.status
        self.init(
            title: words(credential.connector.title), mark: Self.mark(status),
            badge: words("credential.\(status.rawValue).badge"), detail: Self.detail(credential, now, words),
            text: Self.text(credential, words),
            promise: status == .sourceDown || status == .queued ? words("credential.no_harm") : nil,
            repair: credential.canRepair
                ? Step(address: "\(base)/repair/\(id)", label: Self.repairLabel(credential, words)) : nil,
            person: credential.canAskPerson
                ? Step(address: "\(base)/person/\(id)", label: words("credential.person")) : nil,
            accept: credential.canAccept
                ? Step(address: "\(base)/accept/\(id)", label: words("credential.accept")) : nil)
    }

    static func mark(_ status: CredentialStatus) -> Mark {
        switch status {
        case .confirmed, .accepted: .good
        case .differs, .notFound, .expired, .multiple: .stop
        case .waiting, .sourceDown, .queued, .person, .notSupported: .wait
        case .notNeeded: .dash
        }
    }

    private static func detail(_ credential: CredentialView, _ now: Instant, _ words: Words) -> String? {
        guard let checkedAt = credential.checkedAt else { return nil }
        let time =
            checkedAt.day == now.day
            ? words("credential.today", ["time": checkedAt.clockText]) : DateWords(words).moment(checkedAt)
        let place =
            credential.status == .confirmed
            ? credential.claimed[.community].map { RecordWords(words).value(.community, $0) } : nil
        return [words(credential.connector.department), time, place].compactMap(\.self).joined(separator: " · ")
    }

    private static func text(_ credential: CredentialView, _ words: Words) -> String? {
        let department = words(credential.connector.department)
        switch credential.status {
        case .differs:
            if credential.fields == [.certificateNumber] { return words("credential.differs.certificate_number") }
            let fields = credential.fields.map { RecordWords(words).title($0) }
            guard !fields.isEmpty else { return words("credential.differs.text", ["department": department]) }
            return words("credential.differs.fields", ["department": department, "fields": words.list(fields)])
        case .confirmed: return credential.absence ? words("credential.confirmed.absence") : nil
        case .notFound where credential.absence: return words("credential.not_found.absence")
        case .accepted: return words("credential.accepted.text")
        case .notNeeded: return nil
        case .sourceDown:
            guard let retryAt = credential.retryAt else {
                return words("credential.source_down.text", ["department": department])
            }
            return words("credential.source_down.retry", ["department": department, "time": retryAt.clockText])
        default: return words("credential.\(credential.status.rawValue).text", ["department": department])
        }
    }

    private static func repairLabel(_ credential: CredentialView, _ words: Words) -> String {
        words(credential.fields == [.certificateNumber] ? "credential.repair.certificate_number" : "credential.repair")
    }
}
