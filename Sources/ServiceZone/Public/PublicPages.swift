/// The tenants' public pages, for the check of templates.
enum PublicPages {
    static let all: [any Page.Type] = [TenantsPage.self, TenantPage.self]
}
