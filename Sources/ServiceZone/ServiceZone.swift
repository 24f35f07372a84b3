// ServiceZone: everything a browser sees.
//
// Purpose: routes, page models, Mustache templates, message files, styles, the JSON API and server-sent events. A page is
// a `struct …Page` of display values made by a pure initialiser from what a use case answered; its template only prints.
// Not here: rules, SQL, sealing, departments; nothing decides here, a use case of Services is asked instead.
// Start reading at `Server/ZoneRouter.swift` (the order of middleware and the route table), then `Pages/Page.swift` and
// one area, such as `Family/StateController.swift` with `Family/StatePage.swift` and `Templates/family/state.mustache`.
//
// Words: `Messages/<language>/*.json`, flat keys, both languages complete. Styles: `Assets/styles/*.css`, joined in the
// order of their names. Templates are checked against a sample of their page at start and in a test (`Checking/`).
