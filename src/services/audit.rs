//! Whether the audit log is whole: every row sealed over the one before, none changed, dropped, swapped or cut.
//!
//! A cut tail shows against the head kept beside the log. Whoever can change both is found out by a
//! [`Checkpoint`] noted down elsewhere: pass it to [`verify`].

use std::str::FromStr;

use serde::Serialize;

use crate::repo;
use crate::storage::audit::{AuditRow, hash};
use crate::storage::{Conn, StoreError};

/// Rows read at once.
const PAGE: i64 = 1_000;

/// A row of the log noted down elsewhere, written `<number>:<hash>`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checkpoint {
    /// The row's number.
    pub seq: i64,
    /// Its hash.
    pub hash: Vec<u8>,
}

impl FromStr for Checkpoint {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let refuse = || "expected `<number>:<64 hexadecimal digits>` as an earlier run printed it".to_owned();
        let (seq, hash) = text.split_once(':').ok_or_else(refuse)?;
        let hash = hex::decode(hash).map_err(|_not_hex| refuse())?;
        Ok(Self { seq: seq.parse().map_err(|_not_a_number| refuse())?, hash })
    }
}

/// What is wrong with the log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Damage {
    /// A row's own hash does not fit what it says.
    Changed,
    /// A row is missing before this one.
    Missing,
    /// A row does not follow the one before it.
    NotLinked,
    /// Rows at the end are missing.
    Cut,
    /// There are rows after the head.
    BeyondHead,
    /// The log is another one than was noted down.
    OtherThanNoted,
}

/// Where the log is damaged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// The row.
    pub seq: i64,
    /// What is wrong there.
    pub damage: Damage,
}

/// What was looked at and found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Report {
    /// Rows read.
    pub rows: u64,
    /// The newest row as a checkpoint to note down; none: the log is empty.
    pub head: Option<String>,
    /// Damage, in the order of the log; empty: the log is whole.
    pub findings: Vec<Finding>,
}

/// Reads the whole log and checks every link.
///
/// # Errors
/// What the database met.
pub fn verify(conn: &mut Conn<'_>, noted: &[Checkpoint]) -> Result<Report, StoreError> {
    let mut report = Report { rows: 0, head: None, findings: Vec::new() };
    let (mut last, mut last_hash) = (0_i64, Vec::new());
    let mut unseen: Vec<&Checkpoint> = noted.iter().collect();
    loop {
        let rows = repo!(conn, audit::list_after(last, PAGE))?;
        if rows.is_empty() {
            break;
        }
        for row in rows {
            report.rows += 1;
            report.findings.extend(look(&row, last, &last_hash));
            unseen.retain(|point| point.seq != row.seq || point.hash != row.hash);
            last = row.seq;
            last_hash = row.hash;
        }
    }
    let head = repo!(conn, audit::head())?;
    let (head_seq, head_hash) = head.unwrap_or((0, Vec::new()));
    if head_seq > last {
        report.findings.push(Finding { seq: last + 1, damage: Damage::Cut });
    } else if head_seq < last {
        report.findings.push(Finding { seq: head_seq + 1, damage: Damage::BeyondHead });
    } else if head_hash != last_hash {
        report.findings.push(Finding { seq: last, damage: Damage::Changed });
    }
    let other = |point: &&Checkpoint| Finding { seq: point.seq, damage: Damage::OtherThanNoted };
    report.findings.extend(unseen.iter().map(other));
    report.head = (last > 0).then(|| format!("{last}:{}", hex::encode(&last_hash)));
    Ok(report)
}

fn look(row: &AuditRow, last: i64, last_hash: &[u8]) -> Option<Finding> {
    let damage = if row.hash != hash(row) {
        Damage::Changed
    } else if row.seq != last + 1 {
        Damage::Missing
    } else if row.previous_hash != last_hash {
        Damage::NotLinked
    } else {
        return None;
    };
    Some(Finding { seq: row.seq, damage })
}
