// Sandbox: the outside world, standing in.
//
// Purpose: departments that answer over the national exchange, an OpenID Connect provider, and the generator and replay
// of whole seasons. The real protocols over real HTTP, so that the product meets nothing it would not meet outside.
// Not here: the product's signing code (`Gateways`), and any evaluator, catchment or admission code: what is expected
// is known because it was chosen, never because it was computed the same way. Everybody in here is invented.
// Start reading at `SandboxApplication.swift`; then `Departments/DepartmentRoutes.swift`,
// `IdentityProvider/IdentityProviderRoutes.swift` and `Registers/SamplePeople.swift`; for whole seasons
// `Season/SeasonGenerator.swift` (what is true) and `Replay/SeasonReplay.swift` (what the portal makes of it).
