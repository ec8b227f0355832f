//! Processor time of threads, of processes and of a PostgreSQL server on this machine.

use std::fs::read_to_string;
use std::process::{Command, ExitStatus};
use std::time::{Duration, Instant};

use credtrail::storage::{Conn, StoreError};
use diesel::RunQueryDsl;

use super::Outcome;
use super::place::Place;

/// Of this thread so far, from the scheduler's own count.
pub fn by_thread() -> Outcome<Duration> {
    let text = read_to_string("/proc/thread-self/schedstat")?;
    let nanos = text.split(' ').next().ok_or("the scheduler tells no time")?;
    Ok(Duration::from_nanos(nanos.parse()?))
}

/// Of a process so far, all threads together; with the children it waited for, if asked.
pub fn by_process(id: &str, with_children: bool) -> Outcome<Duration> {
    let fields = fields(id)?;
    let (first, last) = if with_children { (11, 14) } else { (11, 12) };
    let mut hundredths = 0_u64;
    for field in fields.get(first..=last).ok_or("a short line")? {
        hundredths += field.parse::<u64>()?;
    }
    Ok(Duration::from_millis(hundredths * 10))
}

/// The fields of a process after its name.
fn fields(id: &str) -> Outcome<Vec<String>> {
    let text = read_to_string(format!("/proc/{id}/stat"))?;
    let (_, rest) = text.rsplit_once(") ").ok_or("a line without a name")?;
    Ok(rest.split(' ').map(str::to_owned).collect())
}

/// The memory of a process, in KiB: its own now, without what is mapped of files, and the most it has held so far.
fn memory_kib(id: &str) -> Outcome<(u64, u64)> {
    let text = read_to_string(format!("/proc/{id}/status"))?;
    let kib = |name: &str| -> Outcome<u64> {
        let line = text.lines().find_map(|line| line.strip_prefix(name)).ok_or("no memory is told")?;
        Ok(line.trim().trim_end_matches(" kB").parse()?)
    };
    Ok((kib("RssAnon:")?, kib("VmHWM:")?))
}

/// What a program came to.
pub struct Watched {
    /// From its start to its end.
    pub took: Duration,
    /// Processor time, all threads together.
    pub spent: Duration,
    /// The most memory it held of its own, without what is mapped of files.
    pub own_kib: u64,
    /// The most memory it held.
    pub peak_kib: u64,
}

impl Watched {
    /// The most memory it held, in words.
    pub fn held(&self) -> String {
        let mib = |kib: u64| f64::from(u32::try_from(kib).unwrap_or(u32::MAX)) / 1_024.0;
        format!("at most {:.1} MiB of its own, {:.1} MiB with mapped files", mib(self.own_kib), mib(self.peak_kib))
    }
}

/// Runs a program and watches it.
#[expect(clippy::disallowed_methods, reason = "how much memory a process holds is only told to who looks again")]
pub fn watch(command: &mut Command) -> Outcome<(ExitStatus, Watched)> {
    let begun = Instant::now();
    let mut child = command.spawn()?;
    let id = child.id().to_string();
    let (mut spent, mut own_kib, mut peak_kib) = (Duration::ZERO, 0, 0);
    loop {
        if let (Ok(time), Ok((own, peak))) = (by_process(&id, false), memory_kib(&id)) {
            (spent, own_kib, peak_kib) = (spent.max(time), own_kib.max(own), peak_kib.max(peak));
        }
        match child.try_wait()? {
            Some(status) => return Ok((status, Watched { took: begun.elapsed(), spent, own_kib, peak_kib })),
            None => std::thread::sleep(Duration::from_millis(5)),
        }
    }
}

/// The first process of the PostgreSQL server, if there is one and it runs on this machine.
pub fn server_of(place: &Place) -> Option<String> {
    #[derive(diesel::QueryableByName)]
    struct Backend {
        #[diesel(sql_type = diesel::sql_types::Integer)]
        id: i32,
    }
    let backend = place.app.db.maintain(|conn: &mut Conn<'_>| match conn {
        Conn::Postgres(c) => diesel::sql_query("SELECT pg_backend_pid() AS id")
            .get_result::<Backend>(*c)
            .map(|backend| Some(backend.id))
            .map_err(StoreError::from),
        Conn::Sqlite(_) => Ok(None),
    });
    let id = backend.ok().flatten()?.to_string();
    read_to_string(format!("/proc/{id}/comm")).ok().filter(|name| name.starts_with("postgres"))?;
    fields(&id).ok()?.get(1).cloned()
}

/// Of a PostgreSQL server so far: of its first process, of those that ended, and of those that live.
pub fn by_server(first: Option<&str>) -> Outcome<Duration> {
    let Some(first) = first else { return Ok(Duration::ZERO) };
    let mut sum = by_process(first, true)?;
    for entry in std::fs::read_dir("/proc")? {
        let id = entry?.file_name().to_string_lossy().into_owned();
        // A process may end while it is looked at; its time shows with those that ended.
        let is_child =
            id.bytes().all(|b| b.is_ascii_digit()) && fields(&id).is_ok_and(|f| f.get(1).is_some_and(|p| p == first));
        if is_child && let Ok(time) = by_process(&id, false) {
            sum += time;
        }
    }
    Ok(sum)
}
