//! What a step was made from, by hash, so that only what changed is made again. Hashes, not times: a fresh
//! checkout or a changed branch touches every file's time.

use std::path::{Path, PathBuf};

use anyhow::Result;
use sha2::{Digest, Sha256};

use crate::encode::sha256_hex;
use crate::workspace::{Workspace, files_below, read, read_text, write};

/// Collects what a step is made from.
#[derive(Default)]
pub(crate) struct Inputs {
    hash: Sha256,
}

impl Inputs {
    /// Adds some bytes under a name. Lengths go in as well, so that no two lists of inputs look alike.
    pub(crate) fn bytes(mut self, name: &str, bytes: &[u8]) -> Self {
        self.hash.update(format!("{}:{name}:{}:", name.len(), bytes.len()));
        self.hash.update(bytes);
        self
    }

    /// Adds a file.
    pub(crate) fn file(self, path: &Path) -> Result<Self> {
        let bytes = read(path)?;
        Ok(self.bytes(&path.to_string_lossy(), &bytes))
    }

    /// Adds every file below a folder.
    pub(crate) fn tree(mut self, folder: &Path) -> Result<Self> {
        for path in files_below(folder)? {
            self = self.file(&path)?;
        }
        Ok(self)
    }

    /// The stamp of the step called `step`.
    pub(crate) fn stamp(self, workspace: &Workspace, step: &str) -> Stamp {
        self.stamp_at(workspace.work.join("stamps").join(step))
    }

    /// A stamp kept in a file of the caller's choice.
    pub(crate) fn stamp_at(self, path: PathBuf) -> Stamp {
        Stamp { path, key: sha256_hex(&self.hash.finalize()) }
    }
}

/// Whether a step's products are those of its present inputs.
pub(crate) struct Stamp {
    path: PathBuf,
    key: String,
}

impl Stamp {
    /// Whether the step was last finished with these inputs, and its products are still there.
    pub(crate) fn is_fresh(&self, products: &[&Path]) -> bool {
        products.iter().all(|path| path.exists())
            && read_text(&self.path).is_ok_and(|old| old == self.key)
    }

    /// Records that the step has finished.
    pub(crate) fn record(&self) -> Result<()> {
        write(&self.path, self.key.as_bytes())
    }
}
