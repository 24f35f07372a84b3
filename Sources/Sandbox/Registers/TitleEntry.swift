public import Enrollment

/// One owner's title as natural resources keeps it; a home with two owners has two entries.
public struct TitleEntry: Hashable, Sendable, Codable {
    /// 不动产单元号 (bdcdyh), 28 characters.
    public var unitNumber: String
    public var certificateKind: CertificateKind
    public var certificateNumber: String
    public var ownerName: String
    public var ownerNumber: String
    /// Full text from the province down.
    public var address: String
    /// 规划用途, the register's own word: 住宅, 商业服务…
    public var use: String
    /// 单独所有, 共同共有 or 按份共有.
    public var coOwnership: String
    /// The share in percent as text: 100%, 50%.
    public var share: String

    public init(
        unitNumber: String, certificateKind: CertificateKind = .realEstate, certificateNumber: String,
        ownerName: String, ownerNumber: String, address: String, use: String = "住宅", coOwnership: String = "单独所有",
        share: String = "100%"
    ) {
        self.unitNumber = unitNumber
        self.certificateKind = certificateKind
        self.certificateNumber = certificateNumber
        self.ownerName = ownerName
        self.ownerNumber = ownerNumber
        self.address = address
        self.use = use
        self.coOwnership = coOwnership
        self.share = share
    }
}
