//! The complete tables of what a missing answer does.

use serde::Deserialize;
use std::collections::BTreeMap;

use super::names::{Names, constant, kind_of};

#[derive(Deserialize)]
struct Tables {
    table: Vec<Truth>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Truth {
    expression: String,
    types: BTreeMap<String, String>,
    across: String,
    down: Option<String>,
    #[serde(default)]
    fixed: BTreeMap<String, String>,
    grid: String,
}

#[test]
fn missing_answers_pass_through_as_the_tables_say() {
    let tables: Tables =
        toml::from_str(include_str!("../../data/rule/truth-table.toml")).expect("the tables");
    let mut cells = 0;
    for table in tables.table {
        let mut lines = table.grid.lines().map(|line| line.split('|').map(str::trim));
        let across: Vec<&str> = lines.next().expect("a top line").skip(1).collect();
        for mut line in lines {
            let down = line.next().expect("a first column");
            for (across, wanted) in across.iter().zip(line) {
                let mut values = table.fixed.clone();
                values.insert(table.across.clone(), (*across).to_owned());
                if let Some(name) = &table.down {
                    values.insert(name.clone(), down.to_owned());
                }
                let mut names = Names::default();
                for (name, kind) in &table.types {
                    names.add(name, kind_of(kind), constant(&values[name]));
                }
                let found = names.run(&table.expression);
                assert_eq!(found, Ok(constant(wanted)), "{} with {values:?}", table.expression);
                cells += 1;
            }
        }
    }
    assert!(cells > 1_000, "only {cells} cells were read");
}
