//! Reading fixed-width texts.

/// What is left of a text.
pub(super) struct Scan<'a>(pub(super) &'a str);

impl Scan<'_> {
    /// Takes exactly `count` digits.
    pub(super) fn digits(&mut self, count: usize) -> Option<u32> {
        let (digits, rest) = self.0.split_at_checked(count)?;
        if !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        self.0 = rest;
        digits.parse().ok()
    }

    /// Takes `mark`.
    pub(super) fn mark(&mut self, mark: &str) -> Option<()> {
        self.0 = self.0.strip_prefix(mark)?;
        Some(())
    }

    /// Year, month, day.
    pub(super) fn date(&mut self) -> Option<[u32; 3]> {
        let year = self.digits(4)?;
        self.mark("-")?;
        let month = self.digits(2)?;
        self.mark("-")?;
        Some([year, month, self.digits(2)?])
    }

    /// Two pairs of digits with a colon, such as hours and minutes.
    pub(super) fn pair(&mut self) -> Option<[u32; 2]> {
        let first = self.digits(2)?;
        self.mark(":")?;
        Some([first, self.digits(2)?])
    }

    /// The end of the text.
    pub(super) fn end(&self) -> Option<()> {
        self.0.is_empty().then_some(())
    }
}
