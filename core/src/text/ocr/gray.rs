//! A page in grey.

/// Pixels in rows, 0 black, 255 white.
pub(super) struct Gray {
    pub width: usize,
    pub height: usize,
    pixels: Vec<u8>,
    /// The grey of the paper and of the ink.
    paper: f32,
    ink: f32,
}

impl Gray {
    /// Of a binary PGM with 8 bits a pixel, as the worker writes it.
    pub fn from_pgm(bytes: &[u8]) -> Option<Self> {
        let mut at = 0;
        let mut word = || {
            let from = at + bytes.get(at..)?.iter().position(|b| !b.is_ascii_whitespace())?;
            at = from + bytes[from..].iter().position(u8::is_ascii_whitespace)?;
            std::str::from_utf8(&bytes[from..at]).ok()
        };
        if word()? != "P5" {
            return None;
        }
        let (width, height): (usize, usize) = (word()?.parse().ok()?, word()?.parse().ok()?);
        (word()? == "255").then_some(())?;
        let pixels = bytes.get(at + 1..)?.get(..width.checked_mul(height)?)?.to_vec();
        let (paper, ink) = paper_and_ink(&pixels);
        Some(Self { width, height, pixels, paper, ink })
    }

    /// How much of a pixel is ink, 0 to 1. Outside the page there is none.
    pub fn ink(&self, x: usize, y: usize) -> f32 {
        if x >= self.width || y >= self.height {
            return 0.0;
        }
        let grey = f32::from(self.pixels[y * self.width + x]);
        ((self.paper - grey) / (self.paper - self.ink).max(1.0)).clamp(0.0, 1.0)
    }
}

/// The means on both sides of the threshold that divides the greys best (Otsu's method).
fn paper_and_ink(pixels: &[u8]) -> (f32, f32) {
    let mut histogram = [0u32; 256];
    for p in pixels {
        histogram[usize::from(*p)] += 1;
    }
    let total: f64 = pixels.len() as f64;
    let sum: f64 = histogram.iter().enumerate().map(|(g, n)| g as f64 * f64::from(*n)).sum();
    let (mut count, mut dark, mut best) = (0.0, 0.0, (-1.0, 255.0, 0.0));
    for (g, n) in histogram.iter().enumerate() {
        count += f64::from(*n);
        dark += g as f64 * f64::from(*n);
        if count == 0.0 || count == total {
            continue;
        }
        let (low, high) = (dark / count, (sum - dark) / (total - count));
        let between = count * (total - count) * (high - low) * (high - low);
        if between > best.0 {
            best = (between, high, low);
        }
    }
    (best.1 as f32, best.2 as f32)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ink_is_told_from_grey_paper() {
        let mut pgm = b"P5\n4 2\n255\n".to_vec();
        pgm.extend([230, 230, 230, 30, 230, 230, 130, 30]);
        let gray = Gray::from_pgm(&pgm).unwrap();
        let row = |y| (0..5).map(|x| (gray.ink(x, y) * 10.0) as u8).collect::<Vec<_>>();
        assert_eq!(row(0), [0, 0, 0, 10, 0]);
        assert!(row(1)[2] > 3 && row(1)[2] < 9);
        assert!(Gray::from_pgm(b"P5\n4 2\n255\nabc").is_none(), "too short");
    }
}
