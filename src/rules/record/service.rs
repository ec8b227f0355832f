//! Service: work, supervision, observed practice, study.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::super::words::{FactStatuses, ServiceKinds, Word};
use super::{Approval, strict};

/// One entry of logged hours. Holds nothing about clients.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Service {
    /// Unique in the record.
    pub id: String,
    /// First day.
    #[serde(deserialize_with = "strict::day")]
    pub from: NaiveDate,
    /// Last day.
    #[serde(deserialize_with = "strict::day")]
    pub to: NaiveDate,
    /// Clock time it began, `HH:MM`, of a one-day entry.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub start: Option<String>,
    /// Clock time it ended, `HH:MM`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub end: Option<String>,
    /// How long.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub minutes: Option<u32>,
    /// How often, for what only has to happen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub count: Option<u32>,
    /// What sort of service.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<Word<ServiceKinds>>,
    /// The domain of practice.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub domain: Option<String>,
    /// The setting, such as `community`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub setting: Option<String>,
    /// The role worked in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<String>,
    /// Paid work or volunteering.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub paid: Option<bool>,
    /// The site.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub site: Option<String>,
    /// Where it was done.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub region: Option<String>,
    /// How many took part.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group_size: Option<u32>,
    /// Whether a supervisor watched.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub observed: Option<bool>,
    /// The supervisor's id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub supervisor: Option<String>,
    /// Whether the pack's board accepted the supervisor on that day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub supervisor_eligible: Option<bool>,
    /// How far it is confirmed; absent is `reported`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<Word<FactStatuses>>,
    /// Approvals of the site or the work.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub approvals: Vec<Approval>,
    /// Short for "by the pack's board, on that day".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub approved: Option<bool>,
    /// Free marks a rule may read.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<String>,
}

impl Service {
    /// Minute of the day it began.
    #[must_use]
    pub fn start_minute(&self) -> Option<u32> {
        self.start.as_deref().and_then(minute_of_day)
    }

    /// Minute of the day it ended.
    #[must_use]
    pub fn end_minute(&self) -> Option<u32> {
        self.end.as_deref().and_then(minute_of_day)
    }
}

/// Reads `HH:MM`; `24:00` is the end of a day.
fn minute_of_day(text: &str) -> Option<u32> {
    let (hour, minute) = text.split_once(':')?;
    if hour.len() != 2 || minute.len() != 2 {
        return None;
    }
    let (hour, minute): (u32, u32) = (hour.parse().ok()?, minute.parse().ok()?);
    (minute < 60 && hour * 60 + minute <= 1440).then_some(hour * 60 + minute)
}
