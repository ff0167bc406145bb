//! Taking connections: a chat that stays open is served by ourselves, everything else by the HTTP library.
//!
//! A library keeps 24 KB of buffers for each connection, for requests that may still come on it. On the stream of an open chat none come,
//! for hours; with ten thousand chats open those buffers would be most of the server's memory
//! ([0056](../../../../docs/decisions/0056-open-chats-are-served-without-a-librarys-buffers.md)). Which of the two serves a connection is
//! decided by its first bytes, which are only looked at: whatever is not plainly the request of a chat's stream goes to the library untouched.

use super::open_chat;
use axum::Router;
use axum::extract::connect_info::Connected;
use axum::serve::{IncomingStream, Listener};
use std::io;
use std::net::SocketAddr;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{mpsc, watch};
use tokio::task::JoinSet;

/// Connections that wait for the library to take them; it takes them as fast as it can make a task.
const WAITING: usize = 64;

/// Who is at the other end of a connection.
#[derive(Clone, Copy, Debug)]
pub struct Peer(pub SocketAddr);

/// The connections that are left for the library.
#[derive(Debug)]
pub struct Others {
    taken: mpsc::Receiver<(TcpStream, SocketAddr)>,
    address: SocketAddr,
}

impl Listener for Others {
    type Io = TcpStream;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (TcpStream, SocketAddr) {
        match self.taken.recv().await {
            Some(connection) => connection,
            // None come any more; whoever waits here is told of the end in another way.
            None => std::future::pending().await,
        }
    }

    fn local_addr(&self) -> io::Result<SocketAddr> {
        Ok(self.address)
    }
}

impl Connected<IncomingStream<'_, Others>> for Peer {
    fn connect_info(stream: IncomingStream<'_, Others>) -> Self {
        Self(*stream.remote_addr())
    }
}

/// What is left for the library, and the work of telling connections apart, which ends when `stopping` turns true and the last chat is
/// closed.
///
/// # Errors
/// When the listener has no address.
pub fn tell_apart(listener: TcpListener, router: Router, stopping: watch::Receiver<bool>) -> io::Result<(Others, impl Future<Output = ()> + Send)> {
    let (to_library, taken) = mpsc::channel(WAITING);
    let others = Others { taken, address: listener.local_addr()? };
    Ok((others, run(listener, router, to_library, stopping)))
}

async fn run(mut listener: TcpListener, router: Router, to_library: mpsc::Sender<(TcpStream, SocketAddr)>, mut stopping: watch::Receiver<bool>) {
    let mut connections = JoinSet::new();
    loop {
        let (stream, peer) = tokio::select! {
            // The library's own way of accepting: it waits a second where no more files may be opened.
            connection = Listener::accept(&mut listener) => connection,
            Some(_) = connections.join_next() => continue,
            _ = stopping.wait_for(|stopping| *stopping) => break,
        };
        connections.spawn(serve(stream, peer, router.clone(), to_library.clone(), stopping.clone()));
    }
    drop(listener);
    while connections.join_next().await.is_some() {}
}

async fn serve(
    stream: TcpStream,
    peer: SocketAddr,
    router: Router,
    to_library: mpsc::Sender<(TcpStream, SocketAddr)>,
    mut stopping: watch::Receiver<bool>,
) {
    let first = tokio::select! {
        first = open_chat::first_request(&stream) => first,
        _ = stopping.wait_for(|stopping| *stopping) => return,
    };
    match first {
        Ok(Some(request)) => {
            if let Err(error) = open_chat::serve(stream, Peer(peer), request, router).await {
                tracing::debug!(%error, "an open chat was left");
            }
        }
        Ok(None) => {
            // Its receiver is gone only when the server ends.
            let _ = to_library.send((stream, peer)).await;
        }
        Err(error) => tracing::debug!(%error, "a connection ended before it asked for anything"),
    }
}
