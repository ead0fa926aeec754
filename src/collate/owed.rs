//! Expected against received: what each organisation owes, and what came of it.

use super::collation::{Collation, Fate, Figures, File, From, Operator, Sender, Why};
use super::decisions::Decisions;
use super::entered::form;
use super::judge::{Other, What};
use super::placing::{Key, key};
use crate::collection::{Contact, Due, Organisation, Organisations};
use crate::file::Place;
use crate::register::Received;
use crate::time::Instant;
use std::collections::{BTreeMap, BTreeSet};

/// Whether a return was asked for.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum Asked {
    /// The expected list names it.
    Expected,
    /// There is no expected list at hand.
    NoList,
    /// The organisation may complete it, and owes nothing.
    Open,
    /// The expected list does not name it.
    Unexpected,
}

impl Asked {
    /// One word for programs.
    pub fn code(self) -> &'static str {
        match self {
            Self::Expected => "expected",
            Self::NoList => "no_list",
            Self::Open => "open",
            Self::Unexpected => "unexpected",
        }
    }
}

/// What came of a return that is owed.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum Status {
    /// A file came, and it does not count.
    DoesNotCount(Why),
    /// The region entered its figures, and they count.
    Entered,
    /// Two files have one version number and differ: the operator chooses.
    Fork,
    /// A file came after the window closed.
    Late,
    /// Nothing came.
    Missing,
    /// A return counts that says that there is nothing to report.
    Nil,
    /// A return counts.
    Received,
}

impl Status {
    /// One word for programs.
    pub fn code(self) -> &'static str {
        match self {
            Self::DoesNotCount(Why::Held) => "held",
            Self::DoesNotCount(_) => "does_not_count",
            Self::Entered => "entered",
            Self::Fork => "fork",
            Self::Late => "late",
            Self::Missing => "missing",
            Self::Nil => "nil",
            Self::Received => "received",
        }
    }

    /// It in words for people.
    pub fn words(self) -> &'static str {
        match self {
            Self::DoesNotCount(Why::Changed) => "Does not count: changed after it was sealed",
            Self::DoesNotCount(Why::Differs) => "Does not count: a check here finds something else",
            Self::DoesNotCount(Why::Errors) => "Does not count: it has errors",
            Self::DoesNotCount(Why::Held) => "Held: sender not confirmed",
            Self::DoesNotCount(Why::NotApproved) => "Does not count: not approved",
            Self::DoesNotCount(Why::OtherCollection) => "Does not count: another collection",
            Self::DoesNotCount(Why::Practice) => "Does not count: a practice return",
            Self::DoesNotCount(Why::Sender) => "Does not count: its key is not taken",
            Self::DoesNotCount(Why::UnknownVersion) => "Does not count: unknown version",
            Self::Entered => "Entered by region",
            Self::Fork => "Choose between two versions",
            Self::Late => "Late",
            Self::Missing => "Missing",
            Self::Nil => "Nil return",
            Self::Received => "Received",
        }
    }

    /// Whether figures count.
    pub fn counts(self) -> bool {
        matches!(self, Self::Entered | Self::Nil | Self::Received)
    }
}

/// A return that is owed, or came all the same.
#[derive(Clone, Debug)]
pub struct Owed {
    /// The ODS code of the organisation.
    pub organisation: String,
    /// Its name on the date of the collection; the one its file gives where it is not listed.
    pub name: String,
    /// `trust`, `icb` or `region`; empty where it is not in the organisation list.
    pub kind: String,
    /// Its services, in the order of the organisation list.
    pub services: Vec<String>,
    /// The code of the ICB that asks it.
    pub icb: String,
    /// The code of the region that asks it.
    pub region: String,
    /// The template, by id.
    pub template: String,
    /// The stage, where the collection asks at stages.
    pub stage: Option<&'static str>,
    /// Whether it was asked for.
    pub asked: Asked,
    /// What came of it.
    pub status: Status,
    /// The revision of the return that counts.
    pub revision: Option<i64>,
    /// What is known of the sender of the return that counts.
    pub sender: Option<Sender>,
    /// When the return that counts was received.
    pub received: Received,
    /// By when the region wants it, London time; empty where nobody said.
    pub wanted_by: String,
    /// When the window closes.
    pub closes: Option<Instant>,
    /// Whom to ask.
    pub contacts: Vec<Contact>,
    /// The files that came for it, by number among [`Collation::files`].
    pub files: Vec<usize>,
    /// Its figures that count, by number among [`Collation::figures`].
    pub figures: Option<usize>,
}

