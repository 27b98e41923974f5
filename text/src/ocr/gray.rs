//! A page in greyscale.

/// The amount of ink in each pixel, from 0 to [`FULL`], row by row.
pub(super) struct Gray {
    pub width: usize,
    pub height: usize,
    ink: Vec<u8>,
}

/// A pixel that is all ink.
pub(super) const FULL: u8 = 255;

impl Gray {
    /// Reads a binary PGM with 8 bits per pixel, as the worker writes it.
    pub fn from_pgm(bytes: &[u8]) -> Option<Self> {
        let mut at = 0;
        let mut word = || {
            let from = at + bytes.get(at..)?.iter().position(|b| !b.is_ascii_whitespace())?;
            at = from + bytes.get(from..)?.iter().position(u8::is_ascii_whitespace)?;
            std::str::from_utf8(bytes.get(from..at)?).ok()
        };
        if word()? != "P5" {
            return None;
        }
        let (width, height): (usize, usize) = (word()?.parse().ok()?, word()?.parse().ok()?);
        (word()? == "255").then_some(())?;
        let pixels = bytes.get(at + 1..)?.get(..width.checked_mul(height)?)?;
        let (paper, ink) = paper_and_ink(pixels);
        let of_grey: Vec<u8> = (0..=255u8)
            .map(|grey| {
                let share = (paper - f32::from(grey)) / (paper - ink).max(1.0);
                (share.clamp(0.0, 1.0) * f32::from(FULL)).round() as u8
            })
            .collect();
        Some(Self { width, height, ink: pixels.iter().map(|p| of_grey[usize::from(*p)]).collect() })
    }

    /// The ink of part of a row; pixels outside the page are left out.
    pub fn row(&self, y: usize, from: usize, to: usize) -> &[u8] {
        if y >= self.height {
            return &[];
        }
        let (from, to) = (from.min(self.width), to.min(self.width));
        let begin = y * self.width;
        self.ink.get(begin + from..begin + to.max(from)).unwrap_or_default()
    }
}

/// The mean greys of paper and ink, separated by Otsu's threshold.
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
        assert_eq!(gray.row(0, 0, 9), [0, 0, 0, FULL]);
        assert_eq!(gray.row(1, 2, 4).len(), 2);
        assert!((80..220).contains(&gray.row(1, 2, 3)[0]));
        assert!(gray.row(2, 0, 4).is_empty());
        assert!(Gray::from_pgm(b"P5\n4 2\n255\nabc").is_none(), "too short");
    }
}
