//! The caller's network address, for throttling only. It is not logged.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use actix_web::HttpRequest;

use crate::web::app::App;

/// Where a request comes from. `X-Forwarded-For` is believed only from proxies that the settings name, and
/// only up to the first hop that is none of them.
#[must_use]
pub fn of(request: &HttpRequest, app: &App) -> IpAddr {
    let Some(peer) = request.peer_addr().map(|peer| peer.ip()) else { return IpAddr::V4(Ipv4Addr::UNSPECIFIED) };
    let forwarded = request.headers().get_all("x-forwarded-for").filter_map(|value| value.to_str().ok());
    let hops: Vec<&str> = forwarded.flat_map(|value| value.split(',')).map(str::trim).collect();
    block(behind(peer, &hops, &app.settings.trusted_proxies))
}

fn behind(peer: IpAddr, hops: &[&str], trusted: &[IpAddr]) -> IpAddr {
    let mut address = peer;
    for hop in hops.iter().rev() {
        if !trusted.contains(&address) {
            break;
        }
        match hop.parse() {
            Ok(next) => address = next,
            Err(_) => break,
        }
    }
    address
}

/// One household or server has a whole /64 of IPv6 addresses: they count as one.
fn block(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V4(_) => address,
        IpAddr::V6(six) => match six.to_ipv4_mapped() {
            Some(four) => IpAddr::V4(four),
            None => IpAddr::V6(Ipv6Addr::from_bits(six.to_bits() >> 64 << 64)),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ip(text: &str) -> IpAddr {
        text.parse().unwrap()
    }

    #[test]
    fn only_named_proxies_are_believed() {
        let proxies = [ip("10.0.0.1"), ip("10.0.0.2")];
        assert_eq!(behind(ip("203.0.113.9"), &["1.2.3.4"], &proxies), ip("203.0.113.9"));
        assert_eq!(behind(ip("10.0.0.1"), &["1.2.3.4"], &proxies), ip("1.2.3.4"));
        assert_eq!(behind(ip("10.0.0.1"), &["6.6.6.6", "1.2.3.4", "10.0.0.2"], &proxies), ip("1.2.3.4"));
        assert_eq!(behind(ip("10.0.0.1"), &["nonsense"], &proxies), ip("10.0.0.1"));
    }

    #[test]
    fn addresses_of_one_network_count_as_one() {
        assert_eq!(block(ip("2001:db8:1:2:3::4")), ip("2001:db8:1:2::"));
        assert_eq!(block(ip("::ffff:192.0.2.1")), ip("192.0.2.1"));
    }
}
