using System.Security.Cryptography;
using Parley.Platform.Store;
using Parley.Specs.Engines;
using Parley.Specs.Killing;

namespace Parley.Specs.Operating;

/// <summary>What the program itself says where it must not be relied on: one line with the reason and how to mend it, and nothing is touched.</summary>
public sealed class RefusingSpec : IDisposable
{
    /// <summary>The store refuses.</summary>
    private const int Store = 3;

    /// <summary>The store cannot be reached.</summary>
    private const int Away = 5;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("parley-refusing-");

    public void Dispose() => _folder.Delete(recursive: true);

    [SkippableTheory, Trait("row", "PA23")]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task PA23_A_store_of_a_newer_version_is_refused_and_untouched(string name)
    {
        await using var engine = await Engine.Of(name);
        var parley = Parley(engine.Url);
        await parley.Run("migrate");
        await parley.Run("agent", "add", "--name", "Kim", "--email", "kim@lighthouse.test", "--password", "the lamp is lit", "--role", "owner");
        await using (var store = Open(engine))
        {
            await store.Write(session => session.Execute("insert into migrations (number, name, checksum, at) values (9999, 'tomorrow', 'x', 0)"));
            await store.Write(session => session.Execute("create table tomorrow (id bigint primary key)"));
        }

        var before = await Content(engine);
        foreach (var command in new[] { "serve", "migrate", "rebuild inbox", "backup " + Path.Combine(_folder.FullName, "b.tar.gz"), "workspace add --name Shop" })
        {
            var (exit, output, error) = await parley.Try(command.Split(' '));
            (command, exit).ShouldBe((command, Store), output + error);
            error.ShouldBe("parley: The store has step 9999 (tomorrow), which this version of Parley does not know. Use the version that wrote it, or a newer one.");
        }

        (await Content(engine)).ShouldBe(before);
        File.Exists(Path.Combine(_folder.FullName, "b.tar.gz")).ShouldBeFalse();
    }

    [SkippableFact]
    public async Task A_PostgreSQL_that_loses_what_it_confirmed_is_refused_before_anything_is_made_in_it()
    {
        Skip.If(PostgresServer.Missing is not null, PostgresServer.Missing);
        await using var server = await PostgresServer.Start("fsync=off");
        var store = await server.NewDatabase();
        var backup = Path.Combine(_folder.FullName, "b.tar.gz");
        await File.WriteAllTextAsync(backup, "");
        foreach (var command in new[] { "serve --migrate --urls http://127.0.0.1:0", "migrate", $"restore {backup}" })
        {
            var (exit, output, error) = await Parley(store).Try(command.Split(' '));
            (command, exit, output).ShouldBe((command, Store, ""));
            error.ShouldBe("parley: This PostgreSQL runs with fsync=off and can lose everything when its machine stops. Set fsync=on in postgresql.conf.");
        }

        await using var dialect = new PostgresDialect(store);
        await using var database = new Database(dialect);
        (await database.Read(session => session.Query<string>(dialect.TableNames))).ShouldBeEmpty();
    }

    [SkippableFact]
    public async Task A_pooler_that_swallows_notifications_is_refused_with_the_reason()
    {
        Skip.If(Pooler.Missing is not null, Pooler.Missing);
        await using var engine = await PostgresEngine.Make();
        await using var pooler = await Pooler.Start(engine.Url!, "transaction");
        var (exit, output, error) = await Parley(pooler.Url).Try("serve", "--migrate", "--urls", "http://127.0.0.1:0");
        (exit, output).ShouldBe((Store, ""));
        error.ShouldBe("parley: Between Parley and PostgreSQL stands a pooler in transaction mode, which swallows notifications. Connect to PostgreSQL itself, or set the pooler to session mode.");
    }

    [SkippableFact]
    public async Task A_node_that_is_newer_than_its_store_waits_for_whoever_brings_it_forward()
    {
        await using var engine = await PostgresEngine.Make();
        var (exit, _, error) = await Parley(engine.Url).Try("serve", "--urls", "http://127.0.0.1:0");
        exit.ShouldBe(Store);
        error.ShouldMatch(@"^parley: The store is \d+ steps behind this version\. Run 'parley migrate', or start with --migrate\.$");
    }

    /// <summary>As a write that broke off leaves it, or a hand that slipped.</summary>
    [Theory]
    [InlineData("", "line 1 is no JSON")]
    [InlineData("""{ "desk": { "gatherMs": 3""", "line 1 is no JSON")]
    [InlineData("{\n \"desk\": {\n  \"gatherMs\": \n}", "line 4 is no JSON")]
    [InlineData("null", "holds no object of settings")]
    [InlineData("""["desk"]""", "holds no object of settings")]
    [InlineData("""{ "desk": 3 }""", "there is no setting desk")]
    [InlineData("""{ "desk": { "gatherMs": null } }""", "desk.gatherMs is ''")]
    public async Task A_half_written_file_of_settings_is_one_line(string text, string says)
    {
        var path = Path.Combine(_folder.FullName, "parley.json");
        await File.WriteAllTextAsync(path, text);
        foreach (var command in new[] { "serve", "doctor", "config" })
        {
            var (exit, output, error) = await Parley(null).Try(command);
            (exit, output).ShouldBe((2, ""), error);
            error.ShouldStartWith($"parley: {path}");
            error.ShouldContain(says);
            error.ShouldNotContain("\n");
        }
    }

    [Theory]
    [InlineData("Host=localhost;Port=")]
    [InlineData("Host=localhost;Port=many")]
    [InlineData("Host=localhost;Data")]
    [InlineData("Host=\"localhost")]
    [InlineData("localhost")]
    public async Task Half_an_address_of_a_store_is_one_line(string url)
    {
        var (exit, output, error) = await Parley(url).Try("serve");
        // Without a number the port is the usual one, where nobody is.
        (exit is Store or Away, output).ShouldBe((true, ""), error);
        error.ShouldStartWith("parley: ");
        error.ShouldNotContain("\n");
    }

    private ParleyProcess Parley(string? store) => new(_folder.FullName, store);

    /// <summary>The embedded one lies where the program looks for it.</summary>
    private Database Open(Engine engine) => new(engine.Url is null ? new SqliteDialect(Path.Combine(_folder.FullName, "parley.db")) : engine.Open());

    /// <summary>Every row of every table, as one number.</summary>
    private async Task<string> Content(Engine engine)
    {
        await using var store = Open(engine);
        var lines = new MemoryStream();
        await store.Snapshot(async session =>
        {
            foreach (var table in await TableCopy.Names(session))
            {
                await TableCopy.Write(session, table, lines);
            }

            return true;
        });
        return Convert.ToHexStringLower(SHA256.HashData(lines.ToArray()));
    }
}
