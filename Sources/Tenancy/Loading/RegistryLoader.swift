import Enrollment

struct RegistryLoader {
    let directory: String
    let season: SeasonYear
    let overlay: String?

    func load() throws(TenancyError) -> TenantRegistry { throw .directoryUnreadable(directory) }
}
