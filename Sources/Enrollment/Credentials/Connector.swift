/// How one credential's department is asked and how its reply is read; one YAML file each under `Tenants/credentials/`.
public struct Connector: Hashable, Sendable, Codable {
    /// The two families of header names in use for the same exchange.
    public enum HeaderFamily: String, Sendable, Codable {
        case gjgxjhpt, gjzwfwpt
    }

    /// What fills a field of the request.
    public enum RequestSource: String, Sendable, Codable, CaseIterable {
        case subjectNumber = "subject_number"
        case subjectName = "subject_name"
        case purpose
        case organisation
        case operatorAccount = "operator"
    }

    /// How a field of a reply's row is read.
    public enum Reading: Hashable, Sendable, Codable {
        /// Text as it stands.
        case text
        /// `YYYYMMDD` or `YYYY-MM-DD`.
        case date
        /// A list of `YYYYMM`, kept as texts `YYYY-MM`.
        case months
        /// Text translated through a list of the department's words to the platform's codes; a word that is not in the
        /// list makes the reply unreadable.
        case code([String: String])
        /// A list of rows of their own.
        case records([FieldReading])
    }

    public struct FieldReading: Hashable, Sendable, Codable {
        /// The platform's name.
        public let field: FieldName
        /// The department's name.
        public let wireName: String
        public let reading: Reading

        public init(field: FieldName, wireName: String, reading: Reading) {
            self.field = field
            self.wireName = wireName
            self.reading = reading
        }
    }

    public let credential: CredentialID
    /// The credential as families call it.
    public let title: LocalizedText
    /// The department as families call it.
    public let department: LocalizedText
    /// Why the platform asks, shown with the consent.
    public let purpose: LocalizedText
    /// The exchange's service id (`…_sid`), one an interface.
    public let service: String
    /// Path of the query below the exchange's address.
    public let path: String
    public let headers: HeaderFamily
    /// Wire name of a request field to what fills it.
    public let request: [String: RequestSource]
    /// Dotted path to the rows in the reply: `data.rows`.
    public let rows: String
    public let fields: [FieldReading]
    /// How long one call may take.
    public let deadlineMilliseconds: Int
    /// Within how many hours the department must have answered before a roster may freeze without it.
    public let answerHours: Int
    /// How many hours an answer stays valid.
    public let validHours: Int

    public init(
        credential: CredentialID, title: LocalizedText, department: LocalizedText, purpose: LocalizedText,
        service: String, path: String, headers: HeaderFamily, request: [String: RequestSource], rows: String,
        fields: [FieldReading], deadlineMilliseconds: Int, answerHours: Int, validHours: Int
    ) {
        self.credential = credential
        self.title = title
        self.department = department
        self.purpose = purpose
        self.service = service
        self.path = path
        self.headers = headers
        self.request = request
        self.rows = rows
        self.fields = fields
        self.deadlineMilliseconds = deadlineMilliseconds
        self.answerHours = answerHours
        self.validHours = validHours
    }
}
