// Tenancy: `Tenants/` to validated, dated, resolved tenants.
//
// Purpose: reads the authoring form of the province, its cities and its counties, resolves province, city, county by
// whole section, and finds every problem with file and line. A broken shared file refuses to load; a broken county is
// quarantined alone and the others load.
// Not here: SQL, HTTP, evaluation of rules, anything about a family. Files are read once and never written.
// Start reading at `TenantRegistry.load(directory:season:overlay:)`; then `Tenants/Tenant.swift` for what comes out,
// `Loading/RegistryLoader.swift` for the order of work, `Sections/` for one reader a section, `Reading/` for YAML and
// CSV with lines. The shapes of the files are written down in `Tenants/province.yaml`.
