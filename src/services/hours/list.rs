//! Entries as the person and the supervisor see them.

use crate::repo;
use crate::services::lists::{Page, Wanted};
use crate::services::record::latest;
use crate::storage::rows::service::{ServiceAttestationRow, ServiceEntryRow};
use crate::storage::{Conn, Day, Id, StoreError, Words};

/// An entry with what became of it.
#[derive(Debug, Clone)]
pub struct EntryView {
    /// The latest revision.
    pub row: ServiceEntryRow,
    /// Service kind.
    pub kind: String,
    /// `waiting`, `attested`, `sent_back` or `withdrawn`.
    pub state: &'static str,
    /// What the supervisor wants fixed.
    pub reason: Option<String>,
}

/// An entry that waits for a supervisor.
#[derive(Debug, Clone)]
pub struct WaitingEntry {
    /// Whose it is, as they are called.
    pub name: String,
    /// The entry.
    pub entry: EntryView,
}

/// All entries of a person, newest day first, withdrawn ones included.
///
/// # Errors
/// What the database met.
pub fn entries_of(conn: &mut Conn<'_>, person: Id) -> Result<Vec<EntryView>, StoreError> {
    let words = Words::load(conn)?;
    let rows = repo!(conn, facts::list_service_entries(person))?;
    let said = repo!(conn, facts::list_service_attestations(person))?;
    let mut views: Vec<EntryView> = latest(&rows, |row| row.id).map(|row| view(row.clone(), &said, &words)).collect();
    views.sort_by(|a, b| b.row.from_day.cmp(&a.row.from_day).then(b.row.id.cmp(&a.row.id)));
    Ok(views)
}

/// A page of them.
///
/// # Errors
/// What the database met.
pub fn entries_page(
    conn: &mut Conn<'_>,
    person: Id,
    wanted: &Wanted<(Day, Id)>,
) -> Result<Page<EntryView>, StoreError> {
    let words = Words::load(conn)?;
    let rows = repo!(conn, facts::service_entries_after(person, wanted.after(), wanted.rows()))?;
    let page = wanted.page(rows, |row| (row.from_day, row.id));
    let ids: Vec<Id> = page.items.iter().map(|row| row.id).collect();
    let said = repo!(conn, facts::attestations_of_entries(person, &ids))?;
    Ok(page.map(|row| view(row, &said, &words)))
}

/// The entries that wait for this supervisor, oldest first.
///
/// # Errors
/// What the database met.
pub fn waiting_for(conn: &mut Conn<'_>, supervisor: Id) -> Result<Vec<WaitingEntry>, StoreError> {
    let words = Words::load(conn)?;
    let mut people: Vec<Id> = super::supervised_by(conn, supervisor)?.iter().map(|row| row.person_id).collect();
    people.dedup();
    let mut waiting = Vec::new();
    for person in people {
        let rows = repo!(conn, supervision::list_entries(person, supervisor))?;
        if rows.is_empty() {
            continue;
        }
        let said = repo!(conn, facts::list_service_attestations(person))?;
        let names = repo!(conn, people::list_names(person))?;
        let name = latest(&names, |row| row.id).last().map(|row| row.name.clone()).unwrap_or_default();
        for row in latest(&rows, |row| row.id) {
            let entry = view(row.clone(), &said, &words);
            if entry.state == "waiting" && entry.row.supervisor_id == Some(supervisor) {
                waiting.push(WaitingEntry { name: name.clone(), entry });
            }
        }
    }
    waiting.sort_by_key(place);
    Ok(waiting)
}

/// Where an entry stands among those that wait: its day, its key, whose it is.
pub type WaitingPlace = (Day, (Id, Id));

fn place(waiting: &WaitingEntry) -> WaitingPlace {
    let row = &waiting.entry.row;
    (row.from_day, (row.id, row.person_id))
}

/// A page of them. What waits is told by what was last said of each entry, so all are looked at.
///
/// # Errors
/// What the database met.
pub fn waiting_page(
    conn: &mut Conn<'_>,
    supervisor: Id,
    wanted: &Wanted<WaitingPlace>,
) -> Result<Page<WaitingEntry>, StoreError> {
    Ok(wanted.page_of(waiting_for(conn, supervisor)?, place))
}

fn view(row: ServiceEntryRow, said: &[ServiceAttestationRow], words: &Words) -> EntryView {
    let last = said.iter().rfind(|said| said.entry_id == row.id && said.entry_revision == row.revision);
    let outcome = last.map(|said| words.text(said.outcome));
    let state = match (words.text(row.state), outcome) {
        ("voided", _) => "withdrawn",
        ("attested" | "verified", _) | (_, Some("attested")) => "attested",
        (_, Some("sent_back")) => "sent_back",
        _ => "waiting",
    };
    let reason = last.filter(|_| state == "sent_back").and_then(|said| said.reason.clone());
    EntryView { kind: words.text(row.kind).to_owned(), state, reason, row }
}
