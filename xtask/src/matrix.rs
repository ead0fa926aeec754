//! The browsers of the matrix besides Chromium: Firefox ESR and `WebKitGTK` with their drivers. Used where they are;
//! where `CI` is set they are installed, on Debian as root, and all of them must be there.

use std::env;
use std::path::PathBuf;

use anyhow::{Context, Result};

use crate::browser::{apt_install, locate};
use crate::tool::{cargo, run};
use crate::workspace::Workspace;

/// What Debian calls them, with the screen that `WebKitGTK` wants.
const PACKAGES: [&str; 3] = ["firefox-esr", "webkit2gtk-driver", "xvfb"];

/// Firefox's driver is no package of Debian's.
const GECKODRIVER: &str = "0.37.1";

const FIREFOX: &str = "Firefox ESR was not tried: install it, on Debian or Ubuntu “sudo apt-get install firefox-esr”, \
    or set FIREFOX to its path; its driver is built when it is there";
const WEBKIT: &str = "WebKitGTK was not tried: install it with its driver and a screen for it, on Debian or Ubuntu \
    “sudo apt-get install webkit2gtk-driver xvfb”, or set MINIBROWSER, WEBKITDRIVER and XVFB to their paths";

/// The other browsers.
pub(crate) struct Others {
    /// Where their programs are, for the tests.
    pub(crate) environment: Vec<(&'static str, PathBuf)>,
    /// What a person must do to have those that are not there.
    pub(crate) missing: Vec<&'static str>,
}

/// Finds the other browsers; with `install` it first installs those that are not there, if it can.
///
/// # Errors
///
/// When apt fails, or Firefox's driver cannot be built.
pub(crate) fn others(workspace: &Workspace, install: bool) -> Result<Others> {
    if install && (firefox().is_none() || webkit().is_none()) {
        apt_install(&PACKAGES)?;
    }
    let mut others = Others { environment: Vec::new(), missing: Vec::new() };
    match firefox() {
        Some(program) => {
            let driver = geckodriver(workspace)?;
            others.environment.extend([("FIREFOX", program), ("GECKODRIVER", driver)]);
        }
        None => others.missing.push(FIREFOX),
    }
    match webkit() {
        Some(programs) => others.environment.extend(programs),
        None => others.missing.push(WEBKIT),
    }
    Ok(others)
}

fn firefox() -> Option<PathBuf> {
    locate("FIREFOX", &["firefox-esr", "firefox"])
}

/// The browser itself lies in no folder of the path; `tests/browser/browsers.mjs` knows where.
fn webkit() -> Option<[(&'static str, PathBuf); 2]> {
    let driver = locate("WEBKITDRIVER", &["WebKitWebDriver"])?;
    Some([("WEBKITDRIVER", driver), ("XVFB", locate("XVFB", &["Xvfb"])?)])
}

/// Firefox's driver: the one that is there, else built once into the target folder, in a few minutes.
fn geckodriver(workspace: &Workspace) -> Result<PathBuf> {
    if let Some(driver) = locate("GECKODRIVER", &["geckodriver"]) {
        return Ok(driver);
    }
    let tools = workspace.target.join("tools");
    let driver = tools.join("bin").join(format!("geckodriver{}", env::consts::EXE_SUFFIX));
    if !driver.is_file() {
        println!("cargo: building geckodriver {GECKODRIVER}, once");
        let mut install = cargo(workspace);
        install.args(["install", "--quiet", "--locked", "geckodriver", "--version", GECKODRIVER]);
        install.arg("--root").arg(&tools);
        // Its unfinished parts are of no use to any other build.
        install.env("CARGO_TARGET_DIR", workspace.target.join("geckodriver"));
        run(&mut install).context("build the driver of Firefox")?;
    }
    Ok(driver)
}
