public import Enrollment

extension TenantCode {
    /// Whether it is one that nothing real has: 99 leads no code of GB/T 2260. The canary lives in such tenants, for a
    /// minute at a time; no process serves them and no figure of the province counts them.
    public var isReserved: Bool { rawValue.hasPrefix("99") }
}
