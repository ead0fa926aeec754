//! The combobox as a state machine: what typing, keys and choosing do. No markup, no DOM.
//!
//! In: text as typed, keys by their DOM names, the list of choices. Out: which choices match, which is marked,
//! what is chosen. The behaviour is the editable combobox with list autocomplete of the ARIA Authoring
//! Practices; nothing is chosen that the person did not choose or write out in full.

use crate::letters::{is_of_word, lower};

/// How many lines are shown at most; the status says how many more there are.
pub const SHOWN: usize = 30;

/// One thing that can be chosen.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Choice {
    /// What is stored: an organisation's code.
    pub value: String,
    /// What is read: name, then code in brackets.
    pub label: String,
    /// Those with a lower rank stand first: 0 for the organisations that are expected.
    pub rank: u8,
    words: Vec<String>,
    initials: String,
}

impl Choice {
    /// A choice for a thing with a code and a name.
    pub fn new(code: &str, name: &str, rank: u8) -> Self {
        let label = format!("{name} ({code})");
        let words = words(&label);
        let mut initials = String::new();
        for word in &words {
            if let Some(initial) = word.chars().next() {
                initials.push(initial);
            }
        }
        Self { value: code.to_owned(), words, initials, label, rank }
    }

    /// Whether every word asked for begins a word of the name, the code, or the initials of the name.
    fn matches(&self, asked: &[String]) -> bool {
        asked.iter().all(|word| {
            self.words.iter().any(|own| own.starts_with(word.as_str()))
                || word.len() > 2 && self.initials.starts_with(word.as_str())
        })
    }
}

/// What stands in the input, which choices match it, and which one is marked.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Combobox {
    /// The text as typed, or the label of what was chosen.
    pub text: String,
    /// The value that was chosen; none while the text is something else.
    pub chosen: Option<String>,
    /// Whether the list is open.
    pub open: bool,
    /// Which line is marked, counted from 0.
    pub active: Option<usize>,
    /// Places in the list of choices of the lines shown, at most [`SHOWN`].
    pub lines: Vec<usize>,
    /// How many choices match, shown or not.
    pub found: usize,
}

/// What a key did.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Handled {
    /// Chose the marked line: the input is to show [`Combobox::text`], and the key does nothing else.
    Chose,
    /// Moved or closed the list: the key does nothing else.
    Moved,
    /// Nothing: the key keeps its usual meaning.
    Nothing,
}

impl Combobox {
    /// A person typed: the list opens with what matches, and nothing is marked or chosen.
    pub fn type_text(&mut self, text: &str, choices: &[Choice]) {
        text.clone_into(&mut self.text);
        self.chosen = None;
        self.active = None;
        self.find(choices);
        self.open = !text.trim().is_empty();
    }

    /// A person pressed a key, by its DOM name (`ArrowDown`, `Enter` …).
    pub fn press(&mut self, key: &str, choices: &[Choice]) -> Handled {
        match key {
            "ArrowDown" => self.walk(choices, Walk::Down),
            "ArrowUp" => self.walk(choices, Walk::Up),
            "Enter" => self.choose_marked(choices),
            "Escape" if self.open => {
                self.close();
                Handled::Moved
            }
            "End" | "Home" | "ArrowLeft" | "ArrowRight" => {
                // These move the caret, so attention is back in the text.
                self.active = None;
                Handled::Nothing
            }
            _ => Handled::Nothing,
        }
    }

    /// A person chose the choice with this value. False when there is none.
    pub fn choose(&mut self, value: &str, choices: &[Choice]) -> bool {
        let Some(choice) = choices.iter().find(|choice| choice.value == value) else {
            return false;
        };
        choice.label.clone_into(&mut self.text);
        self.chosen = Some(choice.value.clone());
        self.close();
        true
    }

    /// A person left the input: the list closes. A code, name or line written out in full is a choice;
    /// then the result is true and the input is to show [`Combobox::text`].
    pub fn leave(&mut self, choices: &[Choice]) -> bool {
        self.close();
        if self.chosen.is_some() {
            return false;
        }
        let asked = words(&self.text);
        let mut whole = choices.iter().filter(|choice| {
            let code = words(&choice.value);
            let name = choice.words.strip_suffix(code.as_slice()).unwrap_or(&choice.words);
            !asked.is_empty() && (asked == code || asked == name || asked == choice.words)
        });
        let (Some(only), None) = (whole.next(), whole.next()) else { return false };
        let value = only.value.clone();
        self.choose(&value, choices)
    }

