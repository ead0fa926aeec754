//! The collation: which files count, what is owed, what the totals are, what is asked; and that the order of files
//! changes nothing.

mod command;
mod counting;
mod decided;
mod hostile;
mod made;
mod pictures;
mod said;
