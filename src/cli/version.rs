//! `revise`, `approve`, `merge`: the next version of a return, a second person, two files as one.

use super::output::{Output, Status};
use super::receipt::sealed;
use super::register::signer;
use super::sender_args::{Approve, Merge, Revise};
use super::{Failure, edge};
use crate::collection::Set;
use crate::file::{ApproveError, Draft, approve as add_signature, merge as put_together};

pub(super) fn revise(verb: &Revise, set: &Set, output: &mut Output) -> Result<Status, Failure> {
    let (_, verified) = sealed(&verb.file, set)?;
    let draft = Draft::revise(&verified)
        .map_err(|error| Failure::unreadable(error.to_string(), error.remedy()))?;
    edge::write_new(&verb.output, &draft.write(edge::now()?), false)?;
    output.line(&format!(
        "Saved {} as a draft of version {}",
        verb.output.display(),
        draft.revision
    ));
    output.line("Change the figures, say what has changed, ask for sign-off again, then seal it.");
    output.member("file", verb.output.display().to_string());
    output.member("revision", draft.revision);
    Ok(Status::Good)
}

pub(super) fn approve(verb: &Approve, set: &Set, output: &mut Output) -> Result<Status, Failure> {
    let (bytes, verified) = sealed(&verb.file, set)?;
    let (key, header) = signer(&verb.signer)?;
    let text = add_signature(&bytes, &verified, &key, &header).map_err(failure)?;
    edge::write_new(&verb.output, &text, false)?;
    output.line(&format!("Signed off and saved {}", verb.output.display()));
    output.line(&format!("Check code: {}", key.public().thumbprint().check_code()));
    output.member("file", verb.output.display().to_string());
    output.member("id", verified.id());
    Ok(Status::Good)
}

pub(super) fn merge(verb: &Merge, set: &Set, output: &mut Output) -> Result<Status, Failure> {
    let (first, a) = sealed(&verb.first, set)?;
    let (second, b) = sealed(&verb.second, set)?;
    let text = put_together((&first, &a), (&second, &b)).map_err(failure)?;
    edge::write_new(&verb.output, &text, false)?;
    output.line(&format!("Saved {}", verb.output.display()));
    output.member("file", verb.output.display().to_string());
    Ok(Status::Good)
}

fn failure(error: ApproveError) -> Failure {
    Failure::unreadable(error.to_string(), error.remedy())
}
