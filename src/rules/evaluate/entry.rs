//! Learning and service as one thing: an entry with days, minutes, attributes and a status.

use chrono::NaiveDate;

use super::super::pack::model::{Attribute, Filter};
use super::super::reason::Reason;
use super::super::record::{Approval as Given, CarryOver, Learning, Record, Service};

/// The fact behind an entry.
#[derive(Debug, Clone, Copy)]
pub enum Source<'r> {
    /// Learning.
    Learning(&'r Learning),
    /// Service.
    Service(&'r Service),
    /// Minutes carried from the term before.
    Carried(&'r CarryOver),
}

/// One entry of learning or service.
#[derive(Debug, Clone, Copy)]
pub struct Entry<'r> {
    /// Its id.
    pub id: &'r str,
    /// First day that a rule looks at.
    pub first: NaiveDate,
    /// Last day.
    pub last: NaiveDate,
    /// The fact.
    pub source: Source<'r>,
    /// Whether more could have been done at its time than there is time.
    pub crowded: bool,
}

/// Whether something counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// It counts.
    Yes,
    /// It does not count now, and may once someone has spoken.
    Pending(Reason),
    /// It does not count.
    No(Reason),
}

impl<'r> Entry<'r> {
    /// All learning, older first, then by id.
    pub fn learning(record: &'r Record) -> Vec<Self> {
        let entry = |learning: &'r Learning| Self {
            id: &learning.id,
            first: learning.completed_on,
            last: learning.completed_on,
            source: Source::Learning(learning),
            crowded: false,
        };
        sorted(record.learning.iter().map(entry).collect())
    }

    /// All service, older first, of one day the one that began first, then by id.
    pub fn service(record: &'r Record) -> Vec<Self> {
        let entry = |service: &'r Service| Self {
            id: &service.id,
            first: service.from,
            last: service.to,
            source: Source::Service(service),
            crowded: false,
        };
        sorted(record.service.iter().map(entry).collect())
    }

    /// The values of an attribute; none stated: empty.
    pub fn values(&self, attribute: Attribute) -> Vec<&'r str> {
        match self.source {
            Source::Learning(learning) => learning_values(learning, attribute),
            Source::Service(service) => service_values(service, attribute),
            Source::Carried(_) => Vec::new(),
        }
    }

    /// Why a filter does not take it.
    pub fn refused_by(&self, filter: &Filter) -> Option<Reason> {
        for (attribute, accepted) in &filter.only {
            if *attribute == Attribute::Topic {
                continue;
            }
            let values = self.values(*attribute);
            if values.is_empty() {
                return Some(Reason::EvidenceMissing);
            }
            if !values.iter().any(|value| accepted.iter().any(|word| word == value)) {
                return Some(refusal(*attribute));
            }
        }
        for (attribute, refused) in &filter.never {
            if *attribute != Attribute::Topic
                && self.values(*attribute).iter().any(|value| refused.iter().any(|word| word == value))
            {
                return Some(refusal(*attribute));
            }
        }
        None
    }

    /// Whether a cap or part speaks of it.
    pub fn is_of(&self, filter: &Filter) -> bool {
        self.refused_by(filter).is_none()
    }

    /// What its status says by itself.
    pub fn standing(&self, as_of: NaiveDate) -> Verdict {
        if self.last > as_of {
            return Verdict::No(Reason::AfterAsOf);
        }
        let (status, unsure) = match self.source {
            Source::Learning(learning) => (learning.status.as_ref(), Reason::NotVerified),
            Source::Service(service) => (service.status.as_ref(), Reason::NotAttested),
            // It was accepted once, in the term it comes from.
            Source::Carried(_) => return Verdict::Yes,
        };
        match status.map(|status| status.as_str()) {
            Some("verified" | "attested") => Verdict::Yes,
            Some("disputed") => Verdict::Pending(Reason::Disputed),
            Some("rejected") => Verdict::No(Reason::Rejected),
            Some("voided") => Verdict::No(Reason::Voided),
            // `reported`, nothing said, or a word of another system: nobody has confirmed it.
            _ => match (self.source, unsure) {
                (Source::Service(_), _) if status.is_some_and(|status| status.is("reported")) => {
                    Verdict::No(Reason::NotVerified)
                }
                (_, reason) => Verdict::No(reason),
            },
        }
    }

    /// The minute of its day at which it began, where that is known.
    fn start(&self) -> Option<u32> {
        match self.source {
            Source::Service(service) => service.start_minute(),
            Source::Learning(_) | Source::Carried(_) => None,
        }
    }

    /// Approvals it carries.
    pub fn approvals(&self) -> (Option<bool>, &'r [Given]) {
        match self.source {
            Source::Learning(learning) => (learning.approved, &learning.approvals),
            Source::Service(service) => (service.approved, &service.approvals),
            Source::Carried(_) => (None, &[]),
        }
    }
}

