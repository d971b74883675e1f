using System.CommandLine;
using Parley.Platform.Hosting;
using Parley.Platform.Store;
using Parley.Server.Demo;

namespace Parley.Server.Commands;

/// <summary><c>parley serve</c>: the server itself.</summary>
internal static class ServeCommand
{
    /// <summary>With the usual time for draining, a server has ended ten seconds after it was told to, whatever hangs.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(7.5);

    public static Command Make()
    {
        var command = new Command("serve", "Serves until it is told to stop (Ctrl+C, SIGTERM).");
        var migrate = new Option<bool>("--migrate") { Description = "Bring a PostgreSQL store forward first; the embedded one is brought forward by itself." };
        var options = new Options().AddTo(command, listens: true);
        command.Options.Add(migrate);
        command.SetAction((parsed, cancel) => Exits.Run(async () =>
        {
            var (settings, folder) = options.Read(parsed);
            var launch = new Launch(settings, folder)
            {
                Time = TurnedClock.Of(settings.Section<ServerSettings>(), Environment.GetEnvironmentVariable(TurnedClock.Variable)),
                Migrate = parsed.GetValue(migrate),
                Admit = KnownPasswords.Refuse,
                SetupCode = code => Console.WriteLine($"Set-up code: {code}"),
            };
            await using var serving = await ParleyHost.Serve(launch);
            var app = serving.App;
            // Only now: whoever waits for this line may send requests at once.
            Console.WriteLine($"Parley listens on {string.Join(", ", app.Urls)}");
            await using var stop = cancel.Register(() => _ = Drain(app));
            await app.WaitForShutdownAsync(CancellationToken.None);
            return Exits.Done;
        }));
        return command;
    }

    /// <summary>Says that it is about to end, and still answers until whoever gives out the work has heard it.</summary>
    private static async Task Drain(WebApplication app)
    {
        app.Services.GetRequiredService<Draining>().Begin();
        var others = !app.Services.GetRequiredService<Database>().Dialect.OneWriter;
        await Task.Delay(TimeSpan.FromSeconds(app.Services.GetRequiredService<ServerSettings>().DrainSeconds ?? (others ? 2 : 0)));
        app.Lifetime.StopApplication();
        await Task.Delay(Longest);
        // A store that hangs, say. What was confirmed is on its disk, and nothing else was promised.
        Console.Error.WriteLine("parley: something did not end in time and is cut off; what was confirmed is on disk.");
        Environment.Exit(Exits.Failed);
    }
}
