//! What stands on a page, in our own words: text, shapes, and what each means.
//!
//! The layout fills a [`Scene`]; [`super::draw`] turns it into printpdf's operations. Neither the layout
//! nor anything outside this folder knows printpdf or lopdf. Points, from the lower left corner.

use super::model::Colour;
use super::shape::Line;

/// What a piece of the page means; the order is the order in which it is read out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Element {
    /// The seal.
    Seal,
    /// The board's name.
    Board,
    /// "Certificate".
    Heading,
    /// "This certifies that".
    Certifies,
    /// The person's name.
    Name,
    /// "has met ... and is certified as".
    HasMet,
    /// The credential's title.
    Credential,
    /// The public word for the standing.
    Status,
    /// Number, label and value.
    Number,
    /// Day of issue, label and value.
    IssuedOn,
    /// First day, label and value.
    ValidFrom,
    /// Last day, label and value.
    ValidThrough,
    /// Name and office of who signs.
    Signatory,
    /// How to check it.
    Verify,
    /// The address, also a link.
    Address,
    /// How to check it without a screen.
    VerifyNumber,
    /// The code with the address.
    Code,
}

/// A path: rings of points, each point a corner or a control point of a curve.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Path {
    /// The rings; each is filled as closed.
    pub rings: Vec<Vec<PathPoint>>,
}

/// A point of a path.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct PathPoint {
    /// Points from the left edge.
    pub x: f64,
    /// Points from the lower edge.
    pub y: f64,
    /// A control point of a Bezier curve, not a corner.
    pub control: bool,
}

/// How a path is painted.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Paint {
    /// Filled; overlapping rings cut holes.
    Fill(Colour),
    /// Drawn as a closed outline of this width.
    Outline(Colour, f64),
    /// Drawn as an open line of this width.
    Stroke(Colour, f64),
}

/// Text on the page.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Text {
    /// The shaped line.
    pub line: Line,
    /// Left end of the baseline.
    pub at: (f64, f64),
    /// Type size.
    pub size: f64,
    /// Space after each glyph.
    pub tracking: f64,
    /// Colour.
    pub colour: Colour,
}

/// Text on a circle, read clockwise, centred on its top.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct ArcText {
    /// The shaped line.
    pub line: Line,
    /// Centre of the circle.
    pub centre: (f64, f64),
    /// Radius of the baseline.
    pub radius: f64,
    /// Type size.
    pub size: f64,
    /// Space after each glyph.
    pub tracking: f64,
    /// Colour.
    pub colour: Colour,
}

/// One thing on the page.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Mark {
    /// Text on a straight line.
    Text(Text),
    /// Text around a circle.
    Arc(ArcText),
    /// A painted path.
    Path(Path, Paint),
    /// Rectangles (column, row, width, height) on a grid of this step whose corner is `at`, one filled path.
    Grid { at: (f64, f64), step: f64, cells: Vec<[u16; 4]>, colour: Colour },
    /// What follows belongs to this element, until the next of these; `None` is decoration.
    Meaning(Option<Element>),
    /// A rectangle (left, bottom, right, top) that opens an address.
    Link { area: [f64; 4], address: String },
}

/// A page, or a part of one.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Scene {
    /// What stands on it, back to front.
    pub marks: Vec<Mark>,
}

impl Scene {
    /// Says what the following marks mean.
    pub(crate) fn meaning(&mut self, element: impl Into<Option<Element>>) {
        self.marks.push(Mark::Meaning(element.into()));
    }

    /// Puts a shaped line with its middle at `x`.
    pub(crate) fn centred(&mut self, line: Line, x: f64, y: f64, set: Setting) {
        let left = x - line.width(set.size, set.tracking) / 2.0;
        self.left(line, left, y, set);
    }

    /// Puts a shaped line with its left end at `x`.
    pub(crate) fn left(&mut self, line: Line, x: f64, y: f64, set: Setting) {
        let Setting { size, tracking, colour } = set;
        self.marks.push(Mark::Text(Text { line, at: (x, y), size, tracking, colour }));
    }

    /// Paints a path.
    pub(crate) fn path(&mut self, path: Path, paint: Paint) {
        self.marks.push(Mark::Path(path, paint));
    }

    /// Draws a straight line.
    pub(crate) fn rule(&mut self, from: (f64, f64), to: (f64, f64), colour: Colour, width: f64) {
        let ring = vec![PathPoint::corner(from.0, from.1), PathPoint::corner(to.0, to.1)];
        self.path(Path { rings: vec![ring] }, Paint::Stroke(colour, width));
    }
}

/// Size, spacing and colour of a line of text.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Setting {
    /// Type size.
    pub size: f64,
    /// Space after each glyph.
    pub tracking: f64,
    /// Colour.
    pub colour: Colour,
}

impl PathPoint {
    /// A corner.
    pub(crate) const fn corner(x: f64, y: f64) -> Self {
        Self { x, y, control: false }
    }

    /// A control point.
    pub(crate) const fn control(x: f64, y: f64) -> Self {
        Self { x, y, control: true }
    }
}

impl Path {
    /// A rectangle.
    pub(crate) fn rectangle(left: f64, bottom: f64, right: f64, top: f64) -> Self {
        let corners = [(left, bottom), (right, bottom), (right, top), (left, top)];
        Self { rings: vec![corners.map(|(x, y)| PathPoint::corner(x, y)).to_vec()] }
    }

    /// A circle, as four curves.
    pub(crate) fn circle(centre: (f64, f64), radius: f64) -> Self {
        const ROUND: f64 = 0.552_284_75;
        let (x, y) = centre;
        let (r, c) = (radius, radius * ROUND);
        let mut ring = vec![PathPoint::corner(x + r, y)];
        for (a, b, end) in [
            ((x + r, y + c), (x + c, y + r), (x, y + r)),
            ((x - c, y + r), (x - r, y + c), (x - r, y)),
            ((x - r, y - c), (x - c, y - r), (x, y - r)),
            ((x + c, y - r), (x + r, y - c), (x + r, y)),
        ] {
            ring.push(PathPoint::control(a.0, a.1));
            ring.push(PathPoint::control(b.0, b.1));
            ring.push(PathPoint::corner(end.0, end.1));
        }
        Self { rings: vec![ring] }
    }
}
