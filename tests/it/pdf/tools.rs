//! Runs the tools of the Debian packages `poppler-utils`, `qpdf` and `zbar-tools`.
//!
//! A missing tool fails the test with the package to install; nothing is skipped.

use std::path::PathBuf;
use std::process::{Command, Output};

use credtrail::pdf::certificate::{Certificate, build};
use tempfile::TempDir;

/// A certificate as a file in a folder of its own.
pub struct Printed {
    pub bytes: Vec<u8>,
    folder: TempDir,
}

pub fn print(certificate: &Certificate) -> Printed {
    let bytes = build(certificate).unwrap_or_else(|error| panic!("`{}`: {error}", certificate.name));
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("certificate.pdf"), &bytes).expect("a file");
    Printed { bytes, folder }
}

impl Printed {
    pub fn path(&self) -> PathBuf {
        self.folder.path().join("certificate.pdf")
    }

    /// The text a reader's software finds, without line breaks made by the layout.
    pub fn text(&self) -> String {
        let output = run("pdftotext", "poppler-utils", Command::new("pdftotext").arg(self.path()).arg("-"));
        String::from_utf8(output.stdout).expect("text in UTF-8").replace(['\n', '\u{c}'], " ")
    }

    /// The page as a grey picture of this many dots per inch.
    pub fn picture(&self, dots: u16) -> Picture {
        let name = self.folder.path().join("page");
        let mut command = Command::new("pdftoppm");
        command.args(["-gray", "-singlefile", "-r", &dots.to_string()]).arg(self.path()).arg(&name);
        run("pdftoppm", "poppler-utils", &mut command);
        Picture::read(name.with_extension("pgm"))
    }

    pub fn check_with_qpdf(&self) -> Output {
        run("qpdf", "qpdf", Command::new("qpdf").arg("--check").arg(self.path()))
    }

    /// What a code reader reads from the page printed at this many dots per inch.
    pub fn scan(&self, dots: u16) -> String {
        let picture = self.picture(dots);
        let output =
            run("zbarimg", "zbar-tools", Command::new("zbarimg").args(["--quiet", "--raw"]).arg(&picture.path));
        String::from_utf8(output.stdout).expect("text in UTF-8").trim_end().to_owned()
    }
}

/// A grey picture.
pub struct Picture {
    path: PathBuf,
    pub width: usize,
    pub height: usize,
    pub grey: Vec<u8>,
}

impl Picture {
    /// Reads the portable grey map that `pdftoppm` writes.
    fn read(path: PathBuf) -> Self {
        let bytes = std::fs::read(&path).expect("the picture");
        let head: Vec<&[u8]> = bytes.splitn(4, |byte| byte.is_ascii_whitespace()).collect();
        let number = |text: &[u8]| std::str::from_utf8(text).expect("a number").parse::<usize>().expect("a number");
        assert_eq!(head[0], b"P5", "pdftoppm writes another kind of picture");
        let (width, height) = (number(head[1]), number(head[2]));
        let grey = bytes[bytes.len() - width * height..].to_vec();
        Self { path, width, height, grey }
    }

    /// How many dark dots lie in a part of the page, given in thousandths of its width and height.
    pub fn ink(&self, across: std::ops::Range<usize>, down: std::ops::Range<usize>) -> usize {
        let columns = across.start * self.width / 1000..across.end * self.width / 1000;
        let rows = down.start * self.height / 1000..down.end * self.height / 1000;
        rows.map(|row| columns.clone().filter(|column| self.grey[row * self.width + column] < 128).count()).sum()
    }
}

#[track_caller]
fn run(tool: &str, package: &str, command: &mut Command) -> Output {
    let output = command.output().unwrap_or_else(|error| {
        panic!("`{tool}` cannot be run ({error}): install the Debian package `{package}`");
    });
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "`{tool}` found fault: {}{said}", String::from_utf8_lossy(&output.stdout));
    output
}
