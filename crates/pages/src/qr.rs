//! Codes to be scanned, as SVG: QR codes of any text, and bar codes (Code 128, set C) of digits.
//!
//! Pure functions of their text. The SVG stands in the page itself: no file, no raster, no inline style. It has no size
//! of its own, so that the page's sheet sets it (`.qr`, `.barcode`), and it is black on white with its quiet zone in
//! light and dark, because a camera needs it so.

use crate::plain;
use qrcodegen::{QrCode, QrCodeEcc};
use std::fmt::Write as _;

/// White modules around a QR code (ISO/IEC 18004).
const QR_QUIET: i32 = 4;
/// White modules on both sides of a bar code (ISO/IEC 15417).
const BAR_QUIET: u32 = 10;
/// Height of the bars in modules: wide enough for a hand-held scanner, low enough for a phone.
const BAR_HEIGHT: u32 = 40;

/// Why a text has no code. Always a mistake of ours: what is shown as a code is made by the wallet.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum CodeError {
    /// More than the largest QR code holds (2,331 bytes).
    #[error("too long for a QR code")]
    TooLong,
    /// Not an even number of the digits 0 to 9, at least two of them.
    #[error("a bar code needs an even number of digits")]
    Digits,
}

/// A QR code of `text`, with medium error correction or better where that costs no room.
///
/// `<svg class="qr" role="img" aria-label="…">`, a square; `label` says to a screen reader what one gets by scanning
/// it. Safe to embed: nothing of `text` is in the result but its picture, and `label` is escaped.
///
/// # Errors
/// [`CodeError::TooLong`].
pub fn qr_svg(text: &str, label: &str) -> Result<String, CodeError> {
    let code = QrCode::encode_text(text, QrCodeEcc::Medium).map_err(|_| CodeError::TooLong)?;
    let mut path = String::new();
    for y in 0..code.size() {
        let mut x = 0;
        while x < code.size() {
            let mut run = 0;
            // Beyond the edge every module is light.
            while code.get_module(x + run, y) {
                run += 1;
            }
            if run > 0 {
                let _ = write!(path, "M{} {}h{run}v1h-{run}z", x + QR_QUIET, y + QR_QUIET);
            }
            // The light module that ended the run is stepped over with it.
            x += run + 1;
        }
    }
    let side = (code.size() + 2 * QR_QUIET).unsigned_abs();
    Ok(svg("class=\"qr\"", (side, side), label, &path))
}

/// A bar code of `digits`: Code 128, set C, two digits in each symbol.
///
/// `<svg class="barcode" role="img" aria-label="…">`, wider than high; it may be stretched. Safe to embed as [`qr_svg`].
///
/// # Errors
/// [`CodeError::Digits`].
pub fn barcode_svg(digits: &str, label: &str) -> Result<String, CodeError> {
    let mut path = String::new();
    let mut x = BAR_QUIET;
    for symbol in symbols(digits)? {
        let widths = if symbol == STOP { STOP_WIDTHS } else { WIDTHS.get(symbol).ok_or(CodeError::Digits)? };
        for (place, width) in widths.bytes().map(|digit| u32::from(digit - b'0')).enumerate() {
            if place % 2 == 0 {
                let _ = write!(path, "M{x} 0h{width}v{BAR_HEIGHT}h-{width}z");
            }
            x += width;
        }
    }
    Ok(svg("class=\"barcode\" preserveAspectRatio=\"none\"", (x + BAR_QUIET, BAR_HEIGHT), label, &path))
}

