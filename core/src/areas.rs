//! Local authorities of England: their names and identifiers, from public registers.

use std::collections::HashMap;
use std::sync::OnceLock;

use serde::Deserialize;

use crate::alike::edit_distance;
use crate::cut::Cut;
use crate::grammar::Date;

const TABLE: &str = include_str!("../data/local-authorities.csv");
const BODIES: &str = include_str!("../data/bodies.csv");

/// The source that evidence names for values looked up in this table.
pub const SOURCE: &str = "local-authorities.csv (ONS, DfE and Ofsted registers)";

/// A local authority with children's services.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Area {
    /// Its name in the registers.
    pub name: String,
    /// The short name in common use; unique for each area.
    pub short: String,
    aliases: String,
    /// The ONS's code.
    pub ons: Option<String>,
    /// The Department for Education's code.
    pub dfe: Option<String>,
    /// Ofsted's reference.
    pub ofsted_urn: Option<String>,
    /// Its region.
    pub region: Option<String>,
    /// What kind of authority it is: "London Borough", "County".
    pub kind: Option<String>,
    valid_to: Option<String>,
    became: String,
}

impl Area {
    /// For a former authority, the last day of its existence.
    pub fn valid_to(&self) -> Option<Date> {
        self.valid_to.as_deref().and_then(Date::from_iso)
    }

    /// The same authority as it is today: its code may have changed while its name stayed. `None` if it was abolished.
    pub fn today(&self) -> Option<&'static Area> {
        let stayed = self.valid_to.is_none() || self.became == self.short;
        stayed.then(|| in_force(table().by_key.get(&key(&self.short))?, None)).flatten()
    }

    /// The authorities that took over from an abolished one.
    pub fn successors(&self) -> impl Iterator<Item = &'static Area> + '_ {
        let taken_over = self.became.split(';').filter(|name| !name.is_empty() && *name != self.short);
        taken_over.filter_map(|name| resolve(name, None))
    }

    fn was_there(&self, on: Option<Date>) -> bool {
        match (self.valid_to(), on) {
            (None, _) => true,
            (Some(end), Some(on)) => on <= end,
            (Some(_), None) => false,
        }
    }
}

struct Table {
    areas: Vec<Area>,
    by_key: HashMap<String, Vec<usize>>,
}

fn table() -> &'static Table {
    static TABLE_ONCE: OnceLock<Table> = OnceLock::new();
    TABLE_ONCE.get_or_init(|| {
        let mut reader = csv::Reader::from_reader(TABLE.as_bytes());
        let areas: Vec<Area> = reader.deserialize().collect::<Result<_, _>>().unwrap_or_default();
        let mut by_key: HashMap<String, Vec<usize>> = HashMap::new();
        for (i, a) in areas.iter().enumerate() {
            let names = [a.name.as_str(), a.short.as_str()].into_iter().chain(a.aliases.split(';'));
            for name in names.filter(|n| !n.is_empty()) {
                let at = by_key.entry(key(name)).or_default();
                if !at.contains(&i) {
                    at.push(i);
                }
            }
        }
        Table { areas, by_key }
    })
}

/// Every authority, former ones last.
pub fn all() -> &'static [Area] {
    &table().areas
}

/// A company or trust that runs services for areas.
#[derive(Debug, Deserialize)]
struct Body {
    body: String,
    areas: String,
}

/// The trusts and companies that run councils' services: each name as [`key`] gives it, with the names of its areas.
fn bodies() -> &'static Vec<(String, Vec<String>)> {
    static BODIES_ONCE: OnceLock<Vec<(String, Vec<String>)>> = OnceLock::new();
    BODIES_ONCE.get_or_init(|| {
        let mut reader = csv::Reader::from_reader(BODIES.as_bytes());
        let rows = reader.deserialize::<Body>().filter_map(Result::ok);
        rows.map(|b| (key(&b.body), b.areas.split(';').map(str::to_owned).collect())).collect()
    })
}

/// The listed trust or company whose name occurs in `printed`; the longest if several do. Both are in the form of
/// [`key`].
fn known_body(printed: &str) -> Option<&'static (String, Vec<String>)> {
    let holds = |name: &str| format!(" {printed} ").contains(&format!(" {name} "));
    bodies().iter().filter(|(body, _)| holds(body)).max_by_key(|(body, _)| body.len())
}

