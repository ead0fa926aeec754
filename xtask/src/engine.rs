//! The engines: the library as WebAssembly, with the glue that wasm-bindgen writes for it. One is the submitter's page's; the
//! others, by features of the same library, are the approver's page's, the collator's page's, and one that opens kept keys and is
//! loaded when a person asks for it.

use std::env;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use wasm_bindgen_cli_support::Bindgen;

use crate::encode::{gzip_dense, sha256_hex};
use crate::second::{Patch, patch};
use crate::stale::Inputs;
use crate::tool::{cargo, npm_program, output, run, wasm_target};
use crate::workspace::{Workspace, create_folder, read, read_text, write};

/// The engine as the pages carry it.
pub(crate) struct Engine {
    /// The optimised module.
    pub(crate) wasm: Vec<u8>,
    /// The file that holds it.
    pub(crate) file: PathBuf,
    /// The module in gzip, which the pages carry in 85 letters.
    pub(crate) packed: Vec<u8>,
    /// SHA-256 of `packed`, which the page's script checks before it runs anything.
    pub(crate) packed_sha256: String,
    /// The ES module that joins the engine to the browser (wasm-bindgen's `…_bg.js`).
    pub(crate) glue: PathBuf,
}

/// Which engine, and what sets its build apart.
pub(crate) struct Which {
    /// Its folder of work, and the cargo profile it is built with.
    pub(crate) name: &'static str,
    /// The library's features.
    features: &'static str,
    /// What wasm-opt does to it.
    passes: &'static [&'static str],
}

/// The page's engine.
pub(crate) const PAGE: Which = Which { name: "engine", features: "", passes: &SMALL };
/// The engine of kept keys, where 600,000 rounds of SHA-256 are waited for.
pub(crate) const KEYS: Which = Which { name: "keys", features: "keys", passes: &SMALL };
/// The checker for pages of others, fast before small: -O3 makes it an eighth quicker than -Oz.
pub(crate) const MODULE: Which =
    Which { name: "module", features: "module", passes: &["--low-memory-unused", "-O3"] };

/// The engine of the approver's page, which opens kept keys too.
pub(crate) const APPROVE: Which = Which { name: "approve", features: "approve", passes: &SMALL };

/// The engine of the collator's page.
pub(crate) const COLLATE: Which = Which { name: "collate", features: "collate", passes: &SMALL };

/// The features that the compiler may use, and no more: the second engine is translated from the same file, and
/// its translator takes no others. Stated here because stripping removes the module's own list of features.
pub(crate) const FEATURES: [&str; 5] = [
    "--enable-bulk-memory",
    "--enable-bulk-memory-opt",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-sign-ext",
];

/// What makes the module small. The stack lies below the data, so no datum has an address below 1024
/// (`--low-memory-unused`) and an offset can go into the instruction that loads or stores.
const SMALL: [&str; 5] = ["--low-memory-unused", "--flatten", "--rereloop", "-Oz", "-Oz"];

/// The standard library is built with the engine, for size and for the same panics: 70 KB less. That is still
/// unstable, so it leans on the pinned toolchain, whose stable compiler takes unstable options when told to.
const STANDARD_LIBRARY: [&str; 2] =
    ["-Zbuild-std=std,panic_abort", "-Zbuild-std-features=optimize_for_size"];

/// A panic stops the engine at once, as a WebAssembly trap. Its message would reach nobody: the page says that
/// something went wrong, and has kept what was typed.
const PANIC: [&str; 3] =
    ["-Cpanic=immediate-abort", "-Zunstable-options", "-Zlocation-detail=none"];

/// SHA-2 as loops instead of unrolled rounds: 17 KB less, and 600,000 rounds of PBKDF2 in 0.26 s instead of 0.16 s.
const SHORT_HASH: &str = "--cfg=sha2_backend_soft=\"compact\"";

/// The stack, in bytes, which lies below the data: 960 KB instead of 1 MB, so that the addresses of data are below 2^20
/// and each takes 3 bytes in an instruction instead of 4.
const STACK: &str = "-Clink-arg=-zstack-size=983040";

/// Builds an engine if its sources changed.
pub(crate) fn build(workspace: &Workspace, which: &Which) -> Result<Engine> {
    wasm_target(workspace)?;
    let compiled = compile(workspace, which)?;
    let folder = workspace.work.join(which.name);
    let glue = folder.join("ia_returns_bg.js");
    let optimised = folder.join("ia_returns.wasm");
    let packed = folder.join("ia_returns.wasm.gz");

    let stamp = Inputs::default()
        .bytes("compiled", &compiled)
        .bytes("passes", [&FEATURES[..], which.passes].concat().concat().as_bytes())
        .bytes("glue", [FRESH[0].from, FRESH[0].to, FRESH[1].from, FRESH[1].to].concat().as_bytes())
        .file(&workspace.path("Cargo.lock"))?
        .file(&workspace.path("package-lock.json"))?
        .stamp(workspace, which.name);
    if !stamp.is_fresh(&[&glue, &optimised, &packed]) {
        bind(compiled, &folder)?;
        optimise(workspace, which, &folder.join("ia_returns_bg.wasm"), &optimised)?;
        write(&packed, &gzip_dense(&read(&optimised)?)?)?;
        stamp.record()?;
    }
    let packed = read(&packed)?;
    let wasm = read(&optimised)?;
    Ok(Engine { wasm, file: optimised, packed_sha256: sha256_hex(&packed), packed, glue })
}

