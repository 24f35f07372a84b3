import ArgumentParser
import Assembly
import Foundation
import Sandbox
import Services
import Storage
import Tenancy

/// The one place where errors become words and exit codes: 1 a problem was found, 2 usage, 70 a defect.
enum Failure {
    static func exit(with error: any Error, as command: any ParsableCommand.Type) -> Never {
        switch error {
        case let code as ExitCode: command.exit(withError: code)
        case let error as AssemblyError: stop("\(error)", 1)
        case let error as ServiceError: stop(words(error), 1)
        case let error as TenancyError: stop(TenantReport.validation(error), 1)
        case let error as StorageError: stop("\(error)", error.isRetryable ? 1 : 70)
        case let error as SandboxError: stop("\(error.code)", 1)
        case let error as CustomStringConvertible where "\(type(of: error))" == "ProtectionError":
            stop("\(error)", 1)
        default:
            let code = command.exitCode(for: error)
            // ArgumentParser's own: help, version, and mistakes in the command line.
            if code == .success || code == .validationFailure {
                let text = command.fullMessage(for: error)
                if code == .success {
                    Output.line(text)
                    Foundation.exit(0)
                }
                stop(text, 2)
            }
            stop("程序出错 Defect: \(type(of: error)): \(error)", 70)
        }
    }

    private static func stop(_ text: String, _ code: Int32) -> Never {
        Output.error(text)
        Foundation.exit(code)
    }

    private static func words(_ error: ServiceError) -> String {
        switch error {
        case .notFound: "没有这个对象。There is no such thing."
        case .rosterNotReady(let problem): words(problem)
        case .sameReviewer: "同一人不能既运行又发布，请由县里的另一位招生人员在工作台发布。The same hand may not run and release: another officer releases on the desk."
        case .forbidden: "没有权限。Not allowed."
        default: "\(error.code)"
        }
    }

    private static func words(_ problem: RosterProblem) -> String {
        switch problem {
        case .beforeFreeze(let day): "\(day) 起才能录取。Seats can be given from \(day) on."
        case .sourcesMayAnswer(let applications, let until):
            "还有 \(applications) 份登记在等部门答复，最迟到 \(until.text)。\(applications) applications still wait for a department, until \(until.text)."
        case .unresolved(let counts):
            "还有 \(counts.values.reduce(0, +)) 份登记没有结论；加 --provisional 让它们按申报类别暂列。"
                + "\(counts.values.reduce(0, +)) applications are unresolved; --provisional enters them as claimed."
        case .runWaitsForRelease: "本轮已经录取过。This round's seats have been given."
        case .nobody: "没有符合条件的登记。Nobody is qualified."
        }
    }
}
