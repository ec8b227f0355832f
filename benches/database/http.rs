//! A load of requests over connections that stay open, one request at a time on each.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::{Duration, Instant};

use super::Outcome;
use super::spent;

/// What a load came to.
#[derive(Debug, Clone, Default)]
pub struct Load {
    /// Requests answered as expected.
    pub answered: u32,
    /// How long each took, shortest first.
    pub took: Vec<Duration>,
    /// How long all of it took.
    pub elapsed: Duration,
    /// Processor time of those who asked.
    pub asking: Duration,
}

impl Load {
    /// The time within which `share` of a hundred requests were answered.
    pub fn percentile(&self, share: usize) -> Duration {
        let last = self.took.len().saturating_sub(1);
        self.took.get((self.took.len() * share / 100).min(last)).copied().unwrap_or_default()
    }
}

/// Asks for paths over `connections` connections until the time is up. Every answer must be 200 and hold `expected`.
pub fn load(
    address: SocketAddr,
    connections: u32,
    lasting: Duration,
    expected: &'static str,
    path: &(dyn Fn(u64) -> String + Sync),
) -> Outcome<Load> {
    let begun = Instant::now();
    let ask = |seed: u32| -> Result<Load, String> {
        connection(address, begun + lasting, expected, path, u64::from(seed)).map_err(|error| error.to_string())
    };
    let parts = std::thread::scope(|scope| {
        let ask = &ask;
        let askers: Vec<_> = (0..connections).map(|seed| scope.spawn(move || ask(seed))).collect();
        askers
            .into_iter()
            .map(|asker| asker.join().map_err(|_panic| "an asker ended early"))
            .collect::<Result<Vec<_>, _>>()
    })?;
    let mut all = Load { elapsed: begun.elapsed(), ..Load::default() };
    for part in parts {
        let part = part?;
        all.answered += part.answered;
        all.asking += part.asking;
        all.took.extend(part.took);
    }
    all.took.sort_unstable();
    Ok(all)
}

fn connection(
    address: SocketAddr,
    until: Instant,
    expected: &str,
    path: &(dyn Fn(u64) -> String + Sync),
    seed: u64,
) -> Outcome<Load> {
    let mut stream = TcpStream::connect(address)?;
    stream.set_nodelay(true)?;
    let mut reader = BufReader::new(stream.try_clone()?);
    let (mut load, mut body) = (Load::default(), Vec::new());
    let mut number = seed << 40;
    loop {
        let begun = Instant::now();
        if begun >= until {
            break;
        }
        number += 1;
        let request = format!("GET {} HTTP/1.1\r\nHost: localhost\r\nAccept: */*\r\n\r\n", path(number));
        stream.write_all(request.as_bytes())?;
        answer(&mut reader, &mut body)?;
        let text = std::str::from_utf8(&body)?;
        if !text.contains(expected) {
            return Err(format!("expected `{expected}`, found {text}").into());
        }
        load.took.push(begun.elapsed());
        load.answered += 1;
    }
    load.asking = spent::by_thread()?;
    Ok(load)
}

/// Reads one answer's body; only 200 is taken.
fn answer(reader: &mut impl BufRead, body: &mut Vec<u8>) -> Outcome {
    let (mut line, mut length) = (String::new(), 0);
    reader.read_line(&mut line)?;
    if !line.starts_with("HTTP/1.1 200") {
        return Err(format!("answered {line}").into());
    }
    loop {
        line.clear();
        reader.read_line(&mut line)?;
        if line.trim().is_empty() {
            break;
        }
        if let Some((name, value)) = line.split_once(':')
            && name.eq_ignore_ascii_case("content-length")
        {
            length = value.trim().parse()?;
        }
    }
    body.clear();
    reader.take(length).read_to_end(body)?;
    Ok(())
}
