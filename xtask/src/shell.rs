//! Shells: HTML with marked slots, and the escapes that keep what fills them inside its element.

use anyhow::{Context, Result, bail};

/// Fills every `<!--slot:NAME-->` of a shell and drops its other comments.
///
/// # Errors
///
/// When a slot of the shell has no filling, or a filling has not exactly one slot.
pub(crate) fn fill(shell: &str, fillings: &[(&str, String)]) -> Result<String> {
    let mut page = String::new();
    let mut rest = shell;
    let mut filled = Vec::new();
    while let Some((before, comment)) = rest.split_once("<!--") {
        page.push_str(before);
        let (comment, after) = comment.split_once("-->").context("a comment is not closed")?;
        if let Some(name) = comment.strip_prefix("slot:") {
            let (_, filling) = fillings
                .iter()
                .find(|(known, _)| *known == name)
                .with_context(|| format!("nothing is known to fill the slot {name}"))?;
            page.push_str(filling);
            filled.push(name);
        }
        rest = after;
    }
    page.push_str(rest);
    for (name, _) in fillings {
        if filled.iter().filter(|known| *known == name).count() != 1 {
            bail!("the shell must have the slot {name} exactly once");
        }
    }
    Ok(page)
}

/// Refuses script or style text that would not survive inside its element (HTML, section 13.2.5.4).
pub(crate) fn stays_inside(what: &str, text: &str) -> Result<()> {
    let lower = text.to_ascii_lowercase();
    for end in ["</script", "<script", "</style", "<!--"] {
        if lower.contains(end) {
            bail!("{what} holds “{end}”, which would end or confuse its element");
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slots_are_filled_and_comments_dropped() {
        let page = fill("a<!-- why --><!--slot:x-->b", &[("x", "<p>".to_owned())]).unwrap();
        assert_eq!(page, "a<p>b");
    }

    #[test]
    fn a_filling_is_not_searched_for_slots() {
        let page = fill("<!--slot:x-->", &[("x", "<!--slot:y-->".to_owned())]).unwrap();
        assert_eq!(page, "<!--slot:y-->");
    }

    #[test]
    fn slots_and_fillings_must_match() {
        assert!(fill("<!--slot:x-->", &[]).is_err());
        assert!(fill("", &[("x", String::new())]).is_err());
        assert!(fill("<!--slot:x--><!--slot:x-->", &[("x", String::new())]).is_err());
        assert!(fill("<!--slot:x", &[("x", String::new())]).is_err());
    }

    #[test]
    fn text_that_ends_its_element_is_refused() {
        assert!(stays_inside("the script", "let a = '<\\/script>'").is_ok());
        assert!(stays_inside("the script", "let a = '</SCRIPT>'").is_err());
        assert!(stays_inside("the style", "a::before{content:'<!--'}").is_err());
    }
}
