namespace Parley.Server.Demo.Shop;

/// <summary>What the shop sells. The picture is <c>art/{Id}.svg</c>.</summary>
internal sealed record Product(string Id, string Name, string Kind, string Price, string Text, string[] Points)
{
    public static readonly IReadOnlyList<Product> All =
    [
        new("skerry", "Skerry offshore jacket", "Foul weather", "€ 389", "Three layers, taped seams, a hood that turns with your head, and a collar that a beard survives. Cut close at the shoulders: with a thick fleece take one size up.",
            ["Waterproof to 20,000 mm, and it breathes", "Double cuffs: an inner seal, an outer strap", "Reflective bands and a loop for your light", "Zip covered for three years, receipt or not"]),
        new("fulmar", "Fulmar life jacket 170 N", "Safety", "€ 159", "Turns you on your back in four seconds, also in heavy clothes. Automatic, with a light that finds you and a crotch strap that keeps it where it belongs.",
            ["33 g cylinder, automatic head", "Harness loop, light, whistle, crotch strap", "Rearming kit € 29.95, service in our loft € 15", "For 40 kg and more; Junior from 25 kg"]),
        new("petrel", "Petrel dry bag 40 L", "Bags", "€ 69", "A rucksack that does not mind the bilge. Padded straps, a chest strap, and a colour that you find again.",
            ["40 litres; there is a 25 with a laptop sleeve", "Welded seams, roll top", "Yellow, navy or red", "Rinse the zip of the side pocket with fresh water"]),
        new("tern", "Tern deck shoe", "Shoes", "€ 119", "Oiled leather on a sole that stays on a wet deck and leaves no mark on a strict captain's teak. True to size.",
            ["Non-marking sole with water channels", "Laces of leather, eyelets that do not rust", "Sizes 36 to 47, halves from 38 to 44", "Can be resoled once, twice if you ask nicely"]),
        new("guillemot", "Guillemot handheld VHF", "Electronics", "€ 219", "Six watts, sixteen hours, floats face up and flashes while it waits for you. ATIS for inland waters can be entered once: read the number twice.",
            ["All international channels, weather alert", "ATIS for inland waterways", "Waterproof to 1.5 m for half an hour", "Transmitting needs a certificate; listening does not"]),
        new("gannet", "Gannet gloves", "Foul weather", "€ 35", "Goatskin where it holds, neoprene where it is cold, and two fingers free for the phone you should not use at the helm.",
            ["Three fingers short, two long", "Women's cut: Gannet W, same leather", "Sizes 6 to 11", "Dry them in the shade"]),
        new("halyard", "Halyard, spliced to measure", "Ropes", "€ 4.20 / m", "10 mm with a dyneema core. Tell us the length and whether you want an eye or a shackle; splicing takes two days and the coffee is free.",
            ["Breaking load 3,900 kg", "Stretches 1.2 % at a fifth of that", "White with a blue, red or green fleck", "A knot costs half of the strength, a splice a tenth"]),
        new("eider", "Eider sea boot", "Shoes", "€ 149", "Warm, light, and off in a second when it has to be. White sole, no marks, fit for captains of any strictness.",
            ["Natural rubber, wool lining", "Sizes 36 to 47", "Reflective band at the top", "Fits under the Skerry trousers"]),
    ];
}
