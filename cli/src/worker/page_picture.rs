//! Pages as small colour pictures for display: drawn as for OCR, with as few colours as a page of text needs.

use std::collections::HashMap;
use std::ffi::OsString;
use std::io::{self, Write};

use findings_core::text::ocr::PageTask;
use image::{RgbImage, imageops};

use super::page_image::{decode, draw_colours, failed, is_pdf, pages};

/// Levels per colour channel. Letters look the same as with all levels, a page takes half the space, and 125 colours
/// fit in a palette.
const LEVELS: u32 = 5;

/// Writes a line with a page's width and height in points, then its PNG. Arguments: its index, and pixels per inch.
pub(super) fn write(document: Vec<u8>, args: &[OsString], out: &mut impl Write) -> io::Result<()> {
    let number = |i: usize| args.get(i).and_then(|a| a.to_str()).and_then(|a| a.parse::<u32>().ok());
    let (Some(index), Some(dpi)) = (number(0), number(1)) else {
        return Err(failed("the page and the pixels per inch are wanted"));
    };
    let scale = dpi as f32 / 72.0;
    let (picture, width, height) = if is_pdf(&document) {
        draw_colours(document, index as usize, scale)?
    } else {
        let all = pages(&document)?;
        let page = all.get(index as usize).ok_or_else(|| failed("there is no such page"))?;
        let task = PageTask::of_image(index as usize, page);
        let pixels = |points: f32| ((points * scale).round() as u32).max(1);
        let grey = decode(&document, index as usize)?;
        let (w, h) = (pixels(task.width), pixels(task.height));
        let small = imageops::resize(&grey, w, h, imageops::FilterType::Triangle);
        (RgbImage::from_fn(w, h, |x, y| image::Rgb([small.get_pixel(x, y).0[0]; 3])), task.width, task.height)
    };
    writeln!(out, "{width} {height}")?;
    out.write_all(&png(&picture)?)
}

/// A PNG with a palette.
fn png(picture: &RgbImage) -> io::Result<Vec<u8>> {
    let (palette, indices) = with_palette(picture);
    let depth = match palette.len() / 3 {
        0..=2 => png::BitDepth::One,
        3..=4 => png::BitDepth::Two,
        5..=16 => png::BitDepth::Four,
        _ => png::BitDepth::Eight,
    };
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, picture.width(), picture.height());
    encoder.set_color(png::ColorType::Indexed);
    encoder.set_depth(depth);
    encoder.set_palette(palette);
    encoder.set_compression(png::Compression::Balanced);
    encoder.set_filter(png::Filter::NoFilter);
    let mut writer = encoder.write_header().map_err(failed)?;
    writer.write_image_data(&packed(&indices, picture.width() as usize, depth as usize)).map_err(failed)?;
    writer.finish().map_err(failed)?;
    Ok(bytes)
}

/// The colours of a picture, and the palette index of each pixel.
fn with_palette(picture: &RgbImage) -> (Vec<u8>, Vec<u8>) {
    const MOST: u32 = LEVELS - 1;
    let level = |channel: u8| (u32::from(channel) * MOST + 127) / 255;
    let (mut known, mut palette) = (HashMap::new(), Vec::new());
    let mut indices = Vec::with_capacity((picture.width() * picture.height()) as usize);
    for pixel in picture.pixels() {
        let levels = pixel.0.map(level);
        let next = known.len() as u8;
        indices.push(*known.entry(levels).or_insert_with(|| {
            palette.extend(levels.map(|l| (l * 255 / MOST) as u8));
            next
        }));
    }
    (palette, indices)
}

/// Packs indices of `bits` bits each; every row starts at a byte boundary.
fn packed(indices: &[u8], width: usize, bits: usize) -> Vec<u8> {
    let per_byte = 8 / bits;
    let byte = |pixels: &[u8]| {
        let mut byte = 0;
        for (i, pixel) in pixels.iter().enumerate() {
            byte |= pixel << (8 - bits * (i + 1));
        }
        byte
    };
    indices.chunks(width.max(1)).flat_map(|row| row.chunks(per_byte).map(byte)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_of_two_colours_takes_a_bit_a_pixel() {
        let picture = RgbImage::from_fn(10, 2, |x, _| image::Rgb(if x == 9 { [0; 3] } else { [255; 3] }));
        let (palette, indices) = with_palette(&picture);
        assert_eq!(palette, [255, 255, 255, 0, 0, 0]);
        assert_eq!(packed(&indices, 10, 1), [0, 0b0100_0000, 0, 0b0100_0000]);
        let drawn = image::load_from_memory(&png(&picture).unwrap()).unwrap().into_rgb8();
        assert_eq!(drawn, picture);
    }
}
