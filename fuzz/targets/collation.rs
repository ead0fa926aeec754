#![no_main]
libfuzzer_sys::fuzz_target!(|bytes: &[u8]| ia_returns_fuzz::collation(bytes));
