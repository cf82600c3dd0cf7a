//! Whether a text is code, in any language for people or for machines: next to none of it is sentences.

/// Pieces of a text that are looked at before all of it is, and their length in bytes.
const PIECES: usize = 8;
const PIECE: usize = 128;
/// One byte in so many is a sign of code, where it pays to look further. In articles it is one in fifty to a hundred, in code
/// one in ten.
const SIGNS: usize = 25;

/// Words of a line that are judged together; programs may put all of a page, or of a script, into one line.
const STRETCH: usize = 24;
/// If one word in so many is code, a stretch is; if fewer than one in [`LAPSE`] are and it has so many bytes of words, it is prose.
const CODE: usize = 5;
const LAPSE: usize = 12;
const PROSE: usize = 24;

/// So many bytes of prose without code in between are a paragraph. Of 1,500 flattened pages, some with twenty times as much
/// script left in as text, all have one; sources have one in comments only.
const PARAGRAPH: usize = 250;
/// Smallest share of code, in percent: of all but comments, and of all. In sources it is 75 and more, in settings 50; pages that
/// explain code line by line have as much, but beside prose.
const LEAST: usize = 50;
const LEAST_OF_ALL: usize = 20;
/// Greatest share of prose, in percent.
const MOST_PROSE: usize = 5;

/// Greatest share of words of a language outside of comments, in percent: mathematics has a sign in every line, but more words.
const MOST_PLAIN: usize = 60;

/// Longest line that is a comment by its first signs, in bytes.
const COMMENT: usize = 240;

/// Whether a text is code or the like (logs, settings, encoded bytes), but for comments. A text with a paragraph is not.
pub(crate) fn is_code(text: &str) -> bool {
    has_signs(text) && Sums::of(text).is_some_and(|sums| sums.are_code())
}

/// Whether a sample of the text has about as many brackets and the like as code.
fn has_signs(text: &str) -> bool {
    let step = (text.len() / PIECES).max(PIECE);
    let pieces = text.as_bytes().chunks(step).map(|chunk| chunk.get(..PIECE).unwrap_or(chunk));
    let (mut signs, mut all) = (0, 0);
    for piece in pieces {
        signs += piece.iter().map(|byte| usize::from(IS_SIGN[usize::from(*byte)])).sum::<usize>();
        all += piece.len();
    }
    signs * SIGNS >= all
}

static IS_SIGN: [bool; 256] = {
    let mut table = [false; 256];
    let signs = b"{}()[];=<>_\\/*#$|&+:";
    let mut at = 0;
    while at < signs.len() {
        table[signs[at] as usize] = true;
        at += 1;
    }
    let mut digit = b'0';
    while digit <= b'9' {
        table[digit as usize] = true;
        digit += 1;
    }
    table
};

/// Bytes of words.
#[derive(Default)]
struct Sums {
    all: usize,
    /// In comments.
    comments: usize,
    code: usize,
    prose: usize,
    /// Words of a language outside of comments.
    plain: usize,
}

impl Sums {
    /// `None` if there is a paragraph.
    fn of(text: &str) -> Option<Sums> {
        let (mut sums, mut comment, mut paragraph) = (Sums::default(), None, 0);
        for line in text.lines().map(str::trim) {
            let is_comment = is_comment(line, &mut comment);
            let mut words = line.split_ascii_whitespace().peekable();
            while words.peek().is_some() {
                let stretch = Stretch::of(words.by_ref().take(STRETCH));
                sums.all += stretch.bytes;
                sums.plain += if is_comment || stretch.is_statement() { 0 } else { stretch.plain };
                if is_comment {
                    sums.comments += stretch.bytes;
                } else if stretch.is_code() {
                    sums.code += stretch.bytes;
                    paragraph = 0;
                } else if stretch.is_prose() {
                    sums.prose += stretch.bytes;
                    paragraph += stretch.bytes;
                }
                if paragraph >= PARAGRAPH {
                    return None;
                }
            }
        }
        Some(sums)
    }

