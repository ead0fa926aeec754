//! How much time is left, and by which clock: the device's, which is evidence and not truth.

use maud::{Markup, html};

use crate::page::state::State;
use crate::page::step::Step;
use crate::time::{Instant, Window, WindowState, duration_words};

/// The region that says it.
pub(super) const TIME: &str = "time";

/// With so many minutes left it is said aloud, each once.
const SPOKEN: [i64; 3] = [60, 15, 5];

/// The window of the return that is being filled in.
fn window(state: &State) -> Option<Window> {
    let is_open = state.sealed.is_none() && state.step > Step::Start;
    state.work.as_ref().filter(|_| is_open)?.draft.form.window
}

/// Seconds until a window closes.
fn left(window: &Window, now: Instant) -> i64 {
    window.closes().seconds().saturating_sub(now.seconds())
}

/// How much time is left, in words.
fn words(window: &Window, now: Instant) -> String {
    let closes = window.closes();
    let left = duration_words(left(window, now));
    [&left, " left: the window closes at ", &closes.clock_words(), " ", closes.zone_words()]
        .concat()
}

/// What is said aloud as time goes by, from one time to the next; mostly nothing.
pub(in crate::page) fn spoken(state: &State, before: Instant, now: Instant) -> Option<String> {
    let window = window(state)?;
    let (before, after) = (left(&window, before), left(&window, now));
    let is_passed = SPOKEN.iter().any(|minutes| {
        let seconds = minutes.saturating_mul(60);
        before > seconds && after <= seconds
    });
    if before > 0 && after <= 0 {
        return Some(
            "The window has closed. You can still send the return: say in the declaration why it is late."
                .to_owned(),
        );
    }
    is_passed.then(|| words(&window, now))
}

/// The line that every step has while the return is filled in.
///
/// Accessibility: it is no live region, as it changes every minute; what matters is in the step's status (4.1.3).
pub(super) fn line(state: &State) -> Markup {
    let (Some(window), Some(now)) = (window(state), state.now) else { return html! {} };
    html! {
        @match window.state(now) {
            WindowState::Before => {},
            WindowState::Open => strong { (words(&window, now)) ". " },
            WindowState::Late => strong { "The window has closed. You can still send this return. " },
        }
        "It is " (now.clock_words()) " " (now.zone_words()) " by this computer’s clock."
        @if state.is_abroad {
            " The computer is set to the time of another place. All times on this page are UK times."
        }
    }
}
