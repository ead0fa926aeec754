//! The collation: which files count, what is owed, what the totals are, what is asked; and that the order of files
//! changes nothing.

mod command;
mod counting;
mod decided;
pub(crate) mod hostile;
mod made;
mod pictures;
mod said;

/// One decision of each kind.
pub(crate) fn decisions() -> ia_returns::collate::Decisions {
    decided::full(&made::Desk::new(None))
}
