// Measurements: what Deploy/bench measures of the product's own code, where a command of `ruxue` is no fair measure.
//
// Purpose: one file a measurement, each started by a script in Deploy/bench.d, which makes the database, runs anchors in
// turn with ours, and compares. Prints one JSON object; how fast is the script's business, what is true is checked here.
// Not here: anything of the product; anything a test asserts.
// Start reading at `Measure.swift`.