impl Owed {
    /// Whether it has to be chased: it is expected, and no figures count.
    pub fn is_outstanding(&self) -> bool {
        self.asked == Asked::Expected && !self.status.counts()
    }
}

/// Says what came of everything that is owed, and which figures count.
pub(super) fn fill(collation: &mut Collation, operator: &Operator<'_>, decisions: &Decisions) {
    let mut all: BTreeMap<Key, Owed> = BTreeMap::new();
    let bench = &operator.bench;
    let collection = bench.set.collections().iter().find(|own| own.source().id == bench.collection);
    let dues: &[Due] = collection.map_or(&[], |own| &own.source().returns);
    let list = operator.expected.filter(|list| list.collection == bench.collection);
    for owes in list.iter().flat_map(|list| &list.organisations) {
        for due in dues.iter().filter(|due| owes.returns.contains(&due.template)) {
            let key = (owes.code.clone(), due.template.clone(), due.stage);
            let own = blank(&key, "", Asked::Expected, operator);
            all.insert(key, own);
        }
    }
    for (number, file) in collation.files.iter().enumerate() {
        let Some(found) = file.as_return() else { continue };
        if matches!(file.fate, Fate::DoesNotCount(Why::OtherCollection | Why::Practice)) {
            // It is of no return that is owed here.
            continue;
        }
        let key = key(found);
        let name = &found.organisation.name;
        let own = all
            .entry(key.clone())
            .or_insert_with(|| blank(&key, name, unlisted(&key, dues, operator), operator));
        own.files.push(number);
    }
    for (number, file) in collation.files.iter().enumerate() {
        if let What::Other(other) = &file.judged.what
            && let Some(own) = claimed(other, bench.collection, &mut all)
        {
            own.files.push(number);
        }
    }
    for own in &collation.entered {
        let key = (own.organisation.clone(), own.template.clone(), own.stage);
        if own.refused.is_none() {
            let asked = unlisted(&key, dues, operator);
            all.entry(key.clone()).or_insert_with(|| blank(&key, &own.name, asked, operator));
        }
    }
    let mut figures = Vec::new();
    let mut owed = Vec::new();
    for (number, mut own) in all.into_values().enumerate() {
        settle(number, &mut own, collation, decisions, &mut figures);
        owed.push(own);
    }
    collation.owed = owed;
    collation.figures = figures;
}

/// What is owed that a changed return says it is for. It is believed so far that somebody is told of it, where a return is
/// owed: it is no return of anybody.
fn claimed<'o>(
    other: &Other,
    collection: &str,
    all: &'o mut BTreeMap<Key, Owed>,
) -> Option<&'o mut Owed> {
    let claims = other.claims.as_ref().filter(|claims| claims.collection == collection)?;
    let mut mine = all
        .values_mut()
        .filter(|own| own.organisation == claims.organisation && own.template == claims.template);
    mine.find(|own| own.stage.is_none() || own.stage == claims.stage.as_deref())
}

/// Whether a return that the list does not name was asked for.
fn unlisted(key: &Key, dues: &[Due], operator: &Operator<'_>) -> Asked {
    if operator.expected.is_none() {
        return Asked::NoList;
    }
    let own = organisations(operator).and_then(|all| all.by_code(&key.0));
    let kind = own.map_or("", |own| own.kind.as_str());
    let due = dues.iter().find(|due| due.template == key.1 && due.stage == key.2);
    let open = due.is_some_and(|due| due.open_to.iter().any(|own| own == kind));
    if open { Asked::Open } else { Asked::Unexpected }
}

pub(super) fn organisations<'a>(operator: &Operator<'a>) -> Option<&'a Organisations> {
    let bench = &operator.bench;
    let mut forms = bench.set.forms().iter();
    let form = forms.find(|form| form.collection.source().id == bench.collection)?;
    Some(&form.organisations)
}

