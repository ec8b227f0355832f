//! The board's seal and the frame of the page, drawn from the board's settings as vector paths.

use std::f64::consts::TAU;

use super::fonts::Style;
use super::model::{Border, BorderStyle, Colour, Seal};
use super::name::{NameRefusal, shape_plain};
use super::scene::{ArcText, Element, Mark, Paint, Path, PathPoint, Scene, Setting};

/// Draws the seal with its middle at `centre`.
pub(crate) fn draw_seal(scene: &mut Scene, seal: &Seal, centre: (f64, f64), radius: f64) -> Result<(), NameRefusal> {
    let colour = seal.colour;
    scene.meaning(Element::Seal);
    for turn in [0.0, 1.0] {
        scene.path(rosette(centre, radius * 0.955, radius * 0.045, 36, turn), Paint::Outline(colour, 0.7));
    }
    scene.path(Path::circle(centre, radius * 0.89), Paint::Outline(colour, 1.4));
    scene.path(Path::circle(centre, radius * 0.85), Paint::Outline(colour, 0.4));
    scene.path(Path::circle(centre, radius * 0.60), Paint::Outline(colour, 0.4));
    scene.path(Path::circle(centre, radius * 0.565), Paint::Outline(colour, 1.0));
    draw_around(scene, seal, centre, radius)?;
    draw_initials(scene, seal, centre, radius)
}

/// The text between the rings, stepped down until it leaves a gap at the foot.
fn draw_around(scene: &mut Scene, seal: &Seal, centre: (f64, f64), radius: f64) -> Result<(), NameRefusal> {
    if seal.around.trim().is_empty() {
        return Ok(());
    }
    let line = shape_plain(&seal.around, Style::Strong)?;
    let room = TAU * radius * 0.67 * 0.86;
    for step in 0..=24_u8 {
        let size = radius * (0.172 - 0.005 * f64::from(step));
        let tracking = size * 0.12;
        if line.width(size, tracking) <= room {
            let baseline = radius * 0.725 - size * 0.36;
            let text = ArcText { line, centre, radius: baseline, size, tracking, colour: seal.colour };
            scene.marks.push(Mark::Arc(text));
            draw_star(scene, (centre.0, centre.1 - radius * 0.725), radius * 0.075, seal.colour);
            return Ok(());
        }
    }
    Err(NameRefusal::TooLong)
}

fn draw_initials(scene: &mut Scene, seal: &Seal, centre: (f64, f64), radius: f64) -> Result<(), NameRefusal> {
    let line = shape_plain(&seal.initials, Style::Display)?;
    let room = radius * 0.86;
    let size = (radius * 0.56).min(room / line.width(1.0, 0.0).max(0.01));
    let set = Setting { size, tracking: 0.0, colour: seal.colour };
    scene.centred(line, centre.0, centre.1 - size * 0.355, set);
    let (x, y) = (centre.0, centre.1 - radius * 0.37);
    for side in [-1.0, 1.0] {
        scene.rule((x + side * radius * 0.07, y), (x + side * radius * 0.28, y), seal.colour, 0.6);
    }
    draw_star(scene, (x, y), radius * 0.045, seal.colour);
    Ok(())
}

/// A five-pointed star.
pub(crate) fn draw_star(scene: &mut Scene, centre: (f64, f64), radius: f64, colour: Colour) {
    let ring = (0..10_u8).map(|point| {
        let far = if point % 2 == 0 { radius } else { radius * 0.40 };
        let angle = TAU * (0.25 + f64::from(point) / 10.0);
        PathPoint::corner(centre.0 + far * angle.cos(), centre.1 + far * angle.sin())
    });
    scene.path(Path { rings: vec![ring.collect()] }, Paint::Fill(colour));
}

/// How far a control point stands from a crest, as a part of the way to the next trough: the curve then
/// follows a sine to a fraction of a percent.
const CREST: f64 = 0.3642;

