import ArgumentParser
import Assembly
import Foundation

/// Prints answers: words for people, JSON for programs.
enum Output {
    static func line(_ text: String) { print(text) }

    static func error(_ text: String) { FileHandle.standardError.write(Data((text + "\n").utf8)) }

    /// Prints an answer, and ends with its exit code when that is not 0.
    static func show(_ answer: CommandAnswer, json: Bool) throws {
        if json {
            line(try answer.json())
        } else {
            for text in answer.lines { line(text) }
        }
        if answer.exitCode != 0 { throw ExitCode(answer.exitCode) }
    }

    /// The one place where errors become words and exit codes: 1 a problem was found, 2 usage, 70 a defect.
    static func stop(with thrown: any Error, as command: any ParsableCommand.Type) -> Never {
        if let code = thrown as? ExitCode { exit(code.rawValue) }
        if let failure = CommandFailure(thrown) {
            error(failure.text)
            exit(failure.exitCode)
        }
        let code = command.exitCode(for: thrown)
        // ArgumentParser's own: help and version, or a mistake in the command line.
        if code == .success {
            line(command.fullMessage(for: thrown))
            exit(0)
        }
        if code == .validationFailure {
            error(command.fullMessage(for: thrown))
            exit(2)
        }
        error("程序出错 Defect: \(type(of: thrown))")
        exit(70)
    }
}
