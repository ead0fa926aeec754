//! The blank forms: every return of every collection on paper, for the day when the page cannot be opened.

use ia_returns::collection::{Form, Set};
use ia_returns::describe;

use ia_returns::cli::blocks::attribute;

/// A blank form.
pub(crate) struct Blank {
    /// `blank-workforce_sitrep-sor-2023-07.html`.
    pub(crate) name: String,
    /// What is chosen by: its collection.
    collection: String,
    /// Its return, with the stage.
    title: String,
    /// The page.
    pub(crate) html: String,
}

/// Every blank form, in the order in which a person sees collections and returns.
pub(crate) fn forms(set: &Set) -> Vec<Blank> {
    set.forms().iter().map(|form| blank(form)).collect()
}

fn blank(form: &Form) -> Blank {
    let (template, collection) = (form.template.source(), form.collection.source());
    let stage = form.stage.map(|stage| format!("-{stage}")).unwrap_or_default();
    let words = match form.stage {
        Some("estimate") => ", estimate",
        Some(_) => ", final figures",
        None => "",
    };
    Blank {
        name: format!("blank-{}-{}{stage}.html", template.id, collection.id),
        collection: collection.title.clone(),
        title: format!("{}{words}", template.title),
        html: describe::blank(form),
    }
}

/// A list of links to all of them, under the collection of each.
pub(crate) fn list(forms: &[Blank]) -> String {
    let mut html = String::new();
    let mut of = "";
    for form in forms {
        if form.collection != of {
            if !of.is_empty() {
                html.push_str("</ul>\n");
            }
            of = &form.collection;
            let heading = ["<h3 class=\"nhsuk-heading-s\">", &attribute(of), "</h3>\n"].concat();
            html.push_str(&heading);
            html.push_str("<ul class=\"nhsuk-list\">\n");
        }
        let (name, title) = (attribute(&form.name), attribute(&form.title));
        let link = ["<li><a class=\"nhsuk-link\" href=\"", &name, "\">", &title];
        html.push_str(&link.concat());
        // Links of the same words are told apart.
        html.push_str("<span class=\"nhsuk-u-visually-hidden\">: blank form, ");
        html.push_str(&attribute(of));
        html.push_str("</span></a></li>\n");
    }
    if !of.is_empty() {
        html.push_str("</ul>");
    }
    html
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(name: &str, collection: &str) -> Blank {
        let (collection, html) = (collection.to_owned(), String::new());
        Blank { name: name.to_owned(), collection, title: "A & B".to_owned(), html }
    }

    #[test]
    fn each_collection_heads_its_own_forms() {
        let list = list(&[form("a.html", "One"), form("b.html", "One"), form("c.html", "Two")]);
        assert_eq!(list.matches("<h3").count(), 2);
        assert_eq!(list.matches("<ul").count(), list.matches("</ul>").count());
        assert_eq!(list.matches("A &amp; B").count(), 3);
        assert!(super::list(&[]).is_empty());
    }
}
