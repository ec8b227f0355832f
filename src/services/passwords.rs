//! Hashing passwords: Argon2id with 19 MiB, two passes, one lane.
//!
//! Each hash wants 19 MiB. Allocating that anew for each one makes the system's allocator keep more than a
//! gigabyte after some hundred sign-ins, so a fixed number of buffers is made once and reused, one per
//! permit. Who finds the queue before the permits full is asked to come back (503), so that sign-ins cannot
//! use up the machine.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use argon2::{Algorithm, Argon2, Block, Params, Version};
use base64::Engine;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use secrecy::{ExposeSecret, SecretString};
use subtle::ConstantTimeEq;
use tokio::sync::Semaphore;

use crate::storage::StoreError;

const MEMORY_KIB: u32 = 19 * 1024;
const PASSES: u32 = 2;
const LANES: u32 = 1;
const HASH_BYTES: usize = 32;
/// A hash that fits no password: what is tried for people who are not there.
const NOBODY: &str = "$argon2id$v=19$m=19456,t=2,p=1$bm9ib2R5IGhhcyB0aGlz$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

/// The gate before the hashing.
#[derive(Clone)]
pub struct Passwords(Arc<Inner>);

struct Inner {
    permits: Semaphore,
    waiting: AtomicUsize,
    most: usize,
    buffers: Mutex<Vec<Vec<Block>>>,
}

impl Passwords {
    /// Lets `at_once` hashes run and `queue` more wait.
    #[must_use]
    pub fn new(at_once: usize, queue: usize) -> Self {
        let permits = Semaphore::new(at_once.max(1));
        let most = at_once.max(1) + queue;
        Self(Arc::new(Inner { permits, waiting: AtomicUsize::new(0), most, buffers: Mutex::new(Vec::new()) }))
    }

    /// The hash of a new password, in PHC form.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] when too many wait.
    pub async fn hash(&self, password: SecretString) -> Result<String, StoreError> {
        self.run(move |inner| inner.hash(&password)).await?
    }

    /// Whether `password` is the one of `phc`. Without `phc` the answer is no, after the same work.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] when too many wait.
    pub async fn verify(&self, password: SecretString, phc: Option<String>) -> Result<bool, StoreError> {
        self.run(move |inner| {
            let fits = inner.verify(&password, phc.as_deref().unwrap_or(NOBODY));
            fits.map(|fits| fits && phc.is_some())
        })
        .await?
    }

    /// [`Self::hash`] where waiting is fine, such as on the command line.
    ///
    /// # Errors
    /// When the system has no randomness to give.
    pub fn hash_here(&self, password: &SecretString) -> Result<String, StoreError> {
        self.0.hash(password)
    }

    async fn run<T: Send + 'static>(&self, work: impl FnOnce(&Inner) -> T + Send + 'static) -> Result<T, StoreError> {
        let inner = self.0.clone();
        let _place = Place::take(&inner)?;
        let _permit = inner
            .permits
            .acquire()
            .await
            .map_err(|error| StoreError::Unavailable(format!("the password gate is closed: {error}")))?;
        let worker = self.0.clone();
        tokio::task::spawn_blocking(move || work(&worker))
            .await
            .map_err(|error| StoreError::Fault(format!("hashing ended early: {error}")))
    }
}

impl Default for Passwords {
    fn default() -> Self {
        Self::new(std::thread::available_parallelism().map_or(2, usize::from), 64)
    }
}

/// A place in the queue; given back when dropped, also when the caller went away.
struct Place<'a>(&'a Inner);

impl<'a> Place<'a> {
    fn take(inner: &'a Inner) -> Result<Self, StoreError> {
        let place = Self(inner);
        if inner.waiting.fetch_add(1, Ordering::AcqRel) >= inner.most {
            return Err(StoreError::Unavailable("too many passwords wait to be hashed".to_owned()));
        }
        Ok(place)
    }
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        self.0.waiting.fetch_sub(1, Ordering::AcqRel);
    }
}