    fn are_code(&self) -> bool {
        let Sums { all, comments, code, prose, plain } = *self;
        let rest = all - comments;
        code > 0
            && code * 100 >= rest * LEAST
            && code * 100 >= all * LEAST_OF_ALL
            && prose * 100 <= rest * MOST_PROSE
            && plain * 100 <= rest * MOST_PLAIN
    }
}

/// Whether a line is a comment; `open` is how the comment ends that it is in.
fn is_comment(line: &str, open: &mut Option<&'static str>) -> bool {
    const BOXES: [(&str, &str); 4] = [("/*", "*/"), ("<!--", "-->"), ("\"\"\"", "\"\"\""), ("'''", "'''")];
    const LINES: [&str; 6] = ["//", "#", "--", ";;", "%%", "*/"];
    if let Some(end) = *open {
        *open = (!line.contains(end)).then_some(end);
        return true;
    }
    if let Some((start, end)) = BOXES.iter().find(|(start, _)| line.starts_with(start)) {
        let inside = line.get(start.len()..).unwrap_or_default();
        *open = (!inside.contains(end)).then_some(end);
        // What follows in the same line is no comment, as in a script without line breaks.
        return open.is_some() || line.len() <= COMMENT;
    }
    line.len() <= COMMENT && LINES.iter().any(|start| line.starts_with(start))
}

/// Some words in a row.
#[derive(Default)]
struct Stretch {
    bytes: usize,
    words: usize,
    code: usize,
    /// Words that tell nothing: numbers, addresses.
    others: usize,
    /// Words of a language with a semicolon behind, which ends lines of code and clauses of verses.
    ended: usize,
    /// Whether the first word has a colon behind.
    is_labelled: bool,
    /// Bytes of words of a language, without those before a colon or semicolon.
    plain: usize,
}

impl Stretch {
    fn of<'a>(words: impl Iterator<Item = &'a str>) -> Stretch {
        let mut stretch = Stretch::default();
        for word in words {
            stretch.bytes += word.len();
            stretch.words += 1;
            match Word::of(word) {
                Word::Plain => {
                    stretch.plain += if word.ends_with([':', ';']) { 0 } else { word.len() };
                    stretch.ended += usize::from(word.ends_with(';'));
                    stretch.is_labelled |= stretch.words == 1 && word.ends_with(':');
                }
                Word::Code => stretch.code += 1,
                Word::Other => stretch.others += 1,
            }
        }
        stretch
    }

    fn is_code(&self) -> bool {
        self.is_statement() || self.code > 0 && self.code * CODE >= self.words - self.others
    }

    fn is_statement(&self) -> bool {
        self.ended > 0 && (self.words <= STATEMENT || self.is_labelled)
    }

    fn is_prose(&self) -> bool {
        self.plain >= PROSE && self.code * LAPSE <= self.words
    }
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Word {
    Plain,
    Code,
    Other,
}

/// Words of a line up to which a semicolon makes it code: `display: flex;`.
const STATEMENT: usize = 3;

/// Longest word of a language, in bytes; encoded data are longer.
const LONGEST: usize = 40;

/// Digits in a name, from which it is a number that programs gave it.
const DIGITS: usize = 6;

/// Operators that stand alone.
const OPERATORS: [&str; 17] =
    ["=", "==", "!=", "=>", "->", "(", ")", "&&", "||", "+=", "()", "[]", "+", "<", ">", "::", "?"];

