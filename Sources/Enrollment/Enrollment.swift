// Enrollment: the law of entering school, as pure values.
//
// Purpose: people, credentials, three-valued facts, policy, decision, admission, the states of an application, and the
// ports through which the outside is reached. Everything here is a value or a pure function; the same input gives the
// same answer for ever, which is what makes a decision replayable.
// Not here: SQL, HTTP, files, clocks that tick, randomness that is not handed in.
// Start reading at `Decision/Decide.swift`; then `Policy/Condition.swift`, `Facts/FactSheet.swift`,
// `Applications/ApplicationState.swift`, `Admission/Allocate.swift`.
