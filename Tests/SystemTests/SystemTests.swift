import Testing

/// The product as operators run it: real processes of the built `ruxue`, spoken to over HTTP and the command line only.
///
/// One at a time, because two cores carry a portal, its departments and their families, and no more.
@Suite("System", .serialized, .timeLimit(.minutes(5)))
struct SystemTests {}