impl Inner {
    fn hash(&self, password: &SecretString) -> Result<String, StoreError> {
        let mut salt = [0_u8; 16];
        getrandom::fill(&mut salt).map_err(|error| StoreError::Fault(format!("no randomness: {error}")))?;
        let hash = self.derive(password, &salt, (MEMORY_KIB, PASSES, LANES))?;
        let (salt, hash) = (STANDARD_NO_PAD.encode(salt), STANDARD_NO_PAD.encode(hash));
        Ok(format!("$argon2id$v=19$m={MEMORY_KIB},t={PASSES},p={LANES}${salt}${hash}"))
    }

    fn verify(&self, password: &SecretString, phc: &str) -> Result<bool, StoreError> {
        let (costs, salt, expected) =
            parse(phc).ok_or_else(|| StoreError::Fault("a stored password hash cannot be read".to_owned()))?;
        let found = self.derive(password, &salt, costs)?;
        Ok(bool::from(found.as_slice().ct_eq(&expected)))
    }

    fn derive(
        &self,
        password: &SecretString,
        salt: &[u8],
        costs: (u32, u32, u32),
    ) -> Result<[u8; HASH_BYTES], StoreError> {
        let fault = |error: argon2::Error| StoreError::Fault(format!("a password could not be hashed: {error}"));
        let (memory, passes, lanes) = costs;
        let params = Params::new(memory, passes, lanes, Some(HASH_BYTES)).map_err(fault)?;
        let blocks = params.block_count();
        let mut buffer = self.buffers.lock().unwrap_or_else(PoisonError::into_inner).pop().unwrap_or_default();
        buffer.resize(blocks.max(buffer.len()), Block::default());
        let mut hash = [0_u8; HASH_BYTES];
        let done = Argon2::new(Algorithm::Argon2id, Version::V0x13, params).hash_password_into_with_memory(
            password.expose_secret().as_bytes(),
            salt,
            &mut hash,
            buffer.get_mut(..blocks).unwrap_or_default(),
        );
        self.buffers.lock().unwrap_or_else(PoisonError::into_inner).push(buffer);
        done.map_err(fault).map(|()| hash)
    }
}

/// Costs, salt and hash of a PHC text.
type Parsed = ((u32, u32, u32), Vec<u8>, Vec<u8>);

fn parse(phc: &str) -> Option<Parsed> {
    let mut parts = phc.strip_prefix("$argon2id$v=19$")?.split('$');
    let (costs, salt, hash) = (parts.next()?, parts.next()?, parts.next()?);
    let mut costs = costs.split(',');
    let mut cost = |name: &str| costs.next()?.strip_prefix(name)?.parse::<u32>().ok();
    let costs = (cost("m=")?, cost("t=")?, cost("p=")?);
    Some((costs, STANDARD_NO_PAD.decode(salt).ok()?, STANDARD_NO_PAD.decode(hash).ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn secret(text: &str) -> SecretString {
        SecretString::from(text.to_owned())
    }

    #[test]
    fn only_the_password_itself_fits_its_hash() {
        let gate = Passwords::default();
        let phc = gate.hash_here(&secret("correct horse battery")).unwrap();
        assert!(phc.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{phc}");
        assert!(gate.0.verify(&secret("correct horse battery"), &phc).unwrap());
        assert!(!gate.0.verify(&secret("correct horse batterz"), &phc).unwrap());
        assert_ne!(phc, gate.hash_here(&secret("correct horse battery")).unwrap(), "a salt of its own each time");
    }

    #[test]
    fn buffers_are_reused_and_not_piled_up() {
        let gate = Passwords::new(1, 10);
        for _ in 0..3 {
            gate.hash_here(&secret("correct horse battery")).unwrap();
        }
        assert_eq!(gate.0.buffers.lock().unwrap().len(), 1);
    }

    #[test]
    fn nobody_s_hash_can_be_read() {
        assert!(!Passwords::default().0.verify(&secret(""), NOBODY).unwrap());
    }

    #[actix_web::test]
    async fn who_finds_the_queue_full_is_asked_to_come_back() {
        let gate = Passwords::new(1, 1);
        let tries: Vec<_> = (0..8).map(|_| gate.hash(secret("correct horse battery"))).collect();
        let done = futures_util::future::join_all(tries).await;
        let refused = done.iter().filter(|one| matches!(one, Err(StoreError::Unavailable(_)))).count();
        assert!((1..8).contains(&refused), "{refused} of 8 refused");
    }
}
