import Enrollment
import Foundation
import Sandbox
import Testing

@Suite struct RegisterTests {
    @Test("sample people have valid names and numbers, each number once")
    func samples() throws {
        let members = SamplePeople.registers.households.flatMap(\.members)
        for member in members {
            _ = try PersonName(member.name)
            #expect(try IDNumber(member.number).birthDate == member.birthDate)
            #expect(member.name.contains("样例"))
            #expect(member.registeredSince > member.birthDate)
        }
        #expect(Set(members.map(\.number)).count == members.count)
        #expect(Set(SamplePeople.identities.map(\.subject)).count == SamplePeople.identities.count)
        for identity in SamplePeople.identities {
            _ = try IDNumber(identity.number)
            #expect(identity.label?.en != nil)
        }
        for title in SamplePeople.registers.titles { #expect(title.unitNumber.count == 28) }
    }

    @Test("every sample child but the one a day too young is six by 31 August 2026")
    func ages() throws {
        let first = try #require(CivilDate("2019-09-01"))
        let last = try #require(CivilDate("2020-08-31"))
        let children = SamplePeople.registers.households.flatMap(\.members).filter { $0.birthDate >= first }
        #expect(children.count == 15)
        #expect(children.filter { $0.birthDate > last }.map(\.birthDate) == [last.adding(days: 1)])
    }

    @Test("registers and identities come back from a season folder as they went in, for their owner only")
    func files() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        defer {
            // A folder that is left behind does no harm.
            try? FileManager.default.removeItem(at: folder)
        }
        #expect(throws: SandboxError.unreadable(file: "registers.json")) { try RegisterBook.load(from: folder) }
        try SamplePeople.registers.save(to: folder)
        try SandboxIdentity.save(SamplePeople.identities, to: folder)
        #expect(try RegisterBook.load(from: folder) == SamplePeople.registers)
        #expect(try SandboxIdentity.load(from: folder) == SamplePeople.identities)
        for name in [RegisterBook.fileName, SandboxIdentity.fileName] {
            let path = folder.appendingPathComponent(name).path
            let permissions = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
            #expect(permissions == 0o600)
        }
    }

    @Test("months run through the turn of a year")
    func months() {
        #expect(InsuranceEntry.months(from: "202511", through: "202602") == ["202511", "202512", "202601", "202602"])
        #expect(InsuranceEntry.months(from: "202602", through: "202511").isEmpty)
    }
}
