// Assembly: the composition root.
//
// Purpose: turns settings into live services and live services into a `ServiceGroup`; the only place that knows every
// implementation, and the only one that may start a loose task.
// Not here: rules, SQL, HTML, parsing of flags.
// Start reading at `Installation.swift`, then `Roles/Serve.swift`.
