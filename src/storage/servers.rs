//! Connections to a PostgreSQL server as a pool holds them: asked whether they live only after a rest.
//!
//! Asking costs a round trip, as much as a lookup itself, so a connection that was used a moment ago is lent as it is. One
//! that broke in use is known by then and thrown away; after a server went away, what is lent within that moment may
//! be told that the database cannot be reached.

use std::ops::{Deref, DerefMut};
use std::time::{Duration, Instant};

use diesel::PgConnection;
use diesel::r2d2::{ConnectionManager, Error, ManageConnection};

/// How long a connection may rest before it is asked.
const REST: Duration = Duration::from_secs(1);

/// Opens and looks after connections.
#[derive(Debug)]
pub struct Servers(ConnectionManager<PgConnection>);

impl Servers {
    /// For the server at `url`.
    #[must_use]
    pub fn at(url: &str) -> Self {
        Self(ConnectionManager::new(url))
    }
}

/// A connection and when it was used last.
pub struct Lent {
    conn: PgConnection,
    used: Instant,
}

impl Deref for Lent {
    type Target = PgConnection;

    fn deref(&self) -> &PgConnection {
        &self.conn
    }
}

impl DerefMut for Lent {
    fn deref_mut(&mut self) -> &mut PgConnection {
        &mut self.conn
    }
}

impl ManageConnection for Servers {
    type Connection = Lent;
    type Error = Error;

    fn connect(&self) -> Result<Lent, Error> {
        Ok(Lent { conn: self.0.connect()?, used: Instant::now() })
    }

    fn is_valid(&self, lent: &mut Lent) -> Result<(), Error> {
        if lent.used.elapsed() < REST { Ok(()) } else { self.0.is_valid(&mut lent.conn) }
    }

    /// Asked when a connection comes back.
    fn has_broken(&self, lent: &mut Lent) -> bool {
        lent.used = Instant::now();
        self.0.has_broken(&mut lent.conn)
    }
}
