//! Pages as greyscale images for OCR: drawn from a PDF by hayro, or decoded from an image file. Both process untrusted
//! files, so this runs in a worker only.

use std::ffi::OsString;
use std::io::{self, Cursor, Write};

use findings_core::text::ocr::ImagePage;
use hayro::hayro_interpret::InterpreterSettings;
use hayro::hayro_syntax::Pdf;
use hayro::hayro_syntax::page::Page;
use hayro::vello_cpu::Pixmap;
use hayro::vello_cpu::color::palette::css::WHITE;
use hayro::{PixmapSettings, RenderCache, RenderSettings, render};
use image::metadata::Orientation;
use image::{
    DynamicImage, GrayImage, ImageBuffer, ImageDecoder, ImageReader, Limits, Luma, RgbImage, imageops,
};
use tiff::decoder::{Decoder as TiffDecoder, DecodingResult};
use tiff::tags::{ResolutionUnit, Tag};
use tiff::{ColorType, decoder};

/// The size limit for a side of an image, in pixels.
const MAX_SIDE: u32 = 20_000;
/// The largest number of pages in an image file.
const MAX_PAGES: usize = 2_000;

/// Writes a page as PGM. Arguments: its index, and the width and height in pixels.
pub(super) fn write(document: Vec<u8>, args: &[OsString], out: &mut impl Write) -> io::Result<()> {
    let number = |i: usize| args.get(i).and_then(|a| a.to_str()).and_then(|a| a.parse::<u32>().ok());
    let (Some(index), Some(width), Some(height)) = (number(0), number(1), number(2)) else {
        return Err(failed("the page, its width and its height are wanted"));
    };
    let page = if is_pdf(&document) {
        draw(document, index as usize, width, height)?
    } else {
        let page = decode(&document, index as usize)?;
        if page.dimensions() == (width, height) {
            page
        } else {
            imageops::resize(&page, width, height, imageops::FilterType::CatmullRom)
        }
    };
    write!(out, "P5\n{} {}\n255\n", page.width(), page.height())?;
    out.write_all(page.as_raw())
}

/// The pages of an image file.
pub(super) fn pages(image: &[u8]) -> io::Result<Vec<ImagePage>> {
    if !is_tiff(image) {
        let mut decoder = reader(image)?.into_decoder().map_err(failed)?;
        let (mut width, mut height) = decoder.dimensions();
        let turned = matches!(
            decoder.orientation(),
            Ok(Orientation::Rotate90
                | Orientation::Rotate270
                | Orientation::Rotate90FlipH
                | Orientation::Rotate270FlipH)
        );
        if turned {
            (width, height) = (height, width);
        }
        return Ok(vec![ImagePage { width, height, dpi: dpi(image) }]);
    }
    let mut decoder = tiff(image)?;
    let mut pages = Vec::new();
    loop {
        let (width, height) = decoder.dimensions().map_err(failed)?;
        pages.push(ImagePage { width, height, dpi: tiff_dpi(&mut decoder) });
        if !decoder.more_images() || pages.len() >= MAX_PAGES {
            return Ok(pages);
        }
        decoder.next_image().map_err(failed)?;
    }
}

pub(super) fn failed(why: impl ToString) -> io::Error {
    io::Error::other(why.to_string())
}

pub(super) fn is_pdf(document: &[u8]) -> bool {
    document[..document.len().min(1024)].windows(5).any(|w| w == b"%PDF-")
}

fn is_tiff(image: &[u8]) -> bool {
    image.starts_with(b"II*\0") || image.starts_with(b"MM\0*")
}

fn draw(document: Vec<u8>, index: usize, width: u32, height: u32) -> io::Result<GrayImage> {
    let pdf = Pdf::new(document).map_err(|e| failed(format!("{e:?}")))?;
    let page = pdf.pages().get(index).ok_or_else(|| failed("there is no such page"))?;
    let (points_wide, points_high) = page.render_dimensions();
    // Half a pixel is added so that rounding down never loses one.
    let scales = ((width as f32 + 0.5) / points_wide.max(1.0), (height as f32 + 0.5) / points_high.max(1.0));
    let drawn = pixels(page, scales);
    let (w, h) = (u32::from(drawn.width()), u32::from(drawn.height()));
    let pixels = drawn.data_as_u8_slice().chunks_exact(4).map(|p| luma(p[0], p[1], p[2])).collect();
    GrayImage::from_raw(w, h, pixels).ok_or_else(|| failed("the page has no pixels"))
}

/// A page in colour, with its width and height in points.
pub(super) fn draw_colours(document: Vec<u8>, index: usize, scale: f32) -> io::Result<(RgbImage, f32, f32)> {
    let pdf = Pdf::new(document).map_err(|e| failed(format!("{e:?}")))?;
    let page = pdf.pages().get(index).ok_or_else(|| failed("there is no such page"))?;
    let (width, height) = page.render_dimensions();
    let scale = scale.min(MAX_SIDE as f32 / width.max(height).max(1.0));
    let drawn = pixels(page, (scale, scale));
    let (w, h) = (u32::from(drawn.width()), u32::from(drawn.height()));
    let pixels = drawn.data_as_u8_slice().chunks_exact(4).flat_map(|p| [p[0], p[1], p[2]]).collect();
    let picture = RgbImage::from_raw(w, h, pixels).ok_or_else(|| failed("the page has no pixels"))?;
    Ok((picture, width, height))
}

/// A page's pixels, on an opaque white background.
fn pixels<'a>(page: &'a Page<'a>, (x_scale, y_scale): (f32, f32)) -> Pixmap {
    let settings = PixmapSettings { x_scale, y_scale, bg_color: WHITE };
    let (cache, look) = (RenderCache::new(), InterpreterSettings::default());
    render(page, &cache, &look, &RenderSettings::default(), &settings)
}

