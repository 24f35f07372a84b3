/// The pages of the county's desk, for the check of templates.
enum CountyPages {
    static let all: [any Page.Type] = [
        CountyChoicePage.self, DeskPage.self, CasePage.self, SeatsPage.self, AdmissionPage.self, LeftPage.self,
    ]
}