/// The authority for which a trust or company runs services. If it serves several: a former one that still existed on
/// the day, else the one that the printed name mentions ("Achieving for Children, Richmond").
///
/// "Slough Children First"; "Birmingham Children's Trust"
fn of_body(printed: &str, (body, names): &(String, Vec<String>), on: Option<Date>) -> Option<&'static Area> {
    let areas: Vec<&'static Area> =
        names.iter().filter_map(|n| resolve(n, on)).filter(|a| a.was_there(on)).collect();
    let rest = printed.replace(body.as_str(), " ");
    let told = |a: &&&Area| {
        let short = key(&a.short);
        short.split(' ').next().is_some_and(|first| rest.split_whitespace().any(|w| w == first))
    };
    // A successor does not exist before the day on which its predecessor ended.
    let former = areas.iter().find(|a| a.valid_to.is_some());
    match areas.as_slice() {
        [one] => Some(one),
        several => former.or_else(|| several.iter().find(told)).copied(),
    }
}

/// Whether a name is that of a trust or company that runs a council's services, judged by its wording or by the list.
pub fn is_body(name: &str) -> bool {
    let key = key(name);
    let known = bodies().iter().any(|(body, _)| key.contains(body.as_str()));
    known
        || ["trust", "childrens trust", "children first"].iter().any(|end| key.ends_with(&format!(" {end}")))
}

/// The authority that a name stands for, as it was on a day.
///
/// Differences in case, "&", "St.", "the" and a council's style ("London Borough of X", "X County Council") are
/// ignored; so are one or two wrong letters, if no other area is as close. If two authorities share a name, the one in
/// force on the day is returned.
///
/// ```
/// let wigan = findings_core::areas::resolve("Wigan Metropolitan Borough Council", None).unwrap();
/// assert_eq!(wigan.ons.as_deref(), Some("E08000010"));
/// ```
pub fn resolve(name: &str, on: Option<Date>) -> Option<&'static Area> {
    resolve_exact(name, on).or_else(|| {
        // A trust that serves several areas must not be matched to an area whose name happens to resemble its own.
        let of_several = known_body(&key(name)).is_some();
        in_force(nearest(&key(short_name(name))).filter(|_| !of_several)?, on)
    })
}

/// Like [`resolve`], but tolerates no wrong letters.
pub fn resolve_exact(name: &str, on: Option<Date>) -> Option<&'static Area> {
    let keys = [key(name), key(short_name(name))];
    let whole = table().by_key.get(&keys[0]);
    if let (None, Some(body)) = (whole, known_body(&keys[0])) {
        return of_body(&keys[0], body, on);
    }
    in_force(whole.or_else(|| table().by_key.get(&keys[1]))?, on)
}

/// Whether a text is an area's name and nothing else, apart from case and "&".
pub fn is_name(text: &str) -> bool {
    text.starts_with(char::is_uppercase) && table().by_key.contains_key(&key(text))
}

/// Whether two names are the same, apart from case, "&" and "the".
///
/// ```
/// use findings_core::areas::same_name;
///
/// assert!(same_name("Brighton and Hove", "Brighton & Hove"));
/// ```
pub fn same_name(a: &str, b: &str) -> bool {
    key(a) == key(b)
}

fn in_force(found: &[usize], on: Option<Date>) -> Option<&'static Area> {
    let areas = || found.iter().map(|i| &table().areas[*i]);
    let former = areas().filter(|a| a.valid_to.is_some() && a.was_there(on)).min_by_key(|a| a.valid_to());
    former.or_else(|| areas().find(|a| a.valid_to.is_none())).or_else(|| areas().next())
}

/// The only area whose name differs by at most one or two letters (depending on its length).
fn nearest(key: &str) -> Option<&'static Vec<usize>> {
    let allowed = match key.chars().count() {
        0..=5 => return None,
        6..=9 => 1,
        _ => 2,
    };
    let mut best: Option<(usize, &Vec<usize>)> = None;
    let mut ambiguous = false;
    for (other, found) in &table().by_key {
        let d = edit_distance(key, other, allowed);
        if d > allowed {
            continue;
        }
        match best {
            Some((b, f)) if d > b || (d == b && f == found) => {}
            Some((b, _)) if d == b => ambiguous = true,
            _ => {
                best = Some((d, found));
                ambiguous = false;
            }
        }
    }
    best.filter(|_| !ambiguous).map(|(_, f)| f)
}

/// The form in which names are compared: lower-case letters and digits, single spaces, without "and" and "the".
fn key(name: &str) -> String {
    let plain: String = name
        .chars()
        .filter(|c| !matches!(c, '\'' | '’' | '‘'))
        .map(|c| if c.is_alphanumeric() { c.to_ascii_lowercase() } else { ' ' })
        .collect();
    let words = plain.split_whitespace().filter(|w| !matches!(*w, "and" | "the"));
    words.collect::<Vec<_>>().join(" ")
}

const STYLES_BEFORE: &[&str] = &[
    "the ",
    "council of the ",
    "council of ",
    "royal london borough of ",
    "london borough of ",
    "royal borough of ",
    "metropolitan borough of ",
    "metropolitan district of ",
    "metropolitan borough council of ",
    "borough council of ",
    "city council of ",
    "borough of ",
    "city and county of ",
    "city of ",
    "county of ",
    "local authority of ",
];

