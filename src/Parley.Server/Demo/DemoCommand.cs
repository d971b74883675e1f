using System.CommandLine;
using System.Net;
using Parley.Platform.Push;
using Parley.Platform.Settings;
using Parley.Server.Commands;
using Parley.Server.Demo.Controls;
using Parley.Server.Demo.Mailbox;
using Parley.Server.Demo.Shop;
using Parley.Server.Demo.Tour;

namespace Parley.Server.Demo;

/// <summary>
/// <c>parley demo</c>: a lively shop on this machine, in a folder of its own. Nothing of it can be reached in any other way: the shop's routes are
/// mapped here, and its passwords, which everybody knows, open only what listens here.
/// </summary>
internal static class DemoCommand
{
    public static Command Make()
    {
        var command = new Command("demo", "Serves a shop with customers, conversations and people who answer, to look around in. On this machine only.");
        var data = new Option<string?>("--data") { Description = $"The demo's folder (default: {DefaultFolder}).", HelpName = "DIR" };
        var urls = new Option<string?>("--urls") { Description = "Addresses of this machine to listen on (default: http://127.0.0.1:5080).", HelpName = "URL[,URL]" };
        var empty = new Option<bool>("--empty") { Description = "Begin without a past: the company is there, and nobody has written yet." };
        var quiet = new Option<bool>("--quiet") { Description = "Without simulated customers." };
        foreach (var option in new Option[] { data, urls, empty, quiet })
        {
            command.Options.Add(option);
        }

        command.SetAction((parsed, cancel) => Exits.Run(async () =>
        {
            var launch = LaunchOf(parsed.GetValue(data) ?? DefaultFolder, parsed.GetValue(urls));
            var seeded = await Seeding.Seed(launch, told: !parsed.GetValue(empty));
            await using var serving = await Serve(launch, seeded);
            var app = serving.App;
            var address = new Uri(app.Urls.First());
            Welcome(address, launch.Folder);
            await using var stop = cancel.Register(app.Lifetime.StopApplication);
            var guests = parsed.GetValue(quiet) ? Task.CompletedTask : Guests.Run(app.Services, address, seeded, app.Lifetime.ApplicationStopping);
            await app.WaitForShutdownAsync(CancellationToken.None);
            await guests;
            return Exits.Done;
        }));
        return command;
    }

    /// <summary>The demo reads neither the environment nor a file: what is set up there is for a server that works.</summary>
    internal static Launch LaunchOf(string folder, string? urls)
    {
        var path = Path.GetFullPath(folder);
        var settings = new SettingsReader(ParleyHost.Sections).Set("server.data", path, "--data").Set("server.logLevel", nameof(LogDetail.Warning), "demo");
        if (urls is not null)
        {
            settings.Set("server.urls", urls, "--urls");
        }

        var addresses = settings.Section<ServerSettings>().Urls.Split([',', ';', ' '], StringSplitOptions.RemoveEmptyEntries);
        foreach (var url in addresses)
        {
            if (!Uri.TryCreate(url, UriKind.Absolute, out var uri) || !uri.IsLoopback)
            {
                throw new SettingWrong($"--urls {url}: the demo's passwords are known to everybody, so it listens to this machine alone (http://127.0.0.1:5080).");
            }
        }

        // A second device needs an origin of its own, to keep what it keeps apart from the first: one more port of the same machine.
        settings.Set("server.urls", string.Join(',', [.. addresses, Second(new Uri(addresses[0]))]), "demo");
        // Links in mails begin with where the demo is; of a port that is only known once it is open, its first page says it.
        if (new Uri(addresses[0]).Port != 0)
        {
            settings.Set("server.publicUrl", new Uri(addresses[0]).GetLeftPart(UriPartial.Authority), "demo");
        }

        return new Launch(settings, path) { Time = new ShopClock(TimeProvider.System, path) };
    }

    private static string Second(Uri first) => new UriBuilder(first.Scheme, IPAddress.TryParse(first.Host.Trim('[', ']'), out _) ? first.Host : "127.0.0.1", 0).Uri.GetLeftPart(UriPartial.Authority) is var url && url.EndsWith(":0", StringComparison.Ordinal) ? url : $"{url}:0";

    internal static async Task<Serving> Serve(Launch launch, Seeded seeded)
    {
        var clock = launch.Time as ShopClock ?? new ShopClock(launch.Time, launch.Folder);
        var letters = new Letters(launch.Folder);
        var post = new PostOffice(letters);
        foreach (var (key, value) in new[] { ("mail.host", "127.0.0.1"), ("mail.port", $"{post.Port}"), ("mail.security", "none"), ("mail.from", "hello@lighthouse.test"), ("channels.allowLoopback", "true") })
        {
            launch.Settings.Set(key, value, "demo");
        }

        try
        {
            return await ParleyHost.Serve(launch with
            {
                Time = clock,
                // By a factory: what a container made it ends, and the mail server goes with the demo.
                Add = services => services.AddHttpClient().AddSingleton<Simulated>().AddSingleton(seeded).AddSingleton(launch).AddSingleton(clock).AddSingleton(letters).AddSingleton(_ => post).AddSingleton<Stage>()
                    // Push services go by the real time, and refuse whom they take to be a day ahead.
                    .AddSingleton(provider => ActivatorUtilities.CreateInstance<Vapid>(provider, clock.Real)),
                Before = app =>
                {
                    _ = app.ApplicationServices.GetRequiredService<PostOffice>();
                    OwnMachine.Guard(app);
                    BrowserClock.Insert(app);
                },
                Map = routes =>
                {
                    new ShopRoutes(seeded).Map(routes);
                    new TourRoutes(seeded, launch.Site).Map(routes);
                    StageRoutes.Map(routes);
                    MailRoutes.Map(routes);
                },
            });
        }
        catch
        {
            await post.DisposeAsync();
            throw;
        }
    }

    private static string DefaultFolder => Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify), "parley", "demo");

    private static void Welcome(Uri address, string folder)
    {
        Console.WriteLine($"""

              Lighthouse is open.

              Begin here     {new Uri(address, TourRoutes.Root)}           both sides on one page, and things to try

              Each side by itself, in windows of their own:

              The shop       {new Uri(address, Pages.Root)}      be a customer: the button is in the corner
              The clock      {new Uri(address, StageRoutes.Root)}  make it night, choose how the shop answers
              The mailbox    {new Uri(address, MailRoutes.Root)}      what Parley mails to its customers
              The console    {address}               be one of those who answer:

            {string.Join('\n', Lighthouse.Staff.Select(person => $"                 {Lighthouse.Email(person.Name),-24} {Lighthouse.Password(person.Name),-18} {person.Role.ToString().ToLowerInvariant()}"))}

              What the shop asks waits under Unassigned. Kept in {folder}
              Ctrl+C ends it.

            """);
    }
}
