//! Classes of damage to encryption, with the 40-bit standard handler (RC4 and MD5) that they need.

use super::letter::{FREE, letter};
use super::writer::{Object, Pdf};
use super::{Hostile, LOCKED, RECORD, Row, each};

/// The first element of the letter's `/ID`.
const FILE_ID: [u8; 16] =
    [0x00, 0x11, 0x22, 0x33, 0x44, 0x55, 0x66, 0x77, 0x88, 0x99, 0xAA, 0xBB, 0xCC, 0xDD, 0xEE, 0xFF];

/// The standard padding of passwords.
const PADDING: [u8; 32] = [
    0x28, 0xBF, 0x4E, 0x5E, 0x4E, 0x75, 0x8A, 0x41, 0x64, 0x00, 0x4E, 0x56, 0xFF, 0xFA, 0x01, 0x08, 0x2E,
    0x2E, 0x00, 0xB6, 0xD0, 0x68, 0x3E, 0x80, 0x2F, 0x0C, 0xA9, 0xFE, 0x64, 0x53, 0x69, 0x7A,
];

/// Files with an encryption dictionary, right or wrong.
pub(super) fn classes() -> Vec<Hostile> {
    [
        each(PASSWORDS, |(user, owner)| encrypted(user, owner)),
        each(DICTIONARIES, |dictionary| with_encrypt("11 0 R").set(FREE, dictionary).build()),
        each(REFERENCES, |reference| with_encrypt(reference).build()),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// The passwords of the user and of the owner.
const PASSWORDS: &[Row<(&[u8], &[u8])>] = &[
    ("encrypted-with-password", &["encrypted"], (b"marl", b"brook")),
    ("encrypted-with-empty-user-password", &["record", "encrypted"], (b"", b"brook")),
];

/// The letter that claims to be encrypted but is not.
fn with_encrypt(reference: &str) -> Pdf {
    let mut pdf = letter();
    pdf.trailer.push_str(&format!(" /Encrypt {reference}"));
    pdf
}

/// Encryption dictionaries of a letter that is not encrypted.
const DICTIONARIES: &[Row<&str>] = &[
    ("encrypt-dict-empty", LOCKED, "<< >>"),
    ("encrypt-dict-unknown-handler", LOCKED, "<< /Filter /Nobody.Knows /V 1 /R 2 /O (o) /U (u) /P -4 >>"),
    ("encrypt-dict-absurd-version", LOCKED, "<< /Filter /Standard /V 99 /R 99 /O (o) /U (u) /P -4 >>"),
    ("encrypt-dict-short-keys", LOCKED, "<< /Filter /Standard /V 1 /R 2 /O (o) /U () /P -4 >>"),
    (
        "encrypt-dict-negative-length",
        LOCKED,
        "<< /Filter /Standard /V 2 /R 3 /Length -2147483648 /O (oooooooooooooooooooooooooooooooo) /U \
         (uuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuu) /P -4 >>",
    ),
    (
        "encrypt-dict-huge-length",
        LOCKED,
        "<< /Filter /Standard /V 2 /R 3 /Length 4294967288 /O (oooooooooooooooooooooooooooooooo) /U \
         (uuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuu) /P 99999999999999999999 >>",
    ),
    (
        "encrypt-dict-wrong-types",
        LOCKED,
        "<< /Filter 12 /V (one) /R [2] /Length /Long /O 1 /U null /P true /CF 7 /StmF 3 >>",
    ),
    (
        "encrypt-dict-crypt-filter-missing",
        LOCKED,
        "<< /Filter /Standard /V 5 /R 6 /Length 256 /StmF /Gone /StrF /Gone /CF << >> /O (o) /U (u) /OE (e) /UE \
         (e) /Perms (p) /P -4 >>",
    ),
    ("encrypt-dict-refers-to-itself", LOCKED, "11 0 R"),
];

/// The trailer's reference to the encryption dictionary.
const REFERENCES: &[Row<&str>] =
    &[("encrypt-null", RECORD, "null"), ("encrypt-object-missing", LOCKED, "4711 0 R")];

/// The letter, encrypted with a 40-bit key.
fn encrypted(user: &[u8], owner: &[u8]) -> Vec<u8> {
    let owner_key = rc4(&md5(&padded(owner))[..5], &padded(user));
    let permissions = -4i32;
    let mut seed = padded(user).to_vec();
    seed.extend_from_slice(&owner_key);
    seed.extend_from_slice(&permissions.to_le_bytes());
    seed.extend_from_slice(&FILE_ID);
    let key = md5(&seed)[..5].to_vec();
    let user_key = rc4(&key, &PADDING);

    let mut pdf: Pdf = letter();
    for (id, object) in &mut pdf.objects {
        if let Object::Stream(_, data) = object {
            *data = rc4(&object_key(&key, *id), data);
        }
    }
    // Strings are encrypted too; the title is the only one left.
    pdf.set(1, "<< /Type /Catalog /Pages 2 0 R >>");
    let title = rc4(&object_key(&key, 10), b"Focused visit to Marlbrook");
    pdf.set(10, format!("<< /Title <{}> >>", hex(&title)));
    pdf.set(
        FREE,
        format!(
            "<< /Filter /Standard /V 1 /R 2 /O <{}> /U <{}> /P {permissions} >>",
            hex(&owner_key),
            hex(&user_key)
        ),
    );
    pdf.trailer.push_str(" /Encrypt 11 0 R");
    pdf.build()
}

/// The key of one object of generation 0.
fn object_key(key: &[u8], id: u32) -> Vec<u8> {
    let mut seed = key.to_vec();
    seed.extend_from_slice(&id.to_le_bytes()[..3]);
    seed.extend_from_slice(&[0, 0]);
    md5(&seed)[..10].to_vec()
}

/// A password padded to 32 bytes.
fn padded(password: &[u8]) -> [u8; 32] {
    let mut out = [0; 32];
    let all = password.iter().chain(&PADDING);
    out.iter_mut().zip(all).for_each(|(to, from)| *to = *from);
    out
}

/// Bytes in hexadecimal.
fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02X}")).collect()
}

