import Enrollment
import Foundation

extension ReplayBrowser.Page {
    /// The page itself, when it is one to go on with.
    func checked() throws -> ReplayBrowser.Page {
        if status == 422 { throw ReplayFailure(cause: .refused, path: address.path) }
        guard (200..<300).contains(status) else { throw ReplayFailure(cause: .status(status), path: address.path) }
        return self
    }
}

extension PageForm {
    /// What to send for something a person would choose by its value or its words; nil when it is not offered. A field
    /// to type in takes anything.
    func value(for wanted: String, in name: String) -> String? {
        guard has(name) else { return nil }
        let choices = choices(name)
        guard !choices.isEmpty else { return wanted }
        let found =
            choices.first { $0.value == wanted } ?? choices.first { $0.value.hasSuffix("/" + wanted) }
            ?? choices.first { $0.text == wanted }
        return found?.value
    }
}

extension ReplayBrowser {
    /// Signs in through the identity provider, as the account with this name there; a browser that is signed in already
    /// is where it wants to be.
    func signIn(as subject: String, next: String) async throws -> Page {
        let page = try await signInOnce(as: subject, next: next)
        guard page.status >= 400, page.address.path.hasSuffix("/callback") else { return try page.checked() }
        // A way back whose answer was lost has used its code up: a person signs in again.
        return try await signInOnce(as: subject, next: next).checked()
    }

    private func signInOnce(as subject: String, next: String) async throws -> Page {
        let page = try await open("/sign-in?next=\(next)").checked()
        if page.address.origin == origin { return page }
        // The page has a button for each sample person and a field for the name of any account.
        guard
            let form = page.forms.first(where: { form in
                form.fields.contains { $0.name == "subject" && $0.kind == .text }
            })
        else { throw ReplayFailure(cause: .noForm("subject"), path: page.address.path) }
        return try await send(form, on: page, ["subject": subject])
    }

    /// An application's state.
    func application(_ receipt: String) async throws -> ApplicationReading {
        try await decoded("/api/v1/applications/\(receipt)")
    }

    /// JSON of a path.
    func decoded<Content: Decodable & Sendable>(_ path: String) async throws -> Content {
        let (status, body) = try await json(path)
        guard status == 200 else { throw ReplayFailure(cause: .status(status), path: path) }
        do {
            return try JSONDecoder().decode(Content.self, from: Data(body))
        } catch {
            // The decoder's error quotes what it read.
            throw ReplayFailure(cause: .unreadable, path: path)
        }
    }
}
