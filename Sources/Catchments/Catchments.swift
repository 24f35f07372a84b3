// Catchments: from a home to a school, by the published text.
//
// Purpose: communities in canonical form, catchment clauses, and the one engine that look-up, pre-check, decision and
// appeal all ask. It answers none, one, many or "a person must judge", with the clause that matched, and never guesses.
// Not here: people, policies, files, networks. Foundation is the only import.
// Clauses are areas (`Area`), which answer yes, no or "cannot tell" for a home; `CatchmentImport` reads a published
// paragraph into them for an officer to confirm. Start reading at `CatchmentPlan.resolve(_:)`.
