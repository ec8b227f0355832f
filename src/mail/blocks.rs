//! One text, two shapes: reads the lines a mail template writes and makes plain text and HTML of them.
//!
//! `# ` is the subject, `- ` an item of a list, `=> words url` a link, anything else a paragraph; an empty line
//! ends a paragraph. Values cannot start a line (see `clean.rs` and the test over all templates), so a person's
//! name can never become a link.

/// A piece of a mail.
#[derive(Debug, PartialEq, Eq)]
enum Block {
    Paragraph(String),
    Items(Vec<String>),
    Link { words: String, url: String },
}

/// A mail as read from a template's output.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Text {
    /// The subject line.
    pub(super) subject: String,
    blocks: Vec<Block>,
}

impl Text {
    /// Reads what a template wrote.
    pub(super) fn read(rendered: &str) -> Self {
        let mut text = Self { subject: String::new(), blocks: Vec::new() };
        let mut open: Option<String> = None;
        for line in rendered.lines().map(str::trim) {
            let plain = !line.is_empty() && !["# ", "- ", "=> "].iter().any(|mark| line.starts_with(mark));
            if plain {
                match &mut open {
                    Some(paragraph) => {
                        paragraph.push(' ');
                        paragraph.push_str(line);
                    }
                    None => open = Some(line.to_owned()),
                }
                continue;
            }
            text.blocks.extend(open.take().map(Block::Paragraph));
            text.marked(line);
        }
        text.blocks.extend(open.map(Block::Paragraph));
        text
    }

    fn marked(&mut self, line: &str) {
        if let Some(subject) = line.strip_prefix("# ") {
            self.subject = subject.to_owned();
        } else if let Some(item) = line.strip_prefix("- ") {
            match self.blocks.last_mut() {
                Some(Block::Items(items)) => items.push(item.to_owned()),
                _ => self.blocks.push(Block::Items(vec![item.to_owned()])),
            }
        } else if let Some((words, url)) = line.strip_prefix("=> ").and_then(|link| link.rsplit_once(' ')) {
            self.blocks.push(Block::Link { words: words.to_owned(), url: url.to_owned() });
        }
    }

    /// The plain part, lines of at most 72 letters where words allow.
    pub(super) fn plain(&self) -> String {
        let mut out = String::new();
        for block in &self.blocks {
            match block {
                Block::Paragraph(text) => wrap(&mut out, text, ""),
                Block::Items(items) => items.iter().for_each(|item| wrap(&mut out, item, "- ")),
                Block::Link { words, url } => {
                    wrap(&mut out, &format!("{words}:"), "");
                    out.push_str(url);
                    out.push('\n');
                }
            }
            out.push('\n');
        }
        out.truncate(out.trim_end().len());
        out.push('\n');
        out
    }

    /// The HTML part: no picture, no script, no address but the mail's own links.
    pub(super) fn html(&self, lang: &str) -> String {
        let mut out = format!(
            "<!doctype html>\n<html lang=\"{lang}\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\">\
             <title>{}</title></head>\n<body style=\"font-family:sans-serif;font-size:17px;line-height:1.5;max-width:36em;margin:1em auto;padding:0 1em\">\n",
            escape(&self.subject)
        );
        for block in &self.blocks {
            match block {
                Block::Paragraph(text) => out.push_str(&format!("<p>{}</p>\n", escape(text))),
                Block::Items(items) => {
                    out.push_str("<ul>\n");
                    items.iter().for_each(|item| out.push_str(&format!("<li>{}</li>\n", escape(item))));
                    out.push_str("</ul>\n");
                }
                Block::Link { words, url } => {
                    out.push_str(&format!("<p><a href=\"{}\">{}</a></p>\n", escape(url), escape(words)));
                }
            }
        }
        out.push_str("</body></html>\n");
        out
    }
}

/// Adds `text` to `out` in lines of at most 72 letters; `mark` stands before the first, blanks before the rest.
fn wrap(out: &mut String, text: &str, mark: &str) {
    let indent = " ".repeat(mark.len());
    let mut line = mark.to_owned();
    let mut empty = true;
    for word in text.split_whitespace() {
        if !empty && line.chars().count() + 1 + word.chars().count() > 72 {
            out.push_str(&line);
            out.push('\n');
            line.clone_from(&indent);
            empty = true;
        }
        if !empty {
            line.push(' ');
        }
        line.push_str(word);
        empty = false;
    }
    out.push_str(&line);
    out.push('\n');
}

/// `text` with the five letters HTML reads as its own replaced.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_become_blocks_and_blank_lines_inside_a_list_do_not_split_it() {
        let text = Text::read(
            "# A date\n\nHello\nDana,\n\n- one\n\n- two & <three>\n\n=> See what is left https://x.example/a?b=1&c=2\n",
        );
        assert_eq!(text.subject, "A date");
        assert_eq!(
            text.plain(),
            "Hello Dana,\n\n- one\n- two & <three>\n\nSee what is left:\nhttps://x.example/a?b=1&c=2\n"
        );
        let html = text.html("en");
        assert!(
            html.contains("<p>Hello Dana,</p>\n<ul>\n<li>one</li>\n<li>two &amp; &lt;three&gt;</li>\n</ul>"),
            "{html}"
        );
        assert!(html.contains("<a href=\"https://x.example/a?b=1&amp;c=2\">See what is left</a>"), "{html}");
    }

    #[test]
    fn long_lines_are_wrapped_at_words() {
        let text = Text::read(&format!("{} end", "word ".repeat(30).trim()));
        assert!(text.plain().lines().all(|line| line.len() <= 72));
        assert_eq!(text.plain().split_whitespace().count(), 31);
    }
}
