//! The return of a region, begun from those of its trusts: counts, services of concern, trusts that nothing is known of.
//! It is a draft. A person reviews it, says what no file says, and seals it like any other.

use super::collation::{Collation, Operator};
use super::entered::form;
use super::facts::{Amount, Line};
use super::owed::{Owed, organisations};
use super::picture::{Picture, Regional};
use super::report::concerns;
use crate::answers::{Answer, Place, Scalar};
use crate::file::Draft;
use crate::template::FieldKind;
use std::collections::BTreeSet;

/// Begins the return of a region; nothing where no return is asked of regions, or the region is not listed.
pub fn regional(collation: &Collation, operator: &Operator<'_>, region: &str) -> Option<Draft> {
    let pictures = operator.bench.pictures.iter();
    let (picture, plan) = pictures
        .filter(|picture| form(&operator.bench, &picture.template, None).is_some())
        .find_map(|picture| Some((picture, picture.regional.as_ref()?)))?;
    let own = organisations(operator)?.by_code(region).filter(|own| own.kind == "region")?;
    let forms = operator.bench.set.forms().iter();
    let mut forms = forms.filter(|form| {
        form.collection.source().id == operator.bench.collection
            && form.template.source().id == picture.template
    });
    let form = forms.next()?.clone();
    let owes = operator.expected.and_then(|list| list.of(region));
    let mut draft = Draft::new(form, own.clone(), owes, operator.now);
    let trusts = Trusts { collation, picture, region };
    sums(&mut draft, plan, &trusts);
    missing(&mut draft, plan, &trusts);
    for (owed, line) in concerns(collation, picture, &plan.from, &plan.ratings) {
        if owed.region == region && owed.kind == "trust" {
            concern(&mut draft, plan, picture, (owed, line));
        }
    }
    draft.fill(operator.now);
    Some(draft)
}

/// The trusts of a region, and what they sent.
struct Trusts<'a> {
    collation: &'a Collation,
    picture: &'a Picture,
    region: &'a str,
}

impl Trusts<'_> {
    /// What counts of them.
    fn counting(&self) -> impl Iterator<Item = (&Owed, &super::facts::Facts)> {
        let figures = self.collation.figures.iter().filter(|figures| figures.counts);
        figures.filter_map(|figures| {
            let owed = self.collation.owed.get(figures.owed)?;
            let is_mine = owed.region == self.region
                && owed.kind == "trust"
                && owed.template == self.picture.template;
            Some((owed, self.collation.facts(figures)?)).filter(|_| is_mine)
        })
    }
}

/// Fills the counts that are sums over trusts, where every part is known and there is one.
fn sums(draft: &mut Draft, plan: &Regional, trusts: &Trusts<'_>) {
    for (field, measure) in &plan.sums {
        let Some(number) = trusts.picture.measure(measure) else { continue };
        let parts = trusts.counting().filter_map(|(_, facts)| facts.whole(number));
        let sum = parts.fold(Amount::NotApplicable, Amount::and);
        if let Amount::Known { value, not_known: 0 } = sum {
            set(draft, field, Answer::Value(Scalar::Int(value)));
        }
    }
}

/// Lists the trusts in the area that are expected to report and whose own assessment does not count here.
fn missing(draft: &mut Draft, plan: &Regional, trusts: &Trusts<'_>) {
    let heard: BTreeSet<&str> =
        trusts.counting().map(|(owed, _)| owed.organisation.as_str()).collect();
    let mine = trusts.collation.owed.iter().filter(|owed| {
        owed.region == trusts.region && owed.kind == "trust" && !heard.contains(&*owed.organisation)
    });
    let all: BTreeSet<(&str, &str)> =
        mine.map(|owed| (owed.organisation.as_str(), owed.name.as_str())).collect();
    let Some(place) = Place::parse(&plan.missing, &draft.form, &draft.answers) else { return };
    let most = place.field(&draft.form).and_then(|field| field.max);
    let most = most.and_then(|most| usize::try_from(most).ok()).unwrap_or(usize::MAX);
    let named: Vec<String> = all.iter().map(|(code, name)| format!("{code} {name}")).collect();
    let codes: Vec<String> = all.iter().map(|(code, _)| (*code).to_owned()).collect();
    let mut text = named.join("; ");
    if text.chars().count() > most {
        text = codes.join(", ");
    }
    if text.chars().count() > most {
        // More than the field holds: the list that a collation makes has them all.
        text = format!("{} trusts: see the list of the collation", all.len());
    }
    if !text.is_empty() {
        draft.answers.set(place, Answer::Value(Scalar::Text(text)));
    }
}

/// Adds one service of concern.
fn concern(draft: &mut Draft, plan: &Regional, picture: &Picture, (owed, line): (&Owed, &Line)) {
    let Some(table) = Place::parse(&plan.concerns, &draft.form, &draft.answers) else { return };
    let (section, field) = (table.section, table.field);
    let form = draft.form.clone();
    let Some(row) = draft.answers.add_row(&form, section, field) else { return };
    let columns = form.template.source().sections.get(section).and_then(|s| s.fields.get(field));
    let columns = columns.map_or(&[][..], |table| table.columns.as_slice());
    let grid = picture.grids.get(line.grid);
    for (number, column) in columns.iter().enumerate() {
        let Some((_, from)) = plan.columns.iter().find(|(id, _)| *id == column.id) else {
            continue;
        };
        let fact = || {
            let place = grid?.facts.iter().position(|fact| fact == from)?;
            line.facts.get(place).map(|told| told.id.as_str())
        };
        let text = match from.as_str() {
            "organisation" => owed.organisation.as_str(),
            "line" => line.line.id.as_str(),
            "rating" => line.rating.id.as_str(),
            _ => fact().unwrap_or_default(),
        };
        let fits = match column.kind {
            FieldKind::Choice => form.options(column).iter().any(|option| option.id == text),
            FieldKind::Line | FieldKind::Text => !text.is_empty(),
            _ => false,
        };
        if fits {
            let place = Place::cell(section, field, row, number);
            draft.answers.set(place, Answer::Value(Scalar::Text(text.to_owned())));
        }
    }
}

fn set(draft: &mut Draft, id: &str, answer: Answer) {
    if let Some(place) = Place::parse(id, &draft.form, &draft.answers) {
        draft.answers.set(place, answer);
    }
}
