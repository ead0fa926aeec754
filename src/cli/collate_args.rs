//! The arguments of `collate`.

use super::args::Passphrase;
use super::sender_args::{ExpectedList, Remember};
use clap::Args;
use std::path::PathBuf;

#[derive(Args, Debug)]
pub(super) struct Collate {
    /// Folders, files, zip archives and saved e-mails (.eml); folders are read with all that is in them
    #[arg(required = true)]
    pub(super) paths: Vec<PathBuf>,
    /// The folder for the results; a new one, or one that holds an earlier collation and nothing else
    #[arg(long, value_name = "FOLDER")]
    pub(super) out: PathBuf,
    #[command(flatten)]
    pub(super) expected: ExpectedList,
    /// The list of senders
    #[arg(long, value_name = "FILE")]
    pub(super) register: Option<PathBuf>,
    /// The thumbprint of whoever keeps the list of senders, which they told you; otherwise the one that you stated before
    #[arg(long, alias = "keeper", value_name = "THUMBPRINT", allow_hyphen_values = true)]
    pub(super) register_signer: Option<String>,
    #[command(flatten)]
    pub(super) remember: Remember,
    /// When each file arrived: a CSV file with the columns `file` and `received_at`, kept by whoever received them
    #[arg(long, alias = "manifest", value_name = "FILE")]
    pub(super) received: Option<PathBuf>,
    /// When the files arrived of which nothing else says it, with the offset, like 2023-07-28T11:00:00+01:00
    #[arg(long, value_name = "TIME")]
    pub(super) received_at: Option<String>,
    /// Take the time at which a file was last changed where nothing else says when it arrived; it is marked “assumed”
    #[arg(long)]
    pub(super) assume_file_times: bool,
    /// A receipt that was given for one of the returns (may be given more than once)
    #[arg(long, value_name = "FILE", requires = "receipts_from")]
    pub(super) receipt: Vec<PathBuf>,
    /// The thumbprint of whoever gives receipts, which they told you
    #[arg(long, value_name = "THUMBPRINT", requires = "receipt", allow_hyphen_values = true)]
    pub(super) receipts_from: Option<String>,
    /// What was decided in an earlier collation: decisions.json of its folder
    #[arg(long, value_name = "FILE")]
    pub(super) decisions: Option<PathBuf>,
    /// Figures that came by telephone, in an e-mail or in a workbook: a CSV file as `template figures` writes it, filled in (may be
    /// given more than once)
    #[arg(long, value_name = "FILE")]
    pub(super) entered: Vec<PathBuf>,
    /// Where two files have the same version number and differ: the id of the return that counts (may be given more
    /// than once)
    #[arg(long, value_name = "ID")]
    pub(super) choose: Vec<String>,
    /// Confirm a sender who read their check code out to you on a number you know, as RX1=ZFQ8-GCWS-EGX8 (may be given
    /// more than once)
    #[arg(long, value_name = "CODE=CHECK-CODE", requires = "by")]
    pub(super) confirm: Vec<String>,
    /// Who confirms, or gives receipts: your name
    #[arg(long, value_name = "NAME")]
    pub(super) by: Option<String>,
    /// Sign a receipt for each return that counts and of which it is known when it came, with this key file; they are in
    /// the folder `receipts` of the results
    #[arg(long, value_name = "KEY", requires_all = ["by", "job_title"])]
    pub(super) sign_receipts: Option<PathBuf>,
    /// Your job title, as receipts say it
    #[arg(long, value_name = "TITLE", requires = "sign_receipts")]
    pub(super) job_title: Option<String>,
    #[command(flatten)]
    pub(super) passphrase: Passphrase,
    /// List apart what is new since this time
    #[arg(long, value_name = "TIME")]
    pub(super) since: Option<String>,
    /// Begin the return of this region, from those of its trusts
    #[arg(long, value_name = "CODE")]
    pub(super) region: Option<String>,
    /// The time of the collation with its offset; otherwise this computer’s clock
    #[arg(long, value_name = "TIME")]
    pub(super) at: Option<String>,
}
