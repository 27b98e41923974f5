//! Letters of a regulator that does not exist: their frame is proposed, and read.

#![allow(missing_docs)]

use findings_core::plugin::{self, PluginFormat};
use findings_forms::FileFormat;
use findings_forms::draft::{Identity, Sample, draft};
use serde_json::{Value, json};

const IDENTITY: Identity = Identity { regulator: "lowick", name: "letter", others: &[] };

const LETTERS: [[&str; 8]; 4] = [
    [
        "Mrs Edith Crane",
        "Manager",
        "2 Shore Road",
        "ZZ2 1AA",
        "5 September 2023",
        "Sea View",
        "Marcus Thole",
        "Senior Inspector",
    ],
    [
        "Mr Omar Haddad",
        "Director",
        "18 Church Street",
        "ZZ2 6BT",
        "12 September 2023",
        "The Laurels",
        "Ailsa Keir",
        "Inspector",
    ],
    [
        "Ms Beth Nolan",
        "Manager",
        "Kestrel Drive",
        "ZZ2 4JD",
        "3 October 2023",
        "Kestrel House",
        "Marcus Thole",
        "Senior Inspector",
    ],
    [
        "Dr Nina Patel",
        "Manager",
        "Cliff Parade",
        "ZZ2 1QQ",
        "17 October 2023",
        "Fairhaven",
        "Ailsa Keir",
        "Inspector",
    ],
];

fn letter(n: usize) -> String {
    let [to, post, street, code, day, home, by, signed] = LETTERS[n];
    let surname = to.rsplit(' ').next().unwrap_or_default();
    let title = to.split(' ').next().unwrap_or_default();
    format!(
        "Lowick Care Inspectorate\n\n{day}\n\n{to}\n{post}\n{street}\nLowick\n{code}\n\nDear {title} {surname}\n\n\
         Inspection of {home}\n\nThank you for your help. There were {} residents in the home on the day of our visit.\n\n\
         We shall write again when your plan has been read.\n\nYours sincerely\n\n{by}\n{signed}\n",
        12 + n
    )
}

fn sample(n: usize) -> Sample {
    let name = format!("{n}.txt");
    Sample { document: plugin::document(&name, letter(n).as_bytes()).unwrap(), name, gold: None }
}

fn record(file: &str, text: &str) -> Value {
    let format = FileFormat::new("lowick.format.toml", file).unwrap();
    format.record(plugin::document("letter.txt", text.as_bytes()).unwrap()).whole()
}

#[test]
fn the_frame_of_a_letter_is_proposed_and_read() {
    let samples: Vec<Sample> = (0..4).map(sample).collect();
    let file = draft(&samples, IDENTITY).unwrap().text;
    let record = record(&file, &letter(1));
    let whole = &record["letter"];
    assert_eq!(
        (&whole["date"], &whole["salutation"], &whole["subject"]),
        (&json!("2023-09-12"), &json!("Mr Haddad"), &json!("Inspection of The Laurels")),
        "{file}"
    );
    let signed = json!([{ "name": "Ailsa Keir", "role": "Inspector", "organisation": null }]);
    assert_eq!(whole["signatories"], signed, "{file}");
    let to = &whole["recipients"][0];
    assert_eq!(
        (&to["name"], &to["role"], &to["address"], &to["postcode"]),
        (
            &json!("Omar Haddad"),
            &json!("Director"),
            &json!(["18 Church Street", "Lowick"]),
            &json!("ZZ2 6BT")
        ),
        "{file}"
    );
    assert_eq!(record["provider"]["name"], "The Laurels", "{file}");
    assert_eq!(record["extension"]["residents"], 13, "{file}");
}

const HEAD: &str = "id = \"lowick.report\"\ntitle = \"Report\"\nregulator = \"lowick\"\nversion = \"1\"\ntested-on = \"nothing\"\n\
                    [[anchor]]\nphrases = \"Lowick Care Inspectorate\"\nplace = \"body\"\nweight = 1.0\n";

#[test]
fn a_role_with_the_word_lead_says_who_led() {
    let file = format!(
        "{HEAD}[[field]]\npointer = \"/inspectors\"\ntype = \"name\"\nrole = \"Inspector\"\nrepeated = true\nfind = [{{ after = \"With:\" }}]\n\
         [[field]]\npointer = \"/inspectors\"\ntype = \"name\"\nrole = \"Lead inspector\"\nfind = [{{ after = \"Lead:\" }}]\n"
    );
    let led = |text: &str| -> Vec<Value> {
        let record = record(&file, &format!("Lowick Care Inspectorate\n\n{text}"));
        record["inspectors"].as_array().unwrap().iter().map(|i| json!([i["name"], i["lead"]])).collect()
    };
    let team = led("Lead: Mina Rao\n\nWith: Ann Lee and Jo Kay\n");
    assert_eq!(team, [json!(["Ann Lee", false]), json!(["Jo Kay", false]), json!(["Mina Rao", true])]);
    assert_eq!(led("With: Ann Lee\n"), [json!(["Ann Lee", null])], "nothing says who led");
}

#[test]
fn a_list_that_says_there_is_nothing_has_no_item() {
    let file =
        format!("{HEAD}[[list]]\ninto = \"/improvements\"\nunder = \"Actions\"\npresence = \"optional\"\n");
    let read = |text: &str| record(&file, &format!("Lowick Care Inspectorate\n\nActions\n\n{text}\n"));
    let none = read("No actions are required.");
    assert_eq!((&none["improvements"], &none["diagnostics"]), (&json!([]), &json!([])));
    assert_eq!(none["evidence"]["/improvements"]["status"], "not-stated");
    let items = |text: &str| read(text)["improvements"].as_array().unwrap().len();
    assert_eq!(items("No later than May, fit a rail.\n\nMend the lift."), 2);
    assert_eq!(items("No door may be wedged open."), 1);
}

#[test]
fn items_may_be_numbered_without_a_stop_and_a_day_is_no_number() {
    let file = format!("{HEAD}[[list]]\ninto = \"/improvements\"\nunder = \"Actions\"\n");
    let items = |text: &str| -> Vec<String> {
        let record = record(&file, &format!("Lowick Care Inspectorate\n\nActions\n\n{text}\n"));
        let all = record["improvements"].as_array().unwrap().iter();
        all.map(|item| item["text"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(items("1 Fit a rail.\n\n2 Mend the lift."), ["Fit a rail.", "Mend the lift."]);
    assert_eq!(
        items("1 May 2024 is the last day to fit a rail."),
        ["1 May 2024 is the last day to fit a rail."]
    );
}