    /// How many lines match, in words for a status; empty while the list is closed.
    pub fn status(&self) -> String {
        match (self.open, self.found) {
            (false, _) => String::new(),
            (true, 0) => "No organisation matches. Check the spelling, or try the code".to_owned(),
            (true, 1) => "1 organisation matches. Press the down arrow, then Enter".to_owned(),
            (true, found) if found > SHOWN => {
                format!(
                    "{found} organisations match, the first {SHOWN} are listed. Type more to narrow the list"
                )
            }
            (true, found) => {
                format!("{found} organisations match. Press the down arrow to go through them")
            }
        }
    }

    fn close(&mut self) {
        self.open = false;
        self.active = None;
    }

    /// Finds the lines for the text: by rank, otherwise in the order of the list.
    fn find(&mut self, choices: &[Choice]) {
        let asked = words(&self.text);
        let last = choices.iter().map(|choice| choice.rank).max().unwrap_or_default();
        self.found = 0;
        self.lines.clear();
        for rank in 0..=last {
            for (place, choice) in choices.iter().enumerate() {
                if choice.rank == rank && choice.matches(&asked) {
                    self.found = self.found.saturating_add(1);
                    if self.lines.len() < SHOWN {
                        self.lines.push(place);
                    }
                }
            }
        }
    }

    /// Opens the list if it is closed, and marks the next line, round the end.
    fn walk(&mut self, choices: &[Choice], way: Walk) -> Handled {
        if !self.open {
            // What was chosen matches only itself; to change one's mind, the whole list is wanted.
            if self.chosen.is_some() {
                let kept = std::mem::take(&mut self.text);
                self.find(choices);
                self.text = kept;
            } else {
                self.find(choices);
            }
            self.open = true;
            self.active = None;
        }
        let last = self.lines.len().checked_sub(1);
        self.active = match (way, self.active, last) {
            (_, _, None) => None,
            (Walk::Down, Some(at), Some(last)) if at < last => Some(at.saturating_add(1)),
            (Walk::Down, _, Some(_)) => Some(0),
            (Walk::Up, Some(at), Some(last)) => Some(at.checked_sub(1).unwrap_or(last)),
            (Walk::Up, None, Some(last)) => Some(last),
        };
        Handled::Moved
    }

    fn choose_marked(&mut self, choices: &[Choice]) -> Handled {
        let marked = self.active.filter(|_| self.open);
        let place = marked.and_then(|line| self.lines.get(line));
        let Some(choice) = place.and_then(|place| choices.get(*place)) else {
            return Handled::Nothing;
        };
        let value = choice.value.clone();
        self.choose(&value, choices);
        Handled::Chose
    }
}

/// Which way the mark goes.
#[derive(Clone, Copy)]
enum Walk {
    Down,
    Up,
}

/// Words in lower case. Apostrophes are left out (“Guy’s” is found by “guys”), “&” is “and”, and everything else
/// that is no letter or digit parts words.
fn words(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word = String::new();
    for character in text.chars() {
        let letter = lower(character);
        match letter {
            '\'' | '\u{2018}' | '\u{2019}' => {}
            letter if is_of_word(letter) => word.push(letter),
            parts => {
                end_word(&mut word, &mut words);
                if parts == '&' {
                    words.push("and".to_owned());
                }
            }
        }
    }
    end_word(&mut word, &mut words);
    words
}

