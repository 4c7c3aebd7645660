//! Identifiers with a form that can be checked: DOI, PMID, PMCID, ISBN, ORCID, ICD-10-CM, MeSH.

/// The DOI without a resolver's address before it, or `None` where it has not the form `10.…/…`.
pub fn doi(text: &str) -> Option<String> {
    let text = text.trim();
    let lower = text.to_ascii_lowercase();
    let prefixes =
        ["https://doi.org/", "http://doi.org/", "https://dx.doi.org/", "http://dx.doi.org/", "doi:"];
    let length = prefixes.iter().find(|prefix| lower.starts_with(**prefix)).map_or(0, |prefix| prefix.len());
    let doi = text[length..].trim();
    let (registrant, name) = doi.strip_prefix("10.")?.split_once('/')?;
    let registrant_fits = (4..=9).contains(&registrant.split('.').next()?.len())
        && registrant.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    let name_fits = !name.is_empty() && !name.chars().any(|c| c.is_whitespace() || c.is_control());
    (registrant_fits && name_fits).then(|| doi.to_owned())
}

/// The PubMed identifier: one to eight digits, not starting with zero.
pub fn pmid(text: &str) -> Option<String> {
    let digits = text.trim();
    let fits = (1..=8).contains(&digits.len())
        && digits.bytes().all(|byte| byte.is_ascii_digit())
        && !digits.starts_with('0');
    fits.then(|| digits.to_owned())
}

/// The PubMed Central identifier, with `PMC` before its digits.
pub fn pmcid(text: &str) -> Option<String> {
    let text = text.trim();
    let digits = text.strip_prefix("PMC").unwrap_or(text);
    let fits = (1..=9).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
    fits.then(|| format!("PMC{digits}"))
}

/// The ISBN without hyphens, where its check digit is right.
pub fn isbn(text: &str) -> Option<String> {
    let digits: String = text.trim().chars().filter(|c| !matches!(c, '-' | ' ')).collect();
    let value = |byte: u8| match byte {
        b'0'..=b'9' => Some(u32::from(byte - b'0')),
        b'X' | b'x' => Some(10),
        _ => None,
    };
    let values: Vec<u32> = digits.bytes().map(value).collect::<Option<_>>()?;
    let only_last_is_ten = values.iter().rev().skip(1).all(|&value| value < 10);
    let fits = match values.len() {
        10 => {
            only_last_is_ten
                && (1u32..=10).rev().zip(&values).map(|(weight, value)| weight * value).sum::<u32>() % 11 == 0
        }
        13 => {
            values.iter().all(|&value| value < 10)
                && values
                    .iter()
                    .zip([1, 3].into_iter().cycle())
                    .map(|(value, weight)| value * weight)
                    .sum::<u32>()
                    % 10
                    == 0
        }
        _ => false,
    };
    fits.then(|| digits.to_ascii_uppercase())
}

/// The ORCID identifier in four groups, where its check digit (ISO 7064, 11-2) is right.
pub fn orcid(text: &str) -> Option<String> {
    let text = text.trim();
    let text = text.strip_prefix("https://orcid.org/").unwrap_or(text);
    let groups: Vec<&str> = text.split('-').collect();
    if groups.len() != 4 || groups.iter().any(|group| group.len() != 4) {
        return None;
    }
    let digits: Vec<u8> = text.bytes().filter(|&byte| byte != b'-').collect();
    let (&last, first) = digits.split_last()?;
    let mut total = 0;
    for digit in first {
        let value = digit.is_ascii_digit().then(|| u32::from(digit - b'0'))?;
        total = (total + value) * 2 % 11;
    }
    let check = (12 - total) % 11;
    let fits = match last {
        b'X' => check == 10,
        b'0'..=b'9' => check == u32::from(last - b'0'),
        _ => false,
    };
    fits.then(|| text.to_owned())
}

/// Whether the text has the form of an ICD-10-CM code, which all 95,358 codes of January 2021 have: `M54.2`, `M22.2X1`.
pub fn icd10(text: &str) -> bool {
    let is_name = |byte: u8| byte.is_ascii_uppercase() || byte.is_ascii_digit();
    let (category, rest) = text.split_once('.').unwrap_or((text, "0"));
    let fits = matches!(category.as_bytes(), [letter, digit, third]
        if letter.is_ascii_uppercase() && digit.is_ascii_digit()
            && (third.is_ascii_digit() || matches!(third, b'A' | b'B')));
    fits && (1..=4).contains(&rest.len()) && rest.bytes().all(is_name)
}

/// Whether the text has the form of a MeSH descriptor's identifier: `D` and six digits, or nine.
pub fn mesh(text: &str) -> bool {
    let digits = text.strip_prefix('D').unwrap_or_default();
    matches!(digits.len(), 6 | 9) && digits.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether the text is an `http` or `https` address with a host and without spaces.
pub fn is_web_address(text: &str) -> bool {
    let lower = text.get(..8).unwrap_or(text).to_ascii_lowercase();
    let rest = if lower.starts_with("https://") {
        &text[8..]
    } else if lower.starts_with("http://") {
        &text[7..]
    } else {
        return false;
    };
    !rest.starts_with('/')
        && !rest.is_empty()
        && !text.chars().any(|c| c.is_whitespace() || c.is_control() || matches!(c, '<' | '>' | '"' | '\\'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dois_are_bared_and_checked() {
        assert_eq!(doi("https://doi.org/10.2519/jospt.2013.4668").unwrap(), "10.2519/jospt.2013.4668");
        assert_eq!(doi("doi: 10.1000/a(b)c").unwrap(), "10.1000/a(b)c");
        for wrong in ["10.2519", "10.25/x", "11.2519/x", "10.2519/", "10.2519/a b", "", "doi:"] {
            assert_eq!(doi(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn check_digits_are_computed() {
        assert!(isbn("978-0-306-40615-7").is_some() && isbn("0-306-40615-2").is_some());
        assert!(isbn("0-8044-2957-X").is_some());
        assert!(
            isbn("978-0-306-40615-8").is_none() && isbn("0-306-40615-3").is_none() && isbn("é").is_none()
        );
        assert!(
            orcid("0000-0002-1825-0097").is_some()
                && orcid("https://orcid.org/0000-0002-1694-233X").is_some()
        );
        assert!(orcid("0000-0002-1825-0098").is_none() && orcid("0000-0002-1825").is_none());
        assert!(pmid("23885312").is_some() && pmid("0123").is_none() && pmid("123456789").is_none());
        assert_eq!(pmcid("4457090").unwrap(), "PMC4457090");
    }

    #[test]
    fn only_web_addresses_are_web_addresses() {
        assert!(is_web_address("https://example.org/a?b#c") && is_web_address("HTTP://a"));
        for wrong in
            ["javascript:alert(1)", "https://", "https:///x", "//a", "https://a b", "é://x", "httpsé"]
        {
            assert!(!is_web_address(wrong), "{wrong}");
        }
    }
}
