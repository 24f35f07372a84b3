import Enrollment
import Foundation

/// What the layout and every form need to know of the request.
struct LayoutValues: Sendable {
    let language: Language
    let isLargeType: Bool
    /// Hidden in every form; empty where nobody is signed in.
    let csrf: String
    let signedInName: String?
    /// Whether the signed-in person holds a role at a desk.
    let isOfficer: Bool
    /// The path to come back to after a change of language or type.
    let path: String
    /// The business time, when it is not the real one.
    let demonstration: String?

    init(
        language: Language = .zh, isLargeType: Bool = false, csrf: String = "", signedInName: String? = nil,
        isOfficer: Bool = false, path: String = "/", demonstration: String? = nil
    ) {
        self.language = language
        self.isLargeType = isLargeType
        self.csrf = csrf
        self.signedInName = signedInName
        self.isOfficer = isOfficer
        self.path = path
        self.demonstration = demonstration
    }

    /// Names a template may use as `layout.…`; the document adds its own.
    var dictionary: [String: Any] {
        [
            "languageTag": language == .zh ? "zh-CN" : "en", "otherLanguage": language == .zh ? "en" : "zh",
            "otherLanguageTag": language == .zh ? "en" : "zh-CN",
            "isLargeType": isLargeType, "csrf": csrf, "signedInName": signedInName.map { $0 as Any } ?? NSNull(),
            "isOfficer": isOfficer, "path": path, "demonstration": demonstration.map { $0 as Any } ?? NSNull(),
        ]
    }

    /// Every name filled, for the check of templates.
    static let sample = LayoutValues(
        csrf: "sample", signedInName: "样例", isOfficer: true, path: "/family", demonstration: "2026-07-06 09:00")

    /// Names that only the layout itself may use.
    static var documentSample: [String: Any] {
        [
            "title": "样例", "frame": "family", "tenantName": "样例县", "body": "<p></p>",
            "styleAddress": "/assets/style.css",
            "scriptAddress": "/assets/live.js", "iconAddress": "/assets/icon.svg",
            "contact": ["office": "样例县教育局", "phone": "0000-0000000", "hours": "9:00"] as [String: Any],
        ]
    }
}
