//! Sections as a tree: the parent of each section, and the judgement area to which its text belongs.

use super::judgements::area_of;
use crate::grammar::label::is_label;
use crate::record::Section;

/// Makes a tree of sections in printed order, whose `level` is the rank of their headings. The parent of a section is
/// the last one before it with a higher rank. Its level becomes its depth, and it inherits the parent's area unless its
/// own heading names one.
pub fn arrange(sections: &mut [Section]) {
    // The open sections, each with its rank.
    let mut open: Vec<(u8, usize)> = Vec::new();
    for at in 0..sections.len() {
        let rank = sections[at].level;
        while open.pop_if(|(above, _)| *above >= rank).is_some() {}
        let parent = open.last().map(|(_, index)| *index);
        let inherited = parent.and_then(|p| sections[p].area.clone());
        let section = &mut sections[at];
        section.parent = parent.map(|p| p as u32);
        section.area = own_area(section).map(str::to_owned).or(inherited);
        // A minor heading without a parent remains minor.
        section.level = parent.map_or(rank.min(2), |_| open.len() as u8 + 1);
        // Text before the first heading is nobody's parent.
        if sections[at].heading.is_some() {
            open.push((rank, at));
        }
    }
}

/// The area that a section's own heading names.
fn own_area(section: &Section) -> Option<&'static str> {
    let heading = section.heading.as_deref()?;
    match section.kind.as_str() {
        "judgement-area" | "leadership" => area_of(heading),
        "lscb" => Some("lscb"),
        "outcome" if is_label(heading, "Inspection outcome") => Some("send-outcome"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use insta::assert_snapshot;

    /// Takes sections as "rank kind heading", returns them as "level parent area heading".
    fn arranged(sections: &[(u8, &str, &str)]) -> String {
        let section = |(level, kind, heading): &(u8, &str, &str)| Section {
            heading: Some((*heading).into()),
            kind: (*kind).into(),
            level: *level,
            ..Section::default()
        };
        let mut sections: Vec<Section> = sections.iter().map(section).collect();
        arrange(&mut sections);
        let shown = sections.iter().map(|s| {
            let parent = s.parent.map_or("-".into(), |p| p.to_string());
            format!(
                "{} {parent} {} {}",
                s.level,
                s.area.as_deref().unwrap_or("-"),
                s.heading.as_deref().unwrap_or("-")
            )
        });
        shown.collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn a_section_belongs_to_the_last_of_a_higher_rank() {
        assert_snapshot!(arranged(&[
            (1, "executive-summary", "Executive summary"),
            (1, "other", "The local authority"),
            (2, "judgement-area", "The experiences and progress of children who need help and protection"),
            (3, "findings", "Inspection findings"),
            (2, "leadership", "Leadership, management and governance"),
            (3, "other", "Partnership"),
            (1, "lscb", "The Local Safeguarding Children Board"),
            (2, "findings", "Inspection findings"),
        ]), @r"
        1 - - Executive summary
        1 - - The local authority
        2 1 help-and-protection The experiences and progress of children who need help and protection
        3 2 help-and-protection Inspection findings
        2 1 leadership Leadership, management and governance
        3 4 leadership Partnership
        1 - lscb The Local Safeguarding Children Board
        2 6 lscb Inspection findings
        ");
    }

    #[test]
    fn a_rank_that_is_left_out_leaves_no_gap() {
        assert_snapshot!(arranged(&[(1, "recommendations", "Recommendations"), (3, "other", "Partnership")]), @r"
        1 - - Recommendations
        2 0 - Partnership
        ");
    }
}