impl Word {
    fn of(word: &str) -> Word {
        if !word.is_ascii() {
            return Word::beyond_ascii(word);
        }
        // Code in backquotes stands in a sentence.
        if is_address(word) || word.starts_with('`') && word.trim_end_matches(['.', ',', ':', ';', ')']).ends_with('`')
        {
            return Word::Other;
        }
        if word.trim_end_matches(';').contains(['{', '}', '\\', ';']) {
            return Word::Code;
        }
        let quotes = ['"', '\'', '[', ']', '*', '_', '`'];
        let core = word.trim_start_matches(|c| c == '(' || quotes.contains(&c));
        let core =
            core.trim_end_matches(|c| matches!(c, '.' | ',' | '!' | '?' | ':' | ';' | ')') || quotes.contains(&c));
        if core.is_empty() {
            return if OPERATORS.contains(&word) { Word::Code } else { Word::Other };
        }
        if core.len() > LONGEST {
            return Word::Code;
        }
        let is_made_of = |signs: &[u8]| core.bytes().all(|b| b.is_ascii_alphanumeric() || signs.contains(&b));
        let digits = core.bytes().filter(u8::is_ascii_digit).count();
        let has_digit = digits > 0;
        let is_joined = core.ends_with(|c: char| c.is_ascii_alphanumeric());
        let first = core.as_bytes().first().copied().unwrap_or_default();
        if !has_digit && is_joined && first.is_ascii_alphabetic() && is_made_of(b"'-/&") {
            return Word::Plain;
        }
        let is_number = has_digit && !core.starts_with('-') && {
            let rest = core.trim_end_matches(|c: char| c.is_ascii_alphabetic());
            rest.bytes().all(|b| b.is_ascii_digit() || b".,:-/%+$~".contains(&b)) && core.len() - rest.len() <= 3
        };
        let is_name = first.is_ascii_alphanumeric()
            && (core.len() <= 6 && is_made_of(b"")
                || digits <= DIGITS && is_made_of(b"-")
                || core.contains('@') && core.contains('.')
                || !has_digit && is_made_of(b"."));
        let is_tag = matches!(first, b'#' | b'@')
            && core.get(1..).is_some_and(|tag| !tag.is_empty() && tag.bytes().all(|b| b.is_ascii_alphanumeric()));
        if is_number || is_name || is_tag { Word::Other } else { Word::Code }
    }

    /// A word with other letters is one of a language, unless it has what only code has.
    fn beyond_ascii(word: &str) -> Word {
        const PAIRS: [&[u8]; 4] = [b"=\"", b"(\"", b"('", b"\":"];
        const TRIPLES: [&[u8]; 2] = [b"\",\"", b"','"];
        let bytes = word.as_bytes();
        let is_code = bytes.iter().any(|b| matches!(b, b'{' | b'}' | b'\\' | b'`'))
            || bytes.windows(2).any(|pair| PAIRS.contains(&pair))
            || bytes.windows(3).any(|triple| TRIPLES.contains(&triple));
        match () {
            () if is_code => Word::Code,
            () if word.contains(char::is_alphabetic) => Word::Plain,
            () => Word::Other,
        }
    }
}

fn is_address(word: &str) -> bool {
    let word = word.trim_start_matches(['(', '<', '[', '"', '\'']);
    ["http://", "https://", "www."].iter().any(|start| word.starts_with(start))
}

#[cfg(test)]
mod tests {
    use super::*;

    const CODE: &str = "function a1(event, options) {\n  const el = document.querySelector('.item');\n  if (!el || \
                        el.classList.contains('open')) { return false; }\n  return options.value * 2;\n}\n";
    const SENTENCE: &str = "The ferry left at nine, as it had done for forty years, and nobody on the quay looked up. ";
    const KOREAN: &str = "강릉 앞바다에서 어선 두 척이 부딪혀 선원 일곱 명이 다쳤다. 해경은 경위를 조사하고 있다. ";