/// RC4, which encrypts and decrypts alike.
fn rc4(key: &[u8], data: &[u8]) -> Vec<u8> {
    let mut state: [u8; 256] = std::array::from_fn(|n| n as u8);
    let mut j = 0u8;
    for i in 0..256 {
        j = j.wrapping_add(state[i]).wrapping_add(key[i % key.len()]);
        state.swap(i, usize::from(j));
    }
    let (mut i, mut j) = (0u8, 0u8);
    let mut next = || {
        i = i.wrapping_add(1);
        j = j.wrapping_add(state[usize::from(i)]);
        state.swap(usize::from(i), usize::from(j));
        state[usize::from(state[usize::from(i)].wrapping_add(state[usize::from(j)]))]
    };
    data.iter().map(|byte| byte ^ next()).collect()
}

/// MD5 (RFC 1321).
fn md5(data: &[u8]) -> [u8; 16] {
    const SHIFTS: [[u32; 4]; 4] = [[7, 12, 17, 22], [5, 9, 14, 20], [4, 11, 16, 23], [6, 10, 15, 21]];
    let constants: [u32; 64] =
        std::array::from_fn(|n| (((n + 1) as f64).sin().abs() * 4_294_967_296.0) as u32);
    let mut message = data.to_vec();
    message.push(0x80);
    while message.len() % 64 != 56 {
        message.push(0);
    }
    message.extend_from_slice(&(data.len() as u64 * 8).to_le_bytes());

    let mut state: [u32; 4] = [0x6745_2301, 0xEFCD_AB89, 0x98BA_DCFE, 0x1032_5476];
    for block in message.chunks_exact(64) {
        let words: [u32; 16] = std::array::from_fn(|n| {
            u32::from_le_bytes([block[n * 4], block[n * 4 + 1], block[n * 4 + 2], block[n * 4 + 3]])
        });
        let [mut a, mut b, mut c, mut d] = state;
        for n in 0..64 {
            let (mix, word) = match n / 16 {
                0 => ((b & c) | (!b & d), n),
                1 => ((d & b) | (!d & c), (5 * n + 1) % 16),
                2 => (b ^ c ^ d, (3 * n + 5) % 16),
                _ => (c ^ (b | !d), 7 * n % 16),
            };
            let sum = a.wrapping_add(mix).wrapping_add(constants[n]).wrapping_add(words[word]);
            (a, d, c) = (d, c, b);
            b = b.wrapping_add(sum.rotate_left(SHIFTS[n / 16][n % 4]));
        }
        for (total, part) in state.iter_mut().zip([a, b, c, d]) {
            *total = total.wrapping_add(part);
        }
    }
    let mut out = [0; 16];
    out.chunks_exact_mut(4).zip(state).for_each(|(to, word)| to.copy_from_slice(&word.to_le_bytes()));
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn md5_and_rc4_give_the_published_values() {
        assert_eq!(hex(&md5(b"")), "D41D8CD98F00B204E9800998ECF8427E");
        assert_eq!(hex(&md5(b"message digest")), "F96B697D7CB7938D525A2F31AAF161D0");
        assert_eq!(hex(&rc4(b"Key", b"Plaintext")), "BBF316E8D940AF0AD3");
    }
}
