//! Expected lists as people write them: a TOML head, and CSV rows of who owes which return and whom to ask.

use super::lint::of_text;
use super::organisations::kind_word;
use super::rows::{self, Row};
use crate::collection::{
    By, Collection, Contact, Due, Expected, Organisation, Organisations, Owes,
};
use crate::json::Value;
use crate::template::author::{AuthorFault, File, locate, table, to_json};
use crate::template::{Fault, way};
use crate::time::{Date, LocalTime, TimeError};

/// The columns that every expected list has.
pub const COLUMNS: [&str; 3] = ["organisation_code", "action", "returns"];
/// The columns that a list may have besides.
pub const MORE: [&str; 7] = [
    "icb_code",
    "region_code",
    "contact_name",
    "contact_role",
    "contact_email",
    "contact_phone",
    "deadline",
];

/// What an expected list is checked against: its collection, and the organisations of that collection's date.
#[derive(Clone, Copy, Debug)]
pub struct Against<'a> {
    /// The collection.
    pub collection: &'a Collection,
    /// Its organisations.
    pub organisations: &'a Organisations,
}

/// Compiles an expected list: its head, and the rows of the CSV file of the same name.
///
/// # Errors
/// Every fault of both files, with line and column.
pub(super) fn expected<'f>(
    file: &File,
    rows: Option<&File>,
    against: impl Fn(&str) -> Option<Against<'f>>,
) -> Result<Expected, Vec<AuthorFault>> {
    let mut value = to_json(toml::Value::Table(table(file)?));
    if let Some(members) = value.as_object_mut() {
        members.insert("organisations".to_owned(), Value::Array(Vec::new()));
    }
    let at = |fault: &Fault| locate(file, &fault.path, fault);
    let mut list = Expected::read(&value).map_err(|error| vec![at(&Fault::of_shape(&error))])?;
    let mut faults: Vec<AuthorFault> = head(&list).iter().map(at).collect();
    let Some(against) = against(&list.collection) else {
        let message = format!("there is no collection “{}”", list.collection);
        let help = "Name the id of a collection.";
        return Err(vec![at(&Fault::new(way!["collection"], message, help))]);
    };
    if let Some(rows) = rows {
        match owes(rows, against) {
            Ok(found) => list.organisations = found,
            Err(more) => faults.extend(more),
        }
    }
    if faults.is_empty() { Ok(list) } else { Err(faults) }
}

fn head(list: &Expected) -> Vec<Fault> {
    let mut faults = Vec::new();
    if list.serial < 1 {
        let help = "Write 1, and one more each time the list is issued.";
        faults.push(Fault::new(way!["serial"], "the serial number is less than 1", help));
    }
    if let Err(error) = Date::parse(&list.issued) {
        let message = format!("“{}” is {error}", list.issued);
        faults.push(Fault::new(way!["issued"], message, format!("{}.", error.remedy())));
    }
    if !list.complete && list.note.is_empty() {
        let help = "Say in note what is missing and how to complete it, or write complete = true.";
        faults.push(Fault::new(
            way!["complete"],
            "an incomplete list says nothing of what is missing",
            help,
        ));
    }
    faults.extend(of_text(way!["note"], &list.note));
    faults
}

/// Reads the rows: what each organisation owes, in order of code. An organisation may have several rows.
///
/// # Errors
/// Every organisation, action, return, contact or deadline that cannot be, with line and column.
pub fn owes(file: &File, against: Against<'_>) -> Result<Vec<Owes>, Vec<AuthorFault>> {
    let mut list: Vec<Owes> = Vec::new();
    let mut faults = Vec::new();
    for row in rows::named(file, &COLUMNS, &MORE)? {
        let check = Check { file, row: &row, against };
        let own = check.owes(&mut faults);
        match list.iter_mut().find(|other| other.code == own.code) {
            Some(other) => merge(other, own),
            None => list.push(own),
        }
    }
    list.sort_by(|a, b| a.code.cmp(&b.code));
    if faults.is_empty() { Ok(list) } else { Err(faults) }
}

/// Takes another row of the same organisation in.
fn merge(own: &mut Owes, other: Owes) {
    fn add<T: PartialEq>(own: &mut Vec<T>, other: Vec<T>) {
        for item in other {
            if !own.contains(&item) {
                own.push(item);
            }
        }
    }
    add(&mut own.actions, other.actions);
    add(&mut own.returns, other.returns);
    add(&mut own.contacts, other.contacts);
    add(&mut own.deadlines, other.deadlines);
    if own.icb_code.is_empty() {
        own.icb_code = other.icb_code;
    }
    if own.region_code.is_empty() {
        own.region_code = other.region_code;
    }
}

/// One row under examination.
struct Check<'a> {
    file: &'a File,
    row: &'a Row,
    against: Against<'a>,
}