    #[test]
    fn code_and_texts() {
        let style = ".card > a {\n  display: flex;\n  font-family: \"Noto Sans KR\", sans-serif;\n  margin: 0 auto;\n  color: #333;\n}\n";
        let cases = [
            ("a script", CODE.repeat(9), true),
            ("a script in one line", CODE.replace('\n', " ").repeat(30), true),
            ("comments", format!("/*\n * {SENTENCE}\n * {SENTENCE}\n */\n// {SENTENCE}\n{CODE}").repeat(3), true),
            (
                "comments, Korean",
                format!("# {KOREAN}\nx = [v for v in values if v > 3]\nprint(f\"{{x}}: {{len(x)}}\")\n").repeat(5),
                true,
            ),
            ("a style sheet", style.into(), true),
            ("settings", "web:\n  image: \"a/app:1.1\"\n  ports:\n    - \"8001:80\"\n  environment:\n    DB_HOST: db1\n".repeat(9), true),
            ("a blob", "TWFuIGlzIGRpc3Rpbmd1aXNoZWQsIG5vdCBvbmx5IGJ5IGhpcyByZWFzb24sIGJ1\n".repeat(20), true),
            (
                "a log",
                "10.0.2.2 - - [21/Mar/2025:09:03:11 +0900] \"GET /a/3.html HTTP/1.1\" 200 31 \"-\"\n".repeat(20),
                true,
            ),
            ("near miss: a text on code", format!("{SENTENCE}{SENTENCE}{SENTENCE}\n\n{}", CODE.repeat(20)), false),
            ("near miss: Korean text, script left in", format!("{}\n{}", CODE.repeat(20), KOREAN.repeat(3)), false),
            ("near miss: sentences between code", format!("{SENTENCE}\n{CODE}").repeat(5), false),
            ("near miss: prose", SENTENCE.repeat(9), false),
            ("near miss: numbers", "1990 37 91 13.2\n1991 74 182 26.1\n".repeat(9), false),
            ("near miss: law", "§ 4.1 (a) No vessel shall be moored without leave under § 3.2(b).\n".repeat(3), false),
            (
                "near miss: changes",
                "# Changes\n\n- Added `Extractor::fields` to limit the work (#123)\n- `Offset` is checked\n".repeat(5),
                false,
            ),
            (
                "near miss: mathematics",
                "Let a_n = 1/n^2 and s_n = a_1 + ... + a_n. Since a_n <= 1/(n(n-1)) = 1/(n-1) - 1/n for n >= 2, we have s_n < 2, \
                 so the sequence is bounded.\nIt is also increasing, and so it converges.\n"
                    .into(),
                false,
            ),
            ("near miss: verses", "Grey, grey, the water;\nand nobody there:\n".repeat(5), false),
            ("near miss: bullets", "* 250 g (9 oz) flour\n* 1/2 tsp salt; more if you like\n".repeat(5), false),
            ("near miss: times", "[00:01:07] LINDE: no, not then\n[00:01:09] Q: when?\n".repeat(9), false),
            ("near miss: addresses", "https://a.example/b/c?d=e&f=1\n".repeat(9), false),
            ("nothing", String::new(), false),
        ];
        for (name, text, expected) in cases {
            assert_eq!(is_code(&text), expected, "{name}");
        }
    }

    #[test]
    fn words() {
        for (word, expected) in [
            ("(ferry),", Word::Plain),
            ("don't", Word::Plain),
            ("and/or", Word::Plain),
            ("어선이", Word::Plain),
            ("(서울=연합뉴스)", Word::Plain),
            ("1,200.50", Word::Other),
            ("180°C", Word::Plain),
            ("5km", Word::Other),
            ("A4", Word::Other),
            ("covid-19", Word::Other),
            ("`el.value()`,", Word::Other),
            ("f08c47fec0942fa0", Word::Code),
            ("ann@a.example", Word::Other),
            ("a.example", Word::Other),
            ("#tag", Word::Other),
            ("https://a.example/b?c=d;e", Word::Other),
            ("el.value()", Word::Code),
            ("flex;", Word::Plain),
            ("a;b", Word::Code),
            ("{", Word::Code),
            ("=", Word::Code),
            ("a_1=b", Word::Code),
            ("DB_HOST:", Word::Code),
            ("_ferry_", Word::Plain),
            ("{\"제목\":\"배\"", Word::Code),
        ] {
            assert_eq!(Word::of(word), expected, "{word}");
        }
    }
}
