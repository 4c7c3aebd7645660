//! The stream over which an open page hears that the site has changed.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::State;
use axum::http::Uri;
use axum::response::sse::{Event, KeepAlive, Sse};
use futures_util::stream::{Stream, unfold};
use serde::Serialize;
use tokio::sync::watch;

use super::address::parameter;
use super::live::{Live, Shown, Update};

/// How often a stream without news says that it lives, so that dead connections end.
const HEARTBEAT: Duration = Duration::from_secs(15);

/// What a page is told.
#[derive(Serialize)]
struct Message<'a> {
    /// The build that is shown now.
    build: String,
    /// What is new, where nothing was missed in between.
    update: Option<&'a Update>,
    /// Whether the page should go to the one edited.
    follow: bool,
}

/// Tells the page at once where it shows another build than the one at hand, then at each change.
///
/// One that reads slowly is told of the last change only: the stream holds no queue.
pub(super) async fn stream(
    State(live): State<Arc<Live>>,
    uri: Uri,
) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    let known = parameter(&uri, "build").unwrap_or_default();
    let listener = Listener { updates: live.subscribe(), live, known };
    let events = unfold(listener, |mut listener| async move {
        let event = listener.next().await?;
        Some((Ok(event), listener))
    });
    Sse::new(events).keep_alive(KeepAlive::new().interval(HEARTBEAT))
}

struct Listener {
    live: Arc<Live>,
    updates: watch::Receiver<Option<Arc<Shown>>>,
    /// The build that the page shows.
    known: String,
}

impl Listener {
    /// The next event; `None` when the program ends.
    async fn next(&mut self) -> Option<Event> {
        loop {
            let shown = self.updates.borrow_and_update().clone();
            if let Some(shown) = shown {
                let build = self.live.build_name(&shown);
                if build != self.known {
                    let before = format!("{}-{}", self.live.session(), shown.number.saturating_sub(1));
                    let update = (before == self.known).then_some(&shown.update);
                    let message = Message { build: build.clone(), update, follow: self.live.follow };
                    let data = serde_json::to_string(&message).expect("plain fields serialize");
                    self.known = build;
                    return Some(Event::default().data(data));
                }
            }
            self.updates.changed().await.ok()?;
        }
    }
}
