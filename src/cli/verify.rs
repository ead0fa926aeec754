//! `verify`: is this file as it was sealed, and does a check here find the same?

use super::Failure;
use super::files::{self, Refusal};
use super::output::{Output, Status};
use super::register::{Known, known};
use super::sender_args::Verify;
use crate::collection::Set;
use crate::file::{self, ContentVerdict, Verified};
use crate::json::Value;
use crate::register::Standing;
use crate::sign::Role;
use crate::template::Severity;

pub(super) fn run(verb: &Verify, set: &Set, output: &mut Output) -> Result<Status, Failure> {
    let known = known(&verb.senders)?;
    Ok(files::each(&verb.files.files, output, |name, bytes, output, one| {
        let verified = file::verify(bytes, set).map_err(|error| Refusal {
            code: error.code(),
            message: error.to_string(),
            help: error.remedy().to_owned(),
        })?;
        Ok(say(name, &verified, &known, output, one))
    }))
}

/// What is said of each sender: by the register, where there is one.
fn standings(verified: &Verified, known: &Known) -> Vec<Standing> {
    match &known.register {
        Some(register) => verified.standings(register, known.received, known.now),
        None => verified.signatures().iter().map(|_| Standing::NotConfirmed).collect(),
    }
}

fn say(
    name: &str,
    verified: &Verified,
    known: &Known,
    output: &mut Output,
    one: &mut Output,
) -> Status {
    let content = verified.content();
    output.line(&format!("{name}: {}", verified.verdict().sentence()));
    let standings = standings(verified, known);
    output.line(&format!("  {}", verified.advice(&standings)));
    let organisation = &content.organisation;
    output.line(&format!(
        "  {} ({}), {}, {}, revision {}",
        organisation.name,
        organisation.code,
        content.collection.id,
        content.template.id,
        content.revision
    ));
    let mut signatures = Vec::new();
    for (signature, standing) in verified.signatures().iter().zip(&standings) {
        let header = &signature.header;
        let role = match header.role {
            Role::Approver => "approver",
            Role::Preparer => "preparer",
        };
        let code = signature.thumbprint.check_code();
        output.line(&format!(
            "  sealed by {} ({}), {role}, {}",
            header.signer_name, header.signer_job_title, header.signed_at
        ));
        match standing {
            Standing::NotConfirmed => output.line(&format!(
                "  sender not confirmed: ask them to read out their check code, {code}"
            )),
            standing => output.line(&format!("  {}", standing.sentence())),
        }
        signatures.push(crate::json!({
            "check_code": code, "job_title": &header.signer_job_title, "name": &header.signer_name, "role": role,
            "sender": standing.code(), "signed_at": header.signed_at.to_london_text(), "thumbprint": signature.thumbprint.to_string(),
        }));
    }
    one.member("signatures", signatures);
    one.member("practice", verified.is_practice());
    one.member("approved", verified.is_approved());
    one.member("verdict", verified.verdict().code());
    one.member("id", verified.id());
    one.member("collection", &content.collection.id);
    one.member("template", &content.template.id);
    one.member("organisation", &organisation.code);
    one.member("revision", content.revision);
    let against = standings.iter().any(Standing::is_against);
    match verified.verdict() {
        ContentVerdict::Unchanged if against => Status::Refused,
        ContentVerdict::Unchanged => findings(verified, output, one),
        ContentVerdict::Differs(differences) => {
            for difference in differences {
                output.line(&format!(
                    "    {}: the file says {}, a check here finds {}",
                    difference.pointer,
                    or_nothing(&difference.said),
                    or_nothing(&difference.found)
                ));
            }
            let list = differences
                .iter()
                .map(|d| crate::json!({ "at": &d.pointer, "found": &d.found, "said": &d.said }));
            one.member("differences", list.collect::<Value>());
            Status::Refused
        }
        ContentVerdict::UnknownCollection | ContentVerdict::UnknownTemplate => Status::Refused,
    }
}

fn or_nothing(text: &str) -> &str {
    if text.is_empty() { "nothing" } else { text }
}

/// A return that is genuine may still have errors, if it was sealed by another program.
fn findings(verified: &Verified, output: &mut Output, one: &mut Output) -> Status {
    let Some(checked) = verified.checked() else { return Status::Refused };
    let errors = checked.count(Severity::Error);
    let unexplained = checked.unexplained().count();
    one.member("errors", errors);
    one.member("unexplained", unexplained);
    if checked.is_sealable() {
        return if verified.is_approved() { Status::Good } else { Status::Findings };
    }
    output.line(&format!(
        "  {errors} to correct, {unexplained} to explain: run `ia-returns check` on it"
    ));
    Status::Findings
}
