/// Every page of the portal; the check of templates goes through this list.
enum PageCatalogue {
    static let all: [any Page.Type] = shared

    private static let shared: [any Page.Type] = [ErrorPage.self]
}
