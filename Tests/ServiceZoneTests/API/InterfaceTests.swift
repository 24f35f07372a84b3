import Enrollment
import Foundation
import Services
import Testing

@testable import ServiceZone
@testable import Services

@Suite("The JSON interface")
struct InterfaceTests {
    private func json(_ value: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(value), as: UTF8.self)
    }

    @Test("an application tells state, credentials and next steps; what is not there is null; nobody is named")
    func application() throws {
        let sample = try SampleCase()
        let text = try json(ApplicationResource(sample.application(state: .needsRepair)))
        #expect(
            text == """
                {"category":null,"credentials":[{"credential":"real_estate_title","fields":["certificate_number"],\
                "status":"differs"}],"department_ms":null,"next":["repair","person","edit","withdraw"],"offer":null,\
                "receipt":"430922-26-0017-4482","revision":1,"schools":[],"state":"needs_repair","tenant":"430922",\
                "verification_ms":null}
                """)
    }

    @Test("a list of cases carries receipts, states and open facts only")
    func cases() throws {
        let sample = try SampleCase()
        let list = DeskList(
            tenant: sample.tenant, counts: [:], state: nil,
            lines: [
                CaseLine(
                    receipt: SampleCase.receipt, childName: "林**", state: .firstReview, pending: [.homeOwned],
                    doubts: [],
                    category: nil, categorySettled: false, waitingSince: SampleCase.now)
            ], next: nil, schools: [])
        #expect(
            try json(CaseListResource(list))
                == #"{"cases":[{"pending":["home.owned"],"receipt":"430922-26-0017-4482","state":"first_review"}],"next":null}"#
        )
    }

    @Test("counts name every state and the categories")
    func counts() throws {
        let text = try json(CountsResource(byState: [.qualified: 12], byCategory: ["home_only": 3]))
        #expect(text.contains(#""by_category":{"home_only":3}"#) && text.contains(#""qualified":12"#))
        for state in ApplicationState.allCases { #expect(text.contains("\"\(state.rawValue)\":")) }
    }

    @Test("every address of the interface stands in its description", arguments: InterfacePath.allCases)
    func described(path: InterfacePath) throws {
        let description = String(decoding: try InterfaceDescription.bytes(), as: UTF8.self)
        let template = path.rawValue.split(separator: "/").map {
            $0.hasPrefix(":") ? "{\($0.dropFirst())}" : String($0)
        }
        #expect(description.contains("\n  /\(template.joined(separator: "/")):\n"))
    }

    @Test("the description names every state and every status a credential can have")
    func vocabulary() throws {
        let description = String(decoding: try InterfaceDescription.bytes(), as: UTF8.self)
        for word in ApplicationState.allCases.map(\.rawValue) + CredentialStatus.allCases.map(\.rawValue) {
            #expect(description.contains("- \(word)\n"), "\(word)")
        }
        for step in ApplicationResource.Step.allCases { #expect(description.contains(step.rawValue)) }
    }
}
