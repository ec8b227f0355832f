//! Evidence: documents that a person hands in for a fact, a statement or an application of theirs.
//!
//! The bytes lie outside the database under their hash ([`super::files`]); the same bytes are kept once. A name that
//! the sender gave is told back and used for nothing else. Begin with [`check`], [`keep`] and [`add`], in this order.

mod content;

use serde_json::json;

pub use content::Media;

use super::acting::Acting;
use super::files::Files;
use super::known;
use super::lists::{Page, Wanted};
use crate::repo;
use crate::storage::rows::life::DocumentRow;
use crate::storage::{Conn, Id, StoreError};

/// How many documents one person may have.
pub const MOST: usize = 200;
/// Letters of a name and of a requirement's id.
const LETTERS: usize = 120;

/// What a document is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum About {
    /// Learning that was completed.
    Completion,
    /// Hours.
    Service,
    /// A statement.
    Statement,
    /// An exam.
    Exam,
    /// An application, or one requirement of it.
    Application,
}

impl About {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Completion, Self::Service, Self::Statement, Self::Exam, Self::Application];

    /// The word for it.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Completion => "completion",
            Self::Service => "service",
            Self::Statement => "statement",
            Self::Exam => "exam",
            Self::Application => "application",
        }
    }
}

/// What somebody wants to hand in a document for.
#[derive(Debug, Clone)]
pub struct DocumentWish {
    /// One of the words of [`About`].
    pub about: String,
    /// The id of what it is about; of the same person.
    pub id: Id,
    /// The requirement it is to show, of an application.
    pub requirement: Option<String>,
    /// What the sender calls it. Told back, and used for nothing else.
    pub name: Option<String>,
}

/// Why a document was not taken.
#[derive(Debug, thiserror::Error)]
pub enum DocumentError {
    /// A parameter that has to change.
    #[error("{message}")]
    Refused {
        /// The parameter.
        field: &'static str,
        /// What was found and expected.
        message: String,
    },
    /// The bytes are none of the kinds.
    #[error(
        "this is not a whole PDF, JPEG or PNG file, expected one of these with nothing behind its end; \
         make a scan or a photo anew, or save it as PDF"
    )]
    Kind,
    /// The sender says it is something else than it is.
    #[error("the file is `{found}`, but it was sent as `{said}`, expected both to be the same; send it as what it is")]
    SentAs {
        /// What it is.
        found: &'static str,
        /// What the sender says.
        said: String,
    },
    /// Too many.
    #[error("there are {most} documents already, expected fewer; write to the board", most = MOST)]
    Full,
    /// There is no such document, or it is not for you to see.
    #[error("there is no such document")]
    NotFound,
    /// The database or the disk.
    #[error(transparent)]
    Store(#[from] StoreError),
}

fn refused<T>(field: &'static str, message: String) -> Result<T, DocumentError> {
    Err(DocumentError::Refused { field, message })
}

/// A document's bytes and what they are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// Under which they lie.
    pub sha256: String,
    /// What they are.
    pub media: Media,
    /// How many.
    pub bytes: i32,
}

/// Whether a person may hand in a document for this, before any byte is stored.
///
/// # Errors
/// [`DocumentError`].
pub fn check(conn: &mut Conn<'_>, person: Id, wish: &DocumentWish) -> Result<About, DocumentError> {
    let Some(about) = About::ALL.into_iter().find(|about| about.word() == wish.about) else {
        let words: Vec<&str> = About::ALL.iter().map(|about| about.word()).collect();
        return refused("about", format!("`about` is `{}`, expected one of {}", short(&wish.about), words.join(", ")));
    };
    if wish.requirement.is_some() && about != About::Application {
        return refused("requirement", "a requirement goes with `about=application` alone, expected none".to_owned());
    }
    for (field, text) in [("requirement", &wish.requirement), ("name", &wish.name)] {
        let fits = |text: &str| (1..=LETTERS).contains(&text.chars().count()) && !text.chars().any(char::is_control);
        if text.as_deref().is_some_and(|text| !fits(text)) {
            return refused(field, format!("`{field}` does not fit, expected 1 to {LETTERS} letters in one line"));
        }
    }
    if !is_theirs(conn, person, about, wish.id)? {
        return refused("id", format!("there is no {} of yours with this id, expected one that you see", about.word()));
    }
    if repo!(conn, documents::of_person(person))?.len() >= MOST {
        return Err(DocumentError::Full);
    }
    Ok(about)
}

fn short(text: &str) -> String {
    text.chars().filter(|letter| !letter.is_control()).take(40).collect()
}

fn is_theirs(conn: &mut Conn<'_>, person: Id, about: About, id: Id) -> Result<bool, StoreError> {
    Ok(match about {
        About::Completion => repo!(conn, facts::list_completions(person))?.iter().any(|row| row.id == id),
        About::Service => repo!(conn, facts::find_service_entry(person, id))?.is_some(),
        About::Statement => repo!(conn, facts::list_attestations(person))?.iter().any(|row| row.id == id),
        About::Exam => repo!(conn, facts::list_exam_attempts(person))?.iter().any(|row| row.id == id),
        About::Application => repo!(conn, applications::find(person, id))?.is_some(),
    })
}

