//! What is left of secrets where nothing wipes them by itself.

use zeroize::Zeroize as _;

/// How much of the stack is overwritten, in bytes: more than signing or opening a key file takes.
const BELOW: usize = 16 * 1024;

/// Overwrites what the calls before have left on the stack. A key that is moved leaves a copy where it was, and no type can
/// wipe that. To be called from where the work with the key was called, and not from below.
#[inline(never)]
pub fn wipe_stack() {
    let mut below = [u8::MAX; BELOW];
    below.zeroize();
    std::hint::black_box(&below);
}
