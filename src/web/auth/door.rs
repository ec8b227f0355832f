//! Doors that test a secret let each address through only so often.

use std::future::{Ready, ready};
use std::net::IpAddr;
use std::num::NonZeroU32;
use std::sync::Arc;

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest, web};
use governor::clock::{Clock, DefaultClock};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};

use super::address;
use crate::web::app::App;
use crate::web::error::ApiError;

/// How often an address may knock at all doors together.
#[derive(Clone)]
pub struct Throttle(Arc<DefaultKeyedRateLimiter<IpAddr>>);

impl Throttle {
    /// Lets `burst` through at once, then `per_minute`.
    #[must_use]
    pub fn new(burst: NonZeroU32, per_minute: NonZeroU32) -> Self {
        Self(Arc::new(RateLimiter::keyed(Quota::per_minute(per_minute).allow_burst(burst))))
    }

    /// Seconds to wait, if `from` has knocked too often.
    #[must_use]
    pub fn wait(&self, from: IpAddr) -> Option<u64> {
        if self.0.len() > 10_000 {
            // Addresses that stayed away long enough need no place in memory.
            self.0.retain_recent();
        }
        let full = self.0.check_key(&from).err()?;
        Some(full.wait_time_from(DefaultClock::default().now()).as_secs() + 1)
    }
}

impl Default for Throttle {
    fn default() -> Self {
        Self::new(NonZeroU32::MIN.saturating_add(29), NonZeroU32::MIN.saturating_add(11))
    }
}

/// In the signature of every handler that tests a secret: the caller has not knocked too often.
#[derive(Debug)]
pub struct Door(());

impl FromRequest for Door {
    type Error = ApiError;
    type Future = Ready<Result<Self, ApiError>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let wait = request.app_data::<web::Data<App>>().and_then(|app| app.throttle.wait(address::of(request, app)));
        ready(wait.map_or(Ok(Self(())), |seconds| Err(ApiError::slow_down(seconds))))
    }
}
