//! A page of its own: one file that opens from disk, loads nothing and runs nothing.

use crate::hash::sha256;
use base64ct::{Base64, Encoding as _};
use maud::{DOCTYPE, Markup, html};

/// How the pages look, on a screen and on A4.
const STYLE: &str = include_str!("page.css");

/// A page with a title and what is in it.
pub(super) fn page(title: &str, body: &Markup) -> String {
    let policy = format!(
        "default-src 'none'; style-src 'sha256-{}'",
        Base64::encode_string(&sha256(STYLE.as_bytes()))
    );
    let page = html! {
        (DOCTYPE)
        html lang="en-GB" {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(policy);
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (title) }
                style { (STYLE) }
            }
            body { (body) }
        }
    };
    page.into_string() + "\n"
}

/// Text from a file: it turns nothing round that stands beside it.
pub(super) fn told(text: &str) -> Markup {
    html! { bdi { (text) } }
}

#[cfg(test)]
mod tests {
    #[test]
    fn nothing_in_the_style_would_be_escaped() {
        assert!(!super::STYLE.contains(['<', '>', '&', '"']));
    }
}
