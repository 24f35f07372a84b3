/// Months of insurance without a gap, counted back from the reference day.
///
/// An insurance that still runs (this month, the last or the one before is paid; departments book late) is taken to run
/// on to the reference day, as counties do that register in April and count back from August. One that stopped earlier
/// gives 0: "continuous and not stopped".
/// - Parameters:
///   - paid: months as `YYYY-MM`, in any order; others are passed over.
///   - reference: the day from which months are counted back.
public func continuousMonths(paid: [String], today: CivilDate, reference: CivilDate) -> Int {
    let ordinals = Set(
        paid.compactMap { text -> Int? in
            CivilDate(text + "-01").map { $0.year * 12 + $0.month - 1 }
        })
    guard let last = ordinals.max() else { return 0 }
    let current = today.year * 12 + today.month - 1
    guard last >= current - 2 else { return 0 }
    let lastCounting = reference.year * 12 + reference.month - 2
    // Months paid from the reference month on do not count back from it.
    let end = min(last, lastCounting)
    var length = 0
    while ordinals.contains(end - length) { length += 1 }
    return length + lastCounting - end
}

/// A certificate or contract number as registers compare it: brackets, blanks and full-width characters made one form.
public func normalizedPaperNumber(_ text: String) -> String {
    String(
        String.UnicodeScalarView(
            text.unicodeScalars.compactMap { scalar -> UnicodeScalar? in
                switch scalar.value {
                case 0x20, 0x3000, 0x09: nil
                case 0xFF08, 0x3014, 0x5B, 0xFF3B, 0x3010: "("
                case 0xFF09, 0x3015, 0x5D, 0xFF3D, 0x3011: ")"
                case 0xFF01...0xFF5E: UnicodeScalar(scalar.value - 0xFEE0)
                default: scalar
                }
            })
    ).uppercased()
}
