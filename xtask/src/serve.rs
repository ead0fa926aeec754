//! A small host for `pkg/site`, on this computer only.

use std::path::Path;

use anyhow::{Context, Result, anyhow};
use tiny_http::{Header, Method, Request, Response, Server};

use crate::blocks::More;
use crate::build::build;
use crate::workspace::{Workspace, entries, read};

/// What a host should send with every file. `frame-ancestors` works only as a header, so the pages' own policy
/// cannot state it.
const HEADERS: [(&str, &str); 6] = [
    ("Cache-Control", "no-cache"),
    ("Content-Security-Policy", "frame-ancestors 'none'"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Referrer-Policy", "no-referrer"),
    ("X-Content-Type-Options", "nosniff"),
    ("X-Frame-Options", "DENY"),
];

/// An answer before it is sent: status, media type, content.
type Answer = (u16, &'static str, Vec<u8>);

/// Builds what is stale, then answers requests until the person stops it.
///
/// # Errors
///
/// When the build fails or the port is taken.
pub(crate) fn serve(workspace: &Workspace, port: u16) -> Result<()> {
    build(workspace, &More::default())?;
    let server = Server::http(("127.0.0.1", port))
        .map_err(|error| anyhow!("listen on port {port} of 127.0.0.1: {error}"))?;
    let address = server.server_addr();
    println!();
    println!("  Open http://{address}/ and choose “Complete a return”.");
    println!(
        "  The same page in one file, by double-click: {}",
        workspace.path("pkg/return.html").display()
    );
    println!("  Ctrl-C stops the server.");
    let site = workspace.path("pkg/site");
    for request in server.incoming_requests() {
        if let Err(error) = respond(request, &site) {
            // The reader went away, or a file vanished: the next request may still be answered.
            eprintln!("warning: {error:#}");
        }
    }
    Ok(())
}

fn respond(request: Request, site: &Path) -> Result<()> {
    let (status, media_type, content) = match request.method() {
        Method::Get | Method::Head => answer(request.url(), site)?,
        _ => (405, "text/plain; charset=utf-8", b"Only GET and HEAD are answered here.\n".to_vec()),
    };
    let mut response = Response::from_data(content).with_status_code(status);
    for (name, value) in HEADERS.into_iter().chain([("Content-Type", media_type)]) {
        response.add_header(header(name, value)?);
    }
    if status == 405 {
        response.add_header(header("Allow", "GET, HEAD")?);
    }
    request.respond(response).context("answer a request")
}

fn header(name: &str, value: &str) -> Result<Header> {
    Header::from_bytes(name, value).map_err(|()| anyhow!("the header {name} cannot be sent"))
}

/// The file that an address names. Names are looked up among those that the folder holds and never joined to a
/// path, so no address reaches outside it.
fn answer(url: &str, site: &Path) -> Result<Answer> {
    let path = url.split(['?', '#']).next().unwrap_or_default();
    let wanted = match path.strip_prefix('/') {
        Some("") => "index.html",
        Some(name) => name,
        None => "",
    };
    for file in entries(site)? {
        let named = file.file_name().is_some_and(|name| name == wanted);
        if let (true, true, Some(media_type)) = (named, file.is_file(), media_type(wanted)) {
            return Ok((200, media_type, read(&file)?));
        }
    }
    Ok((404, "text/plain; charset=utf-8", b"There is no such page here.\n".to_vec()))
}

fn media_type(name: &str) -> Option<&'static str> {
    match name.rsplit_once('.')?.1 {
        "css" => Some("text/css; charset=utf-8"),
        "html" => Some("text/html; charset=utf-8"),
        "js" => Some("text/javascript; charset=utf-8"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::*;

    fn site() -> PathBuf {
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../www")
    }

    #[test]
    fn a_file_of_the_folder_is_found_with_its_type() {
        let (status, media_type, content) = answer("/page.html?from=here", &site()).unwrap();
        assert_eq!((status, media_type), (200, "text/html; charset=utf-8"));
        assert!(content.starts_with(b"<!doctype html>"));
        assert_eq!(answer("/", &site()).unwrap().0, 200);
    }

    #[test]
    fn nothing_outside_the_folder_is_found() {
        for url in [
            "/../Cargo.toml",
            "/..%2fCargo.toml",
            "//etc/passwd",
            "/style/main.scss",
            "/style",
            "page.html",
        ] {
            assert_eq!(answer(url, &site()).unwrap().0, 404, "{url}");
        }
    }

    #[test]
    fn a_file_of_another_kind_is_not_served() {
        assert_eq!(answer("/README.md", &site()).unwrap().0, 404);
    }
}
