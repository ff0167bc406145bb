//! The maps that come with the product. Each is a plain file, so that it can be printed, copied and changed.

/// One map that comes with the product.
#[derive(Clone, Copy, Debug)]
pub struct Shipped {
    /// Its name on the command line.
    pub name: &'static str,
    /// The file.
    pub text: &'static str,
}

/// All of them.
pub const SHIPPED: [Shipped; 8] = [
    Shipped { name: "servicenow", text: include_str!("../maps/servicenow.toml") },
    Shipped { name: "bpi2014", text: include_str!("../maps/bpi2014.toml") },
    Shipped { name: "freshdesk", text: include_str!("../maps/freshdesk.toml") },
    Shipped { name: "zendesk", text: include_str!("../maps/zendesk.toml") },
    Shipped { name: "zendesk-csv", text: include_str!("../maps/zendesk-csv.toml") },
    Shipped { name: "jira", text: include_str!("../maps/jira.toml") },
    Shipped { name: "helpscout", text: include_str!("../maps/helpscout.toml") },
    Shipped { name: "hypercare", text: include_str!("../maps/hypercare.toml") },
];

/// The map of that name, if one is shipped.
pub fn shipped(name: &str) -> Option<Shipped> {
    SHIPPED.into_iter().find(|map| map.name == name)
}
