//! The steps of the page, their addresses and their order.

/// A step: what is on the screen at one time.
#[derive(Clone, Copy, Debug, Default, Eq, Ord, PartialEq, PartialOrd)]
pub enum Step {
    /// Which collection, which organisation.
    #[default]
    Start,
    /// Whether there is anything to report.
    Nil,
    /// The figures.
    Figures,
    /// What was answered, and the queries to explain.
    Check,
    /// Who prepared and who agreed.
    Declaration,
    /// What will be sealed.
    Seal,
    /// The file is sealed.
    Done,
}

impl Step {
    /// Every step, in order.
    pub const ALL: [Self; 7] = [
        Self::Start,
        Self::Nil,
        Self::Figures,
        Self::Check,
        Self::Declaration,
        Self::Seal,
        Self::Done,
    ];

    /// The address, from `#` on.
    pub fn address(self) -> &'static str {
        match self {
            Self::Start => "#/start",
            Self::Nil => "#/nil",
            Self::Figures => "#/figures",
            Self::Check => "#/check",
            Self::Declaration => "#/declaration",
            Self::Seal => "#/seal",
            Self::Done => "#/done",
        }
    }

    /// The step with this address.
    pub fn parse(address: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|step| step.address() == address)
    }
}
