using System.CommandLine;
using Parley.Server.Demo;

namespace Parley.Server.Commands;

/// <summary><c>parley serve</c>: the server itself.</summary>
internal static class ServeCommand
{
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
                Migrate = parsed.GetValue(migrate),
                Admit = KnownPasswords.Refuse,
                SetupCode = code => Console.WriteLine($"Set-up code: {code}"),
            };
            await using var serving = await ParleyHost.Serve(launch);
            var app = serving.App;
            // Only now: whoever waits for this line may send requests at once.
            Console.WriteLine($"Parley listens on {string.Join(", ", app.Urls)}");
            await using var stop = cancel.Register(app.Lifetime.StopApplication);
            await app.WaitForShutdownAsync(CancellationToken.None);
            return Exits.Done;
        }));
        return command;
    }
}
