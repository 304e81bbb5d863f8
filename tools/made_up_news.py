"""Made-up news sentences, the same on each run; all names are invented. Knows nothing of encoders."""

import random
import re

SHORTEST, LONGEST = 4, 45  # words

# A small grammar of news: each name in braces is replaced by one of its lines.
GRAMMAR = {
    "sentence": """
        {event}.
        {event}.
        {event} {when}.
        {event}, {said}.
        {event}, {said} {when}.
        {when_first}, {event}.
        {when_first}, {event}, {said}.
        {event}, {consequence}.
        {event} {when}, {consequence}.
        {event}, {consequence}, {said}.
        {when_first}, {event}, {consequence}, {said}.
        {event}; {event}.
        {event}, while {event}.
        {event} {because} {event}.
        {event} {when} {because} {event}, {consequence}, {said}.
        “{quote},” {person} said {when}.
        “{quote},” said {titled}. “{quote}.”
        “{quote}!” {person} told {outlet}.
        {titled}, who {past}, {person_act} {when}.
        {titled}, who {past}, {person_act}, {consequence}, while {event}.
        {person}, {age}, {person_act}.
        {person_act_title}
        {Who} {person_act}?
        Not everyone agrees: {event}, {said}.
        According to {outlet}, {event} {when}.
        According to {outlet}, {event}, {consequence}, even though {event}.
        {place}: {event}.
        Asked whether {event}, {titled} replied: “{quote}.”
        {count} {people} {crowd_act} in {place} {when}.
        {count} {people} {crowd_act} in {place} after {event}, {said}.
        Few had expected that {event}.
        It was the {ordinal} time in {number} years that {event}.
        {result}
        {weather}
        {market}
        {science}
        {short}""",
    "short": """
        Nobody was hurt.
        Talks resume on {day}.
        {person} has resigned.
        The {body} disagrees.
        Police found no weapon.
        Tickets cost {money} each.
        Trains are running again.
        The cause is unknown.
        {place} votes on {day}.
        That figure is wrong.
        He declined to comment.
        The strike is over.
        Why does {place} flood so often?""",
    "result": """
        {team} beat {team} {score} {when}.
        {team} drew {score_draw} with {team}, and {person} was sent off in the {ordinal} minute.
        {person} won the {place} Open in {number} sets after losing the first to {person} by {score}.
        {team} sacked {person} after {number} defeats in a row, and {person} takes over until {month}.
        {person} ran the {place} marathon in 2:{two}:{two}, a course record by {number} seconds.""",
    "weather": """
        Up to {number} centimetres of snow fell on {place} {when}, closing {number} schools and the road to {place}.
        Storm {first} reached {place} with gusts of {big} km/h, {said}.
        A heatwave of {two} °C will last until {day}, forecasters in {place} warn.
        The {river} rose {number} metres overnight, and {count} homes were left without power.""",
    "market": """
        Shares in {firm} {moved} {percent} to {money} {when}.
        {firm} reported a quarterly {gain} of {money} million, against {money} million a year earlier.
        {firm} will buy {firm} for {money} million in cash and shares, {consequence}.
        Inflation in {place} {moved} to {percent} in {month}, the {ordinal} month in a row above target.
        The price of {good} {moved} {percent} {because} {event}.
        Unemployment stood at {percent} in {month} {year}, said the {body}.""",
    "science": """
        Researchers in {place} have found {discovery}, they report in the journal {journal}.
        A trial with {count} patients found that {drug} cuts the risk of {illness} by {percent}, though {caveat}.
        The probe {craft} sent back its first pictures {when}, {number} months after launch.
        {discovery_cap} may explain why {species} are vanishing from the {river}, but {caveat}.
        Doctors in {place} treated a {age}-year-old with {drug} for {illness}; she went home after {number} days.""",
    "event": """
        {the_body} {body_act}
        {the_body} {body_act}
        {firm} {firm_act}
        {titled} {person_act}
        {person} {person_act}
        {count} {people} {crowd_act} in {place}
        {a_thing} {thing_act} in {place}
        {place} and {place} {pair_act}
        the court in {place} {court_act}""",
    "body_act": """
        approved a budget of {money} million
        rejected the plan for {project} by {number} votes to {number}
        postponed the decision on {project} until {month} {year}
        banned {good} with immediate effect
        opened an inquiry into {firm}
        published a report of {number} pages on {project}
        will raise the tax on {good} from {percent} to {percent}
        fined {firm} {money} million over {scandal}
        promised {money} million for {project}
        named {person} as its new head
        lost its appeal against {firm}
        agreed to reopen {project}""",
    "firm_act": """
        cut {count} jobs at its plant in {place}
        recalled {count} {product} over faulty batteries
        denied any part in {scandal}
        opened a factory for {product} near {place}
        will stop selling {product} by {year}
        signed a deal worth {money} million with {the_body}
        sued {firm} over a patent for {product}
        moved its head office from {place} to {place}
        lost the data of {count} customers""",
    "person_act": """
        resigned over {scandal}
        won a seat for {place} with {percent} of the vote
        called the plan for {project} “{adjective} and {adjective}”
        met {titled} in {place}
        received the {journal} prize for a study of {species}
        apologised to {people} in {place}
        pleaded not guilty to charges over {scandal}
        was taken to hospital after {a_thing} {thing_act}
        bought {firm} for {money}
        sang before {count} {people}
        wants to rebuild {project}
        refused to say who paid for {project}""",
    "person_act_title": """
        {titled} {person_act} for the {ordinal} time.
        {titled} {person_act}, then {person_act}.""",
    "crowd_act": """
        marched against the closure of {project}
        spent the night in shelters
        signed a petition about {scandal}
        queued for {good}
        were flown home
        lost their jobs
        cheered {person}
        waited up to {number} hours for a train""",
    "thing_act": """
        collapsed
        caught fire
        reopened after {number} years
        was sold for {money}
        was stolen from a museum
        ran aground
        broke down with {number} {people} on board""",
    "pair_act": """
        signed a treaty on {good}
        closed their border
        will share the water of the {river}
        broke off talks about {project}
        exchanged {number} prisoners""",
    "court_act": """
        sentenced {person} to {number} years in prison
        cleared {person} of all charges
        ruled that {firm} must pay {count} customers {money} each
        halted work on {project}""",
    "consequence": """
        a blow for {titled}
        which {the_body} had opposed for {number} years
        the {adjective} result since {year}
        leaving {count} {people} without {good}
        and {firm} may follow
        raising hopes that {place} will {hope}
        at a cost of {money} million
        despite a warning from {the_body}
        and the price of {good} {moved} {percent}""",
    "hope": """
        keep {project}
        see lower prices for {good}
        host the games in {year}
        find work for {count} {people}""",
    "said": """
        {the_body} said
        {person} said
        said {titled}
        {outlet} reported
        according to {the_body}
        a spokeswoman for {firm} said
        two people who know the matter said""",
    "because": "because\nafter\nalthough\nweeks before\nas",
    "when": """
        on {day}
        on {day} evening
        on {two_low} {month}
        in {month} {year}
        last week
        at {two_low}:{two} on {day}
        early this morning
        on {month} {two_low}, {year}
        in the first quarter of {year}""",
    "when_first": """
        On {day}
        In {month} {year}
        By {two_low} {month}
        Only {number} days later
        After a vote that lasted until {two_low} a.m.
        In a letter of {number} pages""",
    "past": """
        led {firm} until {year}
        has represented {place} since {year}
        once called {project} “{adjective}”
        grew up on the {river}
        lost to {person} by {number} votes""",
    "quote": """
        We didn’t expect this, and we aren’t ready for it
        Nobody asked the people who live here
        It’s the {adjective} thing I have seen in {number} years
        {good_cap} will not get cheaper before {month}
        I have nothing to hide
        If {project} closes, {place} closes with it
        You can’t run a hospital on promises
        There were {number} of us in the boat and {number} life jackets
        We’ll appeal, and we’ll win
        Mistakes were made, but not by {firm}
        Every child in {place} knows that {river} is not safe""",
    "caveat": """
        the sample was small
        others doubt the method
        the effect faded after {number} weeks
        {firm} paid for the study""",
    "who": "who\nwhich minister",
    "Who": "Which minister\nWho",
    "discovery": """
        a {adjective} fossil of {species}
        traces of {good} in the {river}
        a gene that protects {species} from {illness}
        {number} unknown moons""",
    "discovery_cap": "Warmer water\nA fungus\nNoise from ships\nTraces of {good}",
    "titled": """
        Finance Minister {person}
        Mayor {last}
        Dr {person}
        Gen. {person}
        Prof. {last}
        {firm}’s chief executive, {person}
        coach {person}
        Sen. {person}
        {person}, a nurse from {place}""",
    "person": "{first} {last}\n{first} {last}\n{first} {initial}. {last}\n{first} {last}-{last}",
    "first": """
        Amara
        Tobias
        Li Na
        Élodie
        Marek
        Sunniva
        Kofi
        Priya
        João
        Henrike
        Omar
        Yuki
        Saoirse
        Dmytro
        Rosa
        Te Aroha""",
    "last": """
        Okonjo
        Vandersteen
        Murzyn
        Halloran
        Åkesson
        Beltrán
        Takemoto
        O’Dowd
        Delacroix-Ney
        Adeyinka
        Szabó
        Whitlock
        Nair
        Quispe
        Grünwald
        Mac Aodha""",
    "initial": "J\nR\nT\nB",
    "place": """
        Halvern
        Port Essery
        Karstad
        New Brindle
        the Ostrava Valley
        San Melito
        Lower Quay
        Tarn County
        Belmora
        Ülmen
        the Skerry Islands
        Mount Ardley""",
    "the_body": "the {body}\nthe {body}\nthe {body} of {place}",
    "body": """
        city council
        transport ministry
        central bank
        fisheries board
        parliament
        health authority
        football federation
        European regulator
        teachers’ union
        fire service
        statistics office""",
    "firm": """
        Norvane Energy
        Bluefin Air
        Kettle & Sons
        Orbiq
        Halden Steel
        Papaya Mobile
        Lumo Pharma Inc.
        Granby Rail
        Trellis Foods
        Quantock Bank""",
    "outlet": "the Halvern Courier\nRadio Belmora\nthe Evening Ledger\nKarstad Today\nthe news agency NPB",
    "people": """
        pensioners
        farmers
        nurses
        students
        passengers
        fans
        refugees
        dock workers
        drivers
        teachers""",
    "project": """
        the harbour tunnel
        the children’s hospital
        Line 7 of the metro
        the Ardley wind farm
        the old opera house
        the {river} dam
        flight tests over {place}
        the school lunch programme""",
    "scandal": """
        a leaked email
        forged invoices
        the toxic paint affair
        bribes in {place}
        a secret loan
        illegal dumping in the {river}""",
    "good": """
        diesel
        wheat
        rice
        insulin
        plastic bags
        electricity
        coffee
        second-hand cars
        drinking water""",
    "good_cap": "Bread\nHeating\nRent\nMilk",
    "product": "electric scooters\nsmartphones\nheart monitors\nfrozen pizzas\nsolar panels\nbaby seats",
    "a_thing": """
        a bridge
        a ferry
        an oil tanker
        a 14th-century altar
        a cable car
        a warehouse full of {product}
        a bus""",
    "species": "eels\nhoney bees\nsnow leopards\nkelp forests\ngrey parrots\nhorseshoe crabs",
    "river": "Orrel\nSantiva\nUpper Dren\nMaal",
    "drug": "lumotinib\nan older asthma drug\na nasal vaccine\ngene therapy",
    "illness": "stroke\nmalaria\ndementia\nkidney failure\nflu",
    "craft": "Heron-2\nTiderunner\nLYRA",
    "journal": "Coastal Ecology\nMedicine North\nOrbit Letters",
    "team": "Halvern United\nDynamo Karstad\nthe Brindle Bears\nReal Melito\nEssery Women",
    "adjective": "worst\nstrangest\nbravest\nmost careless\ncheapest\nearliest\ncruellest",
    "moved": "rose\nfell\njumped\nslid\ncrept up by",
    "gain": "profit\nloss",
    "day": "Monday\nTuesday\nWednesday\nThursday\nFriday\nSaturday\nSunday",
    "month": "January\nMarch\nApril\nJune\nAugust\nOctober\nNovember",
    "ordinal": "second\nthird\n12th\n40th\n88th",
    "year": "1987\n1999\n2008\n2016\n2021\n2024\n2031",
    "number": "two\nthree\nseven\n11\n16\n27\n48\n93",
    "two": "05\n17\n29\n33\n41\n58",
    "two_low": "3\n8\n11\n12",
    "big": "110\n137\n164",
    "count": "some 300\nmore than 1,200\n45,000\nabout 60\nat least 17\nnearly two million",
    "money": "$4.2\n€318\n£1,750\n12.5\n$90\n€7",
    "percent": "3.1%\n0.4 per cent\n17%\n62.5%\na third",
    "score": "3–1\n6–4\n2–0\n101–97",
    "score_draw": "1–1\n0–0",
    "age": "19\n34\n57\n81",
}  # fmt: skip
_NAME = re.compile(r"\{(\w+)\}")


def made_up_sentences(count: int, *, seed: int) -> list[str]:
    """`count` different sentences, as many short as long ones, the same on each run."""
    dice = random.Random(seed)
    lengths = range(SHORTEST, LONGEST + 1)
    quota = dict.fromkeys(lengths, -(-count // len(lengths)))
    sentences: dict[str, None] = {}
    while len(sentences) < count:
        text = expanded("{sentence}", dice)
        words = len(text.split())
        if quota.get(words) and text not in sentences:
            quota[words] -= 1
            sentences[text] = None
    return list(sentences)


def expanded(text: str, dice: random.Random) -> str:
    """`text` with every name in braces replaced, and a capital at its start."""
    while match := _NAME.search(text):
        lines = [line.strip() for line in GRAMMAR[match[1]].strip().splitlines()]
        text = text[: match.start()] + dice.choice(lines) + text[match.end() :]
    return text[0].upper() + text[1:]
