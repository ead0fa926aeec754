//! The data that is shipped compiles, and a set can be made of it.

use ia_returns::cli::sources;
use ia_returns::collection::{Set, author};

#[test]
fn every_shipped_file_compiles_and_the_set_loads() {
    let documents = author::compile(&sources::shipped()).unwrap_or_else(|faults| {
        panic!("{}", faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))
    });
    let set = Set::load(&documents).unwrap();
    assert!(set.form("sor-2023-07", "workforce_sitrep").is_some());
    assert!(set.form("practice", "workforce_sitrep").is_some());
}
