//! `verify`: is this file as it was sealed, and does a check here find the same?

use super::files::{self, Refusal};
use super::output::{Output, Status};
use super::received::Arrivals;
use super::register::kept;
use super::sender_args::Verify;
use super::since::Since;
use super::{Failure, counting, edge, expected_list};
use crate::collection::{Expected, Set, UnknownSigner};
use crate::file::{self, ContentVerdict, Verified};
use crate::json::Value;
use crate::register::{Received, Register, Standing};
use crate::sign::Role;
use crate::template::Severity;
use crate::time::Instant;

/// What the operator knows: who owes what, whose keys there are, when files came.
struct Known {
    register: Option<Register>,
    expected: Option<Expected>,
    arrivals: Arrivals,
    since: Option<Since>,
    now: Instant,
}

impl Known {
    fn read(verb: &Verify, set: &Set) -> Result<Self, Failure> {
        let register = verb.register.as_deref().map(|path| kept(path, &verb.keeper)).transpose()?;
        if register.is_none() && verb.keeper.keeper.is_some() {
            let help = "Name the list with --register.";
            return Err(Failure::usage(
                "--keeper says whose list of senders it is, and none is given",
                help,
            ));
        }
        Ok(Self {
            register,
            expected: expected_list::given(&verb.expected, set, &verb.keeper.remember)?,
            arrivals: Arrivals::read(&verb.arrival)?,
            since: verb.since.as_deref().map(|path| Since::read(path, set)).transpose()?,
            now: edge::now()?,
        })
    }

    /// Whether its round counts only senders who are confirmed, and this one is not.
    fn holds(&self, verified: &Verified, received: Received) -> bool {
        let form = verified.form();
        form.is_some_and(|form| form.collection.source().unknown_signer == UnknownSigner::Hold)
            && !self.standings(verified, received).iter().all(Standing::is_known)
    }

    /// What is said of each sender: by the register, where there is one.
    fn standings(&self, verified: &Verified, received: Received) -> Vec<Standing> {
        match &self.register {
            Some(register) => verified.standings(register, received, self.now),
            None => verified.signatures().iter().map(|_| Standing::NotConfirmed).collect(),
        }
    }
}

pub(super) fn run(verb: &Verify, set: &Set, output: &mut Output) -> Result<Status, Failure> {
    let known = Known::read(verb, set)?;
    let mut counting = Vec::new();
    let status = files::each(&verb.files.files, output, |name, bytes, output, one| {
        let verified = file::verify(bytes, set).map_err(|error| Refusal {
            code: error.code(),
            message: error.to_string(),
            help: error.remedy().to_owned(),
        })?;
        let received = known.arrivals.of(name, &verified);
        let status = say(name, &verified, (&known, received), output, one);
        if let Some(since) = &known.since {
            since.say(&verified, output, one);
        }
        if let Some(list) = &known.expected {
            let content = verified.content();
            let id = (content.collection.id.as_str(), content.template.id.as_str());
            expected_list::say(list, &content.organisation.code, id, set, output, one);
        }
        if status == Status::Good && !verified.is_practice() && !known.holds(&verified, received) {
            counting.extend(counting::Standing::of(name, &verified, received));
        }
        Ok(status)
    });
    Ok(status.max(counting::say(&counting, &verb.choose, output)))
}

fn say(
    name: &str,
    verified: &Verified,
    (known, received): (&Known, Received),
    output: &mut Output,
    one: &mut Output,
) -> Status {
    let content = verified.content();
    output.line(&format!("{name}: {}", verified.verdict().sentence()));
    let standings = known.standings(verified, received);
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
    if let Received::At(at, source) = received {
        let (at, how) = (at.to_london_text(), source.word());
        output.line(&format!("  received at {at} ({how})"));
        one.member("received_at", at);
        one.member("received_by", how);
    }
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
            standing => {
                output.line(&format!("  {}", standing.sentence()));
                let is_proven = matches!(received, Received::At(_, source) if source.is_proof());
                if matches!(standing, Standing::Revoked { .. }) && !is_proven {
                    output.line("  If it came before that, a manifest or a receipt shows it: give --manifest or --receipt.");
                }
            }
        }
        signatures.push(crate::json!({
            "check_code": code, "job_title": &header.signer_job_title, "name": &header.signer_name, "role": role,
            "sender": standing.code(), "signed_at": header.signed_at.to_london_text(), "thumbprint": signature.thumbprint.to_string(),
        }));
    }
    if known.holds(verified, received) {
        output.line("  held: this round counts only senders who are confirmed");
        one.member("held", true);
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
