//! Compiles what vectors are judged with: everything shipped, and the round that is countersigned.

use ia_returns::cli::sources;
use ia_returns::collection::author;
use ia_returns::template::author::File;
use std::fmt::Write as _;
use std::path::Path;

fn main() {
    let path = "collections/countersigned.toml";
    let vectors = Path::new("../vectors");
    println!("cargo::rerun-if-changed=../vectors/{path}");
    println!("cargo::rerun-if-changed=build.rs");
    let text = std::fs::read_to_string(vectors.join(path)).expect("read the collection");
    let mut files = sources::shipped();
    files.collections.push(File { path: path.to_owned(), text });
    let documents = author::compile(&files).expect("the data compiles");
    let mut source = String::from("pub(crate) const DOCUMENTS: &[(&str, &str, &str)] = &[\n");
    for document in documents {
        let (kind, id, json) = (document.kind.word(), &document.id, &document.json);
        writeln!(source, "    ({kind:?}, {id:?}, {json:?}),").expect("write");
    }
    source.push_str("];\n");
    let folder = std::env::var("OUT_DIR").expect("cargo says where");
    std::fs::write(Path::new(&folder).join("documents.rs"), source).expect("write the documents");
}
