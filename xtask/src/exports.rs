//! What a collation leaves as, in the eyes of others: a folder of sample returns is collated, and `tests/exports/check.py`
//! looks at it with frictionless, `DuckDB` and `LibreOffice`.

use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::sample::{self, Arguments};
use crate::stale::Inputs;
use crate::tool::{find, output, run};
use crate::workspace::Workspace;

/// How many files: a region has some hundreds.
const FILES: usize = 600;

/// Collates a sample and has it looked at. Answers what was left out, if anything: the suite reads the workbook too, so a
/// computer without Python or `LibreOffice` loses a second opinion and no test.
///
/// # Errors
///
/// When the collation does not come to what the generator says, or a program cannot be run.
pub(crate) fn exports(workspace: &Workspace) -> Result<Option<String>> {
    let Some(python) = find("python3") else {
        return Ok(Some("Python is missing: install python3 with its module venv".to_owned()));
    };
    let packages = match packages(workspace, &python) {
        Ok(packages) => packages,
        Err(error) => return Ok(Some(format!("the Python packages are missing: {error:#}"))),
    };
    let (folder, collation) = (workspace.work.join("sample-600"), workspace.work.join("collation"));
    for old in [&folder, &collation] {
        if old.exists() {
            fs::remove_dir_all(old).with_context(|| format!("delete {}", old.display()))?;
        }
    }
    sample::sample(&Arguments::new(FILES, &folder))?;
    let program = workspace.target.join("debug/ia-returns");
    collate(&program, &folder, &collation)?;
    let mut check = Command::new(packages);
    check.arg(workspace.path("tests/exports/check.py")).arg(&collation);
    check.arg(folder.join("expected.json")).arg(workspace.path("docs/analysis.md"));
    run(&mut check)?;
    let office = find("soffice").is_none();
    Ok(office.then(|| "LibreOffice is missing: install libreoffice-calc".to_owned()))
}

/// Runs the command line on a sample. Its exit status says that some files were broken, as they are.
pub(crate) fn collate(program: &Path, folder: &Path, out: &Path) -> Result<()> {
    let mut child = command(program, folder, out)?;
    let done = child.output().context("run ia-returns collate")?;
    if !out.join("contents.json").exists() {
        bail!("ia-returns collate wrote nothing\n{}", String::from_utf8_lossy(&done.stderr));
    }
    Ok(())
}

/// The command line with everything that lies in a sample.
pub(crate) fn command(program: &Path, folder: &Path, out: &Path) -> Result<Command> {
    let signer =
        fs::read_to_string(folder.join("register-signer.txt")).context("read the signer")?;
    let mut command = Command::new(program);
    // What this computer remembers of other lists is left alone.
    command.env("IA_RETURNS_MEMORY", "").arg("collate").arg(folder.join("returns"));
    for (option, name) in [
        ("--expected", "expected-list.json"),
        ("--register", "register.json"),
        ("--received", "received.csv"),
    ] {
        command.arg(option).arg(folder.join(name));
    }
    for option in ["--issuer", "--register-signer"] {
        command.args([option, signer.trim()]);
    }
    command.args(["--collection", "sor-2023-07", "--at", "2023-07-28T20:00:00+01:00", "--out"]);
    command.arg(out);
    Ok(command)
}

/// The Python that has the packages, in a folder of this tool’s own.
fn packages(workspace: &Workspace, python: &Path) -> Result<std::path::PathBuf> {
    let folder = workspace.work.join("python");
    let wanted = workspace.path("tests/exports/requirements.txt");
    let stamp = Inputs::default().file(&wanted)?.stamp_at(folder.join(".stamp"));
    let own = folder.join("bin/python");
    if !stamp.is_fresh(&[]) {
        println!("pip: installing the packages of tests/exports/requirements.txt");
        output(Command::new(python).args(["-m", "venv"]).arg(&folder))?;
        let mut pip = Command::new(&own);
        pip.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r"]);
        output(pip.arg(&wanted))?;
        stamp.record()?;
    }
    Ok(own)
}
