//! The browser that the journeys drive: found, or on Debian as root installed, or said to be missing.

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use crate::tool::{find, output};

/// A browser and the driver that lets a test use it.
pub(crate) struct Browser {
    pub(crate) program: PathBuf,
    pub(crate) driver: PathBuf,
}

const PROGRAMS: [&str; 6] =
    ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge"];
const DRIVERS: [&str; 2] = ["chromedriver", "msedgedriver"];

/// What Debian calls them, with one font so that text has a shape.
const PACKAGES: [&str; 3] = ["chromium", "chromium-driver", "fonts-dejavu-core"];

/// What a person must do when there is none.
pub(crate) const HOW_TO_INSTALL: &str = "Install Chromium and its driver: on Debian or Ubuntu \
    “sudo apt-get install chromium chromium-driver fonts-dejavu-core”, on Fedora “sudo dnf install chromium \
    chromedriver”, on macOS “brew install --cask chromium chromedriver”, on Windows Chrome and the chromedriver \
    of the same version; or set CHROMIUM and CHROMEDRIVER to their paths";

/// The browser to use; `None` when there is none and none can be installed.
///
/// # Errors
///
/// When apt fails.
pub(crate) fn browser() -> Result<Option<Browser>> {
    if let Some(browser) = installed() {
        return Ok(Some(browser));
    }
    apt_install(&PACKAGES)?;
    Ok(installed())
}

/// What a person must do when nothing reads what is printed.
pub(crate) const NO_PDF_READER: &str = "What the page prints was not read: there is no pdftotext. Install it: on Debian or \
    Ubuntu “sudo apt-get install poppler-utils”, on Fedora “sudo dnf install poppler-utils”, on macOS “brew install poppler”";

/// Whether there is a program that reads the text of a PDF; it is installed where that can be done.
///
/// # Errors
///
/// When apt fails.
pub(crate) fn has_pdf_reader() -> Result<bool> {
    if find("pdftotext").is_none() {
        apt_install(&["poppler-utils"])?;
    }
    Ok(find("pdftotext").is_some())
}

fn installed() -> Option<Browser> {
    let program = locate("CHROMIUM", &PROGRAMS)?;
    let driver = locate("CHROMEDRIVER", &DRIVERS)?;
    Some(Browser { program, driver })
}

/// The program that the person named in the environment, by path or by name, and no other; where none is named,
/// the first of `usual` that is there.
pub(crate) fn locate(variable: &str, usual: &[&str]) -> Option<PathBuf> {
    match env::var_os(variable).map(PathBuf::from) {
        Some(path) if path.is_file() => Some(path),
        Some(name) => find(name.to_str()?),
        None => usual.iter().find_map(|name| find(name)),
    }
}

fn is_debian() -> bool {
    Path::new("/etc/debian_version").exists() && find("apt-get").is_some()
}

fn is_root() -> bool {
    output(Command::new("id").arg("-u")).is_ok_and(|id| id.trim() == "0")
}

/// Installs packages on Debian as root; elsewhere it does nothing.
///
/// # Errors
///
/// When apt fails.
pub(crate) fn apt_install(packages: &[&str]) -> Result<()> {
    if !is_debian() || !is_root() {
        return Ok(());
    }
    println!("apt-get: installing {}", packages.join(" "));
    let apt = |arguments: &[&str]| {
        let mut command = Command::new("apt-get");
        command.env("DEBIAN_FRONTEND", "noninteractive").args(["-qq", "-y"]).args(arguments);
        output(&mut command)
    };
    apt(&["update"]).context("refresh the list of Debian packages")?;
    let install = [["install", "--no-install-recommends"].as_slice(), packages].concat();
    apt(&install).context("install Debian packages").map(|_| ())
}
