import Enrollment
import Hummingbird

/// The page on which a person is chosen. Each person is a button of one form, which carries the request once: no script
/// is needed, and a season of families that sign in one after another gets a short page.
struct SignInPage: Sendable {
    let directory: IdentityDirectory
    let request: AuthorizationRequest
    /// A subject that was typed and is not known.
    var unknownSubject: String?

    private var language: Language { request.locales?.hasPrefix("en") == true ? .en : .zh }

    var response: Response {
        .page(
            SandboxPage.html(
                title: words("统一身份认证(演示)", "Unified sign-in (demonstration)"), language: words("zh-CN", "en"),
                banner: "\(words("演示用替身 · 这里的人和资料全是虚构的", "A stand-in for demonstration · everybody here is invented"))",
                body: content),
            status: unknownSubject == nil ? .ok : .notFound)
    }

    private func words(_ zh: String, _ en: String) -> String { language == .zh ? zh : en }

    private var content: HTML {
        let families = directory.samples.filter { $0.group == .family }
        let officers = directory.samples.filter { $0.group == .officer }
        let otherLanguage = FormFields.encoded(
            request.fields.map { $0.name == "ui_locales" ? (name: $0.name, value: words("en", "zh-CN")) : $0 })
        return """
            <a class="language" href="/oauth2/authorize?\(otherLanguage)">\(words("English", "中文"))</a>
            <h1>\(words("统一身份认证(演示)", "Unified sign-in (demonstration)"))</h1>
            <p class="lead">\(words(
                "真正的平台会请您刷脸或输入密码。这里选一个人，就以他的身份登录。",
                "The real platform asks for a face or a password. Here you choose a person and are signed in as that person."))</p>
            \(notice)
            <form id="people" method="post" action="/oauth2/authorize/choose">\(carried)</form>
            <h2>\(words("家庭", "Families"))</h2>
            <ul class="people">\(HTML.joined(families.map(person)))</ul>
            <h2>\(words("工作人员", "Officers"))</h2>
            <ul class="people officers">\(HTML.joined(officers.map(person)))</ul>
            \(season)
            """
    }

    private var notice: HTML {
        guard let unknownSubject else { return "" }
        return """
            <div class="notice" role="alert">\(words("没有这个账号：", "There is no such account: "))\(unknownSubject)\(
                words("。请看生成的季节文件夹里的 identities.json。", ". See identities.json in the season folder."))</div>
            """
    }

    private var season: HTML {
        let listed: HTML =
            directory.firstOfSeason.isEmpty
            ? "" : "<ul class=\"people\">\(HTML.joined(directory.firstOfSeason.map(person)))</ul>"
        let count: HTML =
            directory.seasonCount == 0
            ? ""
            : "<p class=\"quiet\">\(words("生成的家庭共", "Generated families:")) \(directory.seasonCount)\(words("个账号，先列几个：", " accounts; the first few:"))</p>"
        return """
            <h2>\(words("按账号登录", "Sign in by account"))</h2>
            <form method="post" action="/oauth2/authorize/choose" class="card">\(carried)
            <label for="subject">\(words("账号", "Account"))</label>
            <div class="field"><input id="subject" name="subject" required autocomplete="off" autocapitalize="none" spellcheck="false" placeholder="sample-01">
            <button>\(words("登录", "Sign in"))</button></div>
            </form>
            \(count)\(listed)
            """
    }

    private func person(_ identity: SandboxIdentity) -> HTML {
        let line: HTML = identity.label.map { "<span class=\"case\">\($0.text(in: language))</span>" } ?? ""
        let hint: HTML = identity.hint.map { "<p class=\"hint\">\($0.text(in: language))</p>" } ?? ""
        return """
            <li><button class="person" form="people" name="subject" value="\(identity.subject)"><span class="face" aria-hidden="true">\(String(identity.name.prefix(1)))</span>
            <span><span class="name">\(identity.name)</span>\(line)</span><span class="go" aria-hidden="true">›</span></button>\(hint)</li>
            """
    }

    private var carried: HTML {
        HTML.joined(
            request.fields.compactMap { name, value in
                value.map { "<input type=\"hidden\" name=\"\(name)\" value=\"\($0)\">" }
            })
    }
}
