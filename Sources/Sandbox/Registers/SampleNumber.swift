import Enrollment

/// Numbers of sample people: valid by their check digit and nobody's by their names.
enum SampleNumber {
    /// An ID number. `sequence` is odd for males.
    static func person(_ prefix: String, _ birthDate: String, _ sequence: Int) -> IDNumber {
        do {
            return try IDNumber(prefix: prefix, birthDate: day(birthDate), sequence: sequence)
        } catch {
            preconditionFailure("sample number \(prefix) \(birthDate) \(sequence): \(error)")
        }
    }

    static func day(_ text: String) -> CivilDate {
        guard let day = CivilDate(text) else { preconditionFailure("sample day \(text)") }
        return day
    }

    /// 不动产权证书 number.
    static func certificate(_ serial: Int, year: Int = 2021) -> String {
        "湘(\(year))桃江县不动产权第\(padded(serial, 7))号"
    }

    /// 房屋所有权证 number, as issued before unified registration.
    static func oldCertificate(_ serial: Int) -> String { "桃房权证桃花江镇字第\(padded(serial, 8))号" }

    /// 不动产单元号: county, two surveying areas, GB, parcel, F, building and unit.
    static func unit(_ serial: Int) -> String { "430922001001GB\(padded(serial, 5))F00010001" }

    static func padded(_ number: Int, _ width: Int) -> String {
        let text = String(number)
        return String(repeating: "0", count: max(0, width - text.count)) + text
    }
}
