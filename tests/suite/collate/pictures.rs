//! The pictures: every name in them is one of the template’s, and a name that is not is noticed.

use super::made::pictures;
use crate::support::set;
use ia_returns::collate::{Picture, author};
use ia_returns::template::author::File;

/// Something that is done to a picture.
type Change = fn(&mut Picture);

#[test]
fn every_name_of_a_picture_is_one_of_its_template() {
    let set = set();
    for picture in pictures() {
        let template = set.templates().iter().find(|own| own.source().id == picture.template);
        let template = template.unwrap_or_else(|| panic!("there is no {}", picture.template));
        assert_eq!(author::unknown_names(&picture, template), Vec::<String>::new());
    }
    assert_eq!(pictures().len(), set.templates().len(), "each template has a picture");
}

#[test]
fn a_name_that_the_template_does_not_have_is_noticed() {
    let set = set();
    let template = |id: &str| {
        set.templates().iter().find(|own| own.source().id == id).expect("it is shipped").clone()
    };
    let spoil = |picture: &Picture, change: fn(&mut Picture)| {
        let mut picture = picture.clone();
        change(&mut picture);
        author::unknown_names(&picture, &template(&picture.template))
    };
    let all = pictures();
    let of = |id: &str| all.iter().find(|picture| picture.template == id).expect("a picture");
    let (workforce, assessment) = (of("workforce_sitrep"), of("self_assessment"));
    let changes: [(&Picture, Change); 10] = [
        (workforce, |own| own.nil = Some("about.none".into())),
        (workforce, |own| own.measures[0].whole = "none".into()),
        (workforce, |own| own.measures[0].by[0].value = "none".into()),
        (workforce, |own| own.measures[0].by[0].key = "none".into()),
        (workforce, |own| own.shares[0].part = "none".into()),
        (workforce, |own| own.shares[0].least = "none".into()),
        (assessment, |own| own.grids[0].facts[0] = "none".into()),
        (assessment, |own| own.tallies[0].by[0] = "none".into()),
        (assessment, |own| own.results[0] = "none".into()),
        (assessment, |own| {
            if let Some(own) = &mut own.regional {
                own.columns[0].1 = "none".into();
            }
        }),
    ];
    for (picture, change) in changes {
        let found = spoil(picture, change);
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(found[0].contains("none"), "{found:?}");
    }
}

#[test]
fn a_picture_that_is_none_is_refused() {
    let file = |text: &str| File { path: "pictures/x.toml".to_owned(), text: text.to_owned() };
    let head = "template = \"workforce_sitrep\"\n";
    for (text, why) in [
        (format!("format = \"ia-picture/2\"\n{head}"), "ia-picture"),
        (format!("format = \"ia-picture/1\"\n{head}colour = \"red\"\n"), "colour"),
        ("format = ".to_owned(), "pictures/x.toml:1"),
    ] {
        let faults = author::picture(&file(&text)).expect_err("it is none");
        assert!(faults[0].to_string().contains(why), "{}", faults[0]);
    }
}
