"""Words whose loss turns a sentence round: asides that a model may not leave out, and words that a person may not.

The first twelve asides and the first eight words were found by a reader of the checks; the others were written
before the rules that now stop them.
"""

from held_out import Case

# Asides and tails: none may go, from a model or from a person.
ASIDES = [
    Case("joke tail", "The mayor resigned, which turned out to be a joke.", "The mayor resigned."),
    Case("story goes", "The mayor stole two million dollars, the story goes.", "The mayor stole two million dollars."),
    Case(
        "indictment charges",
        "The mayor stole two million dollars, the indictment charges.",
        "The mayor stole two million dollars.",
    ),
    Case(
        "rivals whisper",
        "The mayor stole two million dollars, his rivals whisper.",
        "The mayor stole two million dollars.",
    ),
    Case(
        "would have it",
        "The mayor stole two million dollars, the prosecution would have it.",
        "The mayor stole two million dollars.",
    ),
    Case("in mice", "The vaccine, in mice, prevents cancer.", "The vaccine prevents cancer."),
    Case("some exemptions", "The ban covers every school, with some exemptions.", "The ban covers every school."),
    Case("on paper", "The bridge, on paper, is safe.", "The bridge is safe."),
    Case("in his telling", "The army, in Moscow’s telling, captured the town.", "The army captured the town."),
    Case("in jest", "The mayor, in jest, threatened to close the port.", "The mayor threatened to close the port."),
    Case("pretending", "The mayor, pretending, signed the law.", "The mayor signed the law."),
    Case("votes counted", "The mayor won, with 20 percent of votes counted.", "The mayor won."),
    Case("or so", "The cashier emptied the vault, or so the ballad has it.", "The cashier emptied the vault."),
    Case("woke up", "Otto Brandt won the lottery, and then woke up.", "Otto Brandt won the lottery."),
    Case("pending", "The merger was approved, pending a review.", "The merger was approved."),
    Case("assuming", "The ferry returns in June, assuming the engine arrives.", "The ferry returns in June."),
    Case("on stage", "The senator, on stage, strangled the duke.", "The senator strangled the duke."),
    Case("when asleep", "The pilot, when asleep, confessed to the theft.", "The pilot confessed to the theft."),
    Case("while acting", "The general surrendered, while filming a sketch.", "The general surrendered."),
    Case("who joked", "The coach, who was joking, sold the stadium.", "The coach sold the stadium."),
    Case("for the cameras", "The rivals, for the cameras, shook hands.", "The rivals shook hands."),
    Case("dash telling", "The dam — the builders swear — is sound.", "The dam is sound."),
    Case("bracket lab", "The filter (in laboratory trials) removes all lead.", "The filter removes all lead."),
    Case("which annulled", "The court fined Corvex, which a higher bench annulled.", "The court fined Corvex."),
    Case("playing", "Lena Roos shot the king, playing Cassandra.", "Lena Roos shot the king."),
    Case("her diary", "The nurse poisoned the baron, her diary has it.", "The nurse poisoned the baron."),
    Case("where", "The toll was scrapped, where councils consented.", "The toll was scrapped."),
]

# One word gone, or turned: none is supported from a person.
WORDS = [
    Case("overturned", "The court overturned the conviction.", "The court upheld the conviction."),
    Case("acting", "The acting mayor was arrested.", "The mayor was arrested."),
    Case("deputy", "The deputy prime minister resigned.", "The prime minister resigned."),
    Case("draft", "The draft budget was rejected.", "The budget was rejected."),
    Case("partially", "The bridge partially collapsed.", "The bridge collapsed."),
    Case("partly", "The bridge partly collapsed.", "The bridge collapsed."),
    Case("proposal", "The ceasefire proposal was signed.", "The ceasefire was signed."),
    Case("self-styled", "The self-styled prince was jailed.", "The prince was jailed."),
    Case("interim", "The interim director was sacked.", "The director was sacked."),
    Case("assistant", "The assistant coach quit on Monday.", "The coach quit on Monday."),
    Case("dummy", "The dummy torpedo sank in the bay.", "The torpedo sank in the bay."),
    Case("foiled", "The foiled robbery shocked the town.", "The robbery shocked the town."),
    Case("briefly", "The reactor briefly overheated.", "The reactor overheated."),
    Case("symbolically", "Members symbolically dissolved the club.", "Members dissolved the club."),
    Case("second noun", "The embassy guard was expelled.", "The embassy was expelled."),
    Case("toy", "The toy gun was found in a locker.", "The gun was found in a locker."),
    Case("object", "The council adopted the draft charter.", "The council adopted the charter."),
    Case("aspiring", "An aspiring astronaut died in the crash.", "An astronaut died in the crash."),
    Case("student union", "The student union was evicted.", "The union was evicted."),
    Case("tentatively", "Both sides tentatively accepted the terms.", "Both sides accepted the terms."),
    Case("upheld", "The bench upheld the ban.", "The bench overturned the ban."),
    Case("in mice at the end", "The vaccine prevents cancer in mice.", "The vaccine prevents cancer."),
    Case("on paper at the end", "The bridge is safe on paper.", "The bridge is safe."),
]
