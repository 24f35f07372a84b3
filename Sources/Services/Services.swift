// Services: the use cases.
//
// Purpose: what a family, an officer, an operator and a worker can do, one verb struct each, with authorisation, and the
// workers that ask departments. A use case opens its transactions itself and seals what it stores.
// Not here: SQL text, HTTP, HTML, sockets, libcurl, reading of files.
// Start reading at `Platform.swift` (what every use case shares), then `Family/SubmitApplication.swift` and
// `Verification/VerificationWorker.swift`.
