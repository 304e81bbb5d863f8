"""Sentences that no rule was written for: falsifications, safe shortenings and true paraphrases of invented news.

They were written before the code was asked about any of them, so that the first count over them was a fair one; what
has been mended since on their account is told in docs/decisions/0004-two-standards.md.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Case:
    """A source sentence and a claim made of it."""

    id: str
    source: str
    claim: str


FALSE = [
    # Words left out
    Case("wife of", "The wife of the harbour master was fined on Tuesday.", "The harbour master was fined on Tuesday."),
    Case("possessive", "Vera Lindt’s lawyer was jailed for fraud.", "Vera Lindt was jailed for fraud."),
    Case(
        "attempted",
        "The prisoner attempted to escape through the laundry.",
        "The prisoner escaped through the laundry.",
    ),
    Case(
        "asked to",
        "The council asked the ferry firm to cancel the night crossing.",
        "The ferry firm cancelled the night crossing.",
    ),
    Case("threatened", "The pilots threatened to leave the airline.", "The pilots left the airline."),
    Case("hoax", "A hoax letter said that the reservoir had been poisoned.", "The reservoir had been poisoned."),
    Case("rumour that", "Police dismissed a rumour that Nils Aker hid the gold.", "Nils Aker hid the gold."),
    Case("suspicion", "The judge threw out the suspicion that Pia Holm forged the will.", "Pia Holm forged the will."),
    Case("rival said", "His rival said Jon Carr cheated in the final.", "Jon Carr cheated in the final."),
    Case("hardly any", "Hardly any shops opened on Sunday.", "Shops opened on Sunday."),
    Case("a third of", "A third of the nurses went on strike.", "The nurses went on strike."),
    Case("one of the", "One of the four pilots was drunk.", "The four pilots were drunk."),
    Case("ceased", "The smelter ceased exporting zinc to Norway.", "The smelter exported zinc to Norway."),
    Case("going to", "The theatre is going to reopen in May.", "The theatre reopened in May."),
    Case(
        "two speakers", "Lena Roos said the tower is sound, while Max Dorn said it leans.", "Lena Roos said it leans."
    ),
    Case("ex", "The ex-minister Carla Voss took the bribe.", "The minister Carla Voss took the bribe."),
    Case("would-be", "The would-be assassin fired at the queen.", "The assassin fired at the queen."),
    Case("in the play", "In the play, Governor Amari burns the library.", "Governor Amari burns the library."),
    Case("drill", "During a drill, a tanker exploded in the port.", "A tanker exploded in the port."),
    Case("speech tail", "The bank is insolvent, two former clerks said.", "The bank is insolvent."),
    Case("belief tail", "The virus came from the farm, neighbours believe.", "The virus came from the farm."),
    Case("only tail", "The drug cures the fever, but only in mice.", "The drug cures the fever."),
    Case("if tail", "The strike will end on Monday, if members agree.", "The strike will end on Monday."),
    Case("except tail", "All crew members were saved, except the cook.", "All crew members were saved."),
    Case("unless front", "Unless it rains, the dam will run dry in June.", "The dam will run dry in June."),
    Case("replica", "A replica of the crown was stolen from the museum.", "The crown was stolen from the museum."),
    Case("wants", "Denholm wants to buy the shipyard.", "Denholm bought the shipyard."),
    Case(
        "aside with hedge", "The fire, investigators suspect, was set by the owner.", "The fire was set by the owner."
    ),
    # Small words changed
    Case("to or from", "The refugees fled from Orvana to Kestria.", "The refugees fled to Orvana from Kestria."),
    Case("with or without", "The ship left with a pilot on board.", "The ship left without a pilot on board."),
    Case("before after", "Mayor Stolz resigned before the audit.", "Mayor Stolz resigned after the audit."),
    Case("by or to", "Rents were cut by 40 crowns.", "Rents were cut to 40 crowns."),
    Case("in or out", "Voters turned out the government.", "Voters turned in the government."),
    Case("he she", "He told the court that she fired first.", "She told the court that he fired first."),
    Case("passive lost", "Otto Brandt was sacked by Helga Krahn.", "Otto Brandt sacked Helga Krahn."),
    Case("passive dog", "The shepherd was bitten by the wolf.", "The shepherd bit the wolf."),
    Case("must may", "Drivers may use the lane at night.", "Drivers must use the lane at night."),
    Case(
        "on under",
        "The tax was dropped under Prime Minister Oyelaran.",
        "The tax was dropped on Prime Minister Oyelaran.",
    ),
    # Who did what
    Case("beat", "Rovigna beat Altmark 2-0 in the semi-final.", "Altmark beat Rovigna 2-0 in the semi-final."),
    Case("sued", "Corvex sued Brightwell over the patent.", "Brightwell sued Corvex over the patent."),
    Case("lent", "Kestria lent Orvana four billion crowns.", "Orvana lent Kestria four billion crowns."),
    Case(
        "figures swapped",
        "Exports grew 8 percent and imports shrank 2 percent.",
        "Exports grew 2 percent and imports shrank 8 percent.",
    ),
    Case(
        "subjects swapped",
        "Wheat gained 4 percent and barley lost 6 percent.",
        "Barley gained 4 percent and wheat lost 6 percent.",
    ),
    Case("from to", "Membership fell from 7,200 to 5,100.", "Membership fell from 5,100 to 7,200."),
    Case(
        "years swapped",
        "The painter was born in 1931 and moved to Altmark in 1958.",
        "The painter was born in 1958 and moved to Altmark in 1931.",
    ),
    Case(
        "ages swapped",
        "Ida Moen, 34, and her sister Kari, 41, were rescued.",
        "Ida Moen, 41, and her sister Kari, 34, were rescued.",
    ),
    Case(
        "dates swapped",
        "Talks open on Monday and the vote follows on Thursday.",
        "Talks open on Thursday and the vote follows on Monday.",
    ),
    Case("counts swapped", "The storm killed 3 people and injured 60.", "The storm killed 60 people and injured 3."),
    Case(
        "places swapped",
        "Flights leave Rovigna at noon and reach Altmark at dusk.",
        "Flights leave Altmark at noon and reach Rovigna at dusk.",
    ),
    # A word invented or turned
    Case("prefix un", "The appeal court found the search lawful.", "The appeal court found the search unlawful."),
    Case("prefix ir", "Doctors called the damage reversible.", "Doctors called the damage irreversible."),
    Case("prefix in", "The panel said the reply was adequate.", "The panel said the reply was inadequate."),
    Case("prefix dis", "Members were satisfied with the contract.", "Members were dissatisfied with the contract."),
    Case(
        "prefix pro", "A pro-harbour group marched through the town.", "An anti-harbour group marched through the town."
    ),
    Case("all for many", "Many of the pupils were vaccinated.", "All of the pupils were vaccinated."),
    Case("most for some", "Some of the pensioners protested.", "Most of the pensioners protested."),
    Case("none for few", "Few of the islanders left.", "None of the islanders left."),
    Case("exactly", "Around 300 cows were stolen.", "Exactly 300 cows were stolen."),
    Case("adverb", "The committee adopted the budget.", "The committee grudgingly adopted the budget."),
    Case("adjective", "A bus overturned near Altmark.", "A crowded bus overturned near Altmark."),
    Case("cause", "The bridge closed on Monday.", "The bridge closed on Monday because of rust."),
    Case("temporary", "The mill closed temporarily in March.", "The mill closed permanently in March."),
    Case("upper lower", "The upper house passed the bill.", "The lower house passed the bill."),
    Case("import export", "Kestria imports most of its gas.", "Kestria exports most of its gas."),
    Case("minimum", "The minimum wage rises in July.", "The maximum wage rises in July."),
    Case("winner", "Rovigna narrowly won the cup.", "Rovigna easily won the cup."),
    Case("deadliest", "It was the second deadliest storm in a decade.", "It was the deadliest storm in a decade."),
    Case("rich poor", "The rich districts voted for the toll.", "The poor districts voted for the toll."),
    # Numbers
    Case("minus sign", "The night reached -8 degrees in Altmark.", "The night reached 8 degrees in Altmark."),
    Case("fahrenheit", "The oven reached 200C.", "The oven reached 200F."),
    Case("between", "Between 30 and 45 sheep drowned.", "45 sheep drowned."),
    Case("range to", "The repair takes 3 to 9 weeks.", "The repair takes 9 weeks."),
    Case("one in", "One in five wells is dry.", "Five wells are dry."),
    Case("out of", "Seven out of twelve jurors agreed.", "Twelve jurors agreed."),
    Case("up to", "Up to 900 posts will go at the port.", "Exactly 900 posts will go at the port."),
    Case("double", "Fares doubled to 6 crowns.", "Fares tripled to 6 crowns."),
    # Quotations and questions
    Case("quoted fact", "“The lake is dead,” said the biologist Uma Rehn.", "The lake is dead."),
    Case("asked", "Has the treasurer fled the country?", "The treasurer has fled the country."),
    Case("quote moved", "“Kestria started it,” Orvana’s envoy said.", "“Orvana started it,” Kestria’s envoy said."),
    Case("nickname", "Karin Solberg won the seat.", "Karl Solberg won the seat."),
]

# Safe shortenings: supported from a person and from a model.
SHORTENED = [
    Case("aside of age", "Ida Moen, 34, was rescued from the glacier.", "Ida Moen was rescued from the glacier."),
    Case(
        "aside of office", "Otto Brandt, the head of the port, resigned on Friday.", "Otto Brandt resigned on Friday."
    ),
    Case("aside who", "The pilot, who had flown for ten years, landed safely.", "The pilot landed safely."),
    Case("dashes", "The old mill — built in 1880 — burned down on Monday.", "The old mill burned down on Monday."),
    Case(
        "brackets", "The Kestrian Farm Union (KFU) rejected the offer.", "The Kestrian Farm Union rejected the offer."
    ),
    Case("dateline", "ALTMARK — The last coal train left on Tuesday.", "The last coal train left on Tuesday."),
    Case("but", "But the ferry did not sail.", "The ferry did not sail."),
    Case("meanwhile", "Meanwhile, the council raised the harbour tax.", "The council raised the harbour tax."),
    Case(
        "which tail",
        "The court fined Corvex 3 million crowns, which it must pay by June.",
        "The court fined Corvex 3 million crowns.",
    ),
    Case("ing tail", "A storm hit Rovigna on Sunday, tearing roofs from 40 houses.", "A storm hit Rovigna on Sunday."),
    Case(
        "moved to front",
        "The tunnel will open in May, Helga Krahn said.",
        "Helga Krahn said the tunnel will open in May.",
    ),
    Case(
        "moved to end",
        "Helga Krahn said the tunnel will open in May.",
        "The tunnel will open in May, Helga Krahn said.",
    ),
    Case("that put in", "Max Dorn said the tower leans.", "Max Dorn said that the tower leans."),
    Case("according to", "According to Pia Holm, the well is dry.", "The well is dry, according to Pia Holm."),
    Case("whole", "Kestria lent Orvana four billion crowns.", "Kestria lent Orvana four billion crowns."),
    Case(
        "marks", "“The lake is dead,” said the biologist Uma Rehn.", '"The lake is dead," said the biologist Uma Rehn.'
    ),
]

# True in other words: supported from a person.
REPHRASED = [
    Case("digits", "Some two thousand people marched in Altmark.", "About 2,000 people marched in Altmark."),
    Case("passive", "Helga Krahn sacked Otto Brandt.", "Otto Brandt was sacked by Helga Krahn."),
    Case("active", "Otto Brandt was sacked by Helga Krahn.", "Helga Krahn sacked Otto Brandt."),
    Case("date moved", "The mill closed on Monday.", "On Monday, the mill closed."),
    Case("place moved", "Some 40 houses burned in Rovigna.", "In Rovigna, some 40 houses burned."),
    Case("stated", "Max Dorn said the tower leans.", "The tower leans, Max Dorn stated."),
    Case(
        "according",
        "The tunnel will open in May, Helga Krahn said.",
        "According to Helga Krahn, the tunnel will open in May.",
    ),
    Case("surname", "Helga Krahn said the tunnel will open in May.", "Krahn said the tunnel will open in May."),
    Case("percent", "Exports grew 8 percent in the first quarter.", "Exports grew by 8% in the first quarter."),
    Case("rose grew", "Exports grew 8 percent in March.", "Exports rose 8 percent in March."),
    Case("range dash", "The repair takes 3 to 9 weeks.", "The repair takes 3–9 weeks."),
    Case("contraction", "The ferry did not sail on Sunday.", "The ferry didn't sail on Sunday."),
    Case("present perfect", "The court has fined Corvex 3 million crowns.", "The court fined Corvex 3 million crowns."),
    Case(
        "not reached", "Temperatures fell to minus 8 degrees in Altmark.", "Temperatures fell to -8 degrees in Altmark."
    ),
    Case("a third", "A third of the nurses went on strike.", "One third of the nurses went on strike."),
    Case("more than", "More than 300 cows were stolen.", "Over 300 cows were stolen."),
    Case("all", "All of the pupils were vaccinated.", "All the pupils were vaccinated."),
    Case(
        "kept quantifier",
        "Most residents of Altmark voted against the toll.",
        "Most of the residents of Altmark voted against the toll.",
    ),
    Case(
        "two facts",
        "Wheat gained 4 percent and barley lost 6 percent.",
        "Wheat gained 4 percent while barley lost 6 percent.",
    ),
    Case("from to", "Membership fell from 7,200 to 5,100.", "Membership dropped from 7,200 to 5,100."),
    Case("score", "Rovigna beat Altmark 2-0 in the semi-final.", "In the semi-final, Rovigna beat Altmark 2-0."),
    Case("out of", "Seven out of twelve jurors agreed.", "Seven of the twelve jurors agreed."),
    Case("where pp", "The minister was arrested at his home on Friday.", "The minister was arrested on Friday."),
    Case("fire", "The fire started in the kitchen of the hotel.", "The fire began in the hotel's kitchen."),
    Case("date wording", "The vote follows on 12 March.", "The vote will follow on March 12."),
    Case("storm", "The storm killed 3 people and injured 60.", "The storm killed three people and injured 60."),
    Case("nationality", "A Norwegian tanker ran aground off Altmark.", "A tanker from Norway ran aground off Altmark."),
    Case("plan kept", "Denholm wants to buy the shipyard.", "Denholm plans to buy the shipyard."),
]
