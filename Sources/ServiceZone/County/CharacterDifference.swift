/// Where two texts differ, character by character, so that a missing digit is seen at a glance.
struct CharacterDifference: Sendable, Hashable {
    /// A run of characters that stands in the other text as well, or does not. A run that differs and is empty shows
    /// where the other text has characters that this one lacks.
    struct Run: Sendable, Hashable {
        let text: String
        let differs: Bool
    }

    let left: [Run]
    let right: [Run]

    /// Compares by the longest common subsequence; texts longer than 200 characters are marked whole, because nobody
    /// reads single letters in them and the table grows with the product of the lengths.
    init(_ left: String, _ right: String) {
        if left == right {
            self.left = [Run(text: left, differs: false)]
            self.right = self.left
        } else if left.count > 200 || right.count > 200 {
            self.left = [Run(text: left, differs: true)]
            self.right = [Run(text: right, differs: true)]
        } else {
            (self.left, self.right) = Self.aligned(Array(left), Array(right))
        }
    }

    private static func aligned(_ a: [Character], _ b: [Character]) -> ([Run], [Run]) {
        let lengths = commonLengths(a, b)
        var runs: (left: [Run], right: [Run]) = ([], [])
        var (i, j) = (0, 0)
        while i < a.count || j < b.count {
            let common = (i, j)
            while i < a.count, j < b.count, a[i] == b[j] { (i, j) = (i + 1, j + 1) }
            if i > common.0 {
                let run = Run(text: String(a[common.0..<i]), differs: false)
                runs.left.append(run)
                runs.right.append(run)
            }
            let apart = (i, j)
            while i < a.count || j < b.count {
                if i < a.count, j < b.count, a[i] == b[j] { break }
                if j == b.count || i < a.count && lengths[i + 1][j] >= lengths[i][j + 1] { i += 1 } else { j += 1 }
            }
            guard i > apart.0 || j > apart.1 else { continue }
            runs.left.append(Run(text: String(a[apart.0..<i]), differs: true))
            runs.right.append(Run(text: String(b[apart.1..<j]), differs: true))
        }
        return runs
    }

    /// `[i][j]`: the length of the longest common subsequence of `a[i...]` and `b[j...]`.
    private static func commonLengths(_ a: [Character], _ b: [Character]) -> [[Int]] {
        var lengths = [[Int]](repeating: [Int](repeating: 0, count: b.count + 1), count: a.count + 1)
        for i in a.indices.reversed() {
            for j in b.indices.reversed() {
                lengths[i][j] = a[i] == b[j] ? lengths[i + 1][j + 1] + 1 : max(lengths[i + 1][j], lengths[i][j + 1])
            }
        }
        return lengths
    }
}
