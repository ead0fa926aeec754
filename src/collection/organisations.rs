//! A dated list of organisations: looked up, never matched by pattern.

use crate::gather::Gather as _;
use crate::hash::sha256_hex;
use crate::json::{self, Members, ReadError, ReadFault, ShapeError, Value};
use crate::letters::{is_of_word, lower};

/// The `format` every organisation list carries.
const FORMAT: &str = "ia-organisations/1";

/// One organisation, by the facts of the list's date.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Organisation {
    /// The ODS code.
    pub code: String,
    /// The name.
    pub name: String,
    /// `trust`, `icb` or `region`.
    pub kind: String,
    /// Services: `acute`, `ambulance`, `community`, `mental_health`, `specialist`.
    pub services: Vec<String>,
    /// The ICB's code; empty for an ICB or a region.
    pub icb_code: String,
    /// The region's code; empty for a region.
    pub region_code: String,
    /// Names it had before, newest first.
    pub former_names: Vec<String>,
    /// Codes of organisations that became part of it.
    pub former_codes: Vec<String>,
}

/// By what an organisation was found, best first.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum By {
    /// Its code.
    Code,
    /// Its whole name.
    Name,
    /// The code of an organisation that became part of it.
    FormerCode,
    /// A whole name that it had before.
    FormerName,
    /// The beginnings of words of its names.
    Words,
}

impl Organisation {
    fn read(m: &mut Members<'_>) -> Self {
        Self {
            code: m.text("code"),
            name: m.text("name"),
            kind: m.text("kind"),
            services: m.texts("services"),
            icb_code: m.maybe_text("icb_code").unwrap_or_default(),
            region_code: m.maybe_text("region_code").unwrap_or_default(),
            former_names: m.texts("former_names"),
            former_codes: m.texts("former_codes"),
        }
    }

    /// The stored form, without what is empty.
    #[cfg(not(target_arch = "wasm32"))]
    fn to_json(&self) -> Value {
        let mut members = crate::json!({
            "code": &self.code, "former_codes": self.former_codes.clone(), "former_names": self.former_names.clone(),
            "icb_code": &self.icb_code, "kind": &self.kind, "name": &self.name, "region_code": &self.region_code,
            "services": self.services.clone(),
        });
        if let Some(members) = members.as_object_mut() {
            members.retain(&|_, value| *value != "" && *value != crate::json!([]));
        }
        members
    }

    /// By what this text finds it, if it does; `words` are the words of `text`.
    fn found_by(&self, text: &str, words: &[String]) -> Option<By> {
        let is_name = |name: &String| split(name) == *words;
        let is_code = |code: &String| code.eq_ignore_ascii_case(text);
        if is_code(&self.code) {
            Some(By::Code)
        } else if is_name(&self.name) {
            Some(By::Name)
        } else if self.former_codes.iter().any(is_code) {
            Some(By::FormerCode)
        } else if self.former_names.iter().any(is_name) {
            Some(By::FormerName)
        } else {
            let mut names = std::iter::once(&self.name).chain(&self.former_names);
            let holds = |name: &String| {
                let own = split(name);
                words.iter().all(|word| own.iter().any(|own| own.starts_with(word.as_str())))
            };
            names.any(holds).then_some(By::Words)
        }
    }
}

/// The words of a name in small letters. An apostrophe parts nothing: “St George’s” is found as “st georges”.
fn split(name: &str) -> Vec<String> {
    let small: String = name
        .chars()
        .filter(|letter| !matches!(letter, '\'' | '’'))
        .map(|letter| if is_of_word(letter) { lower(letter) } else { ' ' })
        .collect();
    small.split(' ').filter(|word| !matches!(*word, "" | "the" | "and")).map(str::to_owned).gather()
}

/// A dated list, in order of code.
#[derive(Debug)]
pub struct Organisations {
    id: String,
    list: Vec<Organisation>,
    json: String,
    sha256: String,
}

impl Organisations {
    /// Reads the stored form.
    ///
    /// # Errors
    /// Where the text is not strict JSON or not an organisation list.
    pub fn read(text: &[u8]) -> Result<Self, ReadError> {
        let value = json::read(text)?;
        let mut m = Members::of(&value);
        let (format, id) = (m.text("format"), m.text("id"));
        let list = m.list("organisations", Organisation::read);
        let read = m.done(()).and_then(|()| {
            let fault = || json::found(&Value::String(format.clone()), FORMAT).under("format");
            if format == FORMAT { Ok(()) } else { Err(fault()) }
        });
        read.map_err(|ShapeError { pointer, reason }| ReadError {
            fault: ReadFault::Shape { reason },
            place: json::locate(text, &pointer),
        })?;
        let json = json::canonical(&value);
        Ok(Self { id, list, sha256: sha256_hex(json.as_bytes()), json })
    }

    /// Makes a list, putting it in order of code.
    #[cfg(not(target_arch = "wasm32"))]
    pub fn new(id: String, mut list: Vec<Organisation>) -> Self {
        list.sort_by(|a, b| a.code.cmp(&b.code));
        let all: Vec<Value> = list.iter().map(Organisation::to_json).gather();
        let value = crate::json!({ "format": FORMAT, "id": &id, "organisations": all });
        let json = json::canonical(&value);
        Self { id, list, sha256: sha256_hex(json.as_bytes()), json }
    }

    /// The list's id: its date.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// All organisations, in order of code.
    pub fn all(&self) -> &[Organisation] {
        &self.list
    }

    /// The organisation with this ODS code, in whatever case it was typed.
    pub fn by_code(&self, code: &str) -> Option<&Organisation> {
        self.list.iter().find(|item| item.code.eq_ignore_ascii_case(code))
    }

    /// The organisations that a code, a name, a former name or a former code means, all found in the best of these
    /// ways. More than one where an organisation was divided, or where words of a name are all that was given.
    pub fn find(&self, text: &str) -> Vec<(By, &Organisation)> {
        let words = split(text);
        if words.is_empty() {
            return Vec::new();
        }
        let found = |item: &'_ Organisation| item.found_by(text.trim(), &words);
        let mut all: Vec<_> =
            self.list.iter().filter_map(|item| found(item).map(|by| (by, item))).gather();
        let best = all.iter().map(|(by, _)| *by).min();
        all.retain(|(by, _)| Some(*by) == best);
        all
    }

    /// Its canonical JSON.
    pub fn json(&self) -> &str {
        &self.json
    }

    /// SHA-256 of [`Organisations::json`].
    pub fn sha256(&self) -> &str {
        &self.sha256
    }
}
