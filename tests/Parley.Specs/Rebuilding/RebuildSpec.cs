using System.Net;
using System.Text.Json;
using Parley.Platform.Store;
using Parley.Specs.Engines;
using Parley.Specs.Killing;
using Parley.Tests.Cast;

namespace Parley.Specs.Rebuilding;

/// <summary>What is made from the log is lost, and <c>parley rebuild</c> brings all of it back, while the server runs and while it does not.</summary>
public class RebuildSpec
{
    private const string Password = "the lamp is lit";
    private readonly string[] _asked = ["/v1/conversations", "/v1/conversations?view=closed", "/v1/conversations?view=mentions", "/v1/counts", "/v1/search?q=sail", "/v1/search?q=ana", "/v1/contacts?q=carter", ""];

    [SkippableTheory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task Lists_counts_and_search_come_back(string name)
    {
        await using var engine = await Engine.Of(name);
        var folder = Directory.CreateTempSubdirectory("parley-rebuild-");
        try
        {
            await using var parley = new ParleyProcess(folder.FullName, engine.Url);
            await parley.Run("agent", "add", "--name", "Kim", "--email", "kim@lighthouse.test", "--password", Password, "--role", "owner");
            await parley.Serve();
            using var kim = new Person(parley.Address);
            kim.Id = (await kim.Post("/v1/session", new { email = "kim@lighthouse.test", password = Password })).Expect(HttpStatusCode.Created)["id"];
            await Talk(kim, parley.Address);
            var view = (await kim.Post("/v1/views", new { name = "Closed", filter = new { all = new[] { new { field = "status", op = "is", value = "closed" } } }, order = "waiting" })).Expect(HttpStatusCode.Created)["id"];
            _asked[^1] = $"/v1/conversations?view={view}";
            var before = await Until(kim, answers => answers[^1].Contains("Cleo") && answers[4].Contains("Where is my") && answers[5].Contains("Ana Sailor") && answers[6].Contains("Carter") && answers[3].Contains("\"closed\":1") && answers[3].Contains($"\"{view}\":1"));

            await Lose(engine.Url, folder.FullName);
            (await Answers(kim)).ShouldNotBe(before);
            await parley.Run("rebuild", "inbox");
            await parley.Run("rebuild", "search");
            await Until(kim, answers => answers.SequenceEqual(before));

            // And when nobody serves: the server that runs next does it.
            await parley.Kill();
            await Lose(engine.Url, folder.FullName);
            await parley.Run("rebuild", "inbox");
            await parley.Run("rebuild", "search");
            await parley.Serve();
            await Until(kim, answers => answers.SequenceEqual(before));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task Talk(Person kim, Uri address)
    {
        var inbox = (await kim.Post("/v1/inboxes", new { name = "Shop", channel = "web" })).Expect(HttpStatusCode.Created)["id"];
        foreach (var (customer, text) in new[] { ("Ana Sailor", "A new mainsail please"), ("Ben Carter", "Where is my sail?"), ("Cleo", "Never mind") })
        {
            using var browser = new Browser(address, inbox);
            (await browser.Begin()).Expect(HttpStatusCode.Created);
            (await browser.Patch("/v1/widget/me", new { name = customer })).Expect(HttpStatusCode.OK);
            var it = await browser.Write(text);
            (await kim.Post($"/v1/conversations/{it}/notes", new { clientId = "n", text = $"a note on {customer}", mentions = new[] { kim.Id } })).Expect(HttpStatusCode.Created);
            if (customer == "Cleo")
            {
                (await kim.Put($"/v1/conversations/{it}/closure")).Expect(HttpStatusCode.OK);
            }
        }
    }

    /// <summary>As after a crash of the worst kind: the tables that follow the log are empty, and their readers believe that they are up to date.</summary>
    private static async Task Lose(string? url, string folder)
    {
        Dialect store = url is null ? new SqliteDialect(Path.Combine(folder, "parley.db")) : new PostgresDialect(url);
        await Empty(store, "summaries", "counts", "mentions", "view_rows", "view_due", "kept_views");
        await Empty(store.Beside("search"), url is null ? ["texts", "text_words", "persons", "person_words"] : ["texts", "persons"]);
        (store as IDisposable)?.Dispose();
    }

    private static async Task Empty(Dialect store, params string[] tables)
    {
        var database = new Database(store);
        foreach (var table in tables)
        {
            await database.Write(session => session.Execute($"delete from {table}"));
        }

        if (store is SqliteDialect)
        {
            await database.DisposeAsync();
            Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        }
    }

    private async Task<List<string>> Answers(Person kim)
    {
        var answers = new List<string>();
        foreach (var path in _asked)
        {
            // A next page's address is made anew with every answer.
            var answer = (await kim.Get(path)).Expect(HttpStatusCode.OK).Body;
            answers.Add(JsonSerializer.Serialize(answer.EnumerateObject().Where(member => !member.Name.EndsWith("ext", StringComparison.Ordinal)).ToDictionary(member => member.Name, member => member.Value)));
        }

        return answers;
    }

    private async Task<List<string>> Until(Person kim, Func<List<string>, bool> fits)
    {
        for (var tries = 0; ; tries++)
        {
            var answers = await Answers(kim);
            if (fits(answers))
            {
                return answers;
            }

            tries.ShouldBeLessThan(150, string.Join("\n", answers));
            await Task.Delay(200);
        }
    }
}
