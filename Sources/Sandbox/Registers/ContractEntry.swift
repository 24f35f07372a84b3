public import Enrollment

/// One filed purchase contract as housing keeps it.
public struct ContractEntry: Hashable, Sendable, Codable {
    /// 已备案 or 已撤销.
    public enum State: String, Sendable, Codable, CaseIterable {
        case filed = "已备案"
        case withdrawn = "已撤销"
    }

    public var number: String
    public var filedOn: CivilDate
    public var state: State
    public var buyerName: String
    public var buyerNumber: String
    /// Full text from the province down.
    public var address: String
    /// 规划用途, the register's own word.
    public var use: String

    public init(
        number: String, filedOn: CivilDate, state: State = .filed, buyerName: String, buyerNumber: String,
        address: String, use: String = "住宅"
    ) {
        self.number = number
        self.filedOn = filedOn
        self.state = state
        self.buyerName = buyerName
        self.buyerNumber = buyerNumber
        self.address = address
        self.use = use
    }
}