const STYLES_AFTER: &[&str] = &[
    " children and families trust",
    " children's services trust",
    " children's trust",
    " children first",
    " local safeguarding children board",
    " safeguarding children board",
    " safeguarding children partnership",
    " local area partnership",
    " area partnership",
    " local area",
    " children's services",
    " local authority",
    " metropolitan borough council",
    " metropolitan district council",
    " metropolitan district",
    " metropolitan council",
    " county borough council",
    " borough council",
    " county council",
    " city council",
    " district council",
    " unitary authority",
    " council",
    " mbc",
    " cc",
    " metropolitan borough",
    " london borough",
    " borough",
    " city of",
    ", city of",
    " city",
    " county",
    " corporation",
];

/// An area's short name as the document spells it: "Wigan" from "Wigan Metropolitan Borough Council".
///
/// A style ("London Borough of", "City Council") is dropped, unless it is part of the area's usual name ("City of
/// London").
pub fn short_name(printed: &str) -> &str {
    let mut name = trim(printed);
    loop {
        if let Some(known) = known_by(name) {
            return known;
        }
        let before = STYLES_BEFORE.iter().find_map(|s| strip_start(name, s));
        let after = || STYLES_AFTER.iter().find_map(|s| strip_end(name, s));
        match before.or_else(after) {
            Some(shorter) if !shorter.is_empty() => name = trim(shorter),
            _ => return name,
        }
    }
}

fn trim(name: &str) -> &str {
    let name = name.trim().trim_end_matches([',', '.', ':']).trim();
    name.strip_suffix("’s").or_else(|| name.strip_suffix("'s")).unwrap_or(name)
}

/// A usual name that includes its style, with anything after it: "City of London Corporation".
fn known_by(name: &str) -> Option<&str> {
    ["City of London", "County Durham"].iter().find_map(|known| {
        let head = name.get(..known.len())?;
        let ends = !name.tail(known.len()).starts_with(char::is_alphanumeric);
        (ends && head.eq_ignore_ascii_case(known)).then_some(head)
    })
}

fn strip_start<'a>(name: &'a str, style: &str) -> Option<&'a str> {
    let head = name.get(..style.len())?;
    head.eq_ignore_ascii_case(style).then(|| name.tail(style.len()))
}

fn strip_end<'a>(name: &'a str, style: &str) -> Option<&'a str> {
    let plain = |c: char| if c == '’' || c == '‘' { '\'' } else { c.to_ascii_lowercase() };
    let at =
        name.len().checked_sub(style.len() + name.chars().filter(|c| matches!(c, '’' | '‘')).count() * 2);
    let at = at.filter(|_| style.contains('\'')).or(name.len().checked_sub(style.len()))?;
    let tail = name.get(at..)?;
    tail.chars().map(plain).eq(style.chars()).then(|| name.head(at))
}

#[cfg(test)]
mod tests {
    use super::*;
    use insta::assert_snapshot;

    fn found(name: &str) -> String {
        resolve(name, None)
            .map_or("no".into(), |a| format!("{} {}", a.name, a.ofsted_urn.as_deref().unwrap_or("-")))
    }

    #[test]
    fn the_table_is_whole() {
        assert!(all().len() > 155);
        assert!(all().iter().all(|a| a.ons.is_some() && a.dfe.is_some() && a.region.is_some()));
    }

    #[test]
    fn names_resolve_in_many_styles() {
        assert_snapshot!(found("London Borough of Richmond Upon Thames"), @"Richmond upon Thames 80513");
        assert_snapshot!(found("Bristol City of"), @"Bristol, City of 80441");
        assert_snapshot!(found("City of York Council"), @"York 80453");
        assert_snapshot!(found("the Isle of Wight"), @"Isle of Wight 80419");
        assert_snapshot!(found("Council of the Isles of Scilly"), @"Isles of Scilly 80455");
        assert_snapshot!(found("ST HELENS"), @"St. Helens 80560");
        assert_snapshot!(found("Brighton & Hove City Council"), @"Brighton and Hove 80438");
        assert_snapshot!(found("City of London Corporation"), @"City of London 80450");
        assert_snapshot!(found("Bedford Borough Local Area Partnership"), @"Bedford Borough 80428");
        assert_snapshot!(found("Hull City Council"), @"Kingston Upon Hull, City of 80477");
        assert_snapshot!(found("Royal Borough of Windsor and Maidenhead"), @"Windsor and Maidenhead 80546");
        assert_snapshot!(found("Metropolitan Borough of Barnsley Council"), @"Barnsley 80426");
    }

    #[test]
    fn a_misspelling_resolves_where_it_is_clear() {
        assert_snapshot!(found("Stafforshire"), @"Staffordshire 80561");
        assert_snapshot!(found("Northumbreland"), @"Northumberland 80532");
        assert_snapshot!(found("Wexcombe"), @"no");
        assert_snapshot!(found("Derbx"), @"no");
    }

