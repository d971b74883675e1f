using System.Net.WebSockets;

namespace Parley.Server.Demo;

/// <summary>The simulated customers of a demo: a handful, spread over its first hour, and then no more. The first minute belongs to whoever looks.</summary>
internal static class Guests
{
    private const string Telephone = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1";

    public static readonly IReadOnlyList<Part> Parts =
    [
        new("Mila Janssen", "en", "/skerry", TimeSpan.FromSeconds(90),
        [
            "Hi! Is the Skerry jacket warm enough for a cold day on the North Sea, or do I need something underneath?",
            "Good to know, thank you. I am always the one who is cold.",
            "Then I take the L and the thick fleece. Do you also have it in navy?",
            "Perfect, that was quick. Have a good watch!",
        ])
        {
            Browser = Telephone,
            Email = "mila@janssen.test",
            Knows = [(["size", "tall", "measure", "chest"], "I am 1.74, and an M nearly everywhere, but I like room for wool."), (["colour", "color", "navy", "red"], "Navy, if there is any. Red shows every drop of coffee."), (["sail", "boat", "where"], "A 38 foot ketch, mostly between Den Helder and Lowestoft.")],
            Nudge = "Are you still there? No rush, I can also come back later.",
        },
        new("Jens Albers", "de", "/fulmar", TimeSpan.FromSeconds(170),
        [
            "Hallo, kurze Frage: Muss ich die Weste nach drei Jahren zur Wartung schicken, auch wenn sie nie aufgegangen ist?",
            "Verstanden. Was kostet das bei euch, mit neuer Patrone?",
            "Passt, ich schicke sie morgen los. Danke!",
        ])
        {
            Knows = [(["welche", "which", "modell", "model", "marke"], "Eine Fulmar 170, von 2022."), (["wann", "when", "bis"], "Ein paar Wochen hat es Zeit.")],
            Patience = TimeSpan.FromSeconds(40),
            Away = TimeSpan.FromSeconds(50),
            Back = "So, da bin ich wieder, es hatte geklingelt.",
        },
        new("Hannes Köhler", "de", "/halyard", TimeSpan.FromMinutes(4),
        [
            "Moin, mein Großfall ist durch. 10 mm, 28 Meter. Bis wann könntet ihr das spleißen?",
            "Das passt gut, wir segeln erst am Wochenende.",
            "Mit Auge und Schäkel bitte, und mit blauer Kennung.",
            "Super, vielen Dank euch!",
        ])
        {
            Knows = [(["farbe", "kennung", "colour", "color"], "Blau, wie beim alten."), (["auge", "schäkel", "eye", "shackle"], "Auge mit Schäkel, am anderen Ende nur ein Takling."), (["boot", "boat", "mast"], "Eine Dehler 34, Mast etwa 14 Meter.")],
            Nudge = "Kein Stress, ich lasse das Fenster offen.",
        },
        new("Marta Prieto", "es", "/fulmar", TimeSpan.FromMinutes(9),
        [
            "¡Hola! Mi chaleco es de 2019. ¿Cada cuánto hay que revisarlo?",
            "Uf, entonces ya toca. ¿Lo puedo mandar por correo?",
            "Genial, lo mando mañana. ¡Gracias!",
        ])
        {
            Browser = Telephone,
            Knows = [(["modelo", "model", "cuál", "which"], "El Fulmar 170, con la anilla verde todavía verde."), (["dónde", "where", "ciudad"], "Desde Cádiz.")],
            Nudge = "¿Hay alguien por ahí? Si no, vuelvo luego.",
            Back = "¡Ya he vuelto!",
        },
        new("Thijs Bakker", "nl", "/petrel", TimeSpan.FromMinutes(20),
        [
            "Hoi, past er een laptop van 16 inch in de kleine Petrel?",
            "Jammer, dan neem ik de grote. Is geel nog op voorraad?",
            "Top, bestel ik. Fijne dag!",
        ])
        {
            Knows = [(["kleur", "geel", "colour", "color"], "Geel, dan ziet mijn vrouw hem ook liggen."), (["laptop", "inch", "which", "welke"], "Een 16 inch, met een vrij dikke hoes.")],
            Nudge = "Ik ga even eten, ik kijk straks weer.",
        },
        new("Oliver Grant", "en", "/tern", TimeSpan.FromMinutes(40),
        [
            "Evening. Can the Tern shoes be resoled? Mine have three seasons on them.",
            "Brilliant. Where do I send them?",
            "Will do. Cheers!",
        ])
        {
            Knows = [(["size"], "Forty-four, wide feet."), (["photo", "picture", "wear", "condition"], "Heel gone on the left one, the rest is decent. The leather is lovely.")],
        },
    ];

    /// <summary>Lets all of them come, each in their time, until told to stop.</summary>
    public static async Task Run(IServiceProvider services, Uri address, Seeded seeded, CancellationToken stop)
    {
        await SeeOff(services, seeded);
        await Task.WhenAll(Parts.Select(part => Play(services, address, seeded.Shop, part, stop)));
    }

    /// <summary>Whoever came by at an earlier start is gone for good: what they asked is closed before they come and ask it again.</summary>
    internal static async Task SeeOff(IServiceProvider services, Seeded seeded)
    {
        if (await Lighthouse.Again(services, seeded) is { } place)
        {
            var now = services.GetRequiredService<TimeProvider>().GetUtcNow().ToUnixTimeMilliseconds();
            await Returning.Close(services, place, Parts.Select(part => part.Lines[0]), $"demo:guests:{now}");
        }
    }

    private static async Task Play(IServiceProvider services, Uri address, InboxId inbox, Part part, CancellationToken stop)
    {
        using var http = services.GetRequiredService<IHttpClientFactory>().CreateClient();
        http.BaseAddress = address;
        try
        {
            await new Guest(new Door(http), inbox, part, services.GetRequiredService<Simulated>(), services.GetRequiredService<TimeProvider>()).Play(stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The demo ends.
        }
        catch (Exception error) when (error is HttpRequestException or WebSocketException)
        {
            services.GetRequiredService<ILogger<Guest>>().LogWarning("{Name} could not go on: {Reason}", part.Name, error.Message);
        }
    }
}
