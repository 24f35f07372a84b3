import Enrollment
import Services

/// Fields about a home's paper and its owner, shared by the draft and by a repair.
struct HomeFields: Sendable, Equatable {
    let certificateKind: ChoiceField
    let certificateNumber: TextField
    let contractNumber: TextField
    let owner: ChoiceField
    let ownerName: TextField
    let ownerNumber: TextField

    /// - Parameters:
    ///   - guardian: the applicant's name, offered as owner.
    ///   - otherParent: the other parent's name, offered where the household names one.
    ///   - child: the child's name, offered as owner.
    init(
        _ answer: ReceivedForm, _ found: FormProblems, guardian: String, otherParent: String?, child: String,
        _ words: Words
    ) {
        certificateKind = ChoiceField(
            "certificate_kind", legend: words("home_answer.certificate_kind"), error: found.text("certificate_kind"),
            chosen: answer["certificate_kind"].isEmpty ? nil : answer["certificate_kind"],
            choices: CertificateKind.allCases.map {
                ($0.rawValue, words("certificate_kind.\($0.rawValue)"), words("home_answer.\($0.rawValue).hint"))
            })
        certificateNumber = TextField(
            "certificate_number", label: words("home_answer.certificate_number"),
            hint: words("home_answer.certificate_number_hint"), value: answer["certificate_number"],
            error: found.text("certificate_number"))
        contractNumber = TextField(
            "contract_number", label: words("home_answer.contract_number"),
            hint: words("home_answer.contract_number_hint"), value: answer["contract_number"],
            error: found.text("contract_number"))
        let others =
            otherParent.map { [("other_parent", $0, words("home_answer.owner.other_parent") as String?)] } ?? []
        owner = ChoiceField(
            "owner", legend: words("home_answer.owner"), hint: words("home_answer.owner_hint"),
            error: found.text("owner"), chosen: answer["owner"].isEmpty ? nil : answer["owner"],
            choices: [("guardian", guardian, words("home_answer.owner.guardian"))] + others + [
                ("child", child, words("home_answer.owner.child")), ("other", words("home_answer.owner.other"), nil),
            ])
        ownerName = TextField(
            "owner_name", label: words("home_answer.owner_name"), value: answer["owner_name"],
            error: found.text("owner_name"))
        ownerNumber = TextField(
            "owner_number", label: words("home_answer.owner_number"), value: answer["owner_number"],
            error: found.text("owner_number"))
    }

    static func sample(_ found: FormProblems, _ words: Words) -> HomeFields {
        HomeFields(
            ReceivedForm(fields: [
                "certificate_kind": "real_estate_certificate", "certificate_number": "湘(2021)桃江县不动产权第000381号",
                "owner": "guardian",
            ]), found, guardian: "林样", otherParent: "彭样", child: "林样例", words)
    }

    /// Names of every field, for samples in which each of them is wrong.
    static let names = [
        "certificate_kind", "certificate_number", "contract_number", "owner", "owner_name", "owner_number",
    ]
}