impl Check<'_> {
    fn fault(&self, column: usize, message: String, help: impl Into<String>) -> AuthorFault {
        self.row.fault(self.file, column, message, help)
    }

    fn owes(&self, faults: &mut Vec<AuthorFault>) -> Owes {
        let row = self.row;
        let code = row.cell(0).to_ascii_uppercase();
        let organisation = self.against.organisations.by_code(&code);
        if organisation.is_none() {
            faults.push(self.stranger(&code));
        }
        for (column, kind) in [(3, "icb"), (4, "region")] {
            let home = self.against.organisations.by_code(row.cell(column));
            if !row.cell(column).is_empty() && home.is_none_or(|home| home.kind != kind) {
                let message =
                    format!("“{}” is no {} of this list", row.cell(column), kind_word(kind));
                let help =
                    "Give its code, or leave the cell empty to take it from the organisation list.";
                faults.push(self.fault(column, message, help));
            }
        }
        let returns = row.words(2);
        self.actions(faults);
        self.returns(&returns, organisation, faults);
        Owes {
            code,
            actions: row.words(1),
            deadlines: self.deadlines(&returns, faults),
            returns,
            icb_code: row.cell(3).to_owned(),
            region_code: row.cell(4).to_owned(),
            contacts: self.contact(faults).into_iter().collect(),
        }
    }

    /// A code that the dated list does not have, with what was probably meant.
    fn stranger(&self, code: &str) -> AuthorFault {
        let list = self.against.organisations;
        let meant: Vec<String> = list
            .find(code)
            .iter()
            .filter(|(by, _)| *by != By::Words)
            .map(|(_, own)| format!("{} ({})", own.code, own.name))
            .collect();
        let help = if meant.is_empty() {
            "Check the code, or name another organisation list in the collection.".to_owned()
        } else {
            format!("Give the code {}.", meant.join(" or "))
        };
        self.fault(
            0,
            format!("“{}” is not in the organisation list {}", self.row.cell(0), list.id()),
            help,
        )
    }

    fn actions(&self, faults: &mut Vec<AuthorFault>) {
        let known: Vec<&str> =
            self.against.collection.source().actions.iter().map(|a| a.id.as_str()).collect();
        for action in self.row.words(1).iter().filter(|id| !known.contains(&id.as_str())) {
            let help = format!("Give one of {}.", known.join(", "));
            faults.push(self.fault(1, format!("the collection has no action “{action}”"), help));
        }
    }

    fn returns(&self, ids: &[String], own: Option<&Organisation>, faults: &mut Vec<AuthorFault>) {
        let dues = &self.against.collection.source().returns;
        for id in ids {
            let of_it: Vec<&Due> = dues.iter().filter(|due| due.template == *id).collect();
            if of_it.is_empty() {
                let known: Vec<&str> = dues.iter().map(|due| due.template.as_str()).collect();
                let help = format!("Give any of {}.", known.join(", "));
                faults.push(self.fault(2, format!("the collection asks for no “{id}”"), help));
                continue;
            }
            let owed = |kind: &String| of_it.iter().any(|due| due.owed_by.contains(kind));
            if let Some(own) = own.filter(|own| !owed(&own.kind)) {
                let message = format!("{id} is not owed by the {} {}", own.kind, own.code);
                let help = "Take it out, or add the kind to owed_by in the collection.";
                faults.push(self.fault(2, message, help));
            }
        }
    }

    fn contact(&self, faults: &mut Vec<AuthorFault>) -> Option<Contact> {
        let text = |column| self.row.cell(column).to_owned();
        let contact = Contact { name: text(5), role: text(6), email: text(7), phone: text(8) };
        let parts = contact.email.split_once('@');
        let is_whole = |(name, domain): (&str, &str)| {
            !name.is_empty() && domain.contains('.') && !contact.email.contains(char::is_whitespace)
        };
        if !contact.email.is_empty() && !parts.is_some_and(is_whole) {
            let message = format!("“{}” is not a whole email address", contact.email);
            faults.push(self.fault(7, message, "Write it like name@nhs.net."));
        }
        if !contact.phone.is_empty()
            && contact.phone.chars().filter(char::is_ascii_digit).count() < 5
        {
            let message = format!("“{}” is not a telephone number", contact.phone);
            faults.push(self.fault(8, message, "Write it with its digits, like 020 7946 0000."));
        }
        (contact != Contact::default()).then_some(contact)
    }

    fn deadlines(
        &self,
        returns: &[String],
        faults: &mut Vec<AuthorFault>,
    ) -> Vec<(String, String)> {
        let text = self.row.cell(9);
        if text.is_empty() {
            return Vec::new();
        }
        match LocalTime::parse(text).and_then(LocalTime::instant) {
            Err(error @ (TimeError::Gap { .. } | TimeError::Overlap { .. })) => {
                faults.push(self.fault(9, error.to_string(), format!("{}.", error.remedy())));
            }
            Err(error) => {
                let message = format!("“{text}” is {error}");
                faults.push(self.fault(9, message, format!("{}.", error.remedy())));
            }
            Ok(_) if returns.is_empty() => {
                let help = "Name in “returns” what is wanted by then.";
                faults.push(self.fault(9, "a deadline of no return".to_owned(), help));
            }
            Ok(time) => {
                let closes = |id: &String| self.against.collection.closes(id);
                let late = returns.iter().filter(|id| closes(id).is_some_and(|end| time > end));
                faults.extend(late.map(|id| {
                    let help = "Give a time before that.";
                    self.fault(9, format!("the window of {id} closes before {text}"), help)
                }));
            }
        }
        returns.iter().map(|id| (id.clone(), text.to_owned())).collect()
    }
}