fn svg(attributes: &str, (width, height): (u32, u32), label: &str, path: &str) -> String {
    let label = escaped(&plain::line(label));
    format!(
        "<svg {attributes} role=\"img\" aria-label=\"{label}\" viewBox=\"0 0 {width} {height}\" \
         shape-rendering=\"crispEdges\" focusable=\"false\"><path fill=\"#fff\" d=\"M0 0h{width}v{height}H0z\"/>\
         <path fill=\"#000\" d=\"{path}\"/></svg>"
    )
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// Start in set C, the pairs, the check symbol, stop.
fn symbols(digits: &str) -> Result<Vec<usize>, CodeError> {
    let bytes = digits.as_bytes();
    if bytes.is_empty() || !bytes.len().is_multiple_of(2) || !bytes.iter().all(u8::is_ascii_digit) {
        return Err(CodeError::Digits);
    }
    let mut symbols = vec![START_C];
    symbols.extend(bytes.chunks_exact(2).map(|pair| usize::from(pair[0] - b'0') * 10 + usize::from(pair[1] - b'0')));
    // Weights begin with 1 at the start symbol and again at the first pair.
    let sum: usize = symbols.iter().enumerate().map(|(place, symbol)| place.max(1) * symbol).sum();
    symbols.extend([sum % CHECK, STOP]);
    Ok(symbols)
}

const START_C: usize = 105;
const STOP: usize = 106;
/// What the check symbol is counted by.
const CHECK: usize = 103;
/// The stop symbol has a bar more than the others.
const STOP_WIDTHS: &str = "2331112";
/// Widths of bars and spaces in turn, by symbol.
#[rustfmt::skip]
const WIDTHS: [&str; 106] = [
    "212222", "222122", "222221", "121223", "121322", "131222", "122213", "122312", "132212", "221213",
    "221312", "231212", "112232", "122132", "122231", "113222", "123122", "123221", "223211", "221132",
    "221231", "213212", "223112", "312131", "311222", "321122", "321221", "312212", "322112", "322211",
    "212123", "212321", "232121", "111323", "131123", "131321", "112313", "132113", "132311", "211313",
    "231113", "231311", "112133", "112331", "132131", "113123", "113321", "133121", "313121", "211331",
    "231131", "213113", "213311", "213131", "311123", "311321", "331121", "312113", "312311", "332111",
    "314111", "221411", "431111", "111224", "111422", "121124", "121421", "141122", "141221", "112214",
    "112412", "122114", "122411", "142112", "142211", "241211", "221114", "413111", "241112", "134111",
    "111242", "121142", "121241", "114212", "124112", "124211", "411212", "421112", "421211", "212141",
    "214121", "412121", "111143", "111341", "131141", "114113", "114311", "411113", "411311", "113141",
    "114131", "311141", "411131", "211412", "211214", "211232",
];

#[cfg(test)]
mod tests {
    use super::{CodeError, STOP_WIDTHS, WIDTHS, barcode_svg, qr_svg, symbols};
    use std::collections::BTreeSet;

    #[test]
    fn every_symbol_is_eleven_modules_wide_with_an_even_number_of_black_ones() {
        for widths in WIDTHS {
            let parts: Vec<u32> = widths.bytes().map(|digit| u32::from(digit - b'0')).collect();
            assert_eq!(parts.iter().sum::<u32>(), 11, "{widths}");
            assert_eq!(parts.iter().step_by(2).sum::<u32>() % 2, 0, "{widths}");
        }
        assert_eq!(BTreeSet::from(WIDTHS).len(), WIDTHS.len());
        assert_eq!(STOP_WIDTHS.bytes().map(|digit| u32::from(digit - b'0')).sum::<u32>(), 13);
    }

    #[test]
    fn the_check_symbol_weighs_each_pair_by_its_place() {
        // 105 + 1·12 + 2·34 + 3·56 = 353, and 353 = 3·103 + 44.
        assert_eq!(symbols("123456"), Ok(vec![105, 12, 34, 56, 44, 106]));
    }

    #[test]
    fn a_payment_code_fills_eleven_symbols_the_stop_and_two_quiet_zones() {
        let svg = barcode_svg("281234567890123456", "Payment code").expect("digits");
        assert!(svg.contains("viewBox=\"0 0 154 40\""), "{svg}");
        assert_eq!(svg.matches("h-").count(), 11 * 3 + 4);
    }

    #[test]
    fn only_pairs_of_western_digits_make_a_bar_code() {
        for wrong in ["", "1", "123", "12a4", "١٢", "1 2 "] {
            assert_eq!(barcode_svg(wrong, ""), Err(CodeError::Digits), "{wrong}");
        }
    }

    #[test]
    fn a_qr_code_begins_with_a_finder_inside_its_quiet_zone() {
        let svg = qr_svg("HELLO", "A word").expect("short");
        assert!(svg.contains("viewBox=\"0 0 29 29\""), "{svg}");
        assert!(svg.contains("d=\"M4 4h7v1h-7z") && svg.contains("M18 4h7v1h-7z"), "{svg}");
    }

    #[test]
    fn a_label_is_escaped_and_the_text_is_only_in_the_picture() {
        let svg = qr_svg("<script>", "\"><b>\u{202E}").expect("short");
        assert!(svg.contains("aria-label=\"&quot;&gt;&lt;b&gt;\"") && !svg.contains("script"), "{svg}");
    }

    #[test]
    fn what_no_code_holds_is_refused() {
        assert!(qr_svg(&"a".repeat(2_331), "").is_ok());
        assert_eq!(qr_svg(&"a".repeat(2_332), ""), Err(CodeError::TooLong));
    }
}
