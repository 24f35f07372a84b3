import Foundation
import Storage

/// The database's files and who may read them.
enum SQLiteFile {
    /// Makes the directory (0700) and an empty file (0600) where there are none, and takes others' permissions from files
    /// that exist. SQLite gives the log and the shared-memory file the permissions of the database file.
    static func prepare(_ path: String) throws(StorageError) {
        let directory = URL(fileURLWithPath: path).deletingLastPathComponent().path
        if !FileManager.default.fileExists(atPath: directory) {
            do {
                try FileManager.default.createDirectory(
                    atPath: directory, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
            } catch {
                throw .unavailable(reason: "the directory \(directory) cannot be made")
            }
        }
        // An existing file is never opened here: closing it again would drop the locks (POSIX ties them to the process)
        // of a connection that this process already has to it, and two writers could then destroy it.
        let file = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        if file >= 0 {
            Foundation.close(file)
        } else if errno != EEXIST {
            throw .unavailable(reason: "the file \(path) cannot be made: error \(errno)")
        }
        for suffix in ["", "-wal", "-shm"] { try restrict(path + suffix) }
    }

    private static func restrict(_ path: String) throws(StorageError) {
        var status = stat()
        guard stat(path, &status) == 0 else { return }
        guard status.st_mode & S_IFMT == S_IFREG else { throw .unavailable(reason: "\(path) is no file") }
        guard status.st_mode & 0o077 == 0 || chmod(path, 0o600) == 0 else {
            throw .unavailable(reason: "\(path) can be read by others, and its permissions cannot be changed")
        }
    }
}
