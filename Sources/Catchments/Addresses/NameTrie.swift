/// Names as a tree of characters, so that all names that begin at a place of a text are found by walking once along it.
///
/// Nodes are numbered breadth first, so a node's children stand side by side, in the order of their characters: flat
/// arrays, about 20 bytes a node.
struct NameTrie: Sendable {
    /// What a name stands for.
    struct Entry: Hashable, Sendable {
        let unit: Int32
        let suffix: AddressSuffix
        /// How weak the name itself is, whole as it stands.
        let means: AddressMeans
    }

    private var labels: [UInt32] = [0]
    private var firstChild: [Int32] = []
    private var firstEntry: [Int32] = []
    private var entries: [Entry] = []
    /// The first and last unit that a name through a node stands for.
    private var bounds: [ClosedRange<Int32>] = []

    static let root: Int32 = 0

    init(_ names: [(stem: [UInt32], entry: Entry)]) {
        let sorted = names.sorted {
            $0.stem == $1.stem ? $0.entry.unit < $1.entry.unit : $0.stem.lexicographicallyPrecedes($1.stem)
        }
        // Breadth first: each node is a range of names with the same first `depth` characters.
        var level = [0..<sorted.count]
        var depth = 0
        while !level.isEmpty {
            var next: [Range<Int>] = []
            for range in level {
                firstChild.append(Int32(labels.count))
                firstEntry.append(Int32(entries.count))
                var (first, last) = (Int32.max, Int32.zero)
                for name in sorted[range] {
                    first = min(first, name.entry.unit)
                    last = max(last, name.entry.unit)
                }
                bounds.append(min(first, last)...last)
                var index = range.lowerBound
                while index < range.upperBound, sorted[index].stem.count == depth {
                    entries.append(sorted[index].entry)
                    index += 1
                }
                while index < range.upperBound {
                    let label = sorted[index].stem[depth]
                    let start = index
                    while index < range.upperBound, sorted[index].stem[depth] == label { index += 1 }
                    labels.append(label)
                    next.append(start..<index)
                }
            }
            (level, depth) = (next, depth + 1)
        }
        firstChild.append(Int32(labels.count))
        firstEntry.append(Int32(entries.count))
    }

    /// The children of a node.
    func children(of node: Int32) -> Range<Int32> { firstChild[Int(node)]..<firstChild[Int(node) + 1] }

    /// Whether a name through this node may stand for one of these units.
    func mayHold(_ node: Int32, _ units: Range<Int>) -> Bool {
        let bounds = bounds[Int(node)]
        return Int(bounds.lowerBound) < units.upperBound && Int(bounds.upperBound) >= units.lowerBound
    }

    /// The character that leads to a node.
    func label(_ node: Int32) -> UInt32 { labels[Int(node)] }

    /// The child of a node by its character.
    func child(of node: Int32, _ label: UInt32) -> Int32? {
        var low = firstChild[Int(node)]
        var high = firstChild[Int(node) + 1]
        while low < high {
            let middle = (low + high) / 2
            if labels[Int(middle)] < label { low = middle + 1 } else { high = middle }
        }
        return low < firstChild[Int(node) + 1] && labels[Int(low)] == label ? low : nil
    }

    /// What the name that ends at this node stands for.
    func entries(at node: Int32) -> ArraySlice<Entry> {
        entries[Int(firstEntry[Int(node)])..<Int(firstEntry[Int(node) + 1])]
    }
}
