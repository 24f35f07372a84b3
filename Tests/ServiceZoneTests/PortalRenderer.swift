@testable import ServiceZone

/// The portal's own templates and messages, read and checked once for all tests.
enum PortalRenderer {
    static let shared = Result { try ZoneFrame.checkedRenderer() }
}