fn end_word(word: &mut String, words: &mut Vec<String>) {
    if !word.is_empty() {
        words.push(std::mem::take(word));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn choices() -> Vec<Choice> {
        vec![
            Choice::new("R0A", "Manchester University NHS Foundation Trust", 1),
            Choice::new("RJ1", "Guy\u{2019}s and St Thomas\u{2019} NHS Foundation Trust", 1),
            Choice::new("RK5", "Sherwood Forest Hospitals NHS Foundation Trust", 1),
            Choice::new("RX1", "Nottingham University Hospitals NHS Trust", 0),
            Choice::new("RHA", "Nottinghamshire Healthcare NHS Foundation Trust", 1),
        ]
    }

    fn labels(combobox: &Combobox) -> Vec<String> {
        combobox.lines.iter().map(|place| choices()[*place].value.clone()).collect()
    }

    #[test]
    fn words_of_the_name_and_the_beginning_of_the_code_find_an_organisation() {
        let cases = [
            ("rx", vec!["RX1"]),
            ("nottingham", vec!["RX1", "RHA"]),
            ("univ", vec!["RX1", "R0A"]),
            ("hospitals nott", vec!["RX1"]),
            ("NUH", vec!["RX1"]),
            ("guys & st thomas", vec!["RJ1"]),
            ("Guy's", vec!["RJ1"]),
            ("Nottingham University Hospitals NHS Trust (RX1)", vec!["RX1"]),
            ("leeds", vec![]),
        ];
        for (typed, expected) in cases {
            let mut combobox = Combobox::default();
            combobox.type_text(typed, &choices());
            assert_eq!(labels(&combobox), expected, "{typed}");
            assert!(combobox.open);
            assert_eq!(combobox.chosen, None);
        }
    }

    #[test]
    fn arrows_go_round_and_enter_chooses() {
        let all = choices();
        let mut combobox = Combobox::default();
        combobox.type_text("nottingham", &all);
        assert_eq!(combobox.press("Enter", &all), Handled::Nothing, "nothing is marked yet");
        for (key, marked) in [("ArrowDown", 0), ("ArrowDown", 1), ("ArrowDown", 0), ("ArrowUp", 1)]
        {
            assert_eq!(combobox.press(key, &all), Handled::Moved);
            assert_eq!(combobox.active, Some(marked));
        }
        assert_eq!(combobox.press("Enter", &all), Handled::Chose);
        assert_eq!(combobox.chosen.as_deref(), Some("RHA"));
        assert_eq!(combobox.text, "Nottinghamshire Healthcare NHS Foundation Trust (RHA)");
        assert!(!combobox.open);
        assert_eq!(combobox.press("Enter", &all), Handled::Nothing);
    }

    #[test]
    fn the_down_arrow_in_an_empty_box_lists_the_expected_first() {
        let mut combobox = Combobox::default();
        combobox.press("ArrowDown", &choices());
        assert_eq!(labels(&combobox), ["RX1", "R0A", "RJ1", "RK5", "RHA"]);
        assert_eq!(combobox.active, Some(0));
        assert_eq!(
            combobox.status(),
            "5 organisations match. Press the down arrow to go through them"
        );
    }

    #[test]
    fn after_a_choice_the_down_arrow_lists_everything_again() {
        let all = choices();
        let mut combobox = Combobox::default();
        assert!(combobox.choose("RK5", &all));
        combobox.press("ArrowDown", &all);
        assert_eq!(combobox.found, 5);
        assert_eq!(combobox.chosen.as_deref(), Some("RK5"), "only Enter or typing changes it");
    }

    #[test]
    fn escape_closes_the_list_and_keeps_the_text() {
        let all = choices();
        let mut combobox = Combobox::default();
        combobox.type_text("sher", &all);
        assert_eq!(combobox.press("Escape", &all), Handled::Moved);
        assert_eq!((combobox.open, combobox.text.as_str()), (false, "sher"));
        assert_eq!(combobox.press("Escape", &all), Handled::Nothing);
    }

    #[test]
    fn leaving_takes_only_what_was_written_out_in_full() {
        let all = choices();
        let cases = [
            ("rx1", Some("RX1")),
            (" RX1 ", Some("RX1")),
            ("nottingham university hospitals nhs trust", Some("RX1")),
            ("Nottingham University Hospitals NHS Trust (RX1)", Some("RX1")),
            ("nottingham university", None),
            ("", None),
        ];
        for (typed, expected) in cases {
            let mut combobox = Combobox::default();
            combobox.type_text(typed, &all);
            assert_eq!(combobox.leave(&all), expected.is_some(), "{typed}");
            assert_eq!(combobox.chosen.as_deref(), expected, "{typed}");
            assert!(!combobox.open);
        }
    }

    #[test]
    fn typing_after_a_choice_takes_the_choice_back() {
        let all = choices();
        let mut combobox = Combobox::default();
        combobox.choose("RX1", &all);
        combobox.type_text("Nottingham University Hospitals NHS Trust (RX", &all);
        assert_eq!(combobox.chosen, None);
    }

    #[test]
    fn a_long_list_says_that_it_is_cut() {
        let many: Vec<Choice> =
            (0..40).map(|n| Choice::new(&format!("R{n:02}"), "Trust", 1)).collect();
        let mut combobox = Combobox::default();
        combobox.type_text("r", &many);
        assert_eq!(combobox.lines.len(), SHOWN);
        assert!(combobox.status().starts_with("40 organisations match, the first 30 are listed"));
    }
}
