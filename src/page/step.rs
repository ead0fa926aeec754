//! The steps of the page, their addresses and their order.

/// A step: what is on the screen at one time.
#[derive(Clone, Copy, Debug, Default, Eq, Ord, PartialEq, PartialOrd)]
pub enum Step {
    /// Which collection, which organisation, which return.
    #[default]
    Start,
    /// The parts of the return, and how far each is.
    Tasks,
    /// What decides which questions there are: which actions, whether there is anything to report.
    Before,
    /// A section of the template, by its number among those that have a step of their own, from 0.
    Section(usize),
    /// What was answered, and the queries to explain.
    Check,
    /// Who prepared and who agreed.
    Declaration,
    /// What will be sealed.
    Seal,
    /// The file is sealed.
    Done,
}

/// How the address of a section begins; its number, from 1, follows.
const SECTION: &str = "#/section-";

impl Step {
    /// The steps that every return has besides its sections, which stand before [`Step::Check`].
    const FIXED: [Self; 7] = [
        Self::Start,
        Self::Tasks,
        Self::Before,
        Self::Check,
        Self::Declaration,
        Self::Seal,
        Self::Done,
    ];

    /// Every step of a return with this many sections, in order.
    pub fn all(sections: usize) -> Vec<Self> {
        let mut steps = Vec::new();
        for step in Self::FIXED {
            if step == Self::Check {
                for number in 0..sections {
                    steps.push(Self::Section(number));
                }
            }
            steps.push(step);
        }
        steps
    }

    /// The address, from `#` on.
    pub fn address(self) -> String {
        match self {
            Self::Start => "#/start".to_owned(),
            Self::Tasks => "#/tasks".to_owned(),
            Self::Before => "#/before".to_owned(),
            Self::Section(number) => [SECTION, &number.saturating_add(1).to_string()].concat(),
            Self::Check => "#/check".to_owned(),
            Self::Declaration => "#/declaration".to_owned(),
            Self::Seal => "#/seal".to_owned(),
            Self::Done => "#/done".to_owned(),
        }
    }

    /// The step with this address.
    pub fn parse(address: &str) -> Option<Self> {
        if let Some(number) = address.strip_prefix(SECTION) {
            let number: usize = number.parse().ok()?;
            return number.checked_sub(1).map(Self::Section);
        }
        Self::FIXED.into_iter().find(|step| step.address() == address)
    }
}