fn reader(image: &[u8]) -> io::Result<ImageReader<Cursor<&[u8]>>> {
    let mut reader = ImageReader::new(Cursor::new(image)).with_guessed_format()?;
    let mut limits = Limits::default();
    (limits.max_image_width, limits.max_image_height) = (Some(MAX_SIDE), Some(MAX_SIDE));
    reader.limits(limits);
    Ok(reader)
}

pub(super) fn decode(image: &[u8], index: usize) -> io::Result<GrayImage> {
    if is_tiff(image) {
        let mut decoder = tiff(image)?;
        decoder.seek_to_image(index).map_err(failed)?;
        return tiff_page(&mut decoder);
    }
    let mut decoder = reader(image)?.into_decoder().map_err(failed)?;
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let mut page = DynamicImage::from_decoder(decoder).map_err(failed)?;
    page.apply_orientation(orientation);
    Ok(on_white(page))
}

/// Converts to greyscale; transparent areas become white.
fn on_white(page: DynamicImage) -> GrayImage {
    if !page.color().has_alpha() {
        return page.into_luma8();
    }
    let page = page.into_luma_alpha8();
    ImageBuffer::from_fn(page.width(), page.height(), |x, y| {
        let [grey, alpha] = page.get_pixel(x, y).0.map(u32::from);
        Luma([((grey * alpha + 255 * (255 - alpha)) / 255) as u8])
    })
}

/// The resolution in pixels per inch from the header of a PNG (pHYs) or JPEG (JFIF).
fn dpi(image: &[u8]) -> Option<f32> {
    const INCHES: f32 = 0.0254;
    const CENTIMETRES: f32 = 2.54;
    let head = &image[..image.len().min(4096)];
    let find = |what: &[u8]| head.windows(what.len()).position(|w| w == what);
    if image.starts_with(b"\x89PNG") {
        let at = find(b"pHYs")? + 4;
        let per_metre = u32::from_be_bytes(head.get(at..at + 4)?.try_into().ok()?);
        return (*head.get(at + 8)? == 1).then_some(per_metre as f32 * INCHES);
    }
    let at = find(b"JFIF\0")? + 7;
    let density = f32::from(u16::from_be_bytes(head.get(at + 1..at + 3)?.try_into().ok()?));
    match head.get(at)? {
        1 => Some(density),
        2 => Some(density * CENTIMETRES),
        _ => None,
    }
}

type Tiff<'a> = TiffDecoder<Cursor<&'a [u8]>>;

fn tiff(image: &[u8]) -> io::Result<Tiff<'_>> {
    let mut limits = decoder::Limits::default();
    limits.decoding_buffer_size = 400 << 20;
    Ok(TiffDecoder::new(Cursor::new(image)).map_err(failed)?.with_limits(limits))
}

fn tiff_dpi(decoder: &mut Tiff<'_>) -> Option<f32> {
    let density = decoder.get_tag(Tag::XResolution).ok()?;
    let density = match density {
        decoder::ifd::Value::Rational(n, d) => n as f32 / d.max(1) as f32,
        other => other.into_f32().ok()?,
    };
    let unit = decoder.get_tag_u32(Tag::ResolutionUnit).ok().unwrap_or(2);
    Some(if unit == u32::from(ResolutionUnit::Centimeter.to_u16()) { density * 2.54 } else { density })
}

fn tiff_page(decoder: &mut Tiff<'_>) -> io::Result<GrayImage> {
    let (width, height) = decoder.dimensions().map_err(failed)?;
    if width > MAX_SIDE || height > MAX_SIDE {
        return Err(failed("the image is larger than any page"));
    }
    let color = decoder.colortype().map_err(failed)?;
    let samples = match decoder.read_image().map_err(failed)? {
        DecodingResult::U8(v) => v,
        DecodingResult::U16(v) => v.into_iter().map(|s| (s >> 8) as u8).collect(),
        _ => return Err(failed("the image's sample format is not supported")),
    };
    let (w, h) = (width as usize, height as usize);
    let pixels: Vec<u8> = match color {
        // Below 8 bits, samples are packed, and each row starts at a byte boundary.
        ColorType::Gray(bits @ (1 | 2 | 4)) => {
            let (per_byte, most) = (8 / usize::from(bits), (1u16 << bits) - 1);
            let row = w.div_ceil(per_byte);
            let sample = |x: usize, y: usize| {
                let byte = samples.get(y * row + x / per_byte).copied().unwrap_or(255);
                let shift = 8 - usize::from(bits) * (x % per_byte + 1);
                (u16::from(byte >> shift) & most) * 255 / most
            };
            (0..h).flat_map(|y| (0..w).map(move |x| (x, y))).map(|(x, y)| sample(x, y) as u8).collect()
        }
        ColorType::Gray(_) => samples,
        ColorType::GrayA(_) => samples.chunks_exact(2).map(|p| p[0]).collect(),
        ColorType::RGB(_) | ColorType::YCbCr(_) => {
            samples.chunks_exact(3).map(|p| luma(p[0], p[1], p[2])).collect()
        }
        ColorType::RGBA(_) => samples.chunks_exact(4).map(|p| luma(p[0], p[1], p[2])).collect(),
        other => return Err(failed(format!("the colour type {other:?} is not supported"))),
    };
    GrayImage::from_raw(width, height, pixels).ok_or_else(|| failed("the image data is incomplete"))
}

/// ITU-R BT.601
fn luma(r: u8, g: u8, b: u8) -> u8 {
    ((u32::from(r) * 299 + u32::from(g) * 587 + u32::from(b) * 114 + 500) / 1000) as u8
}
