//! On which line each row begins. A line ends with LF, CR or both together, inside quotes too, as editors count.

use std::collections::VecDeque;

/// The lines of a file, as far as it was read. What it keeps is bounded by how far reading is ahead of rows.
#[derive(Debug)]
pub(super) struct Lines {
    offset: u64,
    line: u64,
    at_begin: bool,
    after_cr: bool,
    /// Of lines that hold something: where they begin, and their number.
    begins: VecDeque<(u64, u64)>,
}

impl Default for Lines {
    fn default() -> Self {
        Self { offset: 0, line: 1, at_begin: true, after_cr: false, begins: VecDeque::new() }
    }
}

impl Lines {
    /// Takes in the next bytes of the file.
    pub(super) fn read(&mut self, bytes: &[u8]) {
        for byte in bytes {
            match byte {
                b'\n' if self.after_cr => self.after_cr = false,
                b'\n' | b'\r' => {
                    self.line += 1;
                    self.at_begin = true;
                    self.after_cr = *byte == b'\r';
                }
                _ => {
                    if self.at_begin {
                        self.begins.push_back((self.offset, self.line));
                        self.at_begin = false;
                    }
                    self.after_cr = false;
                }
            }
            self.offset += 1;
        }
    }

    /// The line of the first row that begins at byte `begin` or after it; forgets the lines before.
    pub(super) fn at(&mut self, begin: u64) -> u64 {
        while self.begins.front().is_some_and(|(offset, _)| *offset < begin) {
            self.begins.pop_front();
        }
        self.begins.front().map_or(self.line, |(_, line)| *line)
    }
}
