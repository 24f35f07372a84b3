import Enrollment

/// The five connectors as far as the departments read them.
enum TestConnectors {
    static let all: [Connector] = [
        connector(.household, "household", "/public-security/household"),
        connector(.realEstateTitle, "title", "/natural-resources/title"),
        connector(.purchaseContract, "contract", "/housing/contract"),
        connector(.residencePermit, "permit", "/public-security/residence-permit", .gjzwfwpt),
        connector(.socialInsurance, "insurance", "/social-security/insurance"),
    ]

    private static func connector(
        _ credential: CredentialID, _ service: String, _ path: String,
        _ headers: Connector.HeaderFamily = .gjgxjhpt
    ) -> Connector {
        Connector(
            credential: credential, title: LocalizedText(zh: service), department: LocalizedText(zh: service),
            purpose: LocalizedText(zh: service), service: "s_\(service)", path: path, headers: headers, request: [:],
            rows: "data.rows", fields: [], deadlineMilliseconds: 1000, answerHours: 24, validHours: 24)
    }
}
