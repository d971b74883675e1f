using System.Net;
using Parley.Tests.Cast;
using Shouldly;

namespace Parley.Tests.Workspaces.Api;

public class TextsApiTests
{
    [Fact]
    public async Task PA21_What_Parley_says_by_itself_is_what_a_widget_says_where_nobody_typed_anything()
    {
        await using var it = await Lighthouse.Open();
        var said = (await it.Kim.Get("/v1/texts")).Expect(HttpStatusCode.OK).Body.GetProperty("items").EnumerateArray().ToList();
        said.Select(one => (one.GetProperty("language").GetString(), one.GetProperty("voice").GetString())).ShouldBe(
            [("de", "formal"), ("de", "informal"), ("en", "formal"), ("en", "informal"), ("es", "formal"), ("es", "informal"), ("nl", "formal"), ("nl", "informal")]);
        var widget = await it.Stranger().Get($"/v1/widget/inboxes/{it.Inbox}");
        foreach (var usual in new[] { ("de", "formal"), ("en", "informal"), ("es", "informal"), ("nl", "informal") })
        {
            said.Single(one => (one.GetProperty("language").GetString(), one.GetProperty("voice").GetString()) == usual).GetProperty("texts").ToString()
                .ShouldBe(widget.Body.GetProperty("texts").GetProperty(usual.Item1).ToString());
        }

        (await it.Stranger().Get("/v1/texts")).Status.ShouldBe(HttpStatusCode.Unauthorized);
    }
}
