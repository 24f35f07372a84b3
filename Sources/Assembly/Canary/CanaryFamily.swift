import Enrollment

/// A family that does not exist: obviously a sample, its ID numbers of a place that is none.
struct CanaryFamily: Sendable {
    struct Person: Sendable {
        let name: PersonName
        let number: IDNumber
        let birthDate: CivilDate

        init(_ name: String, _ code: TenantCode, born: String, _ sequence: Int) throws {
            guard let born = CivilDate(born) else { throw CanaryError.unplanted("birth date") }
            self.name = try PersonName(name)
            birthDate = born
            number = try IDNumber(prefix: code.rawValue, birthDate: born, sequence: sequence)
        }

        func identity(_ subject: String, phone: String) -> SignedInIdentity {
            SignedInIdentity(subject: subject, name: name, document: PersonDocument(number), phone: phone)
        }
    }

    let tenant: TenantCode
    let father: Person
    let mother: Person
    let children: [Person]
    let phone: String
    let street: String
    /// The title that the register holds.
    let certificate: String
    /// One that it does not.
    let wrongCertificate: String
    let note: String

    /// - Parameter mark: what every text of this family carries and nobody else's.
    init(_ mark: String, _ number: Int, in tenant: TenantCode, season: SeasonYear, children count: Int) throws {
        let year = season.value
        self.tenant = tenant
        father = try Person("林样例金丝雀\(mark)父", tenant, born: "\(year - 38)-05-20", 900 + 2 * number + 1)
        mother = try Person("周样例金丝雀\(mark)母", tenant, born: "\(year - 37)-11-02", 900 + 2 * number)
        children = try (0..<count).map { index in
            try Person(
                "林样例金丝雀\(mark)\(["一", "二", "三"][index])", tenant, born: "\(year - 6 - index)-03-15",
                900 + 2 * number)
        }
        phone = "990000990\(number)0"
        street = "金丝雀路\(mark)1号"
        certificate = "湘(\(year))样例金丝雀县不动产权第990000\(number)号"
        wrongCertificate = "湘(\(year))样例金丝雀县不动产权第990009\(number)号"
        note = "样例金丝雀\(mark)的话"
    }

    var address: String { CanaryGround.address(tenant, street) }

    /// Texts that only whoever may see this family is to see.
    var marks: [String] {
        ([father, mother] + children).flatMap { [$0.name.value, $0.number.value] }
            + [phone, street, certificate, wrongCertificate, note]
    }

    /// What departments answer about it.
    var registers: [CanaryRegisters.Key: SourceReply] {
        let members = [(father, "户主"), (mother, "配偶")] + children.map { ($0, "子") }
        let household = SourceReply.records([
            RegisterRecord([
                .householdNumber: .text("sample"), .householdKind: .text("family"), .address: .text(address),
                .members: .records(
                    members.map { person, relation in
                        RegisterRecord([
                            .personName: .text(person.name.value), .personNumber: .text(person.number.value),
                            .relationToHead: .text(relation), .birthDate: .date(person.birthDate),
                            .registeredSince: .date(person.birthDate),
                        ])
                    }),
            ])
        ])
        let title = SourceReply.records([
            RegisterRecord([
                .certificateKind: .text(CertificateKind.realEstate.rawValue), .certificateNumber: .text(certificate),
                .ownerName: .text(mother.name.value), .ownerNumber: .text(mother.number.value),
                .address: .text(address), .use: .text("residential"),
            ])
        ])
        var replies = Dictionary(
            uniqueKeysWithValues: members.map {
                (CanaryRegisters.Key(credential: .household, number: $0.0.number.value), household)
            })
        replies[.init(credential: .realEstateTitle, number: mother.number.value)] = title
        return replies
    }
}

/// Departments that know the canary's families and nobody else; no real one is asked.
struct CanaryRegisters: Sendable {
    struct Key: Hashable, Sendable {
        let credential: CredentialID
        let number: String
    }

    let replies: [Key: SourceReply]

    init(_ families: [CanaryFamily]) {
        replies = families.reduce(into: [:]) { $0.merge($1.registers) { first, _ in first } }
    }

    var source: CredentialSource {
        let replies = replies
        return CredentialSource { question in
            replies[Key(credential: question.credential, number: question.subject.number)] ?? .records([])
        }
    }
}
