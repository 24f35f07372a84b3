/// What kind of home a family says it lives in; decides which papers are claimed and which registers are asked.
public enum HomeKind: String, Sendable, Codable, CaseIterable {
    /// Own home with 不动产权证 or the older 房屋所有权证.
    case owned
    /// Own home bought by a filed contract, title not issued yet.
    case contracted
    /// The grandparents' home; the parents own none.
    case grandparents
    /// Self-built, resettlement or work-unit housing, which no register can confirm: a person looks.
    case selfBuilt = "self_built"
    /// Rented, public rental included.
    case rented
}

/// The two certificates in use for a title; choosing the wrong one is a usual mistake.
public enum CertificateKind: String, Sendable, Codable, CaseIterable {
    /// 不动产权证书.
    case realEstate = "real_estate_certificate"
    /// 房屋所有权证, issued before unified registration.
    case houseOwnership = "house_ownership_certificate"
}