/// Runs cargo, which knows by itself whether anything changed. The target folder is its own, so that this build
/// and the native ones never wait for each other.
fn compile(workspace: &Workspace, which: &Which) -> Result<Vec<u8>> {
    let target = workspace.target.join("engine");
    let mut command = cargo(workspace);
    command.args(["build", "--quiet", "--profile", which.name, "--package", "ia-returns", "--lib"]);
    command.args(["--features", which.features]);
    command.args(["--target", "wasm32-unknown-unknown", "--target-dir"]).arg(&target);
    command.arg("--config").arg(flags(workspace)?);
    command.args(STANDARD_LIBRARY).env("RUSTC_BOOTSTRAP", "1");
    // These would replace the flags of .cargo/config.toml, without which the second engine is wrong.
    command.env_remove("RUSTFLAGS").env_remove("CARGO_ENCODED_RUSTFLAGS");
    run(&mut command).with_context(|| format!("compile the engine “{}”", which.name))?;
    let built = target.join("wasm32-unknown-unknown").join(which.name);
    read(&built.join("ia_returns.wasm"))
}

/// The flags of .cargo/config.toml are joined to these. Names of source files stay out: no page carries the paths
/// of the computer that built it.
fn flags(workspace: &Workspace) -> Result<String> {
    let flags = PANIC.into_iter().chain([SHORT_HASH, STACK]).map(str::to_owned);
    let flags: Vec<String> =
        flags.chain(remap(workspace)?).map(|flag| format!("{flag:?}")).collect();
    Ok(format!("target.wasm32-unknown-unknown.rustflags=[{}]", flags.join(",")))
}

/// What keeps the paths of the computer that builds out of what is built.
pub(crate) fn remap(workspace: &Workspace) -> Result<[String; 2]> {
    let home = env::var_os("CARGO_HOME").map_or_else(
        || env::home_dir().map(|home| home.join(".cargo")),
        |home| Some(PathBuf::from(home)),
    );
    let home = home.context("find cargo's home folder")?;
    Ok([(home, "cargo"), (workspace.root.clone(), "")]
        .map(|(from, to)| format!("--remap-path-prefix={}={to}", from.display())))
}

/// Writes `ia_returns_bg.wasm` and the glue `ia_returns_bg.js`. The bundler form has no loader of its own: no
/// fetch, no `import.meta`, and it drives the second engine as well as the first.
fn bind(compiled: Vec<u8>, folder: &Path) -> Result<()> {
    create_folder(folder)?;
    let mut bindgen = Bindgen::new();
    bindgen
        .input_bytes("ia_returns", compiled)
        .bundler(true)
        .and_then(|bindgen| {
            bindgen
                .typescript(false)
                .remove_name_section(true)
                .remove_producers_section(true)
                .generate(folder)
        })
        .context("write the glue with wasm-bindgen")?;
    let glue = folder.join("ia_returns_bg.js");
    let text = patch(&read_text(&glue)?, &FRESH).context("patch the glue")?;
    // A view that is kept and never looked at again would be a third place.
    if text.contains(".byteLength === 0") || text.contains(".detached") {
        bail!("the glue keeps a view of the engine's memory that is not patched");
    }
    write(&glue, text.as_bytes())
}

/// The glue keeps views of the engine's memory, and makes them anew when the old memory is gone. WebAssembly empties
/// the memory it has outgrown; the second engine leaves it as it was, so a view of it would show old bytes and take
/// new ones that nobody reads. What is true of both: the engine has another memory than the view.
const FRESH: [Patch; 2] = [
    Patch {
        from: "cachedUint8ArrayMemory0.byteLength === 0",
        to: "cachedUint8ArrayMemory0.buffer !== wasm.memory.buffer",
    },
    Patch {
        from: "cachedDataViewMemory0.buffer.detached === true || (cachedDataViewMemory0.buffer.detached === undefined && \
               cachedDataViewMemory0.buffer !== wasm.memory.buffer)",
        to: "cachedDataViewMemory0.buffer !== wasm.memory.buffer",
    },
];

/// Makes the module as small, or as fast, as it gets.
fn optimise(workspace: &Workspace, which: &Which, from: &Path, to: &Path) -> Result<()> {
    println!("engine: optimising {}", from.display());
    let mut command = npm_program(workspace, "wasm-opt");
    command
        .arg(from)
        .args(FEATURES)
        .args(which.passes)
        .args(["--strip-debug", "--strip-producers", "-o"])
        .arg(to);
    output(&mut command).context("optimise the engine with wasm-opt").map(|_| ())
}
