import Hummingbird

/// Cookies of the portal, by name; nothing else is ever set.
enum ZoneCookies {
    static let session = "ruxue_session"
    /// Keeps the state of a sign-in under way.
    static let signIn = "ruxue_sign_in"
    static let language = "ruxue_language"
    static let type = "ruxue_type"

    /// A cookie for the browser session, readable by this server only.
    static func secret(_ name: String, _ value: String, _ settings: ZoneSettings, maxAge: Int? = nil) -> Cookie {
        Cookie(
            name: name, value: value, maxAge: maxAge, path: "/", secure: settings.cookiesAreSecure, httpOnly: true,
            sameSite: .lax)
    }

    /// A year's choice of language or type.
    static func preference(_ name: String, _ value: String, _ settings: ZoneSettings) -> Cookie {
        Cookie(
            name: name, value: value, maxAge: 31_536_000, path: "/", secure: settings.cookiesAreSecure, httpOnly: true,
            sameSite: .lax)
    }

    static func removed(_ name: String, _ settings: ZoneSettings) -> Cookie { secret(name, "", settings, maxAge: 0) }
}
