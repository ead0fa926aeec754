//! The command line as two files that need nothing installed: for Linux, static, and for Windows.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::browser::apt_install;
use crate::engine::remap;
use crate::tool::{cargo, find, output, run, rust_target};
use crate::workspace::{Workspace, create_folder};

/// One of the two.
pub(crate) struct Program {
    target: &'static str,
    /// What it is called in `pkg/cli`.
    pub(crate) file: &'static str,
    /// What cargo calls it.
    built: &'static str,
    /// The C compiler, for the allocator, which is C.
    compiler: &'static str,
    /// Whether that is the linker too.
    links: bool,
    /// What to say where it is not there.
    without: &'static str,
    flags: &'static [&'static str],
}

pub(crate) const LINUX: Program = Program {
    target: "x86_64-unknown-linux-musl",
    file: "ia-returns-linux-x86_64",
    built: "ia-returns",
    compiler: "musl-gcc",
    links: false,
    without: NO_MUSL,
    flags: &["-Ctarget-feature=+crt-static"],
};
pub(crate) const WINDOWS: Program = Program {
    target: "x86_64-pc-windows-gnu",
    file: "ia-returns-windows-x86_64.exe",
    built: "ia-returns.exe",
    compiler: "x86_64-w64-mingw32-gcc",
    links: true,
    without: NO_MINGW,
    // The linker would write down when it was run.
    flags: &["-Ctarget-feature=+crt-static", "-Clink-arg=-Wl,--no-insert-timestamp"],
};

/// What Debian calls what they are built and tried with, besides Rust.
const PACKAGES: [&str; 4] = ["gcc-mingw-w64-x86-64", "musl-tools", "wine", "wine64"];

const NO_MINGW: &str = "the command line for Windows was not built: install its compiler, on Debian or Ubuntu “sudo apt-get \
    install gcc-mingw-w64-x86-64”";
const NO_MUSL: &str = "the command line for Linux was not built: install its compiler, on Debian or Ubuntu “sudo apt-get install \
    musl-tools”";
const NO_WINE: &str = "the command line for Windows was built and not tried: install wine, on Debian or Ubuntu “sudo apt-get \
    install wine wine64”";

/// Builds those that can be built here; answers why others are not.
///
/// # Errors
///
/// When one does not build, or does not verify a file.
pub(crate) fn build(workspace: &Workspace) -> Result<Vec<String>> {
    let mut skipped = Vec::new();
    let folder = workspace.path("pkg/cli");
    create_folder(&folder)?;
    for program in [LINUX, WINDOWS] {
        let file = folder.join(program.file);
        if find(program.compiler).is_some() {
            compile(workspace, &program)?;
            let built = workspace.target.join("ship").join(program.target).join("ship");
            fs::copy(built.join(program.built), &file).context("copy the command line")?;
            println!("written: {}", file.display());
            continue;
        }
        skipped.push(program.without.to_owned());
        // None of an earlier build is given out in its place.
        let _ = fs::remove_file(&file);
    }
    if folder.join(LINUX.file).is_file() {
        try_out(workspace, Command::new(folder.join(LINUX.file)))?;
    }
    if folder.join(WINDOWS.file).is_file() {
        match wine(workspace) {
            Some(mut wine) => {
                wine.arg(folder.join(WINDOWS.file));
                if lacks_a_library(&mut wine)? {
                    println!("{OLD_WINE}");
                } else {
                    try_out(workspace, wine)?;
                }
            }
            None => skipped.push(NO_WINE.to_owned()),
        }
    }
    Ok(skipped)
}

/// Installs what is missing to build and try both, on Debian as root.
///
/// # Errors
///
/// When apt fails.
pub(crate) fn install() -> Result<()> {
    let has_compilers = [LINUX, WINDOWS].iter().all(|program| find(program.compiler).is_some());
    if has_compilers && wine_program().is_some() { Ok(()) } else { apt_install(&PACKAGES) }
}

fn compile(workspace: &Workspace, program: &Program) -> Result<()> {
    rust_target(workspace, program.target)?;
    let flags = program.flags.iter().map(|flag| (*flag).to_owned()).chain(remap(workspace)?);
    let flags: Vec<String> = flags.map(|flag| format!("{flag:?}")).collect();
    let mut command = cargo(workspace);
    command.args(["build", "--quiet", "--locked", "--profile", "ship", "--bin", "ia-returns"]);
    command.args(["--target", program.target, "--target-dir"]).arg(workspace.target.join("ship"));
    command.arg("--config").arg(format!(
        "target.{}.rustflags=[{}]",
        program.target,
        flags.join(",")
    ));
    if program.links {
        let linker = format!("target.{}.linker=\"{}\"", program.target, program.compiler);
        command.arg("--config").arg(linker);
    }
    command.env(format!("CC_{}", program.target.replace('-', "_")), program.compiler);
    command.env_remove("RUSTFLAGS").env_remove("CARGO_ENCODED_RUSTFLAGS");
    run(&mut command).with_context(|| format!("build the command line for {}", program.target))
}

/// Runs it once: it verifies a return, and refuses the same changed.
fn try_out(workspace: &Workspace, mut command: Command) -> Result<()> {
    let memory = workspace.work.join("memory-of-a-smoke-test.json");
    command.current_dir(&workspace.root).env("IA_RETURNS_MEMORY", memory);
    let said = output(command.args(["verify", "tests/data/returns/rx1-sealed.json"]))?;
    if !said.contains("unchanged since sealed, and a check here finds the same") {
        bail!("the command line does not verify a return that is good: {said}");
    }
    let refused = command.arg("tests/data/returns/rx1-changed.json").output().context("run it")?;
    if refused.status.code() != Some(3) {
        bail!("the command line does not refuse a return that was changed");
    }
    Ok(())
}

/// What Wine before 9 says of every program of the Rust standard library: that it lacks `bcryptprimitives.dll`, which Windows
/// has. Debian 12 has Wine 8, so there is nothing to install that would do.
const OLD_WINE: &str =
    "NOT TRIED: the command line for Windows. This Wine lacks bcryptprimitives.dll; Wine 9 has it";

/// The status of a program that lacks a library, as Wine gives it: the last byte of `STATUS_DLL_NOT_FOUND`.
const DLL_NOT_FOUND: i32 = 0x35;

/// Whether a program does not even start, because Wine lacks a library that Windows has.
fn lacks_a_library(command: &mut Command) -> Result<bool> {
    Ok(command.output().context("start Wine")?.status.code() == Some(DLL_NOT_FOUND))
}

/// Windows programs on Linux, with a home of its own.
fn wine(workspace: &Workspace) -> Option<Command> {
    let mut wine = Command::new(wine_program()?);
    wine.env("WINEPREFIX", workspace.work.join("wine")).env("WINEDEBUG", "-all");
    wine.env("WINEDLLOVERRIDES", "mscoree,mshtml=");
    Some(wine)
}

/// Debian puts it into no folder of the path.
fn wine_program() -> Option<PathBuf> {
    let place = PathBuf::from("/usr/lib/wine/wine64");
    find("wine64").or_else(|| place.is_file().then_some(place)).or_else(|| find("wine"))
}
