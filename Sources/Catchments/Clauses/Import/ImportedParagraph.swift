/// A published paragraph taken apart, for an officer to confirm. Every character of the text is in exactly one of
/// ``pieces``, so nothing printed is lost between the paper and the plan.
public struct ImportedParagraph: Hashable, Sendable, Codable {
    /// A stretch of the text: offsets in characters, and the text itself as printed.
    public struct Stretch: Hashable, Sendable, Codable {
        public let start: Int
        public let end: Int
        public let text: String

        public init(start: Int, end: Int, text: String) {
            self.start = start
            self.end = end
            self.text = text
        }
    }

    public enum PieceKind: String, Hashable, Sendable, Codable {
        case heading, clause, separator, unread
    }

    /// A stretch and what it is.
    public struct Piece: Hashable, Sendable, Codable {
        public let kind: PieceKind
        public let stretch: Stretch
    }

    /// A school's name, with classes and seats when given.
    public struct Heading: Hashable, Sendable, Codable {
        public let stretch: Stretch
        public let school: String
        public let classes: Int?
        public let seats: Int?
        /// What the heading says of the clauses under it, such as a provisional name.
        public let standing: ClauseStanding
    }

    /// One clause as read, for the officer to confirm.
    public struct Clause: Hashable, Sendable, Codable {
        public let stretch: Stretch
        /// The school as printed: of the heading, or of the clause itself; nil where no school could be read.
        public let school: String?
        public let area: Area
        public let standing: ClauseStanding
        public let notes: [ImportNote]
    }

    /// A stretch that could not be read, and why.
    public struct Unread: Hashable, Sendable, Codable {
        public enum Reason: String, Hashable, Sendable, Codable {
            /// … or 等: the list goes on where the text does not.
            case omission
            /// A bracket without its partner.
            case bracket
            /// Before a colon, and neither a school nor a known label.
            case heading
            /// A number that belongs to no road and no compound.
            case looseNumber
        }

        public let stretch: Stretch
        public let reason: Reason
    }

    public let text: String
    public let headings: [Heading]
    public let clauses: [Clause]
    public let unread: [Unread]
    /// In the text's order and without gaps.
    public let pieces: [Piece]
}

/// What an officer should look at in a clause that was read.
public enum ImportNote: Hashable, Sendable, Codable {
    /// A name without a word that says what it is; taken for a compound.
    case kindNotWritten(String)
    /// A community by its short form, or a road's name that is also a community's short form.
    case shortForm(String, Community)
    case severalCommunities(String, [Community])
    case notInGazetteer(String)
    case numbers(NumberProblem)
    /// The list breaks off inside the clause.
    case listBreaksOff
    /// 共13栋: the text counts other than it lists.
    case countDiffers(written: Int, listed: Int)
    /// Left to a person, wholly or in part.
    case forPerson(String)
}