/// A return of which nothing has come yet.
fn blank(key: &Key, name: &str, asked: Asked, operator: &Operator<'_>) -> Owed {
    let (code, template, stage) = key;
    let own = organisations(operator).and_then(|all| all.by_code(code));
    let list = operator.expected;
    let owes = list.and_then(|list| list.of(code));
    let home = |listed: Option<&String>, known: Option<&String>| {
        let listed = listed.filter(|code| !code.is_empty());
        listed.or(known).cloned().unwrap_or_default()
    };
    let mut icb = home(owes.map(|o| &o.icb_code), own.map(|o| &o.icb_code));
    let mut region = home(owes.map(|o| &o.region_code), own.map(|o| &o.region_code));
    match own.map(|own| own.kind.as_str()) {
        Some("icb") if icb.is_empty() => icb.clone_from(code),
        Some("region") if region.is_empty() => region.clone_from(code),
        _ => {}
    }
    let wanted_by = list.zip(own).and_then(|(list, own)| list.deadline(own, template));
    let window = form(&operator.bench, template, *stage).and_then(|form| form.window);
    Owed {
        organisation: code.clone(),
        name: own.map_or_else(|| name.to_owned(), |own| own.name.clone()),
        kind: own.map(|own| own.kind.clone()).unwrap_or_default(),
        services: own.map(|own: &Organisation| own.services.clone()).unwrap_or_default(),
        icb,
        region,
        template: template.clone(),
        stage: *stage,
        asked,
        status: Status::Missing,
        revision: None,
        sender: None,
        received: Received::Unknown,
        wanted_by: wanted_by.unwrap_or_default().to_owned(),
        closes: window.map(crate::time::Window::closes),
        contacts: owes.map(|owes| owes.contacts.clone()).unwrap_or_default(),
        files: Vec::new(),
        figures: None,
    }
}

/// Says what came of one return.
fn settle(
    number: usize,
    own: &mut Owed,
    collation: &Collation,
    decisions: &Decisions,
    figures: &mut Vec<Figures>,
) {
    let file = |number: &usize| collation.files.get(*number).map(|file| (*number, file));
    let files: Vec<(usize, &File)> = own.files.iter().filter_map(file).collect();
    let counting = files.iter().find(|(_, file)| file.counts());
    let alone = files.iter().find(|(_, file)| file.counts_confirmed);
    let entered = entered(own, collation, decisions);
    let among: BTreeSet<usize> =
        [counting, alone].into_iter().flatten().map(|(number, _)| *number).collect();
    for file in &among {
        let counts = counting.is_some_and(|(number, _)| number == file);
        if counts {
            own.figures = Some(figures.len());
        }
        let counts_confirmed = alone.is_some_and(|(number, _)| number == file);
        figures.push(Figures { owed: number, from: From::File(*file), counts, counts_confirmed });
    }
    if let Some(entered) = entered
        && (counting.is_none() || alone.is_none())
    {
        // They give way to the organisation’s own file.
        let counts = counting.is_none();
        if counts {
            own.figures = Some(figures.len());
        }
        let counts_confirmed = alone.is_none();
        figures.push(Figures {
            owed: number,
            from: From::Entered(entered),
            counts,
            counts_confirmed,
        });
    }
    if let Some((_, file)) = counting {
        let found = file.as_return();
        let nil = found.is_some_and(|found| found.facts.nil == Some(true));
        own.status = if nil { Status::Nil } else { Status::Received };
        own.revision = found.map(|found| found.revision);
        own.sender = Some(file.sender);
        own.received = file.judged.received;
    } else if entered.is_some() {
        own.status = Status::Entered;
    } else {
        own.status = why_none(&files);
    }
}

/// What came, where nothing of it counts: what most needs somebody to do something.
fn why_none(files: &[(usize, &File)]) -> Status {
    let placed = |wanted: fn(&Place) -> bool| {
        files.iter().any(|(_, file)| matches!(&file.fate, Fate::Placed(place, _) if wanted(place)))
    };
    if placed(|place| matches!(place, Place::Fork { .. })) {
        return Status::Fork;
    }
    let whys = files.iter().filter_map(|(_, file)| match file.fate {
        Fate::DoesNotCount(why) => Some(why),
        Fate::Other => Some(Why::Changed),
        Fate::Placed(..) => None,
    });
    let whys: BTreeSet<Why> = whys.collect();
    if whys.contains(&Why::Held) {
        return Status::DoesNotCount(Why::Held);
    }
    if placed(|place| matches!(place, Place::Late)) {
        return Status::Late;
    }
    whys.first().map_or(Status::Missing, |why| Status::DoesNotCount(*why))
}

/// The figures that the region entered for a return: of several that may count, those that were given last.
fn entered(own: &Owed, collation: &Collation, decisions: &Decisions) -> Option<usize> {
    let all = collation.entered.iter().zip(&decisions.entered).enumerate();
    let mine = all.filter(|(_, (found, _))| {
        found.refused.is_none()
            && found.organisation == own.organisation
            && found.template == own.template
            && found.stage == own.stage
    });
    let latest = mine.max_by_key(|(_, (_, entered))| {
        (entered.at, crate::json::canonical(&entered.draft.content().to_json()))
    });
    latest.map(|(number, _)| number)
}