/// A closed wave around a circle, one curve from crest to trough; `turn` moves it by a part of a wave.
fn rosette(centre: (f64, f64), radius: f64, depth: f64, waves: u8, turn: f64) -> Path {
    let halves = u16::from(waves) * 2;
    let place = |step: f64, far: f64, control: bool| {
        let angle = TAU * (step + turn) / f64::from(halves);
        PathPoint { x: centre.0 + far * angle.cos(), y: centre.1 + far * angle.sin(), control }
    };
    let far = |step: u16| if step.is_multiple_of(2) { radius + depth } else { radius - depth };
    let mut ring = vec![place(0.0, far(0), false)];
    for step in 0..halves {
        ring.push(place(f64::from(step) + CREST, far(step), true));
        ring.push(place(f64::from(step) + 1.0 - CREST, far(step + 1), true));
        ring.push(place(f64::from(step) + 1.0, far(step + 1), false));
    }
    Path { rings: vec![ring] }
}

/// Draws the frame of a page of this size.
pub(crate) fn draw_border(scene: &mut Scene, border: &Border, page: (f64, f64)) {
    let frame = |inset: f64| Path::rectangle(inset, inset, page.0 - inset, page.1 - inset);
    let colour = border.colour;
    scene.meaning(None);
    match border.style {
        BorderStyle::Plain => scene.path(frame(26.0), Paint::Outline(colour, 1.0)),
        BorderStyle::Double => {
            scene.path(frame(24.0), Paint::Outline(colour, 3.0));
            scene.path(frame(30.0), Paint::Outline(colour, 0.6));
        }
        BorderStyle::Engraved => {
            scene.path(frame(22.0), Paint::Outline(colour, 1.4));
            scene.path(frame(40.0), Paint::Outline(colour, 0.6));
            for depth in [6.4, -6.4, 2.8, -2.8] {
                engrave(scene, page, depth, colour);
            }
            for x in [31.0, page.0 - 31.0] {
                for y in [31.0, page.1 - 31.0] {
                    let (half, gap) = (9.0, 5.5);
                    scene.path(square((x, y), half), Paint::Fill(Colour { rgb: [255; 3] }));
                    scene.path(square((x, y), half), Paint::Outline(colour, 1.0));
                    scene.path(square((x, y), gap), Paint::Outline(colour, 0.4));
                    draw_star(scene, (x, y), 4.0, colour);
                }
            }
        }
    }
}

fn square(centre: (f64, f64), half: f64) -> Path {
    Path::rectangle(centre.0 - half, centre.1 - half, centre.0 + half, centre.1 + half)
}

/// One thread of the engraved band, on all four sides.
fn engrave(scene: &mut Scene, page: (f64, f64), depth: f64, colour: Colour) {
    let (middle, corner) = (31.0, 40.0);
    let sides = [
        ((corner, middle), (page.0 - corner, middle)),
        ((corner, page.1 - middle), (page.0 - corner, page.1 - middle)),
        ((middle, corner), (middle, page.1 - corner)),
        ((page.0 - middle, corner), (page.0 - middle, page.1 - corner)),
    ];
    for (from, to) in sides {
        scene.path(Path { rings: vec![wave(from, to, depth)] }, Paint::Stroke(colour, 0.35));
    }
}

/// A wave between two points along one axis, one curve from crest to trough.
fn wave(from: (f64, f64), to: (f64, f64), depth: f64) -> Vec<PathPoint> {
    let length = (to.0 - from.0).hypot(to.1 - from.1);
    let along = ((to.0 - from.0) / length, (to.1 - from.1) / length);
    let halves = (length / 24.0).round().max(1.0) * 2.0;
    let place = |half: f64, high: f64, control: bool| {
        let far = length * half / halves;
        PathPoint { x: from.0 + along.0 * far - along.1 * high, y: from.1 + along.1 * far + along.0 * high, control }
    };
    let mut points = vec![place(0.0, depth, false)];
    let (mut half, mut high) = (0.0, depth);
    while half < halves {
        points.push(place(half + CREST, high, true));
        points.push(place(half + 1.0 - CREST, -high, true));
        points.push(place(half + 1.0, -high, false));
        half += 1.0;
        high = -high;
    }
    points
}
