//! `hypercare admin`: people and tokens, on the data itself, for whoever runs the machine.

use super::place::Place;
use anyhow::{Context, Result, bail};
use clap::{Args, Subcommand};
use hypercare_core::role::{Permission, Role};
use hypercare_core::{Actor, ContactId, Stamp, Timestamp, TokenId};
use hypercare_server::{App, erasure, people};
use hypercare_store::queries;
use std::io::{BufRead, IsTerminal};

/// Manage people, tokens and what is kept of customers. Works beside a running server.
#[derive(Debug, Args)]
pub struct Admin {
    #[command(flatten)]
    place: Place,
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// People who sign in.
    #[command(subcommand)]
    User(User),
    /// Tokens for programs.
    #[command(subcommand)]
    Token(Token),
    /// What is kept of customers: handed out, or erased.
    #[command(subcommand)]
    Contact(Contact),
}

#[derive(Debug, Subcommand)]
enum Contact {
    /// Print all that is kept of a customer, as JSON.
    Export {
        /// The customer's id, or an e-mail address: then everybody with it.
        who: String,
    },
    /// Erase a customer everywhere. It cannot be taken back.
    Erase {
        /// The customer's id, or an e-mail address: then everybody with it.
        who: String,
        /// Why, without the customer's name: it stays in the log.
        #[arg(long)]
        reason: String,
    },
    /// Print where in the database a word still stands, with the number of rows. Reads everything.
    Places {
        /// A name, an address, any word.
        word: String,
    },
}

#[derive(Debug, Subcommand)]
enum User {
    /// Add a person. The password is read from standard input.
    Add {
        /// E-mail address: how they sign in.
        email: String,
        /// Name to show.
        #[arg(long)]
        name: String,
        /// viewer, agent, owner, lead or admin.
        #[arg(long, value_parser = role)]
        role: Role,
    },
    /// Set somebody's password; it is read from standard input. Ends their sessions.
    Password {
        /// Their e-mail address.
        email: String,
    },
    /// List everyone.
    List,
}

#[derive(Debug, Subcommand)]
enum Token {
    /// Make a token and print it, once.
    Add {
        /// What it is for.
        name: String,
        /// What it may do: read, inbound:write, conversations:write, …; repeat it for several.
        #[arg(long = "scope", required = true, value_parser = permission)]
        scopes: Vec<Permission>,
    },
    /// Withdraw a token.
    Revoke {
        /// Its id, as `list` shows it.
        id: i64,
    },
    /// List all tokens, without their secrets.
    List,
}

fn role(word: &str) -> Result<Role, String> {
    Role::from_word(word).ok_or_else(|| format!("expected one of {}", Role::ALL.map(Role::word).join(", ")))
}

fn permission(word: &str) -> Result<Permission, String> {
    Permission::from_word(word).ok_or_else(|| format!("expected one of {}", Permission::ALL.map(Permission::word).join(", ")))
}

impl Admin {
    /// Runs it.
    ///
    /// # Errors
    /// When the data cannot be opened or the change is refused.
    pub async fn run(self) -> Result<()> {
        let app = self.place.open().await?;
        let done = match self.what {
            What::User(what) => user(&app, what).await,
            What::Token(what) => token(&app, what).await,
            What::Contact(what) => contact(&app, what).await,
        };
        app.store.close().await;
        done
    }
}

async fn user(app: &App, what: User) -> Result<()> {
    match what {
        User::Add { email, name, role } => {
            let id = people::create(app, &email, &name, role, &password()?).await?;
            println!("{id}");
        }
        User::Password { email } => {
            people::set_password(app, &email, &password()?).await?;
            println!("{email} has a new password; their sessions ended.");
        }
        User::List => {
            for person in queries::people::list(&mut app.reader()).await? {
                let disabled = if person.disabled { "\tdisabled" } else { "" };
                println!("{}\t{}\t{}\t{}{disabled}", person.id, person.email, person.role, person.name);
            }
        }
    }
    Ok(())
}

async fn contact(app: &App, what: Contact) -> Result<()> {
    match what {
        Contact::Export { who } => {
            let mut all = vec![];
            for id in customers(app, &who).await? {
                all.push(erasure::export(app, id).await?);
            }
            println!("{}", serde_json::to_string_pretty(&all)?);
        }
        Contact::Places { word } => places(app, &word).await?,
        Contact::Erase { who, reason } => {
            for id in customers(app, &who).await? {
                let stamp = Stamp { reason: Some(reason.clone()), ..app.stamp(Actor::system()) };
                let erased = erasure::erase(app, stamp, id).await?;
                println!(
                    "{id}: erased in {} conversations with {} messages, and in {} events.",
                    erased.conversations, erased.messages, erased.events
                );
            }
        }
    }
    Ok(())
}

async fn places(app: &App, word: &str) -> Result<()> {
    anyhow::ensure!(word.trim().chars().count() >= 3, "give a word of at least three letters");
    let found = app.store.places_of(word.trim()).await?;
    if found.is_empty() {
        println!("`{word}` stands nowhere.");
    }
    found.iter().for_each(|place| println!("{place}"));
    Ok(())
}

/// The customers that are meant.
async fn customers(app: &App, who: &str) -> Result<Vec<ContactId>> {
    if let Ok(id) = who.parse() {
        return Ok(vec![id]);
    }
    let found = queries::personal::by_email(&mut app.reader(), who).await?;
    if found.is_empty() {
        bail!("nobody is known by `{who}`: give the customer's id, as the console's address shows it, or their e-mail address");
    }
    Ok(found)
}

/// From standard input, so that it is in no list of processes and in no shell's history.
fn password() -> Result<String> {
    if std::io::stdin().is_terminal() {
        eprintln!("Password, at least {} characters, shown as you type:", people::PASSWORD_SHORTEST);
    }
    let mut line = String::new();
    std::io::stdin().lock().read_line(&mut line).context("the password cannot be read from standard input")?;
    let password = line.trim_end_matches(['\r', '\n']);
    if password.is_empty() {
        bail!("no password on standard input");
    }
    Ok(password.to_owned())
}

async fn token(app: &App, what: Token) -> Result<()> {
    match what {
        Token::Add { name, scopes } => {
            let everyone = queries::people::list(&mut app.reader()).await?;
            let owner = everyone.iter().find(|p| p.role() == Role::Admin && !p.disabled);
            let owner = owner.context("a token belongs to an admin, and there is none: add one with `hypercare admin user add`")?.id();
            let (_, token) = people::add_token(app, app.stamp(Actor::system()), owner, &name, &scopes).await?;
            println!("{token}");
        }
        Token::Revoke { id } => {
            people::revoke_token(app, app.stamp(Actor::system()), TokenId(id)).await?;
            println!("Token {id} opens nothing any more.");
        }
        Token::List => {
            for token in queries::access::tokens(&mut app.reader()).await? {
                let revoked = token.revoked_at.map(|at| format!("\twithdrawn {}", Timestamp(at))).unwrap_or_default();
                println!("{}\t{}\t{}\t{}{revoked}", token.id, token.name, token.scopes, Timestamp(token.created_at));
            }
        }
    }
    Ok(())
}
