import Protection
import Testing

@Suite struct HashingTests {
    @Test("a keyed hash finds the same value again, and nothing else", arguments: SealingSuite.allCases)
    func keyedHash(suite: SealingSuite) {
        let hash = KeyedHash(suite: suite, key: testKey())
        #expect(hash.hash("phone", "1") == KeyedHash(suite: suite, key: testKey()).hash("phone", "1"))
        #expect(hash.hash("phone", "1").count == 32)
        #expect(hash.hex("phone", "1") == Hex.encode(hash.hash("phone", "1")))
        let different = [
            hash.hash("phone", "1"), hash.hash("phone", "2"), hash.hash("phon", "e1"), hash.hash("id_number", "1"),
            KeyedHash(suite: suite, key: testKey(8)).hash("phone", "1"),
        ]
        #expect(Set(different).count == different.count)
    }

    @Test("hexadecimal text reads back, in either case, and refuses what is none")
    func hex() {
        let all = [UInt8](0...255)
        #expect(Hex.decode(Hex.encode(all)) == all)
        #expect(Hex.decode(Hex.encode(all).uppercased()) == all)
        for wrong in ["0", "0g", "é0", "+1", " 1"] { #expect(Hex.decode(wrong) == nil) }
    }

    @Test("Merkle roots are those of the Certificate Transparency reference vectors (RFC 6962)")
    func roots() {
        let leaves = [
            "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f",
        ]
        .map { bytes($0) }
        let roots = [
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
            "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
            "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
            "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
            "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
            "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
            "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
            "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
        ]
        for (count, root) in roots.enumerated() {
            #expect(Hex.encode(MerkleTree(leaves: Array(leaves.prefix(count))).root) == root, "\(count) leaves")
        }
    }

    @Test("every entry of a roster of any size is proved, and only at its own place")
    func proofs() throws {
        for count in 1...33 {
            let leaves = (0..<count).map { [UInt8($0)] }
            let tree = MerkleTree(leaves: leaves)
            #expect(tree.count == count)
            for index in 0..<count {
                let proof = try #require(tree.inclusionProof(at: index))
                func holds(_ leaf: [UInt8], _ place: Int, _ size: Int, _ proof: [[UInt8]]) -> Bool {
                    MerkleTree.verify(leaf: leaf, at: place, count: size, proof: proof, root: tree.root)
                }
                #expect(holds([UInt8(index)], index, count, proof))
                #expect(!holds([200], index, count, proof))
                #expect(!holds([UInt8(index)], index, count, proof + [tree.root]))
                if count > 1 {
                    #expect(!holds([UInt8(index)], (index + 1) % count, count, proof))
                    #expect(!holds([UInt8(index)], index, count, Array(proof.dropLast())))
                }
            }
            #expect(tree.inclusionProof(at: count) == nil)
        }
    }

    @Test("an audit chain shows where it was changed, shortened in the middle or reordered")
    func chain() {
        let start = AuditChain.start(writer: "worker-1")
        var head = start
        let links = (0..<20).map { number in
            let entry = Array("entry \(number)".utf8)
            head = AuditChain.next(prev: head, entry: entry)
            return AuditChain.Link(entry: entry, hash: head)
        }
        #expect(AuditChain.verify(after: start, links))
        #expect(AuditChain.firstBreak(after: AuditChain.start(writer: "worker-2"), in: links) == 0)

        var changed = links
        changed[7] = .init(entry: Array("entry 8".utf8), hash: links[7].hash)
        #expect(AuditChain.firstBreak(after: start, in: changed) == 7)
        // Somebody who also mends the hash moves the break to the next entry; only the last one can be mended in full.
        changed[7] = .init(
            entry: changed[7].entry, hash: AuditChain.next(prev: links[6].hash, entry: changed[7].entry))
        #expect(AuditChain.firstBreak(after: start, in: changed) == 8)

        var dropped = links
        dropped.remove(at: 5)
        #expect(AuditChain.firstBreak(after: start, in: dropped) == 5)
        var swapped = links
        swapped.swapAt(3, 4)
        #expect(AuditChain.firstBreak(after: start, in: swapped) == 3)
    }
}
