import Enrollment
import Foundation
import Protection
import Sandbox
import ServiceZone
import Services
import Storage
import Tenancy

/// What a command found, in words for people and as a value for programs.
public struct CommandAnswer: Sendable {
    public let lines: [String]
    /// 0 done, 1 a problem was found.
    public let exitCode: Int32
    private let encodable: any Encodable & Sendable

    public init(_ lines: [String], json: any Encodable & Sendable, exitCode: Int32 = 0) {
        self.lines = lines
        self.exitCode = exitCode
        encodable = json
    }

    /// The value as JSON text with sorted keys.
    public func json() throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(encodable), as: UTF8.self)
    }
}

/// An error as the command line says it: 1 for a problem somebody can solve, 70 for a defect, 2 for a mistake in the
/// command line itself.
public struct CommandFailure: Sendable {
    public let text: String
    public let exitCode: Int32

    /// Nil for errors that are not this product's.
    public init?(_ error: any Error) {
        switch error {
        case let error as AssemblyError: self.init("\(error)", 1)
        case let error as ServiceError: self.init(Self.words(error), 1)
        case let error as TenancyError: self.init(TenantReport.validation(error), 1)
        case let error as StorageError:
            self.init(Self.words(error), Self.canBeSolved(error) ? 1 : 70)
        case let error as ProtectionError: self.init(Self.words(error), 1)
        case let error as MovingProblem: self.init(DatabaseCommands.words(error), 1)
        case let error as ZoneError: self.init("\(error)", 70)
        case let error as SandboxError: self.init(Self.words(error), 1)
        default: return nil
        }
    }

    private init(_ text: String, _ exitCode: Int32) {
        self.text = text
        self.exitCode = exitCode
    }

    /// Whether somebody who is no programmer can do something about it.
    private static func canBeSolved(_ error: StorageError) -> Bool {
        switch error {
        case .schema, .corrupted: true
        default: error.retry != .useless
        }
    }

    private static func words(_ error: StorageError) -> String {
        switch error {
        case .schema(.newer): "数据库由更新的版本建立，请用那个版本的程序。\(error)"
        case .schema: "数据库的表结构与本程序不符。\(error)"
        case .corrupted: "数据库文件已损坏，请从备份恢复。\(error)"
        case .full: "磁盘已满，请腾出空间，数据没有丢失。\(error)"
        case .busy: "数据库正被另一程序写入，请再试一次。\(error)"
        default: "\(error)"
        }
    }

    private static func words(_ error: ProtectionError) -> String {
        switch error {
        case .keyFileMissing: "没有密钥文件；已有的数据只能用原来的密钥打开，请从备份恢复。\(error)"
        case .keyFilePermissions: "其他用户可以读密钥文件，请执行 chmod 600。\(error)"
        case .keyFileUnusable, .keyFileMalformed: "密钥文件不能使用，请从备份恢复。\(error)"
        default: "\(error)"
        }
    }

    private static func words(_ error: SandboxError) -> String {
        switch error {
        case .unreadable(let file):
            "读不了这一季的 \(file)，请先执行 ruxue season generate。Cannot read \(file) of the season; run ruxue season generate first."
        case .unwritable(let file): "写不了 \(file)。Cannot write \(file)."
        case .noGround(let tenant): "\(tenant) 不能生成一季：没有足够的社区，或规则不是常见的四类。No season can be generated for \(tenant)."
        case .uncontrolled(let path):
            "模拟部门没有按预期应答 \(path)，请检查 --sandbox。The sandbox does not answer as it should at \(path); check --sandbox."
        case .severalWindows:
            "这一季各地报名时间不同，演示时间要能移动。Tenants of this season register at different times; somebody has to move the clock."
        case .clockStands(let portal):
            "\(portal) 没有跟上演示时间，请检查 --data 是不是门户的数据目录。\(portal) does not show the moved clock; check that --data is the portal's."
        }
    }

    private static func words(_ error: ServiceError) -> String {
        switch error {
        case .notFound: "没有这个对象。There is no such thing."
        case .rosterNotReady(let problem): words(problem)
        case .sameReviewer: "同一人不能既运行又发布。The same hand may not run and release."
        case .forbidden: "这里不能这样做：没有权限，或门户不在演示时间里。Not allowed here."
        default: error.code
        }
    }

    private static func words(_ problem: RosterProblem) -> String {
        switch problem {
        case .beforeFreeze(let day): "\(day) 起才能录取。Seats can be given from \(day) on."
        case .sourcesMayAnswer(let applications, let until):
            "还有 \(applications) 份登记在等部门答复，最迟到 \(until.text)。"
                + "\(applications) applications still wait for a department, until \(until.text)."
        case .unresolved(let counts):
            "还有 \(counts.values.reduce(0, +)) 份登记没有结论；加 --provisional 让它们按申报类别暂列。"
                + "\(counts.values.reduce(0, +)) applications are unresolved; --provisional enters them as claimed."
        case .runWaitsForRelease: "本轮已经录取过。This round's seats have been given."
        case .nobody: "没有符合条件的登记。Nobody is qualified."
        }
    }
}
