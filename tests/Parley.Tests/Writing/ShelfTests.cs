using System.Net;
using Parley.Tests.Cast;
using Shouldly;

namespace Parley.Tests.Writing;

public class ShelfTests
{
    public static TheoryData<string, object> Kinds => new()
    {
        { "reply", new { name = "Ours", texts = "x" } },
        { "macro", new { name = "Ours", actions = new object[] { new { close = true } } } },
    };

    [Theory, MemberData(nameof(Kinds))]
    public async Task What_a_team_wrote_is_found_and_changed_by_its_people_and_everybodys_by_administrators(string kind, object body)
    {
        await using var house = await Lighthouse.Open();
        var at = $"/v1/{(kind == "reply" ? "replies" : "macros")}";
        var sails = (await house.Kim.Post("/v1/teams", new { name = "Sails" })).Expect(HttpStatusCode.Created)["id"];
        var (noor, ravi) = (await house.Hire("Noor", teams: [sails]), await house.Hire("Ravi"));
        var theirs = (await noor.Post(at, With(body, sails))).Expect(HttpStatusCode.Created)["id"];
        (await noor.Post(at, body)).Refused(HttpStatusCode.Forbidden, "auth.forbidden");
        (await ravi.Post(at, With(body, sails))).Refused(HttpStatusCode.Forbidden, "auth.forbidden");
        var all = (await house.Kim.Post(at, body)).Expect(HttpStatusCode.Created)["id"];
        (await house.Kim.Post(at, With(body, "tem_019f0000000070008000000000000000"))).Refused(HttpStatusCode.BadRequest, "team.unknown").Body.GetProperty("errors")[0].GetProperty("field").GetString().ShouldBe("team");

        Found(await ravi.Get(at)).ShouldBe([all]);
        Found(await noor.Get(at)).ShouldBe([all, theirs], ignoreOrder: true);
        (await ravi.Put($"{at}/{theirs}", body)).Refused(HttpStatusCode.NotFound, $"{kind}.unknown");
        (await ravi.Delete($"{at}/{theirs}")).Refused(HttpStatusCode.NotFound, $"{kind}.unknown");
        (await noor.Put($"{at}/{all}", body)).Refused(HttpStatusCode.Forbidden, "auth.forbidden");
        (await noor.Delete($"{at}/{all}")).Refused(HttpStatusCode.Forbidden, "auth.forbidden");
        // Nor is what the team has made everybody's by one of its people.
        (await noor.Put($"{at}/{theirs}", body)).Refused(HttpStatusCode.Forbidden, "auth.forbidden");
        (await noor.Put($"{at}/{theirs}", With(body, sails))).Expect(HttpStatusCode.OK);
        (await noor.Delete($"{at}/{theirs}")).Expect(HttpStatusCode.NoContent);
        Found(await house.Kim.Get(at)).ShouldBe([all]);
    }

    private static Dictionary<string, object> With(object body, string? team) =>
        body.GetType().GetProperties().ToDictionary(it => it.Name, it => it.GetValue(body)!).Append(new("team", team!)).ToDictionary(it => it.Key, it => it.Value);

    private static List<string?> Found(Answer answer) => [.. answer.Expect(HttpStatusCode.OK).Body.GetProperty("items").EnumerateArray().Select(it => it.GetProperty("id").GetString())];
}
