//! Draws frames around the places of a value on a picture of its page.

use std::io::Cursor;

use image::{ImageFormat, Rgb, RgbImage};

use super::{Picture, PictureError, Place};

/// A page as PNG, with frames around places.
pub(crate) fn mark(picture: &Picture, places: &[Place]) -> Result<Vec<u8>, PictureError> {
    let mut drawn = image::load_from_memory_with_format(&picture.png, ImageFormat::Png)?.into_rgb8();
    let scale = f64::from(drawn.width()) / f64::from(picture.width.max(1.0));
    for bbox in places.iter().filter_map(|p| p.bbox) {
        frame(&mut drawn, bbox.map(|side| side * scale));
    }
    let mut png = Vec::new();
    drawn.write_to(&mut Cursor::new(&mut png), ImageFormat::Png)?;
    Ok(png)
}

/// Draws a frame slightly larger than a box.
fn frame(drawn: &mut RgbImage, [x0, top, x1, bottom]: [f64; 4]) {
    const COLOUR: Rgb<u8> = Rgb([0xC0, 0x20, 0x00]);
    const THICK: u32 = 3;
    const AIR: f64 = 3.0;
    let (width, height) = drawn.dimensions();
    let within = |at: f64, most: u32| at.clamp(0.0, f64::from(most.saturating_sub(1))) as u32;
    let (left, right) = (within(x0 - AIR, width), within(x1 + AIR, width));
    let (top, bottom) = (within(top - AIR, height), within(bottom + AIR, height));
    for y in top..=bottom {
        for x in left..=right {
            let inside = x >= left + THICK && x + THICK <= right && y >= top + THICK && y + THICK <= bottom;
            if !inside {
                drawn.put_pixel(x, y, COLOUR);
            }
        }
    }
}
