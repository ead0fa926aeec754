//! The arguments of the verbs about senders, receipts and versions.

use super::args::Passphrase;
use clap::{Args, Subcommand};
use std::ffi::OsString;
use std::path::PathBuf;

/// A kept key, and who signs with it.
#[derive(Args, Debug)]
pub(super) struct Signer {
    /// The key file
    #[arg(long, value_name = "FILE")]
    pub(super) key: PathBuf,
    #[command(flatten)]
    pub(super) passphrase: Passphrase,
    /// Your name
    #[arg(long, value_name = "NAME")]
    pub(super) name: String,
    /// Your job title
    #[arg(long, value_name = "TITLE")]
    pub(super) job_title: String,
    /// The time of signing with its offset, like 2023-07-28T10:40:00+01:00; otherwise this
    /// computer’s clock
    #[arg(long, value_name = "TIME")]
    pub(super) at: Option<String>,
}

/// Where the highest numbers of lists are remembered.
#[derive(Args, Debug)]
pub(super) struct Remember {
    /// The file that remembers the highest number of each list you have used, so that an older one is refused;
    /// otherwise the environment variable `IA_RETURNS_MEMORY` names it (empty: remember nothing), otherwise it is kept
    /// in a folder of your own
    #[arg(long, value_name = "FILE")]
    pub(super) memory: Option<OsString>,
}

#[derive(Args, Debug)]
pub(super) struct Register {
    #[command(subcommand)]
    pub(super) verb: RegisterVerb,
}

#[derive(Debug, Subcommand)]
pub(super) enum RegisterVerb {
    /// Put a sender into the list, after they read their check code out to you
    Add(Add),
    /// Make the first list of senders, with nobody in it
    New(NewRegister),
    /// Withdraw a key: a return sealed with it counts only if a receipt or manifest proves that it came before
    Revoke(Revoke),
    /// Show who is in the list
    Show(ShowRegister),
}

#[derive(Args, Debug)]
pub(super) struct NewRegister {
    /// Where to write it
    #[arg(long, value_name = "FILE")]
    pub(super) output: PathBuf,
    #[command(flatten)]
    pub(super) signer: Signer,
    #[command(flatten)]
    pub(super) remember: Remember,
}

#[derive(Args, Debug)]
pub(super) struct Add {
    /// The list of senders
    pub(super) register: PathBuf,
    /// The request that the sender’s page or `key show` wrote
    pub(super) request: PathBuf,
    /// The check code as the sender read it out to you, on a number that you knew before
    #[arg(long, value_name = "CODE")]
    pub(super) code: String,
    /// From when the key is valid; otherwise from the time of signing
    #[arg(long, value_name = "TIME")]
    pub(super) from: Option<String>,
    /// Until when the key is valid; otherwise until it is withdrawn
    #[arg(long, value_name = "TIME")]
    pub(super) until: Option<String>,
    /// Where to write the new list
    #[arg(long, value_name = "FILE")]
    pub(super) output: PathBuf,
    #[command(flatten)]
    pub(super) signer: Signer,
    #[command(flatten)]
    pub(super) remember: Remember,
}

#[derive(Args, Debug)]
pub(super) struct Revoke {
    /// The list of senders
    pub(super) register: PathBuf,
    /// The key’s thumbprint, from `register show`
    #[arg(allow_hyphen_values = true)]
    pub(super) thumbprint: String,
    /// Why, in words
    #[arg(long, value_name = "TEXT")]
    pub(super) reason: String,
    /// From when; otherwise from the time of signing
    #[arg(long, value_name = "TIME")]
    pub(super) since: Option<String>,
    /// Where to write the new list
    #[arg(long, value_name = "FILE")]
    pub(super) output: PathBuf,
    #[command(flatten)]
    pub(super) signer: Signer,
    #[command(flatten)]
    pub(super) remember: Remember,
}

#[derive(Args, Debug)]
pub(super) struct ShowRegister {
    /// The list of senders
    pub(super) register: PathBuf,
    #[command(flatten)]
    pub(super) keeper: Keeper,
}

/// Whose list of senders is taken.
#[derive(Args, Debug)]
pub(super) struct Keeper {
    /// The thumbprint of whoever keeps the list of senders, which they told you; otherwise the one that you stated before
    #[arg(long, value_name = "THUMBPRINT", allow_hyphen_values = true)]
    pub(super) keeper: Option<String>,
    #[command(flatten)]
    pub(super) remember: Remember,
}

#[derive(Args, Debug)]
pub(super) struct Receipt {
    #[command(subcommand)]
    pub(super) verb: ReceiptVerb,
}

#[derive(Debug, Subcommand)]
pub(super) enum ReceiptVerb {
    /// Say in a signed file that a return arrived, and what was found of it
    New(NewReceipt),
    /// Show what a receipt says, and whether it is for a return
    Show(ShowReceipt),
}

#[derive(Args, Debug)]
pub(super) struct NewReceipt {
    /// The sealed return
    pub(super) file: PathBuf,
    /// When it arrived; otherwise the time of signing
    #[arg(long, value_name = "TIME")]
    pub(super) received: Option<String>,
    /// Where to write the receipt
    #[arg(long, value_name = "FILE")]
    pub(super) output: PathBuf,
    #[command(flatten)]
    pub(super) signer: Signer,
}

