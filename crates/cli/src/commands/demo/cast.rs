//! Who works at Nordlicht.

use anyhow::{Context, Result};
use hypercare_core::role::Role;
use hypercare_core::{Actor, UserId};
use hypercare_server::{App, people};

/// Everybody's password in the demo.
pub const PASSWORD: &str = "nordlicht-demo";

/// One person of the team.
#[derive(Clone, Debug)]
pub struct Member {
    /// Id.
    pub id: UserId,
    /// Name.
    pub name: &'static str,
    /// E-mail: how they sign in.
    pub email: &'static str,
    /// Role.
    pub role: Role,
}

impl Member {
    /// As the one who acts.
    pub fn actor(&self) -> Actor {
        Actor::person(self.id, self.name)
    }
}

const PEOPLE: [(&str, &str, Role); 11] = [
    ("Mara Lind", "mara.lind@nordlicht.example", Role::Lead),
    ("Jonas Weber", "jonas.weber@nordlicht.example", Role::Owner),
    ("Priya Nair", "priya.nair@nordlicht.example", Role::Owner),
    ("Tomás Silva", "tomas.silva@nordlicht.example", Role::Owner),
    ("Aiko Tanaka", "aiko.tanaka@nordlicht.example", Role::Agent),
    ("Ben Okafor", "ben.okafor@nordlicht.example", Role::Agent),
    ("Lena Schmidt", "lena.schmidt@nordlicht.example", Role::Agent),
    ("Nora Falk (finance)", "cfo@nordlicht.example", Role::Viewer),
    ("Administrator", "admin@nordlicht.example", Role::Admin),
    ("Ingrid Dahl", "ingrid.dahl@nordlicht.example", Role::Owner),
    ("Omar Haddad", "omar.haddad@nordlicht.example", Role::Owner),
];

/// The team.
#[derive(Clone, Debug)]
pub struct Cast(Vec<Member>);

impl Cast {
    /// Adds everybody.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn hire(app: &App) -> Result<Self> {
        let mut members = Vec::new();
        for (name, email, role) in PEOPLE {
            let id = people::create(app, email, name, role, PASSWORD).await.with_context(|| format!("{email} cannot be added"))?;
            members.push(Member { id, name, email, role });
        }
        Ok(Self(members))
    }
    /// The lead.
    pub fn lead(&self) -> &Member {
        &self.0[0]
    }
    /// One of the shift owners, in turn.
    pub fn owner(&self, turn: usize) -> &Member {
        &self.0[1 + turn % 3]
    }
    /// One of the agents, in turn.
    pub fn agent(&self, turn: usize) -> &Member {
        &self.0[4 + turn % 3]
    }
    /// By e-mail.
    pub fn by_email(&self, email: &str) -> Option<&Member> {
        self.0.iter().find(|m| m.email == email)
    }
    /// Everybody, to print.
    pub fn all(&self) -> &[Member] {
        &self.0
    }
}
