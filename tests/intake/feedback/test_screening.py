"""What may tell who speaks goes; what was said stays readable; too much rather than too little."""

import pytest

from evaluation.intake.feedback.lexicon import load_names
from evaluation.intake.feedback.screening import screen_text


@pytest.mark.parametrize(
    ("text", "gone"),
    [
        ("Maria m-a ajutat", ["Maria"]),
        ("m-a ajutat maria popescu", ["maria", "popescu"]),
        ("am vorbit cu doamna Xulina", ["Xulina"]),
        ("am vorbit cu domnul xulescu", ["xulescu"]),
        ("Bubulina plânge mereu", ["Bubulina"]),
        ("M-A AJUTAT BUBULINA LA DRUM", ["BUBULINA"]),
        ("telefonul Mariei și cartea Ioanei", ["Mariei", "Ioanei"]),
        ("Familia Popeștilor", ["Popeștilor"]),
        ("Ana-Maria și O'Neill", ["Ana", "Maria", "Neill"]),
        ("a fost bine.Petronel a venit", ["Petronel"]),
        ("„Sorin” a zis", ["Sorin"]),
        ("am stat la Galați", ["Galați"]),
        ("am stat la galati si la cluj", ["galati", "cluj"]),
        ("am lucrat în Italia", ["Italia"]),
        ("stau pe strada lalelelor nr. 5, bl. A2, ap. 14", ["lalelelor", "5", "A2", "14"]),
        ("stau in satul cotofanesti", ["cotofanesti"]),
        ("0722 123 456", ["0722", "123", "456"]),
        ("sună la 0722.123.456", ["0722", "456"]),
        ("07 22 12 34 56", ["22", "34", "56"]),
        ("+39 333 1234567", ["39", "333", "1234567"]),
        ("zero șapte doi doi unu doi trei", ["șapte", "doi"]),
        ("zero seven two two one", ["seven", "two"]),
        ("\u0660\u0667\u0662\u0662\u0661\u0662\u0663", ["\u0667"]),
        ("07\u200b22\u200b12\u200b34\u200b56", ["22", "34"]),
        ("CNP 2850312400123", ["2850312400123"]),
        ("2 850312 400123", ["850312"]),
        ("RO49AAAA1B31007593840000", ["RO49", "7593840000"]),
        ("RO49 AAAA 1B31 0075 9384 0000", ["AAAA", "0075"]),
        ("ana.pop@example.org", ["ana", "pop", "example"]),
        ("ana pop la gmail punct com", ["ana", "pop", "gmail"]),
        ("@fata_mea pe insta", ["fata_mea"]),
        ("www.facebook.com/cineva", ["cineva"]),
        ("pe 12.03.2024", ["12", "03", "2024"]),
        ("pe 3 iunie", ["3", "iunie"]),
        ("în mai 2023", ["2023"]),
        ("on May 12", ["May", "12"]),
        ("Мені допомогла Оксана", ["Оксана"]),
        ("আমি মারিয়া", ["মারিয়া"]),
        ("मेरो नाम सीता हो", ["सीता"]),
        ("Tên tôi là Nguyễn Thị Hoa", ["Nguyễn", "Hoa"]),
        ("I was in Milan with Mary", ["Milan", "Mary"]),
        ("numele meu e gicuta", ["gicuta"]),
    ],
)
def test_what_identifies_is_taken_out(text, gone):
    done = screen_text(text)
    assert done.found
    assert [one for one in gone if one.casefold() in done.text.casefold()] == []
    assert "[removed]" in done.text


@pytest.mark.parametrize(
    "text",
    [
        "nu mai am frică, psihologul m-a ajutat mult de 2 ori pe lună",
        "Am cerut ajutor. Mi-au explicat drepturile. Totul e bine.",
        "M-au ascultat la DGASPC și la Crucea Roșie.",
        "am sunat la 0800 800 678, la 112 și la 116 111",
        "e mai bine, luni merg la curs; mai am 2 copii",
        "I felt safe. The lawyer was kind to me.",
        "Nu.",
        "",
    ],
)
def test_what_tells_nobody_stays_as_it_is(text):
    assert (screen_text(text).text, screen_text(text).found) == (text, ())


def test_every_name_of_the_lists_goes_wherever_it_stands():
    lists = load_names()
    names = [
        name for line in (*lists.given, *lists.surnames, *lists.names_and_words) for name in line.split()
    ]
    assert len({name for line in lists.given for name in line.split()}) >= 150
    assert len({name for line in lists.surnames for name in line.split()}) >= 100
    for sentence in ("{} m-a ajutat", "m-a ajutat {}", "mă tem. {}, vino", "CU {} ESTE BINE"):
        left = [name for name in names if name in screen_text(sentence.format(name)).text]
        assert left == []


def test_every_town_goes():
    towns = [name for line in load_names().places for name in line.split()]
    assert [name for name in towns if name in screen_text(f"am stat la {name} un timp").text] == []


def test_screening_again_changes_nothing():
    once = screen_text("Maria Popescu, 0722 123 456, m-a ajutat la Iași pe 3 mai 2024.").text
    assert (screen_text(once).text, screen_text(once).found) == (once, ())


def test_the_rest_of_the_sentence_stays_readable():
    assert (
        screen_text("m-a ajutat doamna Maria Popescu la adăpost").text
        == "m-a ajutat doamna [removed] la adăpost"
    )


def test_nothing_is_printed():
    assert "Maria" not in repr(screen_text("Maria")) and "removed" not in repr(screen_text("Maria"))
