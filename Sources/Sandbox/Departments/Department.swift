import Enrollment
import Foundation

/// One stand-in department: the words it wants a question in, and the rows it answers with. Both are the department's
/// own and are written here a second time on purpose; the connectors say what the platform believes.
struct Department: Sendable {
    /// The names of a question's fields.
    struct QuestionFields: Sendable {
        let number: String
        let name: String
        let purpose = "sqmd"
        let organisation = "sqjg"
        let operatorAccount = "czr"
    }

    let credential: CredentialID
    let fields: QuestionFields
    /// The rows about a person, encoded one by one.
    let rows: @Sendable (_ number: String, _ name: String) -> WireRows

    /// The five departments over one set of registers.
    static func all(_ index: RegisterIndex) -> [CredentialID: Department] {
        let departments = [
            Department(credential: .household, fields: QuestionFields(number: "gmsfhm", name: "xm")) {
                .households(index.households(of: $0, name: $1).map(WireRows.Household.init))
            },
            Department(credential: .realEstateTitle, fields: QuestionFields(number: "zjh", name: "qlrmc")) {
                .titles(index.titles(of: $0, name: $1).map(WireRows.Title.init))
            },
            Department(credential: .purchaseContract, fields: QuestionFields(number: "zjhm", name: "xm")) {
                .contracts(index.contracts(of: $0, name: $1).map(WireRows.Contract.init))
            },
            Department(credential: .residencePermit, fields: QuestionFields(number: "gmsfhm", name: "xm")) {
                .permits(index.permits(of: $0, name: $1).map(WireRows.Permit.init))
            },
            Department(credential: .socialInsurance, fields: QuestionFields(number: "aac002", name: "aac003")) {
                .insurance(index.insurance(of: $0, name: $1).map(WireRows.Insurance.init))
            },
        ]
        return Dictionary(departments.map { ($0.credential, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// Answers a question that was let in.
    func answer(_ question: [String: String]) -> ExchangeReply {
        for field in [fields.purpose, fields.organisation, fields.operatorAccount, fields.number, fields.name] {
            guard let value = question[field], !value.isEmpty else {
                return ExchangeReply(code: "300", message: "missing \(field)")
            }
        }
        let number = (question[fields.number] ?? "").uppercased()
        let rows = rows(number, question[fields.name] ?? "")
        // These registers are kept by ID number; of a passport or a birth certificate they cannot say anything.
        if rows.isEmpty, number.count != 18 {
            return ExchangeReply(code: "501", message: "document kind not supported")
        }
        return ExchangeReply(code: "200", message: "ok", data: .rows(rows))
    }
}
