//! The preview: the site in memory, answered on this computer only, and told to the browser when it changes.
//!
//! Takes a [`View`] at a time, gives answers over HTTP. What a request may reach is a map from addresses to bytes and
//! no folder, so no path can leave the site; nothing is written to the disk. A new view takes the place of the old
//! one in a single step, and open pages are told over server-sent events.

mod about;
mod address;
mod answer;
mod client;
mod connection;
mod events;
mod guard;
mod held;
mod kept;
mod live;
mod site;
mod view;

pub use live::Update;
pub use site::SiteView;
pub use view::{About, Answer, Elsewhere, Marked, Mention, Problem, View};

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::Arc;

use tokio::net::TcpListener;
use tokio::runtime::{Builder, Runtime};

use self::live::Live;
use crate::error::{Error, ErrorKind};

/// Where the preview listens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Options {
    /// The address of an interface of this computer; only a loopback address keeps others out.
    pub host: IpAddr,
    /// The port; 0 for any that is free.
    pub port: u16,
    /// Whether open pages go to the page whose file was changed last.
    pub follow: bool,
}

/// A running preview; it ends when the value is dropped.
pub struct Server {
    runtime: Runtime,
    address: SocketAddr,
    live: Arc<Live>,
}

impl Server {
    /// Starts to listen; requests wait for the first view.
    ///
    /// An `Error` of the kind `Network` where the port is taken or the address is not one of this computer's.
    pub fn start(options: &Options) -> Result<Self, Error> {
        let failed = |error| cannot_listen(options, error);
        // Two threads for connections are plenty; pages are rendered on threads of their own.
        let runtime = Builder::new_multi_thread()
            .worker_threads(2)
            .max_blocking_threads(8)
            .thread_name("preview")
            .enable_all()
            .build()
            .map_err(failed)?;
        let listener = runtime
            .block_on(TcpListener::bind(SocketAddr::new(options.host, options.port)))
            .map_err(failed)?;
        let address = listener.local_addr().map_err(failed)?;
        let live = Arc::new(Live::new(options.follow));
        let guard = guard::Guard::new(options.host, address.port());
        runtime.spawn(connection::serve(listener, answer::router(Arc::clone(&live), guard)));
        Ok(Self { runtime, address, live })
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The address of the site's root as a browser wants it: `http://localhost:4000/`.
    pub fn root_url(&self) -> String {
        match self.address.ip() {
            // `localhost` leads to 127.0.0.1 on every computer; to ::1 only on some, to 127.0.0.2 on none.
            ip if ip == Ipv4Addr::LOCALHOST || ip.is_unspecified() => {
                format!("http://localhost:{}/", self.address.port())
            }
            _ => format!("http://{}/", self.address),
        }
    }

    /// Shows a new view from now on, and tells the open pages what is new in it.
    pub fn show(&self, view: Arc<dyn View>, update: Update) {
        self.live.show(view, update);
    }

    /// Waits until the user or the system asks the program to end.
    pub fn wait_for_interrupt(&self) {
        self.runtime.block_on(async {
            use tokio::signal::unix::{SignalKind, signal};
            let (terminate, hang_up) = (signal(SignalKind::terminate()), signal(SignalKind::hangup()));
            // Where signals cannot be heard, the system ends the program by itself.
            let (Ok(mut terminate), Ok(mut hang_up)) = (terminate, hang_up) else {
                return std::future::pending().await;
            };
            tokio::select! {
                _ = tokio::signal::ctrl_c() => {}
                _ = terminate.recv() => {}
                _ = hang_up.recv() => {}
            }
        });
    }

    /// Ends the preview without waiting for pages that are being rendered.
    pub fn end(self) {
        self.runtime.shutdown_background();
    }
}

fn cannot_listen(options: &Options, error: std::io::Error) -> Error {
    let Options { host, port, .. } = options;
    let help = match error.kind() {
        std::io::ErrorKind::AddrInUse => {
            "another program, perhaps another preview, uses the port: end it, or choose one with --port \
             (--port 0 takes any that is free)"
        }
        std::io::ErrorKind::PermissionDenied => "choose a port above 1023 with --port",
        std::io::ErrorKind::AddrNotAvailable => "name an address of this computer with --host",
        _ => "choose another port with --port",
    };
    Error::new(ErrorKind::Network, format!("cannot listen on {}", SocketAddr::new(*host, *port)))
        .with_source(error)
        .with_help(help)
}
