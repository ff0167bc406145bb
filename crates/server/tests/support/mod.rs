//! A whole server in this process, on a free port, with a clock that tests move: on SQLite in a folder that
//! goes away, or on a PostgreSQL database of its own.

#![allow(dead_code, reason = "not every story needs every helper")]

pub mod client;
pub mod fake_post;
pub mod postman;
pub mod receiver;
pub mod stream;

pub use client::{Answer, Client};
pub use fake_post::FakePost;
pub use postman::{hand_over, letter_text};
pub use stream::EventStream;

use hypercare_core::role::{Permission, Role};
use hypercare_core::{Actor, Span, Timestamp, UserId};
use hypercare_server::chat::Identity;
use hypercare_server::config::{Drafts, Language, Mail};
use hypercare_server::outward::Allow;
use hypercare_server::{App, Clock, Config, engine, http, mail, people};
use hypercare_store::Location;
use hypercare_test_support::{PgDatabase, TempDir, free_port, fresh_postgres_database, temp_dir};
use std::net::SocketAddr;
use std::sync::Arc;
use tokio::net::TcpListener;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

/// Everybody's password.
pub const PASSWORD: &str = "correct horse battery";
/// The same, by argon2 with so little work that hundreds of stories do not wait for it. That passwords are hashed well is tested where it
/// is done.
const QUICKLY_HASHED: &str = "$argon2id$v=19$m=8,t=1,p=1$c2FsdHNhbHRzYWx0c2FsdA$uxWTSOnvlCJwDdrvGjf7x3xvw771mTCJHUN5gdfCrTw";
/// A Monday morning, two days before the demonstration's go-live.
pub const START: &str = "2026-11-16T08:00:00Z";

/// Which database.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Database {
    /// A file.
    Sqlite,
    /// A server.
    Postgres,
}

/// How a test wants its server.
#[derive(Clone, Debug)]
pub struct Wanted {
    /// When its clock begins.
    pub start: Timestamp,
    /// Whether the engine runs by itself; else the test plays time with [`TestApp::forward`].
    pub engine: bool,
    /// Requests a minute for a stranger.
    pub public_rate: u32,
    /// How messages are compared; by words alone where nothing is said.
    pub language: Language,
    /// A service that suggests wordings.
    pub drafts: Option<Drafts>,
    /// How e-mail comes in; by LMTP on a port of its own if port 0 is named.
    pub mail: mail::Settings,
    /// The sender of e-mail.
    pub mail_from: Option<String>,
    /// A real server by which e-mail leaves.
    pub smtp: Option<String>,
    /// Customers of whom nothing was heard for so long are erased.
    pub erase_after: Option<Span>,
    /// What webhooks may reach inside.
    pub webhook_allow: String,
    /// How sites vouch for those who chat.
    pub identity: Identity,
}

impl Wanted {
    /// Mails come in by LMTP, for `support@localhost` and `sales@localhost`.
    pub fn mailed() -> Self {
        let sales = vec![mail::Inbox::new("Nordlicht Sales <sales@localhost>").unwrap()];
        let lmtp = Some(SocketAddr::from(([127, 0, 0, 1], 0)));
        Self { mail: mail::Settings { lmtp, inboxes: sales, ..mail::Settings::default() }, ..Self::default() }
    }
}

impl Default for Wanted {
    fn default() -> Self {
        Self {
            start: Timestamp::parse(START).unwrap(),
            engine: false,
            public_rate: 100_000,
            language: Language::default(),
            drafts: None,
            mail: mail::Settings::default(),
            mail_from: None,
            smtp: None,
            erase_after: None,
            webhook_allow: "127.0.0.1".into(),
            identity: Identity::default(),
        }
    }
}