fn sorted(mut entries: Vec<Entry<'_>>) -> Vec<Entry<'_>> {
    entries.sort_by_key(|entry| (entry.first, entry.last, entry.start(), entry.id));
    entries
}

/// The reason that belongs to an attribute that is not accepted.
fn refusal(attribute: Attribute) -> Reason {
    match attribute {
        Attribute::Kind | Attribute::Tag | Attribute::Course | Attribute::Role | Attribute::Paid => Reason::WrongKind,
        Attribute::Delivery => Reason::DeliveryNotAccepted,
        Attribute::Source | Attribute::Provider | Attribute::Recognition => Reason::SourceNotAccepted,
        Attribute::Topic => Reason::TopicNotAccepted,
        Attribute::Evidence => Reason::EvidenceMissing,
        Attribute::Domain | Attribute::Setting | Attribute::Site | Attribute::Region => Reason::SettingNotAccepted,
    }
}

fn learning_values(learning: &Learning, attribute: Attribute) -> Vec<&str> {
    match attribute {
        Attribute::Kind => learning.kind.iter().map(|word| word.as_str()).collect(),
        Attribute::Delivery => learning.delivery.iter().map(|word| word.as_str()).collect(),
        Attribute::Source => learning.source.iter().map(String::as_str).collect(),
        Attribute::Provider => learning.provider.iter().map(String::as_str).collect(),
        Attribute::Course => learning.course.iter().chain(&learning.equivalent_to).map(String::as_str).collect(),
        Attribute::Tag => learning.tags.iter().map(String::as_str).collect(),
        Attribute::Recognition => learning.recognition.iter().map(|word| word.as_str()).collect(),
        Attribute::Evidence => learning.evidence.iter().map(|word| word.as_str()).collect(),
        Attribute::Topic
        | Attribute::Domain
        | Attribute::Setting
        | Attribute::Role
        | Attribute::Site
        | Attribute::Region
        | Attribute::Paid => Vec::new(),
    }
}

fn service_values(service: &Service, attribute: Attribute) -> Vec<&str> {
    match attribute {
        Attribute::Kind => service.kind.iter().map(|word| word.as_str()).collect(),
        Attribute::Domain => service.domain.iter().map(String::as_str).collect(),
        Attribute::Setting => service.setting.iter().map(String::as_str).collect(),
        Attribute::Role => service.role.iter().map(String::as_str).collect(),
        Attribute::Site => service.site.iter().map(String::as_str).collect(),
        Attribute::Region => service.region.iter().map(String::as_str).collect(),
        Attribute::Paid => service.paid.iter().map(|paid| if *paid { "paid" } else { "volunteer" }).collect(),
        Attribute::Tag => service.tags.iter().map(String::as_str).collect(),
        Attribute::Delivery
        | Attribute::Source
        | Attribute::Provider
        | Attribute::Course
        | Attribute::Topic
        | Attribute::Recognition
        | Attribute::Evidence => Vec::new(),
    }
}
