using System.Net;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Parley.Log;
using Parley.Server.Contract;
using Parley.Tests.Cast;
using Shouldly;

namespace Parley.Tests.Server.Contract;

/// <summary>What is committed is what the server says; what the server says is what it does.</summary>
public class OpenApiContractTests
{
    private static readonly JsonSerializerOptions Strict = new(Parley.Platform.Json.Options) { UnmappedMemberHandling = System.Text.Json.Serialization.JsonUnmappedMemberHandling.Disallow };

    [Fact]
    public async Task The_committed_description_is_the_servers()
    {
        await using var house = await Lighthouse.Open();
        using var stranger = house.Stranger();
        var said = JsonNode.Parse((await stranger.Get("/openapi/v1.json")).Expect(HttpStatusCode.OK).Text);
        JsonNode.DeepEquals(said, JsonNode.Parse(await File.ReadAllTextAsync(Committed()))).ShouldBeTrue("web/contract/openapi.json is not what the server says. Run 'make contract' and commit what it writes.");
    }

    [Fact]
    public async Task Every_route_under_v1_is_described_with_its_answer()
    {
        await using var house = await Lighthouse.Open();
        using var stranger = house.Stranger();
        var document = (await stranger.Get("/openapi/v1.json")).Body;
        document.GetProperty("openapi").GetString().ShouldStartWith("3.1");
        foreach (var path in document.GetProperty("paths").EnumerateObject().Where(path => path.Name.StartsWith("/v1/", StringComparison.Ordinal)))
        {
            foreach (var operation in path.Value.EnumerateObject().Where(member => member.Name != "parameters"))
            {
                operation.Value.GetProperty("responses").TryGetProperty("default", out _).ShouldBeTrue($"{operation.Name} {path.Name}");
                operation.Value.TryGetProperty("operationId", out _).ShouldBeTrue($"{operation.Name} {path.Name}");
            }
        }
    }

    [Fact]
    public async Task Every_operation_says_in_a_sentence_what_it_does_and_who_may_call_it()
    {
        await using var house = await Lighthouse.Open();
        using var stranger = house.Stranger();
        var operations = (await stranger.Get("/openapi/v1.json")).Body.GetProperty("paths").EnumerateObject()
            .SelectMany(path => path.Value.EnumerateObject().Where(member => member.Name != "parameters").Select(operation => (Name: $"{operation.Name.ToUpperInvariant()} {path.Name}", operation.Value))).ToList();
        operations.Where(one => !one.Value.TryGetProperty("summary", out _)).Select(one => one.Name).ShouldBeEmpty("Say in Contract/Summaries.cs what it does, and run 'make contract'.");
        Summaries.All.Keys.Except(operations.Select(one => one.Name)).ShouldBeEmpty("Contract/Summaries.cs names what is no longer there.");
        operations.Single(one => one.Name == "POST /v1/agents").Value.GetProperty("description").GetString().ShouldBe("Agents from admin upwards who are signed in, and programs whose token has the scope admin.");
        operations.Single(one => one.Name == "POST /v1/session").Value.TryGetProperty("description", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task Lists_and_words_are_described_as_they_travel()
    {
        await using var house = await Lighthouse.Open();
        var schemas = (await house.Kim.Get("/openapi/v1.json")).Body.GetProperty("components").GetProperty("schemas");
        foreach (var list in schemas.EnumerateObject().Where(schema => schema.Name.StartsWith("ItemsOf", StringComparison.Ordinal)))
        {
            list.Value.GetProperty("properties").EnumerateObject().Select(property => property.Name).ShouldBe(["items"], list.Name);
        }

        var keys = (await house.Kim.Get($"/v1/inboxes/{house.Inbox}/keys")).Expect(HttpStatusCode.OK);
        var words = schemas.GetProperty("KeysView").GetProperty("properties").GetProperty("algorithm").GetProperty("enum").EnumerateArray().Select(word => word.GetString()).ToList();
        words.ShouldBe(["HS256", "RS256", "ES256"]);
        words.ShouldContain(Items(keys).First().GetProperty("algorithm").GetString());
    }

    [Fact]
    public async Task What_is_written_by_hand_keeps_to_its_described_shape()
    {
        await using var house = await Lighthouse.Open();
        using var ana = await house.Ana("ana");
        var opened = await ana.Post("/v1/widget/conversations", new { clientId = "shape", content = new { type = "text", text = "Ahoy" } });
        Fits<ThreadShape>(opened.Body.GetProperty("conversation"));
        var thread = opened["conversation.id"];
        (await house.Kim.Post($"/v1/conversations/{thread}/messages", new { clientId = "answer", content = new { type = "text", text = "Hello" } })).Expect(HttpStatusCode.Created);
        (await house.Kim.Put($"/v1/conversations/{thread}/snooze", new { until = house.Clock.GetUtcNow().AddDays(1) })).Expect(HttpStatusCode.OK);
        foreach (var row in Items(await house.Kim.Get("/v1/conversations")))
        {
            Fits<SummaryShape>(row);
        }

        Fits<SummaryShape>((await house.Kim.Get($"/v1/conversations/{thread}")).Body);
        Fits<CountsShape>((await house.Kim.Get("/v1/counts")).Body);
        Fits<HitsShape>((await house.Kim.Get("/v1/search?q=ahoy")).Body);
        await house.Services.GetRequiredService<Following>().Reached("search", house.Workspace, (await house.Services.GetRequiredService<LogReader>().Head(house.Workspace))!.Value.Position, TimeSpan.FromSeconds(10));
        Fits<HitsShape>((await house.Kim.Get("/v1/search?q=ana")).Expect(HttpStatusCode.OK).Body);
        foreach (var person in Items(await house.Kim.Get("/v1/contacts?q=ana")))
        {
            Fits<PersonHitShape>(person);
        }

        foreach (var row in Items(await ana.Get("/v1/widget/conversations")))
        {
            Fits<ThreadShape>(row);
        }

        Fits<ProblemShape>((await ana.Get("/v1/widget/conversations/cnv_none/timeline")).Body);
        foreach (var entry in Items(await house.Kim.Get($"/v1/conversations/{thread}/timeline")))
        {
            // The envelope lets the body's fields stand beside its own.
            entry.Deserialize<Envelope>(Parley.Platform.Json.Options)!.Seq.ShouldBeGreaterThan(0);
        }
    }

    private static void Fits<T>(JsonElement json) => Should.NotThrow(() => json.Deserialize<T>(Strict), json.ToString());

    private static IEnumerable<JsonElement> Items(Answer answer)
    {
        var items = answer.Expect(HttpStatusCode.OK).Body.GetProperty("items");
        items.GetArrayLength().ShouldBeGreaterThan(0);
        return items.EnumerateArray();
    }

    private static string Committed([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../../../../web/contract/openapi.json"));
}
