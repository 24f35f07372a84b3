/// Every page of the portal; the check of templates goes through this list.
enum PageCatalogue {
    static let all: [any Page.Type] = shared + family + CountyPages.all + PublicPages.all + [NumbersPage.self]

    private static let shared: [any Page.Type] = [ErrorPage.self, LandingPage.self, HelpPage.self]

    private static let family: [any Page.Type] = [
        FamilyHomePage.self, ChildPage.self, PlacePage.self, HomePage.self, CheckPage.self, StatePage.self,
        WhyPage.self, ReceiptPage.self, RepairPage.self, PersonPage.self, SupplementPage.self, WithdrawPage.self,
        QueriesPage.self,
    ]
}
