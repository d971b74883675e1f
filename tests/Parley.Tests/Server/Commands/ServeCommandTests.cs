using System.Text.RegularExpressions;
using Parley.Platform.Settings;
using Parley.Server;
using Parley.Server.Demo;
using Parley.Tests.Cast;
using Shouldly;

namespace Parley.Tests.Server.Commands;

/// <summary>The program itself, as its users start it.</summary>
[Trait("takes", "long")]
public sealed class ServeCommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("parley-serve-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task It_says_where_it_listens_once_it_does_and_ends_cleanly_when_told_to()
    {
        await using var server = await Running.Start(_folder);
        using var http = new HttpClient(new SocketsHttpHandler());
        (await http.GetStringAsync($"{server.Address}/health/ready")).ShouldContain("ready");
        (await server.Stop()).ShouldBe(0);
        File.Exists(Path.Combine(_folder, "parley.sock")).ShouldBeFalse();
    }

    [Fact, Trait("row", "OP3")]
    public async Task OP3_A_store_without_anybody_says_a_code_and_one_with_somebody_says_none()
    {
        string first;
        await using (var server = await Running.Start(_folder))
        {
            first = server.SetupCode.ShouldNotBeNull();
            first.ShouldMatch("^[A-Z0-9]{4}-[A-Z0-9]{4}$");
            using var stranger = new Caller(new Uri(server.Address));
            (await stranger.Get("/")).Expect(System.Net.HttpStatusCode.Found).Headers.Location!.ToString().ShouldBe("/setup");
            await server.Stop();
        }

        await using (var server = await Running.Start(_folder))
        {
            server.SetupCode.ShouldNotBe(first);
            (await Running.Run(Add("Kim", "kim@lighthouse.test", "owner"))).Exit.ShouldBe(0);
            using var stranger = new Caller(new Uri(server.Address));
            (await stranger.Get("/")).Status.ShouldNotBe(System.Net.HttpStatusCode.Found);
            (await stranger.Post("/v1/setup", new { code = server.SetupCode, name = "Ravi", email = "ravi@lighthouse.test", password = Cast.Lighthouse.Password })).Refused(System.Net.HttpStatusCode.Conflict, "setup.done");
            await server.Stop();
        }

        await using (var server = await Running.Start(_folder))
        {
            server.SetupCode.ShouldBeNull();
        }
    }

    [Fact]
    public async Task A_second_server_on_the_same_folder_is_refused_with_one_line()
    {
        await using var server = await Running.Start(_folder);
        var (exit, output, error) = await Running.Run("serve", "--data", _folder, "--urls", "http://127.0.0.1:0");
        exit.ShouldBe(4);
        output.ShouldBeEmpty();
        error.ShouldBe($"parley: {_folder} is in use by another Parley. End that one, or choose another folder with --data.");
    }

    [Theory]
    [InlineData("serve", "--bogus")]
    [InlineData("sail")]
    [InlineData("agent", "add", "--name")]
    public async Task A_flag_or_a_command_that_is_none_is_wrong_usage(params string[] said)
    {
        var (exit, _, error) = await Running.Run(said);
        exit.ShouldBe(2);
        error.ShouldNotBeEmpty();
    }

    [Theory]
    [InlineData("serve")]
    [InlineData("demo")]
    public async Task An_address_that_is_taken_is_one_line(string command)
    {
        using var other = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        other.Start();
        var (exit, output, error) = await Running.Run(command, "--data", _folder, "--urls", $"http://{other.LocalEndpoint}");
        exit.ShouldBe(4);
        // What a new store is set up with is said before the server can be asked anything.
        Regex.Replace(output, @"^Set-up code: [A-Z0-9]{4}-[A-Z0-9]{4}$", "").ShouldBeEmpty();
        error.ShouldBe($"parley: Failed to bind to address http://{other.LocalEndpoint}: address already in use. End the program that listens there, or choose another address with --urls.");
    }

    [Fact]
    public async Task A_demo_is_not_served_to_others_with_passwords_that_everybody_knows()
    {
        await Seeding.Seed(new Launch(new SettingsReader(ParleyHost.Sections), _folder), told: false);
        var (exit, _, error) = await Running.Run("serve", "--data", _folder, "--urls", "http://127.0.0.1:0");
        exit.ShouldBe(3);
        error.ShouldStartWith("parley: This store was made by 'parley demo', and everybody knows the passwords of kim@lighthouse.test");
        error.ShouldNotContain("\n");
    }

    [Fact]
    public async Task A_demo_that_was_restored_somewhere_else_is_still_one()
    {
        var (demo, archive, restored) = (Path.Combine(_folder, "demo"), Path.Combine(_folder, "demo.tar.gz"), Path.Combine(_folder, "restored"));
        Directory.CreateDirectory(demo);
        await Seeding.Seed(new Launch(new SettingsReader(ParleyHost.Sections), demo), told: false);
        (await Running.Run("backup", archive, "--data", demo)).Exit.ShouldBe(0);
        (await Running.Run("restore", archive, "--data", restored)).Exit.ShouldBe(0);
        var (exit, output, error) = await Running.Run("serve", "--data", restored, "--urls", "http://127.0.0.1:0");
        exit.ShouldBe(3);
        output.ShouldBeEmpty();
        error.ShouldStartWith("parley: This store was made by 'parley demo', and everybody knows the passwords of kim@lighthouse.test, noor@lighthouse.test, ravi@lighthouse.test.");
    }

    [Fact]
    public async Task An_agent_is_added_to_nothing_and_while_it_serves_and_can_sign_in_at_once()
    {
        var first = await Running.Run(Add("Kim", "kim@lighthouse.test", "owner"));
        first.Exit.ShouldBe(0, first.Error);
        await using var server = await Running.Start(_folder);
        var second = await Running.Run(Add("Noor", "noor@lighthouse.test", "agent"));
        second.Exit.ShouldBe(0, second.Error);
        second.Output.ShouldContain("noor@lighthouse.test");
        foreach (var name in new[] { "kim", "noor" })
        {
            using var caller = new Caller(new Uri(server.Address));
            (await caller.Post("/v1/session", new { email = $"{name}@lighthouse.test", password = Cast.Lighthouse.Password })).Expect(System.Net.HttpStatusCode.Created)["workspace.name"].ShouldBe("Parley");
        }

        (await Running.Run(Add("Noor", "noor@lighthouse.test", "agent"))).Exit.ShouldBe(1);
        (await Running.Run(Add("Ben", "ben@lighthouse.test", "captain"))).Exit.ShouldBe(2);
    }

    [Theory]
    [InlineData("--set", "desk.queueLimt=1")]
    [InlineData("--set", "desk.queueLimit=none")]
    [InlineData("--set", "desk.queueLimit")]
    [InlineData("--store", "nonsense")]
    public async Task A_wrong_setting_is_one_line(string flag, string value)
    {
        var (exit, _, error) = await Running.Run("serve", "--data", _folder, "--urls", "http://127.0.0.1:0", flag, value);
        exit.ShouldBeInRange(2, 3);
        error.ShouldStartWith("parley: ");
        error.ShouldNotContain("\n");
    }

    /// <summary>Said before anything is opened, and by the doctor as well as by the server.</summary>
    [Theory]
    [InlineData("server.urls=foo", "server.urls: 'foo' is no address.")]
    [InlineData("server.urls=,", "server.urls names no address to listen on.")]
    [InlineData("server.urls=ftp://127.0.0.1:0", "'ftp://127.0.0.1:0' is neither http nor https.")]
    [InlineData("server.urls=http://127.0.0.1:many", "names no address of a machine")]
    [InlineData("server.urls=https://127.0.0.1:0", "An address is https and there is no certificate.")]
    [InlineData("server.certificate=nowhere.pem", "nowhere.pem cannot be used with its key (server.certificateKey is not set)")]
    [InlineData("server.trustedProxies=10.0.0.0/8,me", "server.trustedProxies: 'me' is neither an address nor a network")]
    [InlineData("server.publicUrl=chat.example.org", "server.publicUrl is 'chat.example.org'")]
    [InlineData("telemetry.endpoint=collector:4318", "telemetry.endpoint is 'collector:4318'")]
    public async Task An_address_that_is_none_is_one_line(string setting, string says)
    {
        var (exit, output, error) = await Running.Run("serve", "--data", _folder, "--set", setting);
        (exit, output).ShouldBe((2, ""), error);
        error.ShouldStartWith("parley: ");
        error.ShouldContain(says);
        error.ShouldNotContain("\n");
        File.Exists(Path.Combine(_folder, "parley.db")).ShouldBeFalse();
        (exit, output, error) = await Running.Run("doctor", "--data", _folder, "--set", setting);
        (exit, error).ShouldBe((1, ""));
        output.Split('\n').ShouldContain(line => line.StartsWith("BAD", StringComparison.Ordinal) && line.Contains(says));
    }

    [Fact]
    public async Task What_may_mend_itself_ends_otherwise_than_what_does_not()
    {
        (await Running.Run("serve", "--data", _folder, "--store", "Host=127.0.0.1;Port=1;Database=parley;Username=parley")).Exit.ShouldBe(5);
        (await Running.Run("serve", "--data", _folder, "--store", "Host=127.0.0.1;Port=many")).Exit.ShouldBe(3);
        var (exit, _, error) = await Running.Run("serve", "--data", _folder, "--urls", "http://192.0.2.1:5080");
        (exit, error).ShouldBe((4, "parley: No address can be listened on as server.urls says: Cannot assign requested address."));
    }

    [Theory]
    [InlineData("purging")]
    [InlineData("everything")]
    public async Task Only_what_is_made_from_the_log_is_made_anew(string what)
    {
        var (exit, _, error) = await Running.Run("rebuild", what, "--data", _folder);
        (exit, error).ShouldBe((2, $"parley: '{what}' is not made from the log. What can be made anew is inbox (lists and counts) or search."));
    }

    [Fact]
    public async Task Every_command_has_help()
    {
        var (exit, output, _) = await Running.Run("--help");
        exit.ShouldBe(0);
        foreach (var command in new[] { "serve", "demo", "migrate", "doctor", "config", "agent", "workspace", "backup", "restore" })
        {
            output.ShouldContain($"  {command}");
            var help = await Running.Run(command, "--help");
            help.Exit.ShouldBe(0, command);
            help.Output.ShouldContain("Usage:");
        }
    }

    [Fact]
    public async Task Config_shows_where_a_value_came_from_and_no_secret()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "parley.json"), """{ "keys": { "master": "0123456789012345678901234567890123456789" }, "desk": { "gatherMs": 3 } }""");
        var (exit, output, _) = await Running.Run("config", "--data", _folder, "--set", "desk.batchLimit=9");
        exit.ShouldBe(0);
        output.ShouldContain($"desk.gatherMs = 3    from {Path.Combine(_folder, "parley.json")}; default 2");
        output.ShouldContain("desk.batchLimit = 9    from --set; default 500");
        output.ShouldContain("keys.master = (secret)");
        output.ShouldNotContain("0123456789");
    }

    private string[] Add(string name, string email, string role) =>
        ["agent", "add", "--data", _folder, "--name", name, "--email", email, "--password", Cast.Lighthouse.Password, "--role", role];
}
