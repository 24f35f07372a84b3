// Storage: the only SQL in the product.
//
// Purpose: statements as values, the two-dialect `Database`, migrations, and one repository a subject. Every repository
// call is made inside a scope and carries tenant and season, or person, as a predicate.
// Not here: keys, clear personal data (sealed bytes and keyed hashes only), rules, anything that waits outside.
// Start reading at `SQL/Database.swift`, `Schema/Schema.swift`, then `Applications/ApplicationRepository.swift`.
