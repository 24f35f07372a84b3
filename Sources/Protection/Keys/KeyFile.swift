import Foundation

/// The file that holds an installation's ``KeyRing``: owner only (0600), written once, never overwritten.
public struct KeyFile: Sendable {
    private static let largest = 16_384

    /// Reads the keys. Throws `keyFileMissing`, `keyFilePermissions`, `keyFileUnusable` or `keyFileMalformed`.
    public static func load(_ path: String) throws(ProtectionError) -> KeyRing {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else {
            throw errno == ENOENT ? .keyFileMissing(path: path) : .keyFileUnusable(path: path, errno: errno)
        }
        defer { close(file) }
        // The open file is asked, not the path: the path could be another file a moment later.
        var status = stat()
        guard fstat(file, &status) == 0 else { throw .keyFileUnusable(path: path, errno: errno) }
        guard status.st_mode & S_IFMT == S_IFREG else { throw .keyFileMalformed(path: path) }
        guard status.st_mode & 0o077 == 0 else {
            throw .keyFilePermissions(path: path, mode: UInt16(truncatingIfNeeded: status.st_mode & 0o7777))
        }
        guard let keys = KeyRing(decoding: try contents(file, path)) else { throw .keyFileMalformed(path: path) }
        return keys
    }

    /// Reads the keys, or makes the file with fresh ones where there is none and `createIfMissing` allows it.
    ///
    /// Hand in `false` as soon as there is data: new keys would open none of it, and the error says so. Of two processes
    /// that make the file at once, one wins and both return its keys. After a crash there is either the whole file or
    /// none.
    public static func loadOrCreate(_ path: String, createIfMissing: Bool) throws(ProtectionError) -> KeyRing {
        do {
            return try load(path)
        } catch ProtectionError.keyFileMissing {
            guard createIfMissing else { throw .keyFileMissing(path: path) }
        }
        try create(path, KeyRing.generate())
        return try load(path)
    }

    /// Writes a temporary file beside the path and links it to its name, which fails when the name is taken: nobody ever
    /// sees half a file, and no file is replaced.
    private static func create(_ path: String, _ keys: KeyRing) throws(ProtectionError) {
        let text: Data
        do { text = try keys.encoded() } catch { throw .keyFileMalformed(path: path) }
        let temporary = "\(path).\(Hex.encode(randomBytes(8))).new"
        let file = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw .keyFileUnusable(path: path, errno: errno) }
        defer { unlink(temporary) }
        let failure = write(text, to: file)
        close(file)
        if let failure { throw .keyFileUnusable(path: path, errno: failure) }
        if link(temporary, path) != 0, errno != EEXIST { throw .keyFileUnusable(path: path, errno: errno) }
        try synchronise(directoryOf: path)
    }

    /// The error number of the first step that failed; nil when the bytes are on disk.
    private static func write(_ data: Data, to file: Int32) -> Int32? {
        // An unusual umask can only have taken permissions away; the owner's own must be there.
        guard fchmod(file, 0o600) == 0 else { return errno }
        let complete = data.withUnsafeBytes { bytes in
            var sent = 0
            while sent < bytes.count {
                let count = Foundation.write(file, bytes.baseAddress?.advanced(by: sent), bytes.count - sent)
                if count < 0 && errno == EINTR { continue }
                if count <= 0 { return false }
                sent += count
            }
            return true
        }
        return complete && fsync(file) == 0 ? nil : errno
    }

    private static func synchronise(directoryOf path: String) throws(ProtectionError) {
        let directory = open(URL(fileURLWithPath: path).deletingLastPathComponent().path, O_RDONLY | O_CLOEXEC)
        guard directory >= 0 else { throw .keyFileUnusable(path: path, errno: errno) }
        defer { close(directory) }
        guard fsync(directory) == 0 else { throw .keyFileUnusable(path: path, errno: errno) }
    }

    private static func contents(_ file: Int32, _ path: String) throws(ProtectionError) -> Data {
        var bytes = [UInt8](repeating: 0, count: largest)
        var filled = 0
        while filled < largest {
            let count = bytes.withUnsafeMutableBytes { buffer in
                read(file, buffer.baseAddress?.advanced(by: filled), buffer.count - filled)
            }
            if count < 0 && errno == EINTR { continue }
            if count < 0 { throw .keyFileUnusable(path: path, errno: errno) }
            if count == 0 { break }
            filled += count
        }
        return Data(bytes.prefix(filled))
    }
}

/// The operating system's words for an error number.
func systemMessage(_ number: Int32) -> String {
    var buffer = [CChar](repeating: 0, count: 256)
    // The thread-safe form; should it fail, the number itself still says something.
    return strerror_r(number, &buffer, buffer.count) == 0
        ? String(decoding: buffer.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self) : "error \(number)"
}
