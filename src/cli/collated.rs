//! What `collate` writes: the tables in every form, the figures of each return, what was decided, the region's draft.

use super::Failure;
use super::collate_args::Collate;
use super::outfolder::OutFolder;
use crate::collate::export;
use crate::collate::{Collation, Decisions, Operator, Table, regional};

/// Writes everything into the folder.
pub(super) fn write(
    collation: &Collation,
    tables: &[Table],
    (operator, decisions): (&Operator<'_>, &Decisions),
    verb: &Collate,
    out: &mut OutFolder,
) -> Result<(), Failure> {
    let region = verb.region.as_deref();
    if let Some(region) = region.filter(|own| regional(collation, operator, own).is_none()) {
        let message = format!("no return can be begun for “{region}”");
        return Err(Failure::usage(
            message,
            "Give the code of a region, such as Y60, in a round that asks regions for a return.",
        ));
    }
    let files = export::everything(collation, tables, (operator, decisions), region);
    for file in files.map_err(|error| not_written(&error))? {
        out.write(&file.name, &file.bytes)?;
    }
    Ok(())
}

fn not_written(error: &export::ExportError) -> Failure {
    Failure::unreadable(error.to_string(), "Report this as a fault of the program.")
}
