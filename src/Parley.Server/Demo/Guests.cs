using System.Net.WebSockets;

namespace Parley.Server.Demo;

/// <summary>The simulated customers of a demo: a handful, spread over its first hour, and then no more.</summary>
internal static class Guests
{
    private const string Telephone = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1";

    public static readonly IReadOnlyList<Part> Parts =
    [
        new("Mila Janssen", "en", "/skerry", TimeSpan.FromSeconds(25),
        [
            "Hi! Is the Skerry jacket warm enough for November on the North Sea, or do I need something underneath?",
            "Good to know, thank you. I am always the one who is cold.",
            "Then I take the L and the thick fleece. Do you also have it in navy?",
            "Perfect, that was quick. Have a good watch!",
        ]) { Browser = Telephone },
        new("Hannes Köhler", "de", "/halyard", TimeSpan.FromMinutes(3),
        [
            "Moin, mein Großfall ist durch. 10 mm, 28 Meter. Bis wann könntet ihr das spleißen?",
            "Das passt gut, wir segeln erst am Wochenende.",
            "Mit Auge und Schäkel bitte, und mit blauer Kennung.",
            "Super, vielen Dank euch!",
        ]),
        new("Marta Prieto", "es", "/fulmar", TimeSpan.FromMinutes(9),
        [
            "¡Hola! Mi chaleco es de 2019. ¿Cada cuánto hay que revisarlo?",
            "Uf, entonces ya toca. ¿Lo puedo mandar por correo?",
            "Genial, lo mando mañana. ¡Gracias!",
        ]) { Browser = Telephone },
        new("Thijs Bakker", "nl", "/petrel", TimeSpan.FromMinutes(20),
        [
            "Hoi, past er een laptop van 16 inch in de kleine Petrel?",
            "Jammer, dan neem ik de grote. Is geel nog op voorraad?",
            "Top, bestel ik. Fijne dag!",
        ]),
        new("Oliver Grant", "en", "/tern", TimeSpan.FromMinutes(40),
        [
            "Evening. Can the Tern shoes be resoled? Mine have three seasons on them.",
            "Brilliant. Where do I send them?",
            "Will do. Cheers!",
        ]),
    ];

    /// <summary>Lets all of them come, each in their time, until told to stop.</summary>
    public static Task Run(IServiceProvider services, Uri address, InboxId inbox, CancellationToken stop) => Task.WhenAll(Parts.Select(part => Play(services, address, inbox, part, stop)));

    private static async Task Play(IServiceProvider services, Uri address, InboxId inbox, Part part, CancellationToken stop)
    {
        using var http = services.GetRequiredService<IHttpClientFactory>().CreateClient();
        http.BaseAddress = address;
        try
        {
            await new Guest(http, inbox, part, services.GetRequiredService<TimeProvider>()).Play(stop);
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