#[derive(Args, Debug)]
pub(super) struct ShowReceipt {
    /// The receipt
    pub(super) receipt: PathBuf,
    /// The return that it should be for
    #[arg(long, value_name = "FILE")]
    pub(super) of: Option<PathBuf>,
    /// The thumbprint of whoever gives receipts, which they told you
    #[arg(long, value_name = "THUMBPRINT", allow_hyphen_values = true)]
    pub(super) from: Option<String>,
}

#[derive(Args, Debug)]
pub(super) struct Revise {
    /// The sealed return
    pub(super) file: PathBuf,
    /// Where to write the draft of the next version
    #[arg(long, value_name = "FILE")]
    pub(super) output: PathBuf,
}

#[derive(Args, Debug)]
pub(super) struct Approve {
    /// The sealed return
    pub(super) file: PathBuf,
    /// Where to write it with both signatures
    #[arg(long, value_name = "FILE")]
    pub(super) output: PathBuf,
    #[command(flatten)]
    pub(super) signer: Signer,
}

#[derive(Args, Debug)]
pub(super) struct Merge {
    /// One file of the return
    pub(super) first: PathBuf,
    /// Another file of the same return
    pub(super) second: PathBuf,
    /// Where to write it with the signatures of both
    #[arg(long, value_name = "FILE")]
    pub(super) output: PathBuf,
}

/// What the operator knows of when files came.
#[derive(Args, Debug)]
pub(super) struct Arrival {
    /// When the files arrived, with the offset, like 2023-07-28T11:00:00+01:00
    #[arg(long, value_name = "TIME")]
    pub(super) received: Option<String>,
    /// When each file arrived: a CSV file with the columns `file` and `received_at`, kept by whoever received them
    #[arg(long, value_name = "FILE")]
    pub(super) manifest: Option<PathBuf>,
    /// A receipt that was given for one of the returns (may be given more than once)
    #[arg(long, value_name = "FILE", requires = "receipts_from")]
    pub(super) receipt: Vec<PathBuf>,
    /// The thumbprint of whoever gives receipts, which they told you
    #[arg(long, value_name = "THUMBPRINT", requires = "receipt", allow_hyphen_values = true)]
    pub(super) receipts_from: Option<String>,
}

/// The list of who owes which return.
#[derive(Args, Debug)]
pub(super) struct ExpectedList {
    /// The expected list of the collection, to say whether each return is expected, and by when
    #[arg(long, value_name = "FILE")]
    pub(super) expected: Option<PathBuf>,
    /// The thumbprint of whoever seals the expected list, which they told you; otherwise the one that you stated before
    #[arg(long, value_name = "THUMBPRINT", requires = "expected", allow_hyphen_values = true)]
    pub(super) issuer: Option<String>,
}

#[derive(Args, Debug)]
pub(super) struct Verify {
    #[command(flatten)]
    pub(super) files: super::args::Files,
    /// The list of senders
    #[arg(long, value_name = "FILE")]
    pub(super) register: Option<PathBuf>,
    #[command(flatten)]
    pub(super) keeper: Keeper,
    #[command(flatten)]
    pub(super) arrival: Arrival,
    #[command(flatten)]
    pub(super) expected: ExpectedList,
    /// Where two files have the same version number and differ: the id of the return that counts (may be given more
    /// than once)
    #[arg(long, value_name = "ID")]
    pub(super) choose: Vec<String>,
    /// An earlier version of the return, sealed: say what changed since
    #[arg(long, value_name = "FILE")]
    pub(super) since: Option<PathBuf>,
}

#[derive(Args, Debug)]
pub(super) struct ShowKey {
    /// The key file
    pub(super) file: PathBuf,
    #[command(flatten)]
    pub(super) passphrase: Passphrase,
    /// Write a request to be confirmed as a sender of this organisation, for whoever keeps the list
    #[arg(long, value_name = "CODE", requires_all = ["name", "job_title", "output"])]
    pub(super) organisation: Option<String>,
    /// Your name
    #[arg(long, value_name = "NAME")]
    pub(super) name: Option<String>,
    /// Your job title
    #[arg(long, value_name = "TITLE")]
    pub(super) job_title: Option<String>,
    /// Where to write the request
    #[arg(long, value_name = "FILE", requires = "organisation")]
    pub(super) output: Option<PathBuf>,
    /// The time of the request with its offset; otherwise this computer’s clock
    #[arg(long, value_name = "TIME", requires = "organisation")]
    pub(super) at: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::FromArgMatches as _;

    #[test]
    fn a_thumbprint_may_begin_with_a_hyphen() {
        let begins = "-UZP9k3n2bVb0dKqU1cP0e8r7x6w5v4u3t2s1r0q9p8";
        let command = ShowReceipt::augment_args(clap::Command::new("show"));
        let found = command.try_get_matches_from(["show", "receipt.json", "--from", begins]);
        let show = ShowReceipt::from_arg_matches(&found.unwrap()).unwrap();
        assert_eq!(show.from.as_deref(), Some(begins));
        let command = Revoke::augment_args(clap::Command::new("revoke"));
        let arguments =
            ["revoke", "list.json", begins, "--reason", "left", "--output", "next.json"];
        let who = ["--key", "keeper.pem", "--name", "Keeper", "--job-title", "Analyst"];
        let found = command.try_get_matches_from(arguments.into_iter().chain(who));
        assert_eq!(Revoke::from_arg_matches(&found.unwrap()).unwrap().thumbprint, begins);
    }
}
