import Enrollment
import Foundation
import Services
import Storage
import Testing

@Suite("What lies on the disk", .timeLimit(.minutes(5)))
struct SealingTests {
    @Test(
        "after a whole journey no name, number, phone, address or word of a family is readable in the database's files")
    func nothingReadable() async throws {
        try await TestSeason.run { season in
            let family = try SampleFamily(1)
            season.register(family, title: false)
            let viewer = try await season.arrive(family)
            let unfinished = try await season.begin(viewer, family.child)
            try await season.fill(viewer, unfinished, family)
            let phone = "13987654321"
            let receipt = try await season.apply(viewer, family, Answers(phone: phone))
            try await season.wait(viewer, receipt) { $0.state == .needsRepair && $0.status(.household) == .confirmed }
            try await AskForPerson(season.platform)(
                viewer, receipt, .realEstateTitle, homeKind: "self_built", note: "家里的老房子样例",
                photo: Upload(bytes: SampleImage.jpeg))
            let first = try await season.officer(1, .firstReviewer)
            let second = try await season.officer(2, .secondReviewer)
            try await RequestSupplement(season.platform)(first, TestSeason.taojiang, receipt, note: "请补样例材料")
            try await AnswerSupplement(season.platform)(viewer, receipt, note: "样例材料已补", photo: nil)
            try await ReviewFirst(season.platform)(
                first, TestSeason.taojiang, receipt, verdict: "findings",
                findings: [.homeOwned: "yes", .homeResidential: "yes"],
                reason: "现场看过样例")
            try await ReviewSecond(season.platform)(
                second, TestSeason.taojiang, receipt, verdict: "approve", reason: "同意样例")
            try await season.wait(viewer, receipt, for: .qualified)
            // The signs by which the search is known to read what it should.
            let log = URL(fileURLWithPath: season.path + "-wal")
            let stored = try Data(contentsOf: URL(fileURLWithPath: season.path)) + Data(contentsOf: log)
            #expect(stored.range(of: Data(receipt.rawValue.utf8)) != nil)
            #expect(stored.range(of: Data("household_and_home".utf8)) != nil)

            let people = [
                family.father, family.mother, family.child,
                try SamplePerson("曾样例·审", born: "1980-01-05", sequence: 901),
            ]
            var secrets = people.flatMap { [$0.name.value, $0.document.number, $0.identity.subject, $0.phone] }
            secrets += [
                phone, "样例路", family.address, family.certificateNumber, "老房子", "请补样例材料", "样例材料已补", "现场看过", "同意样例",
                "样例·", String(family.child.document.number.dropFirst(6)),
            ]
            for secret in secrets {
                #expect(stored.range(of: Data(secret.utf8)) == nil, "readable on the disk: \(secret)")
                #expect(stored.range(of: Data(Data(secret.utf8).base64EncodedString().utf8.dropLast(4))) == nil)
            }
        }
    }

    @Test("a sealed value moved to another family's row does not open there")
    func moved() async throws {
        try await TestSeason.run { season in
            let (viewer, receipt) = try await season.qualified(try SampleFamily(1))
            let neighbour = try await season.qualified(try SampleFamily(2))
            let (first, second) = (
                try await season.read(viewer, receipt).id, try await season.read(neighbour.viewer, neighbour.receipt).id
            )
            try await season.database.write(.migration) { tx in
                try tx.execute(
                    """
                    UPDATE application_revision SET sealed_answers = (
                      SELECT sealed_answers FROM application_revision WHERE application = \(second))
                    WHERE application = \(first)
                    """)
            }
            await #expect(throws: (any Error).self) { try await season.read(viewer, receipt) }
            #expect(try await season.read(neighbour.viewer, neighbour.receipt).state == .qualified)
        }
    }

    @Test(
        "the audit chain is whole after a journey, and every kind of tampering is found",
        arguments: [
            "UPDATE audit SET entry = replace(entry, 'application.', 'applicatiom.') WHERE seq = 2",
            "UPDATE audit SET hash = prev_hash WHERE seq = 2",
            "UPDATE audit SET prev_hash = hash WHERE seq = 2",
            "UPDATE audit SET at = at + 1 WHERE seq = 2",
            "DELETE FROM audit WHERE seq = 2",
        ] as [SQL])
    func audit(tampering: SQL) async throws {
        try await TestSeason.run { season in
            let (viewer, receipt) = try await season.qualified(try SampleFamily(1))
            let draft = try await EditApplication(season.platform)(viewer, receipt)
            _ = try await season.submit(viewer, draft, try SampleFamily(1))
            try await WithdrawApplication(season.platform)(viewer, receipt)
            let whole = try await VerifyAudit(season.platform)()
            #expect(whole.map(\.entries) == [3])
            #expect(whole.allSatisfy { $0.firstBroken == nil })
            try await season.database.write(.migration) { tx in _ = try tx.execute(tampering) }
            #expect(try await VerifyAudit(season.platform)().map(\.firstBroken) == [2])
        }
    }
}
