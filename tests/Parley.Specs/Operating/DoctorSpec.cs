using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using Parley.Platform.Store;
using Parley.Server;
using Parley.Specs.Engines;
using Parley.Specs.Killing;
using Parley.Tests.Cast;

namespace Parley.Specs.Operating;

/// <summary>
/// What can be wrong with a set-up, broken one by one: <c>parley doctor</c> finds each and says how to mend it. What a proxy spoils is in
/// <c>DoctorCommandTests</c>, half-written settings in <see cref="RefusingSpec"/>.
/// </summary>
public sealed class DoctorSpec : IDisposable
{
    private const string Master = "0123456789012345678901234567890123456789";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("parley-doctor-");

    private string Folder => Path.Combine(_folder.FullName, "data");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact, Trait("row", "PA23")]
    public async Task PA23_Nothing_is_wrong_with_a_folder_that_is_new()
    {
        var (exit, output, _) = await Doctor();
        (exit, output.Contains("BAD", StringComparison.Ordinal)).ShouldBe((0, false), output);
    }

    [Fact]
    public async Task A_folder_that_is_a_file()
    {
        await File.WriteAllTextAsync(Folder, "");
        await Finds($"folder: {Folder} is a file. Choose a folder with --data.");
    }

    [Fact]
    public async Task A_folder_that_cannot_be_written()
    {
        if (Environment.IsPrivilegedProcess)
        {
            // Whoever is root may write everywhere but there.
            var (exit, output, _) = await new ParleyProcess("/proc/sys/kernel", null).Try("doctor", "--urls", "http://127.0.0.1:0");
            exit.ShouldBe(1);
            output.ShouldContain("BAD   folder: /proc/sys/kernel cannot be written by");
            return;
        }

        if (!OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(Folder, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }

        await Finds("cannot be written by");
    }

    [SkippableFact]
    public async Task A_disk_that_is_nearly_full()
    {
        await using var disk = await Tmpfs.Mount(100);
        var (exit, output, _) = await new ParleyProcess(disk.Path, null).Try("doctor");
        exit.ShouldBe(1);
        output.ShouldContain($"MB are free under {disk.Path}. Make room.");
    }

    [Fact]
    public async Task A_store_of_a_newer_version()
    {
        await new ParleyProcess(Folder, null).Run("migrate");
        await using (var store = new Database(new SqliteDialect(Path.Combine(Folder, "parley.db"))))
        {
            await store.Write(session => session.Execute("insert into migrations (number, name, checksum, at) values (9999, 'tomorrow', 'x', 0)"));
        }

        await Finds("store: The store has step 9999 (tomorrow), which this version of Parley does not know. Use the version that wrote it, or a newer one.");
    }

    [Fact]
    public async Task A_store_that_cannot_be_reached() => await Finds("store: Failed to connect to 127.0.0.1:1", "Host=127.0.0.1;Port=1;Database=parley;Username=parley");

    [SkippableFact]
    public async Task A_store_that_is_behind()
    {
        await using var engine = await PostgresEngine.Make();
        await Finds("steps behind. Run 'parley migrate'.", engine.Url);
    }

    [SkippableFact]
    public async Task A_store_that_loses_what_it_confirmed_and_has_no_room_for_our_connections()
    {
        Skip.If(PostgresServer.Missing is not null, PostgresServer.Missing);
        await using (var careless = await PostgresServer.Start("fsync=off"))
        {
            await Finds("fsync=off and can lose everything when its machine stops. Set fsync=on in postgresql.conf.", await careless.NewDatabase());
        }

        await using var small = await PostgresServer.Start("max_connections=30");
        await Finds("connections: this node may open 40 and PostgreSQL takes 30 from all together. Put 'Maximum Pool Size=9' into store.url, or raise max_connections.", await small.NewDatabase());
    }

    [SkippableFact]
    public async Task A_pooler_that_swallows_notifications()
    {
        Skip.If(Pooler.Missing is not null, Pooler.Missing);
        await using var engine = await PostgresEngine.Make();
        await using var pooler = await Pooler.Start(engine.Url!, "transaction");
        await Finds("Connect to PostgreSQL itself, or set the pooler to session mode.", pooler.Url);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("9999999999999999999999999999999999999999")]
    public async Task A_master_key_that_is_lost_or_another(string? now)
    {
        await new ParleyProcess(Folder, null).Run("agent", "add", "--name", "Kim", "--email", "kim@lighthouse.test", "--password", "the lamp is lit", "--role", "owner", "--set", $"keys.master={Master}");
        await Finds("keys.master", null, now is null ? [] : [$"keys.master={now}"]);
    }

    [Fact]
    public async Task A_clock_that_is_turned_as_in_a_test_and_no_server_for_others_starts_with_it()
    {
        await using var node = new ParleyProcess(Folder, null) { Surroundings = { [TurnedClock.Variable] = Path.Combine(_folder.FullName, "clock") } };
        var (exit, output, _) = await node.Try("doctor");
        exit.ShouldBe(1);
        output.ShouldContain($"BAD   clock: {TurnedClock.Variable} is set");
        (await node.Try("serve", "--urls", "http://0.0.0.0:0")).Error.ShouldContain(TurnedClock.Variable);
    }

    [Fact]
    public async Task An_address_that_is_taken()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        await Finds($"address: http://{other.LocalEndpoint} is taken by another program. End it, or choose another with --urls.", null, $"server.urls=http://{other.LocalEndpoint}");
    }

    [Fact]
    public async Task An_address_that_is_https_without_a_certificate_or_with_one_that_has_ended()
    {
        await Finds("certificate: An address is https and there is no certificate. Set server.certificate and server.certificateKey", null, "server.urls=https://127.0.0.1:0");
        using var certificate = Certificates.Of("localhost", TimeProvider.System.GetUtcNow().AddDays(-1));
        var (path, key) = (Path.Combine(_folder.FullName, "tls.pem"), Path.Combine(_folder.FullName, "tls.key"));
        await File.WriteAllTextAsync(path, certificate.ExportCertificatePem());
        await Finds($"certificate: {path} cannot be used with its key {key}", null, "server.urls=https://127.0.0.1:0", $"server.certificate={path}", $"server.certificateKey={key}");
        await File.WriteAllTextAsync(key, certificate.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem());
        await Finds($"certificate: {path} ended on", null, "server.urls=https://127.0.0.1:0", $"server.certificate={path}", $"server.certificateKey={key}");
    }

    [Fact]
    public async Task A_mail_server_that_does_not_answer() =>
        await Finds("mail: ", null, "mail.host=127.0.0.1", "mail.port=1", "mail.from=desk@lighthouse.test");

    private Task<(int Exit, string Output, string Error)> Doctor(string? store = null, params string[] settings) =>
        new ParleyProcess(Folder, store).Try(["doctor", .. settings.Append(settings.Any(setting => setting.StartsWith("server.urls", StringComparison.Ordinal)) ? null : "server.urls=http://127.0.0.1:0").OfType<string>().SelectMany(setting => new[] { "--set", setting })]);

    private async Task Finds(string what, string? store = null, params string[] settings)
    {
        var (exit, output, error) = await Doctor(store, settings);
        (exit, error).ShouldBe((1, ""), output);
        output.Split('\n').Where(line => line.StartsWith("BAD ", StringComparison.Ordinal)).ShouldContain(line => line.Contains(what, StringComparison.Ordinal), output);
    }
}
