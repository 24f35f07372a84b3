import Enrollment
import Tenancy

extension TenantRegistry {
    /// The same registry with one tenant changed.
    func replacing(_ code: TenantCode, _ change: (Tenant) -> Tenant) -> TenantRegistry {
        TenantRegistry(
            season: season, provinceName: provinceName, tenants: tenants.map { $0.code == code ? change($0) : $0 },
            gazetteer: gazetteer, connectors: connectors)
    }
}

extension Tenant {
    /// The same tenant with other seats: classes of one pupil each, so many as told.
    func with(seats: [SchoolCode: Int]) -> Tenant {
        with(
            schools: schools.map {
                School(
                    code: $0.code, name: $0.name, stage: $0.stage, classes: seats[$0.code] ?? $0.classes,
                    classSize: seats[$0.code] == nil ? $0.classSize : 1, address: $0.address)
            }, policy: policy)
    }

    /// The same tenant with its first two categories exchanged.
    var withCategoriesExchanged: Tenant {
        var categories = policy.categories
        categories.swapAt(0, 1)
        return with(
            schools: schools,
            policy: Policy(
                categories: categories, categoriesAuthority: policy.categoriesAuthority, calendar: policy.calendar,
                calendarAuthority: policy.calendarAuthority, referenceDates: policy.referenceDates,
                referenceDatesAuthority: policy.referenceDatesAuthority, entryAge: policy.entryAge))
    }

    private func with(schools: [School], policy: Policy) -> Tenant {
        Tenant(
            code: code, name: name, kind: kind, city: city, mode: mode, divisions: divisions, stages: stages,
            contact: contact, policy: policy, schools: schools, catchments: catchments, planAuthority: planAuthority,
            classSizeCap: classSizeCap, sections: sections)
    }
}