/// Looks at the bytes and stores them. `said` is the media type that the sender gave, if it says anything.
///
/// # Errors
/// When the bytes are none of the kinds, or the disk does not take them; nothing is stored then.
pub fn keep(files: &Files, bytes: &[u8], said: Option<&str>) -> Result<Kept, DocumentError> {
    let media = Media::of(bytes).ok_or(DocumentError::Kind)?;
    if let Some(said) = said.filter(|said| *said != media.word()) {
        return Err(DocumentError::SentAs { found: media.word(), said: short(said) });
    }
    let length = i32::try_from(bytes.len()).map_err(|_too_large| DocumentError::Kind)?;
    let sha256 = files.store(bytes).map_err(|error| StoreError::Unavailable(error.to_string()))?;
    Ok(Kept { sha256, media, bytes: length })
}

/// Notes down a document whose bytes are stored. The same bytes for the same again are the document that is there.
///
/// # Errors
/// As [`check`].
pub fn add(
    conn: &mut Conn<'_>,
    by: &Acting,
    person: Id,
    wish: &DocumentWish,
    kept: &Kept,
) -> Result<DocumentRow, DocumentError> {
    let about = check(conn, person, wish)?;
    let row = DocumentRow {
        person_id: person,
        id: by.fresh_id(),
        sha256: kept.sha256.clone(),
        media_type: kept.media.word().to_owned(),
        bytes: kept.bytes,
        about_kind: about.word().to_owned(),
        about_id: wish.id,
        requirement: wish.requirement.clone(),
        name: wish.name.clone(),
        uploaded_at: by.moment(),
        uploaded_by: by.actor,
        erased_at: None,
    };
    let purpose = |it: &DocumentRow| (it.sha256.clone(), it.about_id, it.requirement.clone());
    let known = repo!(conn, documents::of_person(person))?;
    if let Some(same) = known.into_iter().find(|it| purpose(it) == purpose(&row)) {
        return Ok(same);
    }
    repo!(conn, documents::insert(&row))?;
    let detail = json!({ "about": row.about_kind, "sha256": row.sha256 });
    by.log(conn, "document.add", format!("document {}", row.id), Some(person), detail)?;
    Ok(row)
}

/// A person's documents, oldest first.
///
/// # Errors
/// What the database met.
pub fn of_person(conn: &mut Conn<'_>, person: Id) -> Result<Vec<DocumentRow>, StoreError> {
    repo!(conn, documents::of_person(person))
}

/// A page of them.
///
/// # Errors
/// What the database met.
pub fn page(conn: &mut Conn<'_>, person: Id, wanted: &Wanted<Id>) -> Result<Page<DocumentRow>, StoreError> {
    let rows = repo!(conn, documents::of_person_after(person, wanted.after(), wanted.rows()))?;
    Ok(wanted.page(rows, |row| row.id))
}

/// One of a person's documents with its bytes.
///
/// # Errors
/// [`DocumentError::NotFound`].
pub fn read(conn: &mut Conn<'_>, files: &Files, person: Id, id: Id) -> Result<(DocumentRow, Vec<u8>), DocumentError> {
    let row = of_person(conn, person)?.into_iter().find(|row| row.id == id).ok_or(DocumentError::NotFound)?;
    let bytes = load(files, &row)?;
    Ok((row, bytes))
}

/// The documents of a person that a board sees: those of the record, and those for applications to this board.
///
/// # Errors
/// [`DocumentError::NotFound`] for people whom the board does not know.
pub fn of_board(conn: &mut Conn<'_>, board: Id, person: Id) -> Result<Vec<DocumentRow>, DocumentError> {
    if !known::has_case(conn, board, person)? {
        return Err(DocumentError::NotFound);
    }
    let own: Vec<Id> = repo!(conn, boards::credentials())?
        .into_iter()
        .filter(|credential| credential.organization_id == board)
        .map(|credential| credential.id)
        .collect();
    let applications = repo!(conn, applications::of_person(person))?;
    let here = |id: Id| applications.iter().any(|row| row.id == id && own.contains(&row.credential_id));
    let mut rows = of_person(conn, person)?;
    rows.retain(|row| row.about_kind != About::Application.word() || here(row.about_id));
    Ok(rows)
}

/// A page of them.
///
/// # Errors
/// As [`of_board`].
pub fn page_for_board(
    conn: &mut Conn<'_>,
    board: Id,
    person: Id,
    wanted: &Wanted<Id>,
) -> Result<Page<DocumentRow>, DocumentError> {
    if !known::has_case(conn, board, person)? {
        return Err(DocumentError::NotFound);
    }
    let rows = repo!(conn, documents::of_person_for_board_after((board, person), wanted.after(), wanted.rows()))?;
    Ok(wanted.page(rows, |row| row.id))
}

/// One of those documents with its bytes. Who looked is noted down.
///
/// # Errors
/// [`DocumentError::NotFound`].
pub fn read_of_board(
    conn: &mut Conn<'_>,
    by: &Acting,
    files: &Files,
    board: Id,
    (person, id): (Id, Id),
) -> Result<(DocumentRow, Vec<u8>), DocumentError> {
    let row = of_board(conn, board, person)?.into_iter().find(|row| row.id == id).ok_or(DocumentError::NotFound)?;
    let bytes = load(files, &row)?;
    by.log(conn, "document.read", format!("document {id}"), Some(person), json!({ "organization": board }))?;
    Ok((row, bytes))
}

fn load(files: &Files, row: &DocumentRow) -> Result<Vec<u8>, StoreError> {
    match files.load(&row.sha256) {
        Ok(Some(bytes)) => Ok(bytes),
        Ok(None) => Err(StoreError::Fault(format!("the bytes of document {} are gone or were changed", row.id))),
        Err(error) => Err(StoreError::Unavailable(error.to_string())),
    }
}