/// A running server.
pub struct TestApp {
    /// Its inside.
    pub app: App,
    /// Where it listens.
    pub url: String,
    /// Who delivers its messages.
    pub post: Arc<FakePost>,
    /// Which database it uses.
    pub database: Database,
    /// How it compares messages.
    pub language: Language,
    location: Location,
    stop: Option<oneshot::Sender<()>>,
    server: JoinHandle<anyhow::Result<()>>,
    _folder: TempDir,
    _postgres: Option<PgDatabase>,
}

/// Tells a story on both databases, each time with a new server.
pub async fn on_both(story: impl AsyncFn(&TestApp)) {
    on_both_with(Wanted::default(), story).await;
}

/// The same with another kind of server.
pub async fn on_both_with(wanted: Wanted, story: impl AsyncFn(&TestApp)) {
    for database in [Database::Sqlite, Database::Postgres] {
        // Shown only when the story fails: on which one.
        println!("on {database:?}");
        let test = TestApp::start(database, wanted.clone()).await;
        story(&test).await;
        test.stop().await;
    }
}

impl TestApp {
    /// Starts one.
    pub async fn start(database: Database, wanted: Wanted) -> Self {
        let folder = temp_dir();
        let postgres = match database {
            Database::Sqlite => None,
            Database::Postgres => Some(fresh_postgres_database().await),
        };
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let address = listener.local_addr().unwrap();
        let location = postgres.as_ref().map_or_else(|| Location::Directory(folder.join("data")), |db| Location::Postgres(db.url.clone()));
        let language = wanted.language.clone();
        let config = Config {
            public_rate: wanted.public_rate,
            location: location.clone(),
            language: language.clone(),
            drafts: wanted.drafts.clone(),
            mail_in: mail::Settings {
                lmtp: wanted.mail.lmtp.map(|at| if at.port() == 0 { (at.ip(), free_port()).into() } else { at }),
                ..wanted.mail.clone()
            },
            erase_after: wanted.erase_after,
            // Receivers of stories listen on this machine.
            webhook_allow: Allow::parse(&wanted.webhook_allow).unwrap(),
            identity: wanted.identity.clone(),
            ..Config::local(folder.join("data"), address)
        };
        let config = Config { mail_from: wanted.mail_from.clone().unwrap_or_else(|| config.mail_from.clone()), ..config };
        let config = Config { mail: wanted.smtp.clone().map_or_else(|| config.mail.clone(), Mail::Smtp), ..config };
        let post = Arc::new(FakePost::default());
        let app = match &wanted.smtp {
            Some(_) => App::open(config, Clock::manual(wanted.start)).await.unwrap(),
            None => App::open_with(config, Clock::manual(wanted.start), Arc::<FakePost>::clone(&post)).await.unwrap(),
        };
        let (stop, stopped) = oneshot::channel();
        let shutdown = async move {
            let _ = stopped.await;
        };
        let server = match wanted.engine {
            true => tokio::spawn(http::serve(app.clone(), listener, shutdown)),
            false => tokio::spawn(http::serve_without_engine(app.clone(), listener, shutdown)),
        };
        Self {
            app,
            url: format!("http://{address}"),
            post,
            database,
            location,
            language,
            stop: Some(stop),
            server,
            _folder: folder,
            _postgres: postgres,
        }
    }

    /// Stops it as an operator would, and fails if it does not stop well.
    pub async fn stop(mut self) {
        if let Some(stop) = self.stop.take() {
            let _ = stop.send(());
        }
        self.server.await.unwrap().unwrap();
    }

    /// Stops it, and starts it again after a while on the same data, by the same way of sending e-mail.
    pub async fn restarted(mut self, meanwhile: impl Future<Output = ()>) -> Self {
        if let Some(stop) = self.stop.take() {
            let _ = stop.send(());
        }
        let (config, clock) = (self.app.config.clone(), self.app.clock.clone());
        (&mut self.server).await.unwrap().unwrap();
        meanwhile.await;
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let app = App::open(config, clock).await.unwrap();
        let (stop, stopped) = oneshot::channel();
        let shutdown = async move {
            let _ = stopped.await;
        };
        let server = tokio::spawn(http::serve(app.clone(), listener, shutdown));
        Self { app, url, stop: Some(stop), server, ..self }
    }

