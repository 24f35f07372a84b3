/// A page as its template prints it: display values only, made by a pure initialiser.
///
/// Properties are texts, flags, lists and structs of these. An optional that is nil hides its section; it is never
/// looked up further outside, unlike a name that does not exist.
protocol Page: Sendable {
    /// The template's path below `Templates/`, without its ending: `family/state`.
    static var template: String { get }
    static var frame: PageFrame { get }
    /// Stands in the browser's title, before the portal's name.
    var title: String { get }
    /// Tenant whose page it is, after the province in the header.
    var tenantName: String? { get }
    /// Whom to ask; the province's help page stands in the footer in any case.
    var contact: ContactView? { get }
    /// Pages that together fill every optional and every list at least once; the template is checked against them.
    static func samples(_ words: Words) -> [Self]
}

extension Page {
    static var frame: PageFrame { .family }
    var tenantName: String? { nil }
    var contact: ContactView? { nil }
}

/// The frame a page stands in.
enum PageFrame: String, Sendable {
    /// One column, large targets.
    case family
    /// Wide and dense, for officers.
    case desk
    /// For everybody, with room for tables.
    case open
}

/// An office that can be asked.
struct ContactView: Sendable, Equatable {
    let office: String
    let phone: String?
    let hours: String?
}