    #[test]
    fn identifiers_are_those_in_force() {
        let ons =
            |name, on| resolve(name, Date::from_iso(on)).and_then(|a| a.ons.clone()).unwrap_or_default();
        assert_snapshot!(ons("Dorset County Council", "2018-05-01"), @"E10000009");
        assert_snapshot!(ons("Dorset", "2019-10-01"), @"E06000059");
        assert_snapshot!(ons("Buckinghamshire", "2020-03-31"), @"E10000002");
        assert_snapshot!(ons("Buckinghamshire", "2020-04-01"), @"E06000060");
        assert_snapshot!(ons("Northamptonshire", "2019-06-01"), @"E10000021");
    }

    #[test]
    fn trusts_and_companies_run_services_for_areas() {
        assert_snapshot!(found("Sandwell Children’s Trust"), @"Sandwell 80549");
        assert_snapshot!(found("Slough Children First"), @"Slough 80553");
        assert_snapshot!(found("Birmingham Children's Trust"), @"Birmingham 80429");
        assert_snapshot!(found("Together for Children Sunderland"), @"Sunderland 80566");
        assert_snapshot!(found("Bradford Children and Families Trust"), @"Bradford 80449");
        assert_snapshot!(found("Bournemouth Children’s Trust"), @"Bournemouth -");
        assert_snapshot!(found("Achieving for Children"), @"no");
        assert_snapshot!(found("Achieving for Children, Richmond"), @"Richmond upon Thames 80513");
        assert_snapshot!(found("Tameside metropolitan borough"), @"Tameside 80569");
        let on = |name, day| resolve(name, Date::from_iso(day)).map_or("no", |a| a.name.as_str());
        assert_snapshot!(on("Northamptonshire Children’s Trust", "2020-11-01"), @"Northamptonshire");
        assert_snapshot!(on("North Northamptonshire, Northamptonshire Children’s Trust", "2022-11-01"), @"North Northamptonshire");
        assert_snapshot!(on("Northamptonshire Children’s Trust", "2022-11-01"), @"no");
    }

    #[test]
    fn every_area_is_known_today_or_has_successors() {
        for area in all() {
            let today = area.today();
            let took_over: Vec<&str> = area.successors().map(|a| a.short.as_str()).collect();
            assert!(today.is_some() == took_over.is_empty(), "{} {today:?} {took_over:?}", area.name);
            assert!(today.is_none_or(|a| a.valid_to.is_none() && a.short == area.short), "{}", area.name);
            // All names that identify an area by themselves must give the same short name.
            for name in [area.name.as_str(), &area.short].into_iter().chain(area.aliases.split(';')) {
                let found = resolve(name, area.valid_to()).filter(|_| !name.is_empty());
                assert!(found.is_none_or(|a| a.short == area.short), "{name}: {found:?}");
            }
        }
        let now = |name, day| {
            let then = resolve(name, Date::from_iso(day)).unwrap();
            let successors: Vec<&str> = then.successors().map(|a| a.short.as_str()).collect();
            let ons = |a: &Area| a.ons.clone().unwrap_or_default();
            format!("{} {} {}", ons(then), then.today().map_or("-".into(), ons), successors.join(" / "))
        };
        assert_snapshot!(now("Barnsley", "2023-10-01"), @"E08000016 E08000038 ");
        assert_snapshot!(now("Sheffield", "2025-04-01"), @"E08000039 E08000039 ");
        assert_snapshot!(now("Dorset County Council", "2018-05-01"), @"E10000009 E06000059 ");
        assert_snapshot!(now("Northamptonshire", "2019-06-01"), @"E10000021 - North Northamptonshire / West Northamptonshire");
        assert_snapshot!(now("Poole", "2018-06-01"), @"E06000029 - Bournemouth, Christchurch and Poole");
        assert_snapshot!(now("Gateshead", "2013-11-01"), @"E08000037 E08000037 ");
    }

    #[test]
    fn short_names_keep_the_documents_spelling() {
        assert_snapshot!(short_name("Wigan Metropolitan Borough Council"), @"Wigan");
        assert_snapshot!(short_name("Knowsley council"), @"Knowsley");
        assert_snapshot!(short_name("London Borough of Richmond Upon Thames"), @"Richmond Upon Thames");
        assert_snapshot!(short_name("Bristol City of"), @"Bristol");
        assert_snapshot!(short_name("Kingston upon Hull City Council"), @"Kingston upon Hull");
        assert_snapshot!(short_name("City of London Corporation"), @"City of London");
        assert_snapshot!(short_name("Durham’s"), @"Durham");
        assert_snapshot!(short_name("Leeds children’s services"), @"Leeds");
    }
}