    /// Another node on the same database, without a server of its own.
    pub async fn another_node(&self) -> App {
        let address: SocketAddr = "127.0.0.1:1".parse().unwrap();
        let webhook_allow = self.app.config.webhook_allow.clone();
        let config =
            Config { location: self.location.clone(), language: self.language.clone(), webhook_allow, ..Config::local("unused".into(), address) };
        App::open_with(config, self.app.clock.clone(), Arc::<FakePost>::clone(&self.post)).await.unwrap()
    }

    /// Waits until everything that happened is found by a search, however busy the machine is.
    pub async fn all_is_found(&self) {
        for _ in 0..10 {
            if self.app.search.settled(&self.app).await {
                return;
            }
        }
        panic!("the search index does not come up to date");
    }

    /// Another node with a search index in this folder.
    pub async fn node_that_finds(&self, folder: &std::path::Path) -> App {
        let address: SocketAddr = "127.0.0.1:1".parse().unwrap();
        let search = Some(folder.to_owned());
        let config = Config { location: self.location.clone(), search, ..Config::local("unused".into(), address) };
        App::open_with(config, self.app.clock.clone(), Arc::<FakePost>::clone(&self.post)).await.unwrap()
    }

    /// The same on a machine whose clock stands elsewhere.
    pub async fn node_at(&self, now: Timestamp) -> App {
        let address: SocketAddr = "127.0.0.1:1".parse().unwrap();
        let config = Config { location: self.location.clone(), ..Config::local("unused".into(), address) };
        App::open_with(config, Clock::manual(now), Arc::<FakePost>::clone(&self.post)).await.unwrap()
    }

    /// Now, on its clock.
    pub fn now(&self) -> Timestamp {
        self.app.now()
    }

    /// Plays time: everything that falls due on the way happens at its time.
    pub async fn forward(&self, by: Span) {
        engine::fast_forward(&self.app, self.now() + by).await.unwrap();
    }

    /// A caller who has not signed in.
    pub fn stranger(&self) -> Client {
        Client::new(&self.url)
    }

    /// Adds a person, `mara@example.org` for "Mara Lind".
    pub async fn person(&self, name: &str, role: Role) -> UserId {
        people::create_hashed(&self.app, &email_of(name), name, role, QUICKLY_HASHED).await.unwrap()
    }

    /// Adds a person and signs them in.
    pub async fn signed_in(&self, name: &str, role: Role) -> Client {
        self.person(name, role).await;
        self.sign_in(name).await
    }

    /// Signs in somebody who is here.
    pub async fn sign_in(&self, name: &str) -> Client {
        let mut client = self.stranger();
        let input = serde_json::json!({ "email": email_of(name), "password": PASSWORD });
        let answer = client.post("/session", &input).await;
        let cookie = answer.header("set-cookie").expect("signing in sets a cookie");
        client.cookie = cookie.split(';').next().map(str::to_owned);
        answer.good();
        client
    }

    /// A program with a token, made by an admin who is added for it.
    pub async fn program(&self, name: &str, scopes: &[Permission]) -> Client {
        let by = self.person(&format!("Maker of {name}"), Role::Admin).await;
        let (_, token) = people::add_token(&self.app, self.app.stamp(Actor::system()), by, name, scopes).await.unwrap();
        let mut client = self.stranger();
        client.token = Some(token);
        client
    }
}

/// The first word of the name at example.org; all of them where the first one is not enough to tell.
pub fn email_of(name: &str) -> String {
    let words: Vec<String> = name.split_whitespace().map(str::to_lowercase).collect();
    let local = if words.len() > 2 { words.join(".") } else { words.first().cloned().unwrap_or_default() };
    format!("{local}@example.org")
}
