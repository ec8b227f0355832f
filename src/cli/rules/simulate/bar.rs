//! How far a simulation is, as a bar on the terminal: one person of the register is one step. Nothing where nobody looks.

use std::io::IsTerminal;

use indicatif::{ProgressBar, ProgressDrawTarget};

/// A bar on standard error, where that is a terminal.
pub(super) fn on_terminal(people: i64) -> ProgressBar {
    let is_seen = std::io::stderr().is_terminal();
    bar(people, if is_seen { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() })
}

fn bar(people: i64, target: ProgressDrawTarget) -> ProgressBar {
    ProgressBar::with_draw_target(Some(u64::try_from(people).unwrap_or(0)), target)
}

#[cfg(test)]
mod tests {
    use std::io::Result;
    use std::sync::{Arc, Mutex};

    use indicatif::TermLike;

    use super::*;

    /// A terminal of forty columns that keeps what is written to it.
    #[derive(Debug, Clone, Default)]
    struct Kept(Arc<Mutex<Vec<String>>>);

    impl Kept {
        fn add(&self, text: &str) -> Result<()> {
            self.0.lock().unwrap().push(text.to_owned());
            Ok(())
        }

        /// What is written since this was asked last.
        fn taken(&self) -> String {
            self.0.lock().unwrap().drain(..).collect()
        }
    }

    impl TermLike for Kept {
        fn width(&self) -> u16 {
            40
        }
        fn move_cursor_up(&self, _: usize) -> Result<()> {
            Ok(())
        }
        fn move_cursor_down(&self, _: usize) -> Result<()> {
            Ok(())
        }
        fn move_cursor_right(&self, _: usize) -> Result<()> {
            Ok(())
        }
        fn move_cursor_left(&self, _: usize) -> Result<()> {
            Ok(())
        }
        fn write_line(&self, text: &str) -> Result<()> {
            self.add(text)
        }
        fn write_str(&self, text: &str) -> Result<()> {
            self.add(text)
        }
        fn clear_line(&self) -> Result<()> {
            self.add("<clear>")
        }
        fn flush(&self) -> Result<()> {
            Ok(())
        }
    }

    #[test]
    fn the_bar_fills_with_the_people_looked_at_and_is_gone_at_the_end() {
        let terminal = Kept::default();
        let bar = bar(1_000, ProgressDrawTarget::term_like(Box::new(terminal.clone())));
        for (seen, numbers) in [(0, "0/1000"), (250, "250/1000"), (1_000, "1000/1000")] {
            bar.set_position(seen);
            bar.tick();
            let said = terminal.taken();
            let last = said.rsplit("<clear>").next().unwrap().trim_end();
            assert!(last.ends_with(&format!(" {numbers}")), "{said}");
            // One part of the bar's width for each of the people, and none of it is left over at the end.
            let (full, width) = (last.matches('█').count(), 40 - numbers.len() - 1);
            assert_eq!(full, usize::try_from(seen).unwrap() * width / 1_000, "{last}");
        }
        bar.finish_and_clear();
        let said = terminal.taken();
        assert!(said.contains("<clear>") && !said.contains('█') && !said.contains("1000"), "{said}");
    }

    #[test]
    fn a_bar_that_nobody_sees_writes_nothing() {
        let bar = bar(3, ProgressDrawTarget::hidden());
        bar.set_position(2);
        assert!(bar.is_hidden());
        assert_eq!((bar.position(), bar.length()), (2, Some(3)));
    }
}
