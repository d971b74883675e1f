using System.Net;
using System.Text.RegularExpressions;
using Parley.Emulators;
using Parley.Emulators.Generic;
using Parley.Tests.Cast;

namespace Parley.Chaos.Staging;

/// <summary>
/// A workspace of the installation. Three inboxes: the shop, which all answer; the quay, which only Kim's team sees; and a channel with a receiver of the test. Kim is its owner,
/// Noor and Ola are agents without the quay, and Ola has closed the console.
/// </summary>
internal sealed class House : IAsyncDisposable
{
    public const string Password = "the lamp is lit";

    private House(char letter, string name, string workspace) => (Letter, Name, Workspace) = (letter, name, workspace);

    /// <summary>How its words begin.</summary>
    public char Letter { get; }

    public string Name { get; }

    public string Workspace { get; }

    public string Shop { get; private set; } = "";

    public string Quay { get; private set; } = "";

    public string Channel { get; private set; } = "";

    /// <summary>With which the receiver tells what its customers say.</summary>
    public string Token { get; private set; } = "";

    /// <summary>Ola, an agent without the quay, whose console is closed: who they are, and their browser.</summary>
    public (string Id, string Browser) Ola { get; private set; }

    public Emulator Emulator { get; private set; } = null!;

    public GenericSystem Receiver => Emulator.Of<GenericSystem>();

    public string Mail(string agent) => $"{agent}@{Name.ToLowerInvariant()}.test";

    /// <summary>Where an inbox's words are said.</summary>
    public string InboxOf(char inbox) => inbox switch { 's' => Shop, 'p' => Quay, _ => Channel };

    /// <summary>Makes the workspace and its owner by the command line, before anything is served.</summary>
    public static async Task<House> Found(Station station, char letter, string name, bool first)
    {
        string[] where = [];
        if (!first)
        {
            var (exit, output, error) = await station.Try("workspace", "add", "--name", name);
            exit.ShouldBe(0, error);
            where = ["--workspace", Regex.Match(output, @"wsp_\w+").Value];
        }

        var hired = await station.Try(["agent", "add", "--name", "Kim", "--email", $"kim@{name.ToLowerInvariant()}.test", "--password", Password, "--role", "owner", .. where]);
        hired.Exit.ShouldBe(0, hired.Error);
        return new House(letter, name, Regex.Match(hired.Output, @"wsp_\w+").Value) { Emulator = await Emulator.Start() };
    }

    /// <summary>Sets it up over HTTP.</summary>
    public async Task SetUp(Station station, PushSink browsers)
    {
        using var kim = new Person(station.Address);
        kim.Id = (await kim.Post("/v1/session", new { email = Mail("kim"), password = Password })).Expect(HttpStatusCode.Created)["id"];
        Shop = (await kim.Post("/v1/inboxes", new { name = "Shop", channel = "web" })).Expect(HttpStatusCode.Created)["id"];
        Quay = (await kim.Post("/v1/inboxes", new { name = "Quay", channel = "web" })).Expect(HttpStatusCode.Created)["id"];
        var team = (await kim.Post("/v1/teams", new { name = "Quay", members = new[] { kim.Id } })).Expect(HttpStatusCode.Created)["id"];
        (await kim.Patch($"/v1/inboxes/{Quay}", new { teams = new[] { team } })).Expect(HttpStatusCode.OK);
        (await kim.Post("/v1/agents", new { name = "Noor", email = Mail("noor"), password = Password, role = "agent" })).Expect(HttpStatusCode.Created);
        (await kim.Post("/v1/agents", new { name = "Ola", email = Mail("ola"), password = Password, role = "agent" })).Expect(HttpStatusCode.Created);
        using var ola = new Person(station.Address);
        ola.Id = (await ola.Post("/v1/session", new { email = Mail("ola"), password = Password })).Expect(HttpStatusCode.Created)["id"];
        var (browser, device) = browsers.Subscribe();
        (await ola.Post("/v1/me/push/devices", device)).Expect(HttpStatusCode.Created);
        Ola = (ola.Id, browser);
        var made = (await kim.Post("/v1/channels", new { kind = "generic", name = "The channel", settings = new { url = new Uri(Emulator.Address, "/generic/hook") } })).Expect(HttpStatusCode.Created);
        (Channel, Token) = (made["inbox"], made["made.token"]);
        Receiver.Connect(new Dictionary<string, string> { ["address"] = new Uri(station.Address, made["address"]).ToString(), ["secret"] = made["made.secret"] });
    }

    public ValueTask DisposeAsync() => Emulator.DisposeAsync();
}
